"""A lesson in use changes by the editor's way, with review; nobody loses anything, and its author is told first."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from learning.completion import Status
from learning.models import Progress
from modules.in_use import changes_for_learners, people_in_words
from modules.models import ModulePage
from tests.factories import RIGHT, UserFactory
from tests.learning.test_the_server_grades import other_answer_right, without_keuze
from tests.modules.test_editing import member_of

pytestmark = pytest.mark.django_db
Change = Callable[[list], list | None]


@pytest.fixture
def review(lesson, as_user):
    """Eva saves a change and sends it in; a reviewer approves."""
    reader = UserFactory(username="fenna")
    reader.groups.add(Group.objects.get(name="Meelezers"))
    writer = UserFactory(username="schrijver")

    def reviewed(change: Change, approve: bool = True) -> ModulePage:
        page = ModulePage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
        raw = page.steps.get_prep_value()
        page.steps = page.steps.stream_block.to_python(change(raw) or raw)
        page.save_revision(user=writer)
        if approve:
            page.get_workflow().start(page, writer)
            state = page.current_workflow_task_state
            address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
            as_user(reader).post(address)
        return ModulePage.objects.get(pk=lesson.pk)

    return reviewed


def progress() -> Progress:
    return Progress.objects.get()


def moved(raw: list) -> list:
    return [*raw[5:-1], *raw[:5], raw[-1]]


def other_text(raw: list) -> None:
    raw[0]["value"]["text"]["makkelijk"] = "Heel andere tekst."


def other_option(raw: list) -> None:
    options = next(step for step in raw if step["id"] == "e-keuze")["value"]["options"]
    options.append({"type": "item", "id": "e-o9", "value": {**options[1]["value"], "only_standaard": True}})


CHANGES = [without_keuze, moved, other_text, other_option, other_answer_right]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_who_is_halfway_keeps_place_and_answers_and_can_finish(phone, review, change):
    events = phone.whole_lesson()
    phone.keep(*events[:4], phone.event("e-keuze", RIGHT["e-keuze"]))
    before = progress()
    assert review(change).live_revision_id != before.revision
    after = progress()
    assert (after.step, after.seen, after.results) == (before.step, before.seen, before.results)
    phone.keep(*events[4:])  # the phone still has the old text, and is graded by it
    assert progress().status is Status.DONE


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_who_is_halfway_can_go_on_with_the_new_text(phone, review, change):
    phone.keep(*phone.whole_lesson()[:4], phone.event("e-keuze", RIGHT["e-keuze"]))
    phone.lesson = review(change)
    answers = {"e_keuze": "e-o2"} if change is other_answer_right else {}
    phone.keep(*phone.whole_lesson(**answers))
    assert progress().status is Status.DONE


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_who_was_done_stays_done(phone, review, change):
    phone.keep(*phone.whole_lesson())
    done_at = progress().completed_at
    review(change)
    assert progress().completed_at == done_at
    assert "e-keuze" in progress().results


def test_a_lesson_that_was_off_the_site_and_came_back_has_everybodys_place(phone, review, as_user):
    phone.keep(*phone.whole_lesson()[:4])
    before = progress()
    as_user(UserFactory(is_superuser=True)).post(f"/admin/pages/{phone.lesson.pk}/unpublish/")
    assert not ModulePage.objects.get(code="E99").live
    phone.keep(phone.event("e-keuze", RIGHT["e-keuze"]))  # answers of who had it open are kept all the same
    phone.lesson = review(other_text)
    assert phone.lesson.live
    assert progress().seen[: len(before.seen)] == before.seen
    phone.keep(*phone.whole_lesson())
    assert progress().status is Status.DONE


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without_keuze, "gaat weg"),
        (other_option, "de antwoorden of wat goed is, verandert"),
        (other_answer_right, "de antwoorden of wat goed is, verandert"),
    ],
)
def test_its_author_is_told_before_it_goes_online(phone, review, as_user, change, words):
    phone.keep(phone.event("e-keuze", RIGHT["e-keuze"]))
    lesson = review(change, approve=False)
    page = as_user(member_of("Auteurs")).get(f"/admin/pages/{lesson.pk}/edit/").content.decode()
    assert "Wat verandert er voor leerlingen?" in page
    assert words in page
    assert "Enkele mensen zijn met deze les bezig. Hun antwoorden blijven." in page
    assert "1 mens" not in page


def test_a_change_of_text_alone_warns_of_nothing(review, as_user):
    lesson = review(other_text, approve=False)
    assert changes_for_learners(lesson) == []
    page = as_user(member_of("Auteurs")).get(f"/admin/pages/{lesson.pk}/edit/").content.decode()
    assert "Wat verandert er voor leerlingen?" not in page


def test_a_step_that_moved_or_came_is_named_and_a_lesson_that_is_not_online_warns_of_nothing(review, coming):
    assert any("komt op een andere plek" in line for line in changes_for_learners(review(moved, approve=False)))

    def more(raw: list) -> list:
        return [*raw[:2], {**raw[1], "id": "nieuw"}, *raw[2:]]

    assert any("komt erbij" in line for line in changes_for_learners(review(more, approve=False)))
    assert changes_for_learners(coming) == []


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, ""), (1, "Enkele mensen zijn"), (9, "Enkele mensen zijn"), (10, "10 mensen zijn"), (312, "312 mensen zijn")],
)
def test_people_are_counted_from_ten_up(count, words):
    assert people_in_words(count).startswith(words)
    assert bool(words) == bool(people_in_words(count))
