"""An organisation as an administrator calls it."""

from people.models import Organisation


def organisation_called(word: str) -> Organisation:
    """By its number or whole name. Raises ValueError for none, and for a name that more firms have."""
    found = Organisation.objects.filter(pk=int(word)) if word.isdecimal() else Organisation.objects.filter(name=word)
    rows = list(found[:2])
    if len(rows) != 1:
        raise ValueError(
            f"{word}: die organisatie is er niet." if not rows else f"{word}: meer dan een. Geef het nummer."
        )
    return rows[0]
