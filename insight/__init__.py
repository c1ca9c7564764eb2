"""Figures: what a lead sees of a class. Group figures with suppression and the regional monitor will live here too."""
