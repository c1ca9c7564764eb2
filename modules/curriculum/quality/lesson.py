"""Whether a lesson in a file is good enough to teach from: everything that a command can see of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from language.markup import facts_in
from language.readability import Level, Lexicon
from language.variant import Variant
from modules.anatomy import problems_of_parts
from modules.curriculum.parts import parts
from modules.curriculum.problems import Problem
from modules.curriculum.quality.questions import (
    Question,
    judging,
    problems_of_questions,
    problems_over_lessons,
    questions_of,
    sentences_of,
)
from modules.curriculum.quality.rules import VARIANTS, problems_of_step
from modules.curriculum.quality.screens import Screens
from modules.curriculum.reader import Curriculum, Source
from modules.curriculum.reading import FileTexts, lesson_text
from modules.readability import VariantReport, variant_report

LEAST_MINUTES, MOST_MINUTES = 4, 7  # curriculum brief, section 2
ADVICE = {"zin", "lijdend", "woord", "gemiddeld", "flesch", "zeldzaam"}
"""Rules of the adviser that standaard keeps to, or says why not. A rare word alone is no rule: its share is."""


@dataclass
class LessonQuality:
    """One lesson: its figures, what is not right, and what its reasons explained."""

    source: Source
    reports: dict[Variant, VariantReport]
    questions: dict[Variant, list[Question]]
    problems: list[str] = field(default_factory=list)
    used_reasons: list[str] = field(default_factory=list)

    @property
    def code(self) -> str:
        return str(self.source.data["id"])

    @property
    def facts(self) -> set[str]:
        """The codes of the facts it shows."""
        return facts_in(self.source.data["steps"])


@dataclass
class Quality:
    """All lessons that were looked at, and what is not right about them together."""

    lessons: list[LessonQuality]
    problems: list[str]

    @property
    def count(self) -> int:
        """How many things are not right."""
        return len(self.problems) + sum(len(lesson.problems) for lesson in self.lessons)


class Checker:
    """Checks the published lessons of a folder, with the words and facts that stand in it."""

    def __init__(self, curriculum: Curriculum) -> None:
        self._curriculum = curriculum
        self._texts = FileTexts(curriculum)
        self._spoken = frozenset(entry["written"].lower().rstrip("*") for entry in curriculum.pronunciation)
        self._everyday = frozenset(word.lower() for word in curriculum.everyday_words)

    def check(self, codes: list[str] | None = None) -> Quality:
        """Check these lessons, or all: only then what they are together is looked at too."""
        published = [each for each in self._curriculum.modules if each.data.get("status", "published") == "published"]
        lessons = [self._lesson(each) for each in published if not codes or each.data["id"] in codes]
        if codes:
            return Quality(lessons, [])
        beside = [f"{found.file.name}: {found.field}: {found.message}" for found in self._beside()]
        return Quality(lessons, [*self._together(lessons), *self._unused_reasons(lessons), *beside])

    def _beside(self) -> Iterator[Problem]:
        """What other rooms say of their own files."""
        lexicon = Lexicon.of(self._texts)
        for part in parts():
            yield from part.quality(self._curriculum)
            yield from part.too_hard(self._curriculum, lexicon)

    def _lesson(self, source: Source) -> LessonQuality:
        steps, text = source.data.get("steps", []), lesson_text(source.data)
        plans = (step["options"][0] for step in steps if step["type"] == "dit_doe_ik")
        screens = Screens(self._texts, next(plans, None))
        reports = {variant: variant_report(text, variant, self._texts) for variant in VARIANTS}
        questions = {variant: questions_of(steps, variant, screens) for variant in VARIANTS}
        found = LessonQuality(source, reports, questions)
        found.problems += problems_of_parts(text.steps)
        for step in steps:
            found.problems += [f"{step['id']}: {line}" for line in problems_of_step(step, screens, self._spoken)]
        self._makkelijk(found)
        self._standaard(found)
        self._minutes(found)
        for variant, name in VARIANTS.items():
            found.problems += [f"{name}: {line}" for line in problems_of_questions(questions[variant])]
        return found

    def _makkelijk(self, found: LessonQuality) -> None:
        report = found.reports[Variant.MAKKELIJK]
        found.problems += [f"makkelijk: {remark}" for remark in report.blocking if not remark.is_elsewhere]
        if report.level is not Level.A2:
            found.problems.append(f"makkelijk is {report.level}, geen A2")
        hard = sorted({word.lower() for word in report.hard} - self._everyday)
        if hard:
            found.problems.append(f"makkelijk: moeilijk en nergens uitgelegd: {', '.join(hard)}")

    def _standaard(self, found: LessonQuality) -> None:
        """Its advice is followed, or curriculum/reasons.yaml says why not."""
        given = [reason["says"] for reason in self._curriculum.reasons if reason["lesson"] == found.code]
        for remark in found.reports[Variant.STANDAARD].remarks:
            if remark.message.rule not in ADVICE or remark.is_elsewhere:
                continue
            reason = next((says for says in given if says in str(remark)), None)
            if reason is None:
                found.problems.append(f"gewoon: {remark}")
            else:
                found.used_reasons.append(reason)

    def _minutes(self, found: LessonQuality) -> None:
        """No way through takes longer than a lesson may, and for who reads slowest it is worth sitting down for."""
        for variant, name in VARIANTS.items():
            report = found.reports[variant]
            for minutes, doing in ((report.minutes_to_read, "lezen"), (report.minutes_to_listen, "luisteren")):
                if minutes > MOST_MINUTES:
                    found.problems.append(f"{name}: {minutes} minuten {doing} (hoogstens {MOST_MINUTES})")
        stated, read = found.source.data["minutes"], found.reports[Variant.MAKKELIJK].minutes_to_read
        if read < LEAST_MINUTES:
            found.problems.append(f"makkelijk: {read} minuten lezen (minstens {LEAST_MINUTES})")
        if not LEAST_MINUTES <= stated <= MOST_MINUTES or abs(stated - read) > 1:
            found.problems.append(f"minutes is {stated}, makkelijk lezen duurt er {read}")

    def _together(self, lessons: list[LessonQuality]) -> list[str]:
        found = []
        for variant, name in VARIANTS.items():
            sentences = [true for lesson in lessons for true in sentences_of(lesson.source.data["steps"])]
            questions = [lesson.questions[variant] for lesson in lessons]
            found += [f"{name}: {line}" for line in problems_over_lessons(questions, sentences)]
        tracks: dict[str, list[bool]] = {}
        for lesson in lessons:
            held = bool(judging(lesson.source.data["steps"]))
            tracks.setdefault(lesson.source.data["track"], []).append(held)
        for track, has in sorted(tracks.items()):
            if sum(has) * 2 < len(has):
                found.append(f"leerlijn {track}: minder dan de helft heeft een oefenchat, zoek-de-fout of scenario")
        return found

    def _unused_reasons(self, lessons: list[LessonQuality]) -> list[str]:
        used = {(lesson.code, reason) for lesson in lessons for reason in lesson.used_reasons}
        reasons = self._curriculum.reasons
        return [
            f"{reason['lesson']}: de reden bij ‘{reason['says']}’ is niet meer nodig"
            for reason in reasons
            if (reason["lesson"], reason["says"]) not in used
        ]
