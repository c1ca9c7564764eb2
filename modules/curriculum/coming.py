"""Lessons that are planned: known by name, and announced ('komt nog') where a lesson asks for them first."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from modules.curriculum.problems import CurriculumError
from modules.curriculum.reader import Curriculum, Source, read_file
from modules.models import ModulePage

MINUTES = 5  # what a lesson takes; its author says better


def to_announce(curriculum: Curriculum) -> list[Source]:
    """The planned lessons that a lesson of these files names, as files that announce them.

    Not those that became a lesson, in these files or in the database: that one stays as it is.
    """
    wanted = {code for source in curriculum.modules for code in source.data.get("prerequisites", [])}
    planned = [entry for entry in planned_only(curriculum) if entry["id"] in wanted]
    written = _written({entry["id"] for entry in planned})
    return [_announcement(curriculum.coming_file, entry) for entry in planned if entry["id"] not in written]


@cache
def planned_lessons() -> dict[str, dict[str, Any]]:
    """The entries of the site's own coming.yaml by code; read once per process. Empty when it cannot be read."""
    try:
        entries = read_file(settings.BASE_DIR / "curriculum" / "coming.yaml", "coming")
    except CurriculumError:
        return {}
    return {entry["id"]: entry for entry in entries}


def planned_only(curriculum: Curriculum) -> Iterator[dict[str, Any]]:
    """The entries of coming.yaml that have no file of their own."""
    real = {source.data["id"] for source in curriculum.modules}
    return (entry for entry in curriculum.coming if entry["id"] not in real)


def _written(codes: set[str]) -> set[str]:
    """Which of these someone already made something of: published, or with steps in a draft."""
    pages = ModulePage.objects.filter(code__in=codes)
    return {
        page.code
        for page in pages
        if page.live or not page.announced or len(page.get_latest_revision_as_object().outline)
    }


def _announcement(file: Path, entry: dict[str, Any]) -> Source:
    data = {**entry, "goals": [entry["title"]], "minutes": MINUTES, "status": "announced"}
    return Source(file, data)
