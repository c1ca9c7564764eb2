"""Comparing two versions of a lesson: what changed, per step and per text, and nothing else."""

import re
from html import unescape

import pytest

from modules.compare import moved_ids
from modules.models import ModulePage
from tests.modules.test_editing import member_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def compare(lesson, as_user):
    """Changes the steps and gives the comparison, as lines of plain text with - and + for what went and came."""
    client = as_user(member_of("Meelezers"))

    def compared(change) -> list[str]:
        first = lesson.save_revision()
        raw = lesson.steps.get_prep_value()
        change(raw, {step["id"]: step["value"] for step in raw})
        lesson.steps = lesson.steps.stream_block.to_python(raw)
        second = lesson.save_revision(clean=False)
        page = client.get(f"/admin/pages/{lesson.pk}/revisions/compare/{first.pk}...{second.pk}/")
        assert page.status_code == 200
        html = page.content.decode()
        assert "{'" not in html  # no raw data
        assert '"standaard"' not in html
        html = html[html.index('class="comparison') :]
        html = re.sub(r'<span class="deletion">(.*?)</span>', r"-[\1]", html, flags=re.DOTALL)
        html = re.sub(r'<span class="addition">(.*?)</span>', r"+[\1]", html, flags=re.DOTALL)
        parts = re.findall(r"<(h3|dt|dd|p)>(.*?)</\1>", html, flags=re.DOTALL)
        return [unescape(text) for _, text in parts]

    return compared


def test_only_the_text_that_changed_is_shown_with_its_step_and_variant(compare):
    def change(raw, by_id):
        by_id["e-scherm"]["text"]["makkelijk"] = "Een ander woord."

    found = compare(change)
    assert found[:2] == ["Stap 2, Scherm: Scherm", "Tekst › Makkelijk"]
    assert "-[" in found[2]
    assert "+[" in found[2]
    assert len(found) == 3


def test_an_answer_that_changed_is_named_by_its_place(compare):
    def change(raw, by_id):
        option = by_id["e-keuze"]["options"][1]["value"]
        option["why"]["standaard"] = "Omdat."
        option["only_standaard"] = True

    found = compare(change)
    assert "Antwoorden 2 › Waarom goed, of waar kijk je dan naar › Gewoon" in found
    assert found[found.index("Antwoorden 2 › Alleen in Gewoon") + 1] == "-[nee]+[ja]"


def test_choices_are_shown_by_their_names(compare):
    def change(raw, by_id):
        by_id["e-sorteer"]["cards"][0]["value"]["sign"] = "niet"

    found = compare(change)
    assert found[1] == "Kaarten 1 › Goed is"
    assert "niet" in found[2]
    assert "Mag" in found[2]


def test_a_step_that_came_went_or_moved_says_so(compare):
    def change(raw, by_id):
        new = {**raw[1], "id": "nieuw"}
        raw.append(new)
        raw.remove(next(step for step in raw if step["id"] == "e-keuze"))
        raw.insert(0, raw.pop(1))  # the screen goes before the hook

    headings = [line for line in compare(change) if "stap" in line]
    assert len(headings) == 3
    assert headings[0].startswith("Verplaatst: stap ")
    assert headings[1].startswith("Nieuw: stap ")
    assert headings[2] == "Weggehaald: stap 4, Keuze: Wat kies je?"


def test_another_order_in_a_list_is_said_once(compare):
    def change(raw, by_id):
        by_id["e-volgorde"]["items"].reverse()

    found = compare(change)
    assert found[-2:] == ["Stappen in de goede volgorde", "+[andere volgorde]"]


def test_markup_that_an_author_types_is_shown_not_run(compare):
    def change(raw, by_id):
        by_id["e-scherm"]["text"]["makkelijk"] = "<script>alert(1)</script>"
        raw.append(
            {
                "id": "x",
                "type": "screen",
                "value": {**by_id["e-scherm"], "title": {"standaard": "<b>", "makkelijk": ""}},
            }
        )

    found = " ".join(compare(change))
    assert "<script>alert(1)</script>" in found  # unescaped once by this test


def test_trades_are_compared_by_name(lesson, as_user):
    first = lesson.save_revision()
    lesson.trades = ["zorg", "bouw"]
    second = lesson.save_revision()
    page = as_user(member_of("Meelezers")).get(f"/admin/pages/{lesson.pk}/revisions/compare/{first.pk}...{second.pk}/")
    assert "Bouw en techniek" in page.content.decode()


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("abc", "abc", 0),
        ("abcd", "bcda", 1),
        ("abc", "axbc", 0),
        ("abc", "bc", 0),
        ("", "abc", 0),
        ("ab", "ba", 1),
    ],
)
def test_what_moved_is_as_little_as_explains_it(old, new, moved):
    assert len(moved_ids(list(old), list(new))) == moved


def test_history_lists_the_versions(lesson, as_user):
    client = as_user(member_of("Meelezers"))
    lesson.save_revision(log_action=True)
    page = client.get(f"/admin/pages/{lesson.pk}/history/")
    assert page.status_code == 200
    assert ModulePage.objects.get(pk=lesson.pk).revisions.count() >= 2
