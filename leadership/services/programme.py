"""Writes of the leadership programme."""

from leadership.models import Programme


def save_programme(*, programme: Programme, content: str) -> None:
    """Keep what a file says. The caller checked it as a whole."""
    programme.content = content
    programme.save()
    programme.__dict__.pop("text", None)
