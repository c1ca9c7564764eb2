"""Writing a path: all at once, twice the same is once, and nobody writes over a colleague unknowingly."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from courses.attachments import CleanFile
from courses.draft import Draft, Item, differences, draft_of
from courses.models import CoursePath, PathFile, PathPage, Sharing
from courses.personal_data import merge
from courses.queries import paths_to_build, paths_to_copy, paths_to_follow
from courses.services import (
    ChangedMeanwhile,
    archive_path,
    copy_path,
    forget_what_was_taken_off,
    keep_file,
    save_draft,
    save_page,
    share_path,
    start_path,
)
from people.models import AuditEntry, Role
from people.services import erase_person, export_person
from tests.courses.conftest import PAGE
from tests.factories import MembershipFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def reread(path: CoursePath) -> CoursePath:
    return CoursePath.objects.get(pk=path.pk)


def keys(path: CoursePath) -> list[str]:
    return draft_of(reread(path)).keys


# Beginning


def test_a_path_begins_as_a_copy_of_a_ready_one(path, zorg, school, bram):
    assert path.codes == zorg.codes
    assert (path.organisation, path.made_by, path.origin, path.sharing) == (school, bram, zorg, Sharing.ALONE)
    assert (path.intro, path.trade, path.levels) == (zorg.intro, "zorg", zorg.levels)
    assert path.title_makkelijk == "", "the easier title is of another title"
    assert path.slug != zorg.slug
    assert AuditEntry.objects.get(action="start_path").subject == f"path {path.pk}"


def test_a_path_can_begin_with_nothing(school, bram):
    assert keys(start_path(organisation=school, title="Leeg", actor=bram)) == []


def test_a_ready_path_is_not_touched_by_its_copies(path, zorg, bram):
    save_draft(path=path, draft=Draft("Anders"), version=path.version, actor=bram)
    assert reread(zorg).title != "Anders"
    assert len(reread(zorg).codes) == 8


def test_a_copy_takes_everything_along_and_is_its_makers_alone(shared, own_page, colleague, school):
    made = copy_path(path=reread(shared), organisation=school, actor=colleague)
    assert made.title == "Zorg 2A (kopie)"
    assert copy_path(path=made, organisation=school, actor=colleague).title == "Zorg 2A (kopie)"
    assert [item.lesson for item in draft_of(made).items] == [item.lesson for item in draft_of(reread(shared)).items]
    assert made.pages.get().title == own_page.title
    assert made.pages.get().pk != own_page.pk
    assert (made.sharing, made.made_by) == (Sharing.ALONE, colleague)


# Changing


def test_a_draft_is_kept_whole_in_its_order(path, own_page, bram):
    items = (
        Item("les:B1", week=2, note="Neem je schrift mee."),
        Item(own_page.key, required=False),
        Item("les:A1", on=date(2027, 2, 3)),
    )
    draft = Draft("Zorg 2B", "Voor de klas.", "", "week", items)
    saved = save_draft(path=path, draft=draft, version=path.version, actor=bram)
    assert draft_of(reread(path)) == draft
    assert (saved.version, saved.changed_by) == (path.version + 1, bram)


def test_saving_the_same_twice_changes_nothing_also_from_an_old_form(path, bram):
    draft = draft_of(path).moved("les:B1", -1)
    for _ in range(3):
        saved = save_draft(path=path, draft=draft, version=path.version, actor=bram)
    assert saved.version == path.version + 1


def test_the_second_of_two_who_change_it_is_told_and_nothing_is_written(shared, bram, colleague):
    mine, theirs = draft_of(shared).moved("les:A1", 3), draft_of(shared).without("les:B2")
    save_draft(path=shared, draft=theirs, version=shared.version, actor=bram)
    with pytest.raises(ChangedMeanwhile):
        save_draft(path=shared, draft=mine, version=shared.version, actor=colleague)
    assert draft_of(reread(shared)) == theirs
    assert reread(shared).changed_by == bram


def test_an_easier_note_of_the_ready_path_goes_when_the_note_becomes_another(school, bram):
    ready = CoursePath.objects.get(slug="logistiek", organisation=None)
    path = start_path(organisation=school, title="Logistiek", actor=bram, origin=ready)
    noted = next(lesson for lesson in path.lessons.all() if lesson.note)
    assert noted.note_makkelijk
    draft = draft_of(path)
    same = save_draft(path=path, draft=replace(draft, title="Nieuw"), version=path.version, actor=bram)
    assert same.lessons.get(module=noted.module).note_makkelijk == noted.note_makkelijk
    items = tuple(replace(item, note="Iets anders.") if item.note else item for item in draft.items)
    save_draft(path=path, draft=replace(draft, title="Nieuw", items=items), version=same.version, actor=bram)
    assert path.lessons.get(module=noted.module).note_makkelijk == ""


def test_a_page_of_another_path_cannot_be_put_on_this_one(path, own_page, school, bram):
    other = start_path(organisation=school, title="Ander", actor=bram)
    save_draft(path=other, draft=Draft("Ander", items=(Item(own_page.key),)), version=1, actor=bram)
    assert keys(other) == []
    assert own_page.key in keys(path)


# Own pages


def test_a_new_page_comes_last_and_the_same_form_twice_makes_one(path, bram):
    key = uuid.uuid4()
    for _ in range(2):
        page = save_page(path=path, page_id=key, version=0, actor=bram, **PAGE)
    assert PathPage.objects.get() == page
    assert keys(path)[-1] == page.key
    assert reread(path).version == path.version + 1


def test_the_second_who_writes_one_page_is_told(shared, own_page, bram, colleague):
    changed = {**PAGE, "text": "Lokaal 14."}
    for _ in range(2):
        save_page(path=shared, page_id=own_page.pk, version=1, actor=bram, **changed)
    with pytest.raises(ChangedMeanwhile):
        save_page(path=shared, page_id=own_page.pk, version=1, actor=colleague, **{**PAGE, "text": "Lokaal 9."})
    assert PathPage.objects.get().text == "Lokaal 14."


def test_a_page_that_was_taken_off_while_it_was_written_comes_back_with_what_was_written(path, own_page, bram):
    path = save_draft(path=path, draft=draft_of(reread(path)).without(own_page.key), version=2, actor=bram)
    assert own_page.key not in keys(path)
    save_page(path=path, page_id=own_page.pk, version=1, actor=bram, **{**PAGE, "text": "Toch."})
    assert keys(path)[-1] == own_page.key


def test_a_page_of_another_path_cannot_be_written(path, own_page, school, bram):
    other = start_path(organisation=school, title="Ander", actor=bram)
    with pytest.raises(ValueError, match="another path"):
        save_page(path=other, page_id=own_page.pk, version=1, actor=bram, **PAGE)


def test_what_was_taken_off_goes_after_a_month_and_its_file_with_it(
    path, own_page, bram, school, django_capture_on_commit_callbacks
):
    file = keep_file(organisation=school, file=CleanFile(b"%PDF-", "pdf", "blad.pdf"))
    assert keep_file(organisation=school, file=CleanFile(b"%PDF-", "pdf", "blad.pdf")) == file
    save_page(path=path, page_id=own_page.pk, version=1, actor=bram, **{**PAGE, "file": file})
    now = timezone.now()
    assert forget_what_was_taken_off(now=now + timedelta(days=3)) == 0
    draft = draft_of(reread(path)).without(own_page.key)
    save_draft(path=path, draft=draft, version=reread(path).version, actor=bram)
    assert forget_what_was_taken_off(now=now + timedelta(days=29)) == 0
    assert storages["paths"].exists(file.place)
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_what_was_taken_off(now=now + timedelta(days=31)) == 2
    assert not PathFile.objects.exists()
    assert not storages["paths"].exists(file.place)


# Whose


def test_who_may_look_at_a_path(path, bram, colleague, elsewhere, chantal, anna, driss):
    for sharing, also in ((Sharing.ALONE, False), (Sharing.SEE, True), (Sharing.EDIT, True)):
        share_path(path=path, sharing=sharing, actor=bram)
        for user, sees in ((bram, True), (colleague, also), (elsewhere, False), (chantal, False), (anna, False),
                           (driss, False)):  # fmt: skip
            assert (path in paths_to_build(user)) is sees, (user, sharing)
            assert (path in paths_to_copy(user)) is sees
    assert (path.may_be_changed_by(colleague), path.is_of(colleague), path.is_of(bram)) == (True, False, True)


def test_a_teacher_who_left_or_came_in_with_pictures_sees_no_path(path, bram):
    bram.only_learns = True
    assert not paths_to_build(bram).exists()
    bram.only_learns = False
    bram.memberships.all().delete()
    assert not paths_to_build(bram).exists()


def test_who_may_follow_a_path_of_a_school(path, anna, driss, elsewhere, zorg):
    assert list(paths_to_follow(anna).filter(slug=path.slug)) == [path]
    for stranger in (driss, elsewhere, None):
        assert not paths_to_follow(stranger).filter(slug=path.slug).exists()
        assert list(paths_to_follow(stranger).filter(slug="zorg")) == [zorg]


def test_a_path_put_away_can_be_taken_back_and_is_nothing_to_begin_with(path, bram):
    for _ in range(2):
        archive_path(path=path, archived=True, actor=bram)
    assert path not in paths_to_copy(bram)
    archive_path(path=path, archived=False, actor=bram)
    assert path in paths_to_copy(bram)
    assert AuditEntry.objects.filter(action__in=["archive_path", "take_back_path"]).count() == 2


def test_who_is_erased_leaves_what_was_shared_and_takes_the_rest(path, school, bram, colleague):
    shared = start_path(organisation=school, title="Voor allen", actor=bram)
    share_path(path=shared, sharing=Sharing.SEE, actor=bram)
    assert len(export_person(user=bram)["courses"]["routes gemaakt"]) == 2
    erase_person(user=bram, actor=None)
    assert list(paths_to_build(colleague)) == [shared]
    assert reread(shared).is_of(colleague)


def test_a_teacher_who_becomes_one_with_another_account_keeps_the_paths(path, bram, school):
    other = UserFactory()
    MembershipFactory(user=other, organisation=school, role=Role.TEACHER)
    merge(bram, other)
    assert list(paths_to_build(other)) == [path]


# The draft itself


def letters(text: str) -> Draft:
    return Draft("x", items=tuple(Item(f"les:{letter}") for letter in text))


@pytest.mark.parametrize(
    ("key", "steps", "order"),
    [("a", 1, "bac"), ("a", -1, "abc"), ("c", 1, "abc"), ("c", -2, "cab"), ("a", 99, "bca"), ("x", 1, "abc")],
)
def test_a_line_moves_and_stops_at_the_ends(key, steps, order):
    assert letters("abc").moved(f"les:{key}", steps) == letters(order)


def test_lessons_are_spread_over_weeks_and_a_page_goes_with_what_stands_before_it():
    items = (Item("blad:1"), Item("les:a"), Item("les:b"), Item("blad:2"), Item("les:c"))
    weeks = [item.week for item in Draft("x", pace="week", items=items).spread(2, None).items]
    assert weeks == [1, 1, 1, 1, 2]
    dates = [item.on for item in Draft("x", pace="date", items=items[1:3]).spread(1, date(2027, 2, 3)).items]
    assert dates == [date(2027, 2, 3), date(2027, 2, 10)]
    assert letters("ab").spread(1, None) == letters("ab"), "without a pace nothing gets a time"


def test_what_differs_is_told_per_line():
    mine, theirs = letters("abcd"), letters("acbe")
    theirs = replace(theirs, title="y", items=(replace(theirs.items[0], week=3), *theirs.items[1:]))
    told = {one.key: (one.theirs, one.mine, one.what) for one in differences(mine, theirs)}
    assert told == {
        "": (1, 1, ("title",)),
        "les:a": (1, 1, ("week",)),
        "les:c": (2, 3, ("place",)),
        "les:b": (3, 2, ("place",)),
        "les:e": (4, 0, ()),
        "les:d": (0, 4, ()),
    }
    assert differences(mine, mine) == []
