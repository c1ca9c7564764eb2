"""Nakijken: an author sends in, another pair of eyes approves, and nobody of them sees people."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import GroupPagePermission, Workflow

from modules.authors import AUTHORS, EDITOR_GROUPS, EDITORS, REVIEWERS
from modules.models import CataloguePage, ModulePage, ReviewTask
from modules.services import ensure_catalogue, load_curriculum
from people.models import Membership, Notice, Role, User
from people.services import erase_person
from tests.factories import MembershipFactory, UserFactory, curriculum_folder, lesson_file, twin
from tests.modules.test_editing import errors, form, screen

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(school):
    """Makes someone with a role; the group follows by itself."""

    def made(name: str, role: Role) -> User:
        user = UserFactory(username=name.lower(), first_name=name)
        MembershipFactory(user=user, organisation=school, role=role)
        return user

    return made


@pytest.fixture
def eva(editor) -> User:
    return editor("Eva", Role.AUTHOR)


@pytest.fixture
def fenna(editor) -> User:
    return editor("Fenna", Role.REVIEWER)


@pytest.fixture
def chief(editor) -> User:
    return editor("Bo", Role.EDITOR)


def add_address() -> str:
    return f"/admin/pages/add/modules/modulepage/{CataloguePage.objects.get().pk}/"


@pytest.fixture
def sent_in(eva, as_user) -> ModulePage:
    """A new lesson that Eva sent in."""
    reply = as_user(eva).post(add_address(), form(screen("Makkelijke tekst.")) | {"action-submit": "1"})
    assert reply.status_code == 302, errors(reply)
    return ModulePage.objects.get(code="E97")


def act(client, lesson: ModulePage, action: str, **posted: str):
    state = ModulePage.objects.get(pk=lesson.pk).current_workflow_task_state
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=[lesson.pk, action, state.pk]), posted)


def groups_of(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


@pytest.mark.parametrize("kind", EDITOR_GROUPS, ids=lambda kind: kind.name)
def test_a_role_gives_the_group_and_losing_it_takes_the_group_away(editor, employer, kind):
    user = editor("Iemand", kind.role)
    assert groups_of(user) == {kind.name}
    elsewhere = MembershipFactory(user=user, organisation=employer, role=kind.role)
    Membership.objects.filter(user=user).exclude(pk=elsewhere.pk).get().delete()
    assert groups_of(user) == {kind.name}
    elsewhere.delete()
    assert groups_of(user) == set()


@pytest.mark.parametrize("role", sorted(set(Role) - {kind.role for kind in EDITOR_GROUPS}))
def test_other_roles_give_no_group(editor, role):
    assert groups_of(editor("Iemand", Role(role))) == set()


def test_who_has_the_role_since_before_the_groups_gets_in_when_lessons_load(eva):
    Group.objects.filter(name=AUTHORS.name).delete()
    ensure_catalogue()
    assert groups_of(eva) == {AUTHORS.name}


def test_making_the_groups_twice_changes_nothing():
    def rights() -> list:
        return sorted(GroupPagePermission.objects.values_list("group__name", "permission__codename"))

    ensure_catalogue()
    before = rights()
    ensure_catalogue()
    assert rights() == before
    assert Workflow.objects.count() == ReviewTask.objects.count() == 1


def test_each_group_has_the_rights_of_its_work_and_no_more():
    rights = {kind: set() for kind in EDITOR_GROUPS}
    for kind in EDITOR_GROUPS:
        here = GroupPagePermission.objects.filter(group__name=kind.name)
        rights[kind] = set(here.values_list("permission__codename", flat=True))
    assert rights[AUTHORS] == {"add_page", "change_page"}
    assert rights[REVIEWERS] == {"change_page"}
    assert {"publish_page", "add_page", "change_page"} <= rights[EDITORS]


def test_a_right_that_authors_had_before_is_taken_back_when_lessons_load():
    catalogue, group = CataloguePage.objects.get(), Group.objects.get(name=AUTHORS.name)
    publish = GroupPagePermission.objects.filter(permission__codename="publish_page").first().permission
    GroupPagePermission.objects.create(group=group, page=catalogue, permission=publish)
    ensure_catalogue()
    assert not GroupPagePermission.objects.filter(group=group, permission=publish).exists()


@pytest.mark.parametrize("kind", EDITOR_GROUPS, ids=lambda kind: kind.name)
def test_nobody_of_them_sees_people(editor, as_user, anna, kind):
    client = as_user(editor("Iemand", kind.role))
    assert client.get("/admin/").status_code == 200
    for address in ("/admin/users/", f"/admin/users/edit/{anna.pk}/", "/admin/groups/", "/admin/sites/"):
        assert client.get(address).status_code in (302, 403, 404)
    page = client.get("/admin/").content.decode()
    assert "Anna" not in page


def test_an_author_cannot_publish(eva, as_user, lesson):
    client = as_user(eva)
    client.post(add_address(), form(screen("Makkelijke tekst.")) | {"action-publish": "1"})
    assert not ModulePage.objects.get(code="E97").live
    page = client.get(f"/admin/pages/{lesson.pk}/edit/").content.decode()
    assert 'name="action-publish"' not in page
    assert 'name="action-submit"' in page
    assert client.get(f"/admin/pages/{lesson.pk}/unpublish/").status_code == 302
    assert client.get(f"/admin/pages/{lesson.pk}/delete/").status_code == 302


def test_sending_in_asks_all_that_publishing_asks(eva, as_user):
    reply = as_user(eva).post(add_address(), form(screen("")) | {"action-submit": "1"})
    assert reply.status_code == 200
    assert not ModulePage.objects.filter(code="E97").exists()


def test_a_reviewer_approves_and_the_lesson_is_live(sent_in, fenna, as_user, client):
    assert client.get("/les/nieuwe-les/").status_code == 404
    assert sent_in.workflow_in_progress
    act(as_user(fenna), sent_in, "approve", comment="Mooi.")
    assert client.get("/les/nieuwe-les/").status_code == 200
    assert not ModulePage.objects.get(pk=sent_in.pk).workflow_in_progress


def test_an_administrator_approves_too(sent_in, chief, as_user):
    act(as_user(chief), sent_in, "approve")
    assert ModulePage.objects.get(pk=sent_in.pk).live


def test_a_reviewer_sends_back_with_a_reason(sent_in, fenna, as_user):
    act(as_user(fenna), sent_in, "reject", comment="De check mist.")
    page = ModulePage.objects.get(pk=sent_in.pk)
    assert not page.live
    assert page.current_workflow_state.status == "needs_changes"
    assert page.current_workflow_state.current_task_state.comment == "De check mist."


def test_an_author_does_not_approve(sent_in, editor, eva, as_user):
    for user in (eva, editor("Ed", Role.AUTHOR)):
        assert act(as_user(user), sent_in, "approve").status_code in (302, 403)
    assert not ModulePage.objects.get(pk=sent_in.pk).live


@pytest.mark.parametrize("name", ["anna", "bram", "chantal", "driss"])
def test_learners_teachers_leads_and_strangers_do_not_approve(sent_in, request, as_user, name):
    reply = act(as_user(request.getfixturevalue(name)), sent_in, "approve")
    assert reply.status_code == 302
    assert "inloggen" in reply.url
    assert not ModulePage.objects.get(pk=sent_in.pk).live


def test_a_reviewer_does_not_approve_what_she_sent_in_herself(lesson, fenna, as_user, editor):
    lesson.title = "Van Fenna"
    lesson.save_revision(user=fenna)
    lesson.get_workflow().start(lesson, fenna)
    act(as_user(fenna), lesson, "approve")
    assert ModulePage.objects.get(pk=lesson.pk).title == "De proefles"
    other = editor("Gijs", Role.REVIEWER)
    act(as_user(other), lesson, "approve")
    assert ModulePage.objects.get(pk=lesson.pk).title == "Van Fenna"


def test_what_became_unfinished_during_review_is_not_approved(sent_in, fenna, as_user):
    """A reviewer may keep a draft without Makkelijk; approving from the list would publish it without a form."""
    client = as_user(fenna)
    page = ModulePage.objects.get(pk=sent_in.pk)
    raw = page.steps.get_prep_value()
    raw[0]["value"]["text"]["makkelijk"] = ""
    page.steps = page.steps.stream_block.to_python(raw)
    page.save_revision(user=fenna, clean=False)
    assert [name for name, *_ in page.current_workflow_task.get_actions(page, fenna)] == ["reject"]
    act(client, sent_in, "approve")
    assert not ModulePage.objects.get(pk=sent_in.pk).live
    state = page.current_workflow_task_state
    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state, fenna, "approve")


def test_a_lesson_that_is_being_reviewed_is_not_edited_by_its_author(sent_in, eva, as_user):
    as_user(eva).post(f"/admin/pages/{sent_in.pk}/edit/", form(screen("Anders."), title="Anders"))
    assert ModulePage.objects.get(pk=sent_in.pk).get_latest_revision_as_object().title == "Nieuwe les"


def test_an_author_takes_it_back(sent_in, eva, as_user):
    reply = as_user(eva).post(f"/admin/pages/{sent_in.pk}/edit/", form([]) | {"action-cancel-workflow": "1"})
    assert reply.status_code in (200, 302)
    assert not ModulePage.objects.get(pk=sent_in.pk).workflow_in_progress


def test_reviewers_hear_that_a_lesson_waits_and_the_author_what_came_of_it(fenna, sent_in, eva, as_user, mailoutbox):
    waiting = Notice.objects.get()
    assert (waiting.user, waiting.text) == (fenna, "‘Nieuwe les’ wacht op nakijken. Eva stuurde de les in.")
    assert waiting.link == f"/admin/pages/{sent_in.pk}/edit/"
    act(as_user(fenna), sent_in, "reject", comment="Nog niet.")
    assert Notice.objects.get(user=eva).text == "Je les ‘Nieuwe les’ is nagekeken. Pas de les nog aan."
    as_user(eva).post(f"/admin/pages/{sent_in.pk}/edit/", form(screen("Beter.")) | {"action-submit": "1"})
    act(as_user(fenna), sent_in, "approve")
    told = Notice.objects.get(user=eva, read_at=None)
    assert told.text == "Je les ‘Nieuwe les’ is goedgekeurd. De les staat nu online."
    assert mailoutbox == []  # nobody asked for mail


def test_an_author_that_was_erased_stops_no_review(sent_in, eva, fenna, as_user):
    erase_person(user=eva, actor=None)
    act(as_user(fenna), sent_in, "approve")
    assert ModulePage.objects.get(pk=sent_in.pk).live


def test_loading_a_file_over_a_lesson_in_review_is_a_conflict_and_takes_nothing(lesson, eva, tmp_path):
    lesson.title = "Van Eva"
    lesson.save_revision(user=eva)
    lesson.get_workflow().start(lesson, eva)
    conflicts: list = []
    folder = curriculum_folder(tmp_path, lesson_file(title=twin("Uit het bestand")))
    load_curriculum(folder, on_conflict=conflicts.append)
    assert [conflict.code for conflict in conflicts] == ["E99"]
    assert ModulePage.objects.get(pk=lesson.pk).workflow_in_progress


def test_the_first_page_of_the_editor_says_what_waits_and_where_to_begin(fenna, sent_in, eva, as_user):
    page = as_user(fenna).get("/admin/").content.decode()
    assert "wacht op nakijken. Eva stuurde de les in." in page
    assert "Alle lessen" in page
    assert "/admin/lessen/nieuw/" not in page
    as_user(fenna).get(f"/admin/pages/{sent_in.pk}/edit/")  # who opens the lesson, has read the message
    assert "Eva stuurde de les in." not in as_user(fenna).get("/admin/").content.decode()
    page = as_user(eva).get("/admin/").content.decode()
    assert "/admin/lessen/nieuw/" in page
    assert "wacht op nakijken. Eva" not in page


TOO_HARD = "Kijk het goed na en vraag het aan je collega als je het niet zeker weet."


def test_a_text_that_is_too_hard_is_not_sent_in(eva, as_user):
    reply = as_user(eva).post(add_address(), form(screen(TOO_HARD)) | {"action-submit": "1"})
    assert reply.status_code == 200
    assert "Makkelijk is nog te moeilijk." in reply.content.decode()
    assert not ModulePage.objects.filter(code="E97").exists()


def test_a_reviewer_who_makes_it_too_hard_does_not_put_it_online_and_loses_nothing(sent_in, fenna, as_user):
    posted = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    data = form(screen(TOO_HARD)) | posted
    page = as_user(fenna).post(f"/admin/pages/{sent_in.pk}/edit/", data)
    assert page.status_code == 200
    assert "Makkelijk is nog te moeilijk." in page.content.decode()
    assert TOO_HARD in page.content.decode()
    assert not ModulePage.objects.get(pk=sent_in.pk).live
    as_user(fenna).post(f"/admin/pages/{sent_in.pk}/edit/", form(screen("Kijk het na.")) | posted)
    assert ModulePage.objects.get(pk=sent_in.pk).live


def test_what_is_too_hard_is_not_approved_from_the_list(sent_in, fenna, as_user):
    page = ModulePage.objects.get(pk=sent_in.pk)
    raw = page.steps.get_prep_value()
    raw[0]["value"]["text"]["makkelijk"] = TOO_HARD
    page.steps = page.steps.stream_block.to_python(raw)
    page.save_revision(user=fenna, clean=False)
    act(as_user(fenna), sent_in, "approve")
    assert not ModulePage.objects.get(pk=sent_in.pk).live
