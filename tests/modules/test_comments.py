"""Comments on a field of a step: they stay with it, also when the step moves."""

import json

import pytest
from wagtail.models import Comment
from wagtail.test.utils.form_data import nested_form_data

from modules.models import ModulePage
from tests.modules.test_editing import form, member_of

pytestmark = pytest.mark.django_db
PLACE = "steps.e-scherm.text.makkelijk"


def posted_steps(lesson: ModulePage, ids: list[str]) -> dict[str, str]:
    """Screens and hooks as the editor posts them, in this order."""
    steps = {}
    for number, key in enumerate(ids):
        step = lesson.outline.by_id[key]
        value = {**step.value, "trades": {"count": "0"}}
        value["picture"] = {**value["picture"], "pictograms": {"count": "0"}, "scene": "naam-weg", "photo": ""}
        steps[str(number)] = {"deleted": "", "order": str(number), "type": step.type, "id": key, "value": value}
    return nested_form_data({"steps": {"count": str(len(ids)), **steps}})


def comments(*rows: dict[str, str], initial: int = 0) -> dict[str, str]:
    """The comments as the editor posts them."""
    found = {
        "comments-TOTAL_FORMS": str(len(rows)), "comments-INITIAL_FORMS": str(initial),
        "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "",
    }  # fmt: skip
    for number, row in enumerate(rows):
        fields = {"id": "", "contentpath": PLACE, "text": "", "position": "", "resolved": "", "DELETE": "", **row}
        found |= {f"comments-{number}-{name}": value for name, value in fields.items()}
        for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS"):
            found[f"comments-{number}-replies-{part}"] = "0"
        found[f"comments-{number}-replies-MAX_NUM_FORMS"] = ""
    return found


@pytest.fixture
def reviewer(as_user):
    return as_user(member_of("Meelezers"))


def save(client, lesson: ModulePage, ids: list[str], *rows: dict[str, str], initial: int = 0):
    data = form([], code="E99", slug="proefles") | posted_steps(lesson, ids) | comments(*rows, initial=initial)
    reply = client.post(f"/admin/pages/{lesson.pk}/edit/", data)
    assert reply.status_code == 302, reply.context["form"].errors
    return reply


def shown(client, lesson: ModulePage) -> list[dict]:
    """The comments that the editor gets with the page."""
    page = client.get(f"/admin/pages/{lesson.pk}/edit/").content.decode()
    data = page[page.index('id="comments-data"') :]
    return json.loads(data[data.index(">") + 1 : data.index("</script>")])["comments"]


def test_a_comment_stands_at_the_field_of_its_step(reviewer, lesson):
    save(reviewer, lesson, ["e-haakje", "e-scherm"], {"text": "Korter kan ook."})
    assert Comment.objects.get().contentpath == PLACE
    assert [(one["text"], one["contentpath"]) for one in shown(reviewer, lesson)] == [("Korter kan ook.", PLACE)]


def test_it_stays_there_when_the_step_moves(reviewer, lesson):
    save(reviewer, lesson, ["e-haakje", "e-scherm"], {"text": "Korter kan ook."})
    one = Comment.objects.get()
    save(reviewer, lesson, ["e-scherm", "e-haakje"], {"id": str(one.pk), "text": one.text}, initial=1)
    newest = ModulePage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert newest.outline.ids == ["e-scherm", "e-haakje"]
    assert shown(reviewer, lesson)[0]["contentpath"] == PLACE
    block = newest.steps.stream_block.get_block_by_content_path(newest.steps, PLACE.split(".")[1:])
    assert block.value == lesson.outline.by_id["e-scherm"].value["text"]["makkelijk"]


def test_a_comment_that_was_handled_is_gone_from_the_page(reviewer, lesson):
    save(reviewer, lesson, ["e-haakje", "e-scherm"], {"text": "Korter kan ook."})
    one = Comment.objects.get()
    row = {"id": str(one.pk), "text": one.text, "resolved": "on"}
    save(reviewer, lesson, ["e-haakje", "e-scherm"], row, initial=1)
    assert shown(reviewer, lesson) == []


def test_a_comment_is_in_nothing_that_a_learner_gets(reviewer, lesson, client):
    save(reviewer, lesson, ["e-haakje", "e-scherm"], {"text": "Alleen voor Eva."})
    assert "Alleen voor Eva." not in client.get("/les/proefles/").content.decode()
