"""An organisation's own record store hears which of its lessons are done, on which day, and nothing more."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import Assignment, CoursePath, PathLesson
from people.models import Agreement, Cohort, CohortMember, Pseudonym
from tests.factories import CohortFactory
from xapi.forwarding.models import Forward
from xapi.forwarding.names import as_told, names_for
from xapi.forwarding.queries import forwarded_of
from xapi.forwarding.services import create_target

pytestmark = pytest.mark.django_db


def give_route(cohort: Cohort) -> None:
    path = CoursePath.objects.create(slug=f"r{cohort.pk}", title="Een route")
    PathLesson.objects.create(path=path, module="E99", place=1)
    Assignment.objects.create(cohort=cohort, path=path)


def target_of(organisation, **more):
    given = {"name": "Leerlog van ons", "kind": "organisation", "organisation": organisation.pk, **more}
    return create_target(address="https://leerlog.example.nl/xapi", key="k", secret="s", **given)


def finish(phone) -> None:
    phone.keep(*phone.whole_lesson())


def test_it_hears_the_lesson_the_day_and_a_name_of_its_own_and_nothing_else(phone_of, anna, school, school_class):
    give_route(school_class)
    target = target_of(school)
    finish(phone_of(anna))
    [row] = Forward.objects.all()
    own = Pseudonym.objects.get(user=anna, target="").name
    names = names_for(target, [own])
    told = as_told(row, row.document, names)
    assert set(told) == {"id", "actor", "verb", "object", "timestamp"}
    assert told["verb"] == {"id": "http://adlnet.gov/expapi/verbs/completed"}
    assert told["object"]["id"].endswith("/E99")
    assert told["timestamp"] == f"{timezone.localdate().isoformat()}T00:00:00Z"
    assert told["actor"]["account"]["name"] == str(names[own]) != str(own)
    assert row.held_until.date() >= timezone.localdate()
    assert row.held_until > timezone.now()
    for secret in (str(own), "Anna", "response", "score", "duration"):
        assert secret not in json.dumps(told)
    assert forwarded_of([own]) == []  # it waits


def test_a_lesson_that_is_done_again_is_told_once(phone_of, anna, school, school_class):
    give_route(school_class)
    target_of(school)
    phone = phone_of(anna)
    finish(phone)
    finish(phone)
    assert Forward.objects.count() == 1


def test_another_organisation_and_a_lesson_outside_the_route_are_not_told(phone_of, anna, employer, school):
    target_of(employer)
    target_of(school)
    finish(phone_of(anna))
    assert not Forward.objects.exists()


def test_an_employer_hears_nothing_until_an_agreement_holds(phone_of, anna, employer, as_user):
    team = CohortFactory(organisation=employer, name="Team", kind=Cohort.Kind.TEAM)
    CohortMember.objects.create(cohort=team, user=anna)
    give_route(team)
    target_of(employer)
    assert "Leerlog van ons" not in as_user(anna).get("/wie-ziet-wat/").content.decode()
    Agreement.objects.create(organisation=employer, agreed_with="de OR", agreed_on=timezone.localdate())
    assert "Leerlog van ons" in as_user(anna).get("/wie-ziet-wat/").content.decode()
    Agreement.objects.update(ends_on=timezone.localdate())
    finish(phone_of(anna))
    assert not Forward.objects.exists()


def test_who_sees_what_names_each_target_to_whom_it_is_about(as_user, anna, driss, school, school_class):
    give_route(school_class)
    target_of(school)
    today = timezone.localdate()
    create_target(
        name="Universiteit", kind="research", address="https://lrs.example.nl/xapi", key="k", secret="s",
        agreement="Met de school", agreed_on=today, ends_on=today + timedelta(days=9),
    )  # fmt: skip
    annas, of_driss = (as_user(who).get("/wie-ziet-wat/").content.decode() for who in (anna, driss))
    assert "Universiteit" in annas
    assert "Universiteit" in of_driss
    assert "Leerlog van ons" in annas
    assert "Leerlog van ons" not in of_driss
    assert "Er gaat nu niets naar een ander systeem." not in of_driss
