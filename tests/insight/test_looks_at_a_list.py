"""Who opens a list of a class or team is read by who stands on it: by day, and by nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from people.audit import group_looks_told
from people.models import AuditEntry, CohortMember
from people.services import (
    close_cohort,
    erase_person,
    export_person,
    leave_cohort,
    merge_people,
    move_learner,
    note_group_look,
)
from tests.factories import CohortFactory, CohortMemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(school_class) -> str:
    return f"/docent/klassen/{school_class.pk}/"


def page(as_user, who) -> str:
    return as_user(who).get("/wie-keek/").content.decode()


def later(days: int):
    return time_machine.travel(timezone.now() + timedelta(days=days))


def looks() -> int:
    return AuditEntry.objects.filter(action="look_at_group").count()


def test_a_learner_reads_who_opened_the_class_and_on_which_day(as_user, anna, bram, address):
    as_user(bram).get(address)
    told = page(as_user, anna)
    assert "Bram" in told
    assert "Bekeek de lijst van <bdi>Klas Zorg 2A</bdi>." in told
    assert "Niemand keek in je account." in told, "that is another thing"


@pytest.mark.parametrize("part", ["", "inloggen/", "route/", "leerling/{}/", "inloggen/{}/kaart/"])
def test_every_page_with_names_is_a_look(as_user, anna, bram, address, part):
    assert as_user(bram).get(address + part.format(anna.pk)).status_code == 200
    assert looks() == 1


@pytest.mark.parametrize("part", ["bord/", "vragen/", "erbij/", "beheer/"])
def test_a_page_without_names_is_none(as_user, anna, bram, address, part):
    assert as_user(bram).get(address + part).status_code == 200
    assert looks() == 0


def test_a_day_is_one_line_however_often_one_looks(as_user, anna, bram, address):
    for _ in range(3):
        as_user(bram).get(address)
    assert looks() == 1
    with later(1):
        as_user(bram).get(address)
        told = page(as_user, anna)
    assert looks() == 2
    assert told.count("Bekeek de lijst van") == 1
    assert "Alle 2 dagen" in told


def test_looking_again_costs_one_query(anna, bram, school_class, django_assert_num_queries):
    note_group_look(actor=bram, cohort=school_class)
    with django_assert_num_queries(1):
        note_group_look(actor=bram, cohort=school_class)


def test_a_file_is_told_too(as_user, anna, bram, address):
    as_user(bram).get(f"{address}voortgang.csv")
    assert "Haalde een lijst op van <bdi>Klas Zorg 2A</bdi>." in page(as_user, anna)


def test_who_came_later_reads_nothing_of_before(as_user, anna, bram, address, school_class):
    as_user(bram).get(address)
    with later(1):
        new = CohortMemberFactory(cohort=school_class).user
        assert "Bram" not in page(as_user, new)
        as_user(bram).get(address)
        assert len(group_looks_told(new)[0].days) == 1


def test_nobody_else_reads_it(as_user, anna, bram, chantal, driss, school, address):
    as_user(bram).get(address)
    other = CohortMemberFactory(cohort=CohortFactory(organisation=school)).user
    for who in (driss, chantal, other, bram):
        assert "Bekeek de lijst" not in page(as_user, who)


def test_who_may_not_open_the_class_leaves_no_line(as_user, anna, chantal, driss, address):
    for who in (None, anna, chantal, driss):
        assert as_user(who).get(address).status_code != 200
    assert looks() == 0


def test_a_team_of_which_nobody_is_shown_is_no_look(as_user, chantal, employer):
    team = CohortFactory(organisation=employer, kind="team", name="Magazijn")
    CohortMemberFactory(cohort=team, user=chantal, leads=True)
    CohortMemberFactory(cohort=team)
    assert as_user(chantal).get(f"/docent/klassen/{team.pk}/").status_code == 200
    assert looks() == 0


@pytest.mark.parametrize("how", ["leaves", "is moved", "sees the class end"])
def test_who_left_still_reads_what_was_and_nothing_after(as_user, anna, bram, school, address, school_class, how):
    as_user(bram).get(address)
    with later(1):
        if how == "leaves":
            leave_cohort(user=anna, cohort=school_class)
        elif how == "is moved":
            to = CohortFactory(organisation=school, name="Klas Bouw 1B")
            CohortMemberFactory(cohort=to, user=bram, leads=True)
            move_learner(place=CohortMember.objects.get(user=anna), to=to, actor=bram)
        else:
            close_cohort(cohort=school_class, actor=bram)
    with later(2):
        note_group_look(actor=bram, cohort=school_class)
    [look] = group_looks_told(anna)
    assert (look.group, len(look.days)) == ("Klas Zorg 2A", 1)


def test_that_someone_was_in_a_group_is_the_matter_of_no_organisation(anna, school_class):
    leave_cohort(user=anna, cohort=school_class)
    assert AuditEntry.objects.get(action="place_ended").organisation is None


def test_two_who_are_one_read_what_either_could(anna, bram, school_class):
    source = UserFactory(first_name="Anna op papier")
    source.set_unusable_password()
    source.save()
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        CohortMemberFactory(cohort=school_class, user=source)
        note_group_look(actor=bram, cohort=school_class)
    CohortMember.objects.filter(user=anna).update(joined_at=timezone.now() - timedelta(days=1))
    assert group_looks_told(anna) == []
    merge_people(source=source, target=anna)
    assert [look.who for look in group_looks_told(anna)] == [bram]


def test_it_is_in_what_one_takes_along_and_a_teacher_who_is_gone_has_no_name(as_user, anna, bram, address):
    as_user(bram).get(address)
    [told] = export_person(user=anna)["people"]["wie keek"]
    assert (told["wat"], told["groep"]) == ("look_at_group", "Klas Zorg 2A")
    erase_person(user=bram, actor=None)
    assert "Iemand die hier niet meer is" in page(as_user, anna)
    assert "Bram" not in page(as_user, anna)
