"""Uploaded pictures: taking them in clean, sending them small, and saying who made them."""
