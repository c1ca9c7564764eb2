"""Three pictures in order: chosen by the learner, kept as a digest, locked after five that are not theirs."""

import uuid

import pytest
from django.contrib.auth.models import Group, Permission

from people.models import AuditEntry, LearnerCard, Notice, PictureCode, Role, User
from people.pictures import BY_NAME, PICTURES, read_drawn, tap
from people.queries import has_rights
from people.services import (
    choose_pictures,
    ensure_cards,
    erase_person,
    export_person,
    join_cohort,
    merge_people,
    reset_pictures,
    try_pictures,
)
from tests.factories import CohortFactory, CohortMemberFactory, MembershipFactory, UserFactory
from tests.learning.test_events_come_twice import at_once

MINE = read_drawn("huis,vis,zon")
OTHER = read_drawn("vis,huis,zon")


def test_there_are_twelve_pictures_with_a_name_each():
    assert len(PICTURES) == len(BY_NAME) == len({picture.label for picture in PICTURES}) == 12


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("", ""),
        ("huis,vis,zon", "huis vis zon"),
        ("huis,huis,huis", "huis"),
        ("huis,vis,zon,bel", "huis vis zon"),
        ("huis,<b>,vis", "huis vis"),
        ("x" * 10_000 + ",huis", ""),
        ("huis\x00,vis", "vis"),
    ],
)
def test_what_a_form_sends_is_read_as_pictures_only(sent, read):
    assert " ".join(picture.name for picture in read_drawn(sent)) == read


def test_a_tap_chooses_a_picture_and_a_second_takes_it_back():
    drawn = tap(tap((), "huis"), "vis")
    assert [picture.name for picture in drawn] == ["huis", "vis"]
    assert [picture.name for picture in tap(drawn, "huis")] == ["vis"]
    assert tap(drawn, "draak") == drawn
    assert len(tap(tap(tap(drawn, "zon"), "bel"), "ster")) == 3


def test_the_right_pictures_in_order_are_right_and_nothing_else_is(anna):
    choose_pictures(user=anna, drawn=MINE)
    assert try_pictures(people=[anna], drawn=OTHER).user is None
    assert try_pictures(people=[anna], drawn=MINE[:2]).user is None
    assert try_pictures(people=[anna], drawn=MINE).user == anna


def test_what_is_kept_tells_no_picture(anna, bram, settings):
    """Two with the same pictures have nothing in common, and without the site's secret nothing can be tried."""
    other = UserFactory()
    for user in (anna, other):
        choose_pictures(user=user, drawn=MINE)
    digests = set(PictureCode.objects.values_list("digest", flat=True))
    assert len(digests) == 2
    kept = f"{list(PictureCode.objects.values())} {list(AuditEntry.objects.values('action', 'subject', 'details'))}"
    assert not [picture.name for picture in PICTURES if picture.name in kept]
    settings.SECRET_KEY = "een ander geheim van een andere site"
    assert try_pictures(people=[anna], drawn=MINE).user is None


def test_five_that_are_not_theirs_lock_it_until_the_teacher_resets(anna, bram):
    choose_pictures(user=anna, drawn=MINE)
    assert [try_pictures(people=[anna], drawn=OTHER).left for _ in range(5)] == [4, 3, 2, 1, 0]
    assert try_pictures(people=[anna], drawn=MINE).user is None
    assert PictureCode.objects.get().is_locked
    reset_pictures(user=anna, actor=bram)
    assert try_pictures(people=[anna], drawn=MINE).user is None  # the old ones stopped
    choose_pictures(user=anna, drawn=OTHER)
    assert try_pictures(people=[anna], drawn=OTHER).user == anna


def test_a_right_one_begins_the_count_anew(anna):
    choose_pictures(user=anna, drawn=MINE)
    for _ in range(3):
        for _ in range(4):
            try_pictures(people=[anna], drawn=OTHER)
        assert try_pictures(people=[anna], drawn=MINE).user == anna


def test_someone_without_pictures_looks_the_same_and_locks_the_same(anna, driss):
    choose_pictures(user=anna, drawn=MINE)
    told = [[try_pictures(people=[user], drawn=OTHER) for _ in range(7)] for user in (anna, driss)]
    assert told[0] == told[1]


def test_the_same_form_sent_twice_counts_once(anna):
    choose_pictures(user=anna, drawn=MINE)
    assert [try_pictures(people=[anna], drawn=OTHER, form="een").left for _ in range(3)] == [4, 4, 4]
    assert try_pictures(people=[anna], drawn=read_drawn("bel,vis,zon"), form="een").left == 3
    assert [try_pictures(people=[anna], drawn=OTHER, form=form).left for form in ("twee", "drie")] == [2, 1]


def test_taps_at_once_all_count(real_transactions):
    anna = UserFactory()
    choose_pictures(user=anna, drawn=MINE)
    at_once(*(lambda: try_pictures(people=[anna], drawn=OTHER) for _ in range(4)))
    assert PictureCode.objects.get().wrong == 4
    at_once(*(lambda: try_pictures(people=[anna], drawn=OTHER) for _ in range(4)))
    assert PictureCode.objects.get().wrong == 5
    assert try_pictures(people=[anna], drawn=MINE).user is None


def _staff(user: User, school) -> None:
    User.objects.filter(pk=user.pk).update(is_staff=True)


