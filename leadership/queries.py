"""Reads about programmes and the groups that do them; each says whose eyes it is for."""

from leadership.models import Programme


def all_programmes() -> list[Programme]:
    """Every programme, those that are not offered any more too: for loading and exporting."""
    return list(Programme.objects.all())


def programmes() -> list[Programme]:
    """The programmes that a group may begin, for everybody."""
    return [programme for programme in all_programmes() if not programme.archived]
