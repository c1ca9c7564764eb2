"""Exercise blocks, grading and responses; reviews and questionnaires come here."""
