"""H5P that was made elsewhere: read, checked, installed and kept (docs/explanation/h5p.md)."""
