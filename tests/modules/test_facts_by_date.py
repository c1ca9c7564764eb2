"""Facts are dated: a lesson says when they were checked, and who keeps them hears in time that one is old."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from language.models import Fact
from modules.edition import renew_edition
from modules.reports.findings import facts_by_date
from modules.services import load_curriculum
from modules.services.facts import tell_about_due_facts
from modules.speech import lesson_lines
from people.models import Notice
from tests.factories import FACTS, curriculum_folder, lesson_file
from tests.modules.test_editing import member_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_this_fact(lesson):
    """The facts of the real lessons have days of their own."""
    Fact.objects.exclude(code="F901").update(review_by=timezone.localdate() + timedelta(days=30))


def make_due(**more) -> None:
    Fact.objects.filter(code="F901").update(review_by=timezone.localdate(), **more)
    renew_edition()


def page_of(lesson, client) -> str:
    return client.get(f"/les/{lesson.slug}/").content.decode()


def test_a_lesson_says_when_its_facts_were_checked(lesson, client):
    page = page_of(lesson, client)
    assert "Nagekeken op 1 januari 2026." in page
    assert "opnieuw na" not in page


def test_a_lesson_with_an_old_fact_says_that_it_is_looked_at_again(lesson, client):
    make_due()
    assert "Nagekeken op 1 januari 2026.<br>We kijken dit binnenkort opnieuw na." in page_of(lesson, client)


def test_the_oldest_fact_counts(lesson, client):
    Fact.objects.create(
        code="F902", text_standaard="Nog een.", text_makkelijk="Nog een.", source="De test",
        checked_on=date(2025, 3, 4), review_by=date(2099, 1, 1),
    )  # fmt: skip
    raw = lesson.steps.get_prep_value()
    raw[1]["value"]["text"] = {"standaard": "{F902}", "makkelijk": "{F902}"}
    lesson.steps = lesson.steps.stream_block.to_python(raw)
    lesson.save_revision().publish()
    assert "Nagekeken op 4 maart 2025." in page_of(lesson, client)


def test_a_lesson_without_facts_says_nothing_of_it(lesson, client):
    Fact.objects.filter(code="F901").delete()
    assert "Nagekeken op" not in page_of(lesson, client)


def test_the_day_can_be_heard(lesson):
    said = [line.text for line in lesson_lines(lesson)]
    assert "Nagekeken op 1 januari 2026." in said
    assert "We kijken dit binnenkort opnieuw na." in said


def test_authors_and_reviewers_hear_of_an_old_fact_once():
    eva, fenna, driss = (member_of(group, group.lower()) for group in ("Auteurs", "Meelezers", "Eindredacteuren"))
    assert tell_about_due_facts() == 0
    make_due()
    assert tell_about_due_facts() == 1
    assert tell_about_due_facts() == 0
    for keeper in (eva, fenna):
        notice = Notice.objects.get(user=keeper)
        assert notice.text.startswith("Kijk na of dit nog klopt: F901.")
        assert notice.link == "/admin/reports/wat-is-oud/"
    assert not Notice.objects.filter(user=driss).exists()


def test_a_fact_that_was_checked_is_told_again_when_its_next_day_comes():
    eva = member_of("Auteurs")
    make_due()
    tell_about_due_facts()
    Fact.objects.filter(code="F901").update(review_by=timezone.localdate() - timedelta(days=1))
    assert tell_about_due_facts() == 1
    assert Notice.objects.filter(user=eva, read_at=None).count() == 1  # the newer takes the place of the older


def test_opening_the_report_reads_the_message(as_user):
    eva = member_of("Auteurs")
    make_due()
    tell_about_due_facts()
    as_user(eva).get("/admin/reports/wat-is-oud/")
    assert Notice.objects.get(user=eva).read_at is not None


def test_many_facts_stand_in_one_message():
    eva = member_of("Auteurs")
    Fact.objects.update(review_by=timezone.localdate())
    tell_about_due_facts()
    assert f"en nog {Fact.objects.count() - 5}." in Notice.objects.get(user=eva).text


def test_the_report_and_the_command_name_date_lessons_and_what_to_mind(lesson):
    make_due(may_change=True, is_secondary=True)
    first = facts_by_date()[0]
    assert first.name.startswith("F901")
    assert "Staat in: E99" in first.what
    assert "Let op: kan veranderen en open eerst de eerste bron." in first.what
    for options, others in (([], True), (["--due"], False)):
        out = StringIO()
        call_command("list_facts", *options, stdout=out)
        assert "F901" in out.getvalue()
        assert ("F9 " in out.getvalue()) is others
        assert f"1 van de {Fact.objects.count()} feiten moeten worden nagekeken." in out.getvalue()


def test_facts_stand_by_their_number():
    codes = [fact.code for fact in Fact.objects.numbered()]
    assert codes.index("F2") < codes.index("F2a") < codes.index("F9") < codes.index("F10") < codes.index("F18a")


def test_the_warnings_of_a_file_come_and_go(tmp_path):
    for flags in ({"may_change": True, "secondary": True}, {}):
        folder = tmp_path / str(len(flags))
        folder.mkdir()
        curriculum_folder(folder, lesson_file(), facts=[{**FACTS[0], **flags}])
        load_curriculum(folder)
        fact = Fact.objects.get(code="F901")
        assert (fact.may_change, fact.is_secondary) == (bool(flags), bool(flags))
