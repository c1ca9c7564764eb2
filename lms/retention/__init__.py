"""'Bewaren': how long is kept, for who may set it; the terms themselves are of people."""