def _administrator(user: User, school) -> None:
    User.objects.filter(pk=user.pk).update(is_superuser=True)


def _group(user: User, school) -> None:
    user.groups.add(Group.objects.create(name="Auteurs van de test"))


def _permission(user: User, school) -> None:
    user.user_permissions.add(Permission.objects.first())


def _teacher(user: User, school) -> None:
    MembershipFactory(user=user, organisation=school, role=Role.TEACHER)


def _owner(user: User, school) -> None:
    MembershipFactory(user=user, organisation=school, role=Role.OWNER)


def _leads(user: User, school) -> None:
    CohortMemberFactory(user=user, leads=True)


RIGHTS = [_staff, _administrator, _group, _permission, _teacher, _owner, _leads]


@pytest.mark.parametrize("give", RIGHTS)
def test_who_may_more_than_learn_gets_no_pictures(anna, school, give):
    assert not has_rights(anna)
    give(anna, school)
    anna.refresh_from_db()
    assert has_rights(anna)
    with pytest.raises(ValueError, match="only learns"):
        choose_pictures(user=anna, drawn=MINE)
    assert not PictureCode.objects.exists()


@pytest.mark.parametrize("give", RIGHTS)
def test_who_gets_more_rights_later_comes_in_with_pictures_no_more(anna, school, give):
    choose_pictures(user=anna, drawn=MINE)
    give(anna, school)
    assert try_pictures(people=[anna], drawn=MINE).user is None


def test_an_account_that_is_off_comes_in_no_more(anna):
    choose_pictures(user=anna, drawn=MINE)
    User.objects.update(is_active=False)
    assert try_pictures(people=[anna], drawn=MINE).user is None


@pytest.mark.parametrize("sent", ["", "huis", "huis,vis"])
def test_fewer_than_three_pictures_are_no_code(anna, sent):
    with pytest.raises(ValueError, match="three different pictures"):
        choose_pictures(user=anna, drawn=read_drawn(sent))


def test_the_export_says_that_there_are_pictures_and_never_which(anna, bram):
    ensure_cards(places=[anna.cohort_places.get()], actor=bram)
    assert export_person(user=anna)["people"]["plaatjescode"] == "nee"
    choose_pictures(user=anna, drawn=MINE)
    told = export_person(user=anna)["people"]
    assert (told["plaatjescode"], told["kaarten"]) == ("ja", ["Klas Zorg 2A (Voorbeeldschool)"])
    assert PictureCode.objects.get().digest not in str(told)
    assert LearnerCard.objects.get().serial not in str(told)


def test_erasing_takes_pictures_and_cards(anna, bram):
    ensure_cards(places=[anna.cohort_places.get()], actor=bram)
    choose_pictures(user=anna, drawn=MINE)
    erase_person(user=anna, actor=None)
    assert not PictureCode.objects.exists()
    assert not LearnerCard.objects.exists()


def _joined(cohort, name: str) -> User:
    learner = User.objects.new_nameless(uuid.uuid4())
    join_cohort(user=learner, cohort=cohort, name=name)
    return learner


def test_two_who_become_one_keep_the_pictures_and_the_card(anna, bram, school_class):
    """Anna, who has none, tried three of them once while she had no code."""
    bo = _joined(CohortFactory(organisation=school_class.organisation), "Bo")
    [card] = ensure_cards(places=[bo.cohort_places.get()], actor=bram)
    choose_pictures(user=bo, drawn=MINE)
    try_pictures(people=[anna], drawn=OTHER)
    merge_people(source=bo, target=anna)
    assert try_pictures(people=[anna], drawn=MINE).user == anna
    card.refresh_from_db()
    assert card.place.user == anna


@pytest.mark.parametrize("reset", [False, True])
def test_who_stays_keeps_their_own_pictures_and_their_own_lock(anna, bram, school_class, reset):
    bo = _joined(school_class, "Bo")
    choose_pictures(user=bo, drawn=MINE)
    choose_pictures(user=anna, drawn=OTHER)
    if reset:
        reset_pictures(user=anna, actor=bram)
    merge_people(source=bo, target=anna)
    assert try_pictures(people=[anna], drawn=MINE).user is None
    assert try_pictures(people=[anna], drawn=OTHER).user == (None if reset else anna)


def test_who_may_more_than_learn_gets_none_by_merging(bram, school_class):
    bo = _joined(school_class, "Bo")
    choose_pictures(user=bo, drawn=MINE)
    merge_people(source=bo, target=bram)
    assert not PictureCode.objects.exists()


def test_a_reset_is_told_to_the_learner_and_kept_with_who_did_it(anna, bram):
    choose_pictures(user=anna, drawn=MINE)
    for _ in range(2):
        reset_pictures(user=anna, actor=bram)
    notice = Notice.objects.get(user=anna)
    assert (notice.link, "Kies 3 nieuwe plaatjes" in notice.text) == ("/plaatjes/kiezen/", True)
    entry = AuditEntry.objects.filter(action="reset_pictures").first()
    assert entry is not None
    assert (entry.actor_key, entry.person_key, entry.details) == (bram.audit_key, anna.audit_key, {})
    choose_pictures(user=anna, drawn=MINE)
    assert not Notice.objects.exists()
