"""A lesson's report: level and minutes per variant, and what keeps makkelijk from being published."""

import pytest

from language.models import Fact, GlossaryTerm, HardWord
from language.readability import Level
from modules.models import ModulePage
from modules.readability import module_report

pytestmark = pytest.mark.django_db
HARD = "De beleidsmatige implementatie van structurele kaders vergt interdepartementale afstemming en nauwe regie nu."


def with_text(lesson: ModulePage, makkelijk: str, standaard: str = "Een gewone tekst.") -> ModulePage:
    """The lesson with another text in its first screen; not saved."""
    raw = lesson.steps.get_prep_value()
    screen = next(step for step in raw if step["type"] == "screen")
    screen["value"]["text"] = {"standaard": standaard, "makkelijk": makkelijk}
    lesson.steps = lesson.steps.stream_block.to_python(raw)
    lesson.__dict__.pop("outline", None)
    return lesson


@pytest.mark.parametrize("code", ["A1", "B2"])
def test_a_starter_lesson_is_a2_in_makkelijk_and_fits_its_minutes(code):
    report = module_report(ModulePage.objects.get(code=code))
    assert report.makkelijk.level is Level.A2
    assert report.standaard.level in (Level.A2, Level.B1)
    assert 2 <= report.makkelijk.minutes_to_read <= 10
    assert 2 <= report.standaard.minutes_to_listen <= 10


def test_a_long_sentence_in_makkelijk_blocks_with_step_and_place(lesson):
    report = module_report(with_text(lesson, HARD))
    reason = "Stap 2: Scherm, text: Zin van 13 woorden (hoogstens 12). Maak er twee of meer zinnen van."
    assert reason in report.blocks


def test_the_same_sentence_in_gewoon_only_advises(lesson):
    report = module_report(with_text(lesson, "Een tekst.", HARD + " En nog meer woorden tot het er echt te veel zijn."))
    assert report.blocks == []
    assert any("beleidsmatige" in str(remark) for remark in report.standaard.remarks)


def test_too_many_hard_words_over_the_whole_lesson_block(lesson):
    rare = "\n".join(["De implementatie is resistent.", "Het consortium is heterogeen."] * 7)
    report = module_report(with_text(lesson, rare))
    assert any(reason.startswith("De hele les: ") and "moeilijke woorden" in reason for reason in report.blocks)


def test_a_word_of_the_word_list_is_no_hard_word_but_its_own_explanation_must_be_easy(lesson):
    term = GlossaryTerm.objects.create(term="resistent", slug="resistent", explanation="Sterk.")
    page = with_text(lesson, "Dat is [[resistent]].")
    assert module_report(page).blocks == []
    GlossaryTerm.objects.filter(pk=term.pk).update(explanation=HARD)
    assert any(reason.startswith("Uitleg van 'resistent': Zin van 13") for reason in module_report(page).blocks)


def test_a_fact_that_makkelijk_shows_is_held_to_the_same(lesson):
    page = with_text(lesson, "{F901}")
    assert module_report(page).blocks == []
    Fact.objects.filter(code="F901").update(text_makkelijk=HARD)
    assert any(reason.startswith("Feit F901: ") for reason in module_report(page).blocks)


def test_a_listed_hard_word_comes_with_the_plainer_one(lesson):
    HardWord.objects.get_or_create(term="structureel", defaults={"plainer": "blijvend"})
    remarks = module_report(with_text(lesson, "Dat is structureel.")).makkelijk.remarks
    assert "Stap 2: Scherm, text: Moeilijk woord: 'structureel'. Probeer: blijvend." in map(str, remarks)


def test_a_lesson_without_steps_has_a_report_too():
    report = module_report(ModulePage(title="", title_makkelijk="", goals="", goals_makkelijk="", code="E98"))
    assert report.blocks == []
    assert report.makkelijk.minutes_to_read == 0
