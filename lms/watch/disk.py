"""How large the database and the files are, and how much room is left."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection

MOST_FILES = 50_000  # to count more takes longer than somebody waits
MINUTES = 10


@dataclass(frozen=True, slots=True)
class Room:
    """In bytes. `files`: None where they are in an S3, which no one can ask how full it is. `counted_all`: else there
    are more files than were counted."""

    database: int
    files: int | None
    counted_all: bool
    free: int
    total: int

    @property
    def share_free(self) -> float:
        return self.free / self.total if self.total else 0.0


def room() -> Room:
    """Files are counted once in MINUTES."""
    folder = next(one for one in (settings.DATA_DIR, *settings.DATA_DIR.parents) if one.is_dir())
    disk = shutil.disk_usage(folder)
    if settings.FILES_IN_S3:
        return Room(_database(), None, True, disk.free, disk.total)
    kept: tuple[int, bool] = cache.get("watch-files") or _files()
    cache.set("watch-files", kept, MINUTES * 60)
    size, counted_all = kept
    return Room(_database(), size, counted_all, disk.free, disk.total)


def _database() -> int:
    """PostgreSQL says it; SQLite is a file, with what was written last in another beside it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    names = [f"{connection.settings_dict['NAME']}{end}" for end in ("", "-wal")]
    return sum(Path(name).stat().st_size for name in names if Path(name).is_file())


def _files() -> tuple[int, bool]:
    size = count = 0
    for name in ("media", "xapi", "paths"):
        for folder, _, files in os.walk(settings.DATA_DIR / name):
            for file in files:
                try:
                    size += os.stat(os.path.join(folder, file)).st_size
                except FileNotFoundError:
                    continue
                count += 1
                if count >= MOST_FILES:
                    return size, False
    return size, True
