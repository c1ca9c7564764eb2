"""Figures: class view, group figures with suppression and the regional monitor will live here."""
