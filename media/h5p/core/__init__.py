"""What an .h5p file is and whether it is safe; knows no Django, no database and no screen (README.md)."""
