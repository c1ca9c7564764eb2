"""Pictures of a test stay in its own folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client

from media.models import Picture
from tests.media import photos


@pytest.fixture
def files(settings, tmp_path: Path) -> Path:
    """The folder where uploads go; no page remembers the renditions of another test."""
    cache.clear()
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def eva(db: None, files: Path):
    """Eva, in the group of authors; nothing more."""
    from modules.authors import ensure_author_group
    from modules.models import CataloguePage
    from people.models import User

    user = User.objects.create_user("eva", first_name="Eva")
    user.groups.add(ensure_author_group(CataloguePage.objects.get()))
    return user


@pytest.fixture
def author(as_user, eva) -> Client:
    return as_user(eva)


@pytest.fixture
def new_picture(db: None, files: Path) -> Callable[..., Picture]:
    """Makes a picture from bytes, as it would stand after an upload."""

    def made(content: bytes | None = None, **fields: Any) -> Picture:
        given = {"title": "Balie", "alt": "Een medewerker helpt een klant.", "licence": "eigen", **fields}
        picture = Picture(file=ContentFile(content or photos.saved(photos.scene(640, 480)), "balie.jpg"), **given)
        picture.save()
        return picture

    return made
