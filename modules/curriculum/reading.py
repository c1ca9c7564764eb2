"""Whether the makkelijk texts in files are easy enough to publish, with the words and facts that stand beside them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from language.inflections import inflections
from language.models import Fact, GlossaryTerm, HardWord
from language.queries import WordsAndFacts
from language.readability import Lexicon, check
from language.variant import Variant
from modules.curriculum.convert import stored_steps
from modules.curriculum.parts import parts
from modules.curriculum.problems import Problem
from modules.curriculum.reader import Curriculum, Data
from modules.readability import LessonText, variant_report
from modules.steps import TWIN, Steps


class FileTexts(WordsAndFacts):
    """The words and facts of files, before anything of them is loaded."""

    def __init__(self, curriculum: Curriculum) -> None:
        named: dict[str, Any] = {
            "_words": {_term(number, entry): _forms(entry) for number, entry in enumerate(curriculum.glossary, 1)},
            "facts": {entry["code"]: _fact(entry) for entry in curriculum.facts},
            "hard": [HardWord(term=entry["term"], plainer=entry.get("plainer", "")) for entry in curriculum.hard_words],
        }
        self.__dict__.update(named)  # where a cached property keeps what it read


def _term(number: int, entry: Data) -> GlossaryTerm:
    return GlossaryTerm(pk=number, term=entry["term"], explanation=entry["explanation"])


def _forms(entry: Data) -> list[str]:
    made = [entry["term"], *inflections(entry["term"]), *entry.get("forms", [])]
    return [form for form in made if form not in entry.get("not_forms", [])]


def _fact(entry: Data) -> Fact:
    return Fact(code=entry["code"], text_standaard=entry["standaard"], text_makkelijk=entry["makkelijk"])


def lesson_text(data: Data) -> LessonText:
    """What a module file says."""
    goals = {name: "\n".join(goal[name] for goal in data["goals"]) for name in TWIN}
    return LessonText(data["title"], goals, Steps(stored_steps(data.get("steps", []))))


def reading_problems(curriculum: Curriculum) -> Iterator[Problem]:
    """What is too hard in makkelijk: facts, explanations of words, published lessons, and files of other rooms."""
    texts = FileTexts(curriculum)
    lexicon = Lexicon.of(texts)
    for entry in curriculum.facts:
        for message in check(entry["makkelijk"], Variant.MAKKELIJK, lexicon).blocking:
            yield Problem(curriculum.facts_file, f"{entry['code']}.makkelijk", message.text)
    for entry in curriculum.glossary:
        for message in check(entry["explanation"], Variant.MAKKELIJK, lexicon).blocking:
            yield Problem(curriculum.glossary_file, f"{entry['term']}.explanation", message.text)
    for source in curriculum.modules:
        if source.data.get("status", "published") == "published":
            for remark in variant_report(lesson_text(source.data), Variant.MAKKELIJK, texts).blocking:
                if not remark.is_elsewhere:
                    yield Problem(source.file, remark.step, str(remark))
    for part in parts():
        yield from part.too_hard(curriculum, lexicon)


def reading_lines(curriculum: Curriculum, root: Path) -> Iterator[str]:
    """The same problems as lines for a terminal, with the line of the step, fact or word in its file."""
    for problem in reading_problems(curriculum):
        file = problem.file.relative_to(root) if problem.file.is_relative_to(root) else problem.file
        key = problem.field.split(".")[0]
        yield f"{file}:{_line_of(problem.file, key)}: {problem.field + ': ' if problem.field else ''}{problem.message}"


def _line_of(file: Path, key: str) -> int:
    """The line where this id, code or word stands; the first where it is not found."""
    wanted = re.compile(rf"\b(?:id|code|term): [\"']?{re.escape(key)}\b") if key else None
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if wanted and wanted.search(line):
            return number
    return 1
