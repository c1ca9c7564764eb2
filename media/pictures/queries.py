"""Reads of pictures."""

from media.models import Picture


def words_of_photo(pk: int) -> str:
    """What a photo says it shows; '' for decoration, and for one that is gone."""
    picture = Picture.objects.filter(pk=pk).first()
    return picture.default_alt_text if picture else ""
