"""Which questions were hard for a class, to talk about: shares that were counted at night, of nobody in particular."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from insight.queries import Question, questions_of
from insight.sheets import SHEETS, Row
from modules.models import ModulePage
from people.desk import whose_class


@require_GET
@login_required
@never_cache
def questions(request: HttpRequest, cohort_id: int) -> HttpResponseBase:
    """Per lesson the questions, the hardest first."""
    _, cohort = whose_class(request, cohort_id)
    return render(request, "insight/questions.html", {"cohort": cohort, "lessons": questions_of(cohort)})


@require_GET
@login_required
@never_cache
def export(request: HttpRequest, cohort_id: int, ending: str) -> HttpResponseBase:
    """The same as CSV or XLSX."""
    _, cohort = whose_class(request, cohort_id)
    return SHEETS[ending](rows_of(questions_of(cohort)), "vragen")


def rows_of(lessons: list[tuple[ModulePage, list[Question]]]) -> Iterator[Row]:
    """A row per question, and one per answer below it."""
    yield ["les", "vraag", "antwoord", "deel van de klas"]
    for module, found in lessons:
        for question in found:
            told = "" if question.right is None else f"meteen goed: {question.right_told}"
            yield [module.title, question.title, "", told]
            for choice in question.choices:
                yield [module.title, question.title, choice.text, choice.told]
