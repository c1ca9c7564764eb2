"""xAPI without Django: building and checking statements. Meant to be lifted out one day."""
