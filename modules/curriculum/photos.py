"""Photos of a lesson: files beside module.yaml, and the pictures on the site that were made of them.

A photo is known by its bytes: those of its file, or those that the site kept of it. So loading twice makes one picture,
and what was exported is what was loaded.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import Q
from django.utils.text import slugify

from media.models import Picture
from media.pictures.intake import clean_picture
from modules.curriculum.problems import Problem

Data = dict[str, Any]
SAID = ("alt", "maker", "licence", "source")


def photos_in(steps: list[Data]) -> Iterator[tuple[str, Data]]:
    """Every photo in the steps of a file, with its place."""
    for number, step in enumerate(steps):
        picture = step.get("picture")
        if isinstance(picture, Mapping) and isinstance(photo := picture.get("photo"), dict):
            yield f"steps.{number} ({step['id']}).picture.photo", photo


def add_digests(file: Path, data: Data, problems: list[Problem]) -> None:
    """Read the photos beside this module.yaml; each gets the digests of its bytes, or there is a problem."""
    for where, photo in photos_in(data.get("steps", [])):
        try:
            with _beside(file, photo).open("rb") as photo_file:
                content = photo_file.read(settings.PICTURE_MAX_BYTES + 1)
        except OSError:
            problems.append(Problem(file, where, f"het bestand '{photo['file']}' staat niet naast module.yaml"))
            continue
        sha1 = hashlib.sha1(content, usedforsecurity=False)
        photo["digests"] = [hashlib.sha256(content).hexdigest(), sha1.hexdigest()]


def problems_of_photos(file: Path, steps: list[Data]) -> Iterator[Problem]:
    """What is wrong with photos and with what is said of them; one that the site has already is not decoded again."""
    told: dict[str, Data] = {}
    for where, photo in photos_in(steps):
        if "digests" in photo and not known_picture(photo):
            try:
                with _beside(file, photo).open("rb") as content:
                    clean_picture(content, _beside(file, photo).stat().st_size)
            except ValidationError as error:
                yield Problem(file, where, f"{photo['file']}: {' '.join(error.messages)}")
        try:
            Picture(**_fields(photo)).clean()
        except ValidationError as error:
            for name, lines in error.message_dict.items():
                yield Problem(file, f"{where}.{name}", " ".join(lines))
        if _fields(told.setdefault(photo["file"], photo)) != _fields(photo):
            yield Problem(file, where, f"van '{photo['file']}' wordt op een andere plaats iets anders gezegd")


def known_picture(photo: Data) -> Picture | None:
    """The picture that was made of this file, or that this file was exported from."""
    sha256, sha1 = photo["digests"]
    return Picture.objects.filter(Q(origin_digest=sha256) | Q(file_hash=sha1)).order_by("pk").first()


def identity(photo: Data) -> Data:
    """What makes it this photo, whatever its file is called: its bytes and what is said of it."""
    if "digests" in photo:
        known = known_picture(photo)
        which = known.file_hash if known else photo["digests"][0]
    else:
        which = photo.get("digest", "")
    return {"is": which, **_fields(photo)}


def save_photo(file: Path, photo: Data) -> int:
    """The id of the picture of this photo: one that is there, with what its file says, or a new one."""
    picture = known_picture(photo)
    fields = _fields(photo)
    if picture is None:
        content = _beside(file, photo).read_bytes()
        picture = Picture(title=Path(photo["file"]).stem, file=ContentFile(content, photo["file"]), **fields)
        picture.save()
    elif any(getattr(picture, name) != value for name, value in fields.items()):
        for name, value in fields.items():
            setattr(picture, name, value)
        picture.save()
    return int(picture.pk)


def photo_data(pk: int) -> Data:
    """A picture in the form of a file; `digest` says which bytes. One that is gone has a name that no file can have."""
    picture = Picture.objects.filter(pk=pk).first()
    if picture is None:
        return {"file": "", "digest": ""}
    ending = picture.file.name.rpartition(".")[2]
    name = f"{slugify(picture.title.rsplit('.', 1)[0])[:60] or 'foto'}-{picture.get_file_hash()[:6]}.{ending}"
    said: Data = {name: getattr(picture, name) for name in SAID if getattr(picture, name)}
    if picture.is_decorative:
        said["decorative"] = True
    return {
        "file": name,
        **said,
        **({"decorative": True} if picture.is_decorative else {}),
        "digest": picture.file_hash,
    }


def new_photo(folder: Path, photo: Data) -> tuple[Path, bytes] | None:
    """Where a photo of an export goes and its bytes; None when that file says so already."""
    with Picture.objects.filter(file_hash=photo["digest"]).order_by("pk")[0].file.open("rb") as file:
        content: bytes = file.read()
    place = folder / photo["file"]
    return None if place.exists() and place.read_bytes() == content else (place, content)


def _fields(photo: Data) -> Data:
    said = {name: photo.get(name, "") for name in SAID}
    return {**said, "is_decorative": bool(photo.get("decorative"))}


def _beside(file: Path, photo: Data) -> Path:
    """The schema lets no folder into the name; a link that leads elsewhere is no file of this lesson either."""
    place = file.parent / photo["file"]
    if not place.resolve().is_relative_to(file.parent.resolve()):
        raise FileNotFoundError(place)
    return place
