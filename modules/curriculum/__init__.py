"""Curriculum files: reading, checking and loading them (format: docs/reference/curriculum-files.md)."""
