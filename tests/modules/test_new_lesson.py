"""A new lesson starts with its parts in place; a copy has a code of its own."""

import pytest
from wagtail.models import GroupPagePermission

from modules.anatomy import empty_texts, parts_of, problems_of_parts
from modules.models import CataloguePage, ModulePage
from modules.review import problems_of
from modules.steps import Steps
from modules.template_lesson import EXERCISES, template_steps
from tests.modules.test_editing import member_of

pytestmark = pytest.mark.django_db
NEW = {
    "title": "Bellen met AI", "title_makkelijk": "Bellen", "track": "B", "code": "b9", "exercise": "sorteer",
    "checks": "4",
}  # fmt: skip


@pytest.fixture
def author(as_user):
    return as_user(member_of("Auteurs"))


def begin(client, **changes: str):
    return client.post("/admin/lessen/nieuw/", NEW | changes)


def newest(code: str) -> ModulePage:
    return ModulePage.objects.get(code=code).get_latest_revision_as_object()


def test_adding_a_page_asks_for_the_little_that_a_lesson_begins_with(author):
    reply = author.get(f"/admin/pages/{CataloguePage.objects.get().pk}/add_subpage/", follow=True)
    assert reply.redirect_chain[-1][0] == "/admin/lessen/nieuw/"
    page = reply.content.decode()
    assert "Vrij: A9, B9, C10" in page
    assert "Oefening" in page


def test_a_new_lesson_has_every_part_in_order_and_ids_of_its_code(author):
    reply = begin(author)
    lesson = newest("B9")
    assert reply.url == f"/admin/pages/{lesson.pk}/edit/"
    assert lesson.outline.ids == [
        "b9-haakje", "b9-scherm-1", "b9-scherm-2", "b9-scherm-3", "b9-regel", "b9-oefening",
        "b9-check-1", "b9-check-2", "b9-check-3", "b9-check-4", "b9-vandaag", "b9-kaart",
    ]  # fmt: skip
    assert problems_of_parts(lesson.outline) == []
    assert lesson.check_ids == [f"b9-check-{number}" for number in (1, 2, 3, 4)]
    assert not lesson.live


def test_its_texts_are_all_empty_and_so_it_cannot_be_published(author):
    begin(author)
    lesson = newest("B9")
    texts = empty_texts(lesson.outline)
    assert len(texts) > 40
    assert {text.number for text in texts} == set(range(1, 13))
    assert (texts[0].step, texts[0].where, texts[0].variant) == ("Haakje", "Titel", "standaard")
    assert problems_of(lesson)


def test_the_editor_opens_with_it_and_so_does_the_preview(author):
    begin(author)
    lesson = newest("B9")
    page = author.get(f"/admin/pages/{lesson.pk}/edit/").content.decode()
    assert "b9-check-4" in page
    for mode in ("makkelijk", "standaard"):
        assert author.get(f"/admin/pages/{lesson.pk}/view_draft/", {"mode": mode}).status_code == 200


@pytest.mark.parametrize("exercise", EXERCISES)
def test_each_kind_of_exercise_can_stand_ready_and_be_shown(author, exercise):
    assert begin(author, exercise=exercise).status_code == 302
    lesson = newest("B9")
    assert lesson.outline.by_id["b9-oefening"].type == exercise
    assert author.get(f"/admin/pages/{lesson.pk}/edit/").status_code == 200
    assert author.get(f"/admin/pages/{lesson.pk}/view_draft/", {"mode": "makkelijk"}).status_code == 200


