"""Course paths as files beside the lessons: what they say, what is wrong with them, and the same out again."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from courses.models import CoursePath, PathLesson
from courses.queries import all_ready_paths
from courses.services import save_path
from language.markup import missing_references
from language.readability import Lexicon, check
from language.variant import Variant
from media.drawings import pictogram_names
from modules.choices import Level
from modules.curriculum.coming import planned_lessons
from modules.curriculum.content import tidy
from modules.curriculum.emit import path_yaml
from modules.curriculum.parts import Export, Part, register
from modules.curriculum.problems import Problem
from modules.curriculum.reader import Curriculum, Source, parse
from modules.steps import TWIN

Data = dict[str, Any]
FOLDER = "paths"
NAME = "route:"  # before the slug, to name a path when exporting


def read_paths(folder: Path) -> tuple[list[Source], list[Problem]]:
    """The files of all paths in a folder, and what is wrong with their shape."""
    problems: list[Problem] = []
    files = sorted((folder / FOLDER).glob("*.yaml"))
    return [parse(file, file.read_bytes(), "path", problems) for file in files], problems


def problems_of_paths(curriculum: Curriculum) -> list[Problem]:
    """Everything wrong with the paths beside these lessons."""
    sources, problems = read_paths(curriculum.folder)
    return problems or [Problem(source.file, *found) for source in sources for found in _wrong(source, curriculum)]


def _wrong(source: Source, curriculum: Curriculum) -> Iterator[tuple[str, str]]:
    data, lessons = source.data, [lesson_data(entry) for entry in source.data["lessons"]]
    codes = [lesson["code"] for lesson in lessons]
    if data["slug"] != source.file.stem:
        yield "slug", f"is '{data['slug']}', maar het bestand heet '{source.file.name}'"
    if data["pictogram"] not in pictogram_names():
        yield "pictogram", f"pictogram '{data['pictogram']}' is er niet"
    if all(lesson.get("optional") for lesson in lessons):
        yield "lessons", "elke les is extra; haal bij minstens één les 'optional' weg"
    for code, count in Counter(codes).items():
        if count > 1:
            yield "lessons", f"les '{code}' staat er {count} keer; laat er één staan"
        if code not in curriculum.codes and code not in planned_lessons():
            yield "lessons", f"les '{code}' bestaat niet; kies er een uit modules/ of coming.yaml"
    needs = {module.data["id"]: module.data.get("prerequisites", []) for module in curriculum.modules}
    for place, code in enumerate(codes):
        for first in needs.get(code, []):
            if first in codes[place + 1 :]:
                yield "lessons", f"zet '{first}' vóór '{code}': die les komt eerst"
    known = curriculum.known
    for field, twin in _twins(data):
        for name in TWIN:
            yield from ((f"{field}.{name}", message) for message in missing_references(twin[name], known))


def too_hard(curriculum: Curriculum, lexicon: Lexicon) -> Iterator[Problem]:
    """Makkelijk texts of paths that are not easy enough."""
    for source in read_paths(curriculum.folder)[0]:
        for field, twin in _twins(source.data):
            for message in check(twin["makkelijk"], Variant.MAKKELIJK, lexicon).blocking:
                yield Problem(source.file, f"{field}.makkelijk", message.text)


def _twins(data: Data) -> Iterator[tuple[str, Data]]:
    yield from (("title", data["title"]), ("intro", data["intro"]))
    for entry in map(lesson_data, data["lessons"]):
        if "note" in entry:
            yield f"lessons ({entry['code']}).note", entry["note"]


def lesson_data(entry: str | Data) -> Data:
    """A lesson of a path with its name for what is said of it; a code alone says no more."""
    return {"code": entry} if isinstance(entry, str) else entry


def load_paths(curriculum: Curriculum, report: Any) -> None:
    """Make every path what its file says. Paths have no editor, so nobody's work can be lost (decision 0032)."""
    there = {path.slug: path for path in all_ready_paths()}
    for source in read_paths(curriculum.folder)[0]:
        path = there.get(source.data["slug"])
        said = _as_written(source.data)
        if path is None or path_data(path) != said:
            save_path(path=path or CoursePath(slug=said["slug"]), lessons=_lessons(said), **_fields(said))
            report(f"route {said['slug']}: {said['title']['standaard']}")


def _fields(data: Data) -> Data:
    return {
        **{name: data[name]["standaard"] for name in ("title", "intro")},
        **{f"{name}_makkelijk": data[name]["makkelijk"] for name in ("title", "intro")},
        "trade": data.get("trade", ""),
        "levels": data["levels"],
        "pictogram": data["pictogram"],
        "easy_first": data.get("easy_first", False),
        "archived": data.get("archived", False),
    }


def _lessons(data: Data) -> list[PathLesson]:
    return [
        PathLesson(
            module=entry["code"],
            required=not entry.get("optional", False),
            note=entry.get("note", {}).get("standaard", ""),
            note_makkelijk=entry.get("note", {}).get("makkelijk", ""),
        )
        for entry in map(lesson_data, data["lessons"])
    ]


def _as_written(data: Data) -> Data:
    """A file in the one way that `path_data` writes it."""
    path = CoursePath(slug=data["slug"], **_fields(tidy(data)))
    return _data(path, _lessons(tidy(data)))


def path_data(path: CoursePath) -> Data:
    """A path in the form of its file."""
    return _data(path, list(path.lessons.all()))


def _data(path: CoursePath, lessons: list[PathLesson]) -> Data:
    data = {
        "slug": path.slug,
        "title": path.title_twin,
        "intro": path.intro_twin,
        "trade": path.trade,
        "levels": [level for level in Level.values if level in path.levels],
        "pictogram": path.pictogram,
        "easy_first": path.easy_first,
        "archived": path.archived,
        "lessons": [_entry(lesson) for lesson in lessons],
    }
    return {name: value for name, value in data.items() if value not in ("", False)}


def _entry(lesson: PathLesson) -> str | Data:
    more: Data = {} if lesson.required else {"optional": True}
    if lesson.note:
        more["note"] = lesson.note_twin
    return {"code": lesson.module, **more} if more else lesson.module


def export_paths(folder: Path) -> Iterator[Export]:
    """Every ready path as its file."""
    for path in all_ready_paths():
        file, data = folder / FOLDER / f"{path.slug}.yaml", path_data(path)
        yield Export(f"{NAME}{path.slug}", file, path_yaml(data).encode(), _says_already(file, data))


def _says_already(file: Path, data: Data) -> bool:
    problems: list[Problem] = []
    if not file.exists():
        return False
    source = parse(file, file.read_bytes(), "path", problems)
    return not problems and _as_written(source.data) == data


def register_paths() -> None:
    register(Part(problems_of_paths, too_hard, load_paths, export_paths))
