"""Lessons as H5P, for other systems: the exercises that standard content types can hold."""