def test_ids_are_unique_in_the_whole_template():
    def ids(value) -> list[str]:
        if isinstance(value, list):
            return [found for inner in value for found in ids(inner)]
        if isinstance(value, dict):
            own = [value["id"]] if "id" in value else []
            return own + [found for inner in value.values() for found in ids(inner)]
        return []

    for exercise in EXERCISES:
        found = ids(template_steps("E5", exercise, 5))
        assert len(found) == len(set(found))
        assert all(len(name) <= 64 for name in found)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("code", "B2", "Deze code is al van ‘Wat deel je niet met AI?’."),
        ("code", "b2", "Deze code is al van"),
        ("code", "B-9", "Schrijf een letter en dan een nummer"),
        ("code", "", "verplicht"),
        ("code", "B" * 20, "Hoogstens 6 tekens"),
        ("code", "<script>alert(1)</script>"[:20], "Schrijf een letter"),
        ("title", "", "verplicht"),
        ("title", "x" * 121, "120"),
        ("exercise", "quiz", "geldige keuze"),
        ("checks", "99", "geldige keuze"),
        ("track", "Z", "geldige keuze"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_typed_is_lost(author, field, value, message):
    before = ModulePage.objects.count()
    reply = begin(author, **{field: value})
    page = reply.content.decode()
    assert reply.status_code == 200
    assert message in page
    assert "Bellen" in page  # what else was typed
    assert "<script>alert" not in page
    assert ModulePage.objects.count() == before


def test_an_announced_lesson_that_nobody_wrote_in_becomes_the_draft(author, coming):
    begin(author, code="E97")
    lesson = newest("E97")
    assert lesson.pk == coming.pk
    assert lesson.announced
    assert "e97-haakje" in lesson.outline.ids
    assert ModulePage.objects.get(code="E97").title == coming.title  # the list shows what was announced


def test_an_announced_lesson_that_someone_writes_in_is_left_alone(author, coming):
    begin(author, code="E97")
    reply = begin(author, code="E97", title="Nog een keer")
    assert "Deze code is al van" in reply.content.decode()
    assert newest("E97").title == "Bellen met AI"


@pytest.mark.parametrize("name", ["anna", "bram", "chantal", "driss"])
def test_others_begin_no_lesson(as_user, request, name):
    reply = begin(as_user(request.getfixturevalue(name)))
    assert reply.status_code == 302
    assert "inloggen" in reply.url
    assert not ModulePage.objects.filter(code="B9").exists()


def test_a_reviewer_begins_no_lesson_either(as_user):
    client = as_user(member_of("Meelezers"))
    assert begin(client).status_code == 302
    assert not ModulePage.objects.filter(code="B9").exists()
    assert not GroupPagePermission.objects.filter(group__name="Meelezers", permission__codename="add_page").exists()


def copy(client, lesson: ModulePage, **changes: str):
    posted = {
        "new_title": "Een kopie", "new_slug": "een-kopie", "new_code": "E9",
        "new_parent_page": str(lesson.get_parent().pk),
    }  # fmt: skip
    return client.post(f"/admin/pages/{lesson.pk}/copy/", posted | changes)


def test_a_copy_is_a_draft_with_a_code_and_ids_of_its_own(author, lesson):
    lesson.prerequisites.set([ModulePage.objects.get(code="B2")])
    lesson.save_revision().publish()
    raw = lesson.steps.get_prep_value()
    raw[0]["id"] = "e99-haakje"
    lesson.steps = lesson.steps.stream_block.to_python(raw)
    lesson.save_revision()  # the newest text is a draft
    reply = copy(author, lesson)
    made = ModulePage.objects.get(code="E9")
    assert reply.url == f"/admin/pages/{made.pk}/edit/"
    assert (made.live, made.announced, made.source_digest) == (False, False, "")
    assert newest("E9").outline.ids == ["e9-haakje", *lesson.outline.ids[1:]]
    assert newest("E9").title == "Een kopie"
    assert [page.code for page in newest("E9").prerequisites.all()] == ["B2"]
    assert made.revisions.count() == 1
    assert ModulePage.objects.get(code="E99").live


def test_a_copy_asks_a_new_code(author, lesson):
    page = author.get(f"/admin/pages/{lesson.pk}/copy/").content.decode()
    assert 'name="new_code"' in page
    assert 'name="alias"' not in page
    for code in ("E99", "", "b2", "te lang voor een code"):
        reply = copy(author, lesson, new_code=code)
        assert reply.status_code == 200
        assert "Een kopie" in reply.content.decode()
    assert ModulePage.objects.filter(title="Een kopie").count() == 0


def test_the_parts_of_every_lesson_in_the_curriculum_are_there():
    for lesson in ModulePage.objects.live():
        assert problems_of_parts(lesson.outline) == [], lesson.code
        assert empty_texts(lesson.outline) == [], lesson.code


def test_what_is_not_there_is_named():
    assert problems_of_parts(Steps([])) == [
        "Begin met een haakje.", "Maak 3 tot 5 schermen.", "Voeg een oefening toe.",
        "Stel in de check 3 tot 5 vragen.", "Voeg ‘Dit doe ik vandaag’ toe.", "Eindig met een kaart.",
    ]  # fmt: skip
    steps = template_steps("E5", "sorteer")
    assert "Begin met een haakje." in problems_of_parts(Steps(steps[1:]))
    assert "Eindig met een kaart." in problems_of_parts(Steps([steps[-1], *steps[:-1]]))
    assert [part.found for part in parts_of(Steps(steps))] == [
        "1 stap", "4 stappen", "1 stap", "3 stappen", "1 stap", "1 stap",
    ]  # fmt: skip
