"""What the site itself says aloud: every fixed text of its screens, the word list, lists of lessons and questionnaires.

What is put together for one person, such as a name, is not here: the phone says that itself.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from assessments.exercises.zoek_de_fout.block import PLACES
from assessments.questionnaires import questionnaire
from courses.queries import ready_paths
from language.models import GlossaryTerm
from language.queries import WordsAndFacts
from lms.interface_texts import Audience, whole_lines
from lms.learner_words import desk_twins, words_in_code
from media.speech.sources import Line, Source, register
from media.speech.words import normal
from media.views import manifest
from modules.choices import Level, Track, Trade
from modules.models import ModulePage
from modules.queries import catalogue
from modules.speech import spoken_line, twin_lines
from modules.steps import TWIN
from modules.steps import twins as twins_in

NAME = "site"
MOST_MINUTES, MOST_CARDS = 15, 8
SAYABLE = re.compile(r"[\w‘’“(€]")  # no addresses within the page, no signs by themselves
# One word in a button, or said by the player only.
SHORT = ("Kan nu niet voorlezen.", "Luister", "Stop", "Pauze", "Opnieuw", "Langzamer", "Gewoon", "Makkelijk", "Waar")


def site_lines() -> list[Line]:
    """Every line that a screen outside a lesson can show, and every word that is explained."""
    found = [*SHORT, *PLACES.values(), *whole_lines(Audience.LEARNER), *whole_lines(Audience.DESK)]
    found += words_in_code()
    found += (text for term in GlossaryTerm.objects.all() for text in (term.term, term.explanation))
    forms = [questionnaire(file.stem) for file in sorted(settings.QUESTIONNAIRES.glob("*.yaml"))]
    lessons = list(catalogue())
    found += _counted("Stap", (len(lesson.step_ids) for lesson in lessons))
    found += _counted("Vraag", (len(form.items) for form in forms))
    found += _counted("Kaart", range(2, MOST_CARDS + 1))
    found += (f"{number} minuten" for number in range(2, MOST_MINUTES + 1))
    twins = [*desk_twins(), *_plans(), *(twin for form in forms for twin in _twins_in(form))]
    for lesson in lessons:
        found += [*lesson.goals.splitlines(), *lesson.goals_makkelijk.splitlines()]
        twins.append(lesson.title_twin)
    for path in ready_paths():
        twins += [path.title_twin, path.intro_twin, *(lesson.note_twin for lesson in path.lessons.all() if lesson.note)]
    found += twin_lines(twins, WordsAndFacts())
    found += (str(label) for choices in (Track, Trade, Level) for label in choices.labels)
    return [spoken_line(text) for text in dict.fromkeys(normal(text) for text in found) if SAYABLE.match(text)]


def _plans() -> Iterator[Mapping[str, str]]:
    """What can be chosen to do today: home asks later whether it worked."""
    for lesson in ModulePage.objects.live():
        for step in lesson.outline.all:
            if step.type == "dit_doe_ik":
                yield from (twin for _, twin in twins_in(step.value))


def _counted(what: str, totals: Iterable[int]) -> Iterator[str]:
    """'Stap 2 van 8' and the like."""
    for total in sorted(set(totals)):
        yield from (f"{what} {number} van {total}" for number in range(1, total + 1))


def _twins_in(value: Any) -> Iterator[Mapping[str, str]]:
    """Every twin text in a questionnaire."""
    if isinstance(value, Mapping):
        if set(value) == set(TWIN):
            yield value
        else:
            for inner in value.values():
                yield from _twins_in(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _twins_in(inner)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _twins_in(getattr(value, field.name))


def register_site() -> None:
    register(Source(NAME, lambda: [NAME], lambda _: site_lines()))


@require_safe
def site_manifest(request: HttpRequest) -> HttpResponseBase:
    """What the site sounds like: the same for everybody, so no session is read."""
    return manifest(request, NAME)
