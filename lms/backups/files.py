"""The files in a copy: of every storage, wherever it is, and the keys without which rows cannot be read."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files.storage import Storage, storages

KEYS = ("secret_key", "badge_key.pem")
"""What DATA keeps beside storages and the database."""
JOURNAL = "erasures"


def aliases() -> list[str]:
    """The storages that hold something of people or authors; static files are made anew from the code."""
    return sorted(set(settings.STORAGES) - {"staticfiles"})


def names_in(storage: Storage, folder: str = "") -> Iterator[str]:
    """Every file in it, with its folder."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever kept there
        return
    for name in sorted(files):
        yield f"{folder}{name}"
    for name in sorted(folders):
        if name.strip("/"):
            yield from names_in(storage, f"{folder}{name}/")


def holds_files() -> list[str]:
    """The storages in which something is. The journal of erasures may be: it only grows, and both are wanted."""
    return [alias for alias in aliases() if alias != JOURNAL and next(names_in(storages[alias]), None)]


def keys() -> dict[str, bytes]:
    """The keys that this site uses, by the name under which DATA would keep them."""
    found = {"secret_key": settings.SECRET_KEY.encode()}
    if settings.BADGE_KEYS:
        found["badge_key.pem"] = settings.BADGE_KEYS.encode()
    elif (kept := Path(settings.DATA_DIR) / "badge_key.pem").exists():
        found["badge_key.pem"] = kept.read_bytes()
    return found


def is_safe(name: str) -> bool:
    """True for a name that stays inside its storage."""
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\\" not in name
