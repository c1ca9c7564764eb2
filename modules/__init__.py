"""Module pages, steps, curriculum import, the player."""
