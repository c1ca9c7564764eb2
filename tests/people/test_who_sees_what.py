"""'Wie ziet wat?' is made from the settings themselves: whoever changes one changes the sentence, for whom it holds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people.models import Agreement, Cohort, CohortMember, User
from people.services import join_monitor, leave_monitor

pytestmark = pytest.mark.django_db
PAGE = "/wie-ziet-wat/"
AGREED = "En of een les van je team klaar is."
NOT_AGREED = "Dat mag alleen na een afspraak met de OR."
IN_REGION = "doet mee met de cijfers van de regio."
NOT_IN_REGION = "Je werk doet niet mee met de cijfers van de regio."
ASKED = "Hoe mensen hun werk vinden."


@pytest.fixture
def employee(employer) -> User:
    """Learns in a team at the employer of Chantal."""
    user = User.objects.create_user("esra")
    team = Cohort.objects.create(organisation=employer, name="Team", kind=Cohort.Kind.TEAM)
    CohortMember.objects.create(cohort=team, user=user)
    return user


@pytest.fixture
def page(as_user):
    def opened(user: User | None) -> str:
        return " ".join(as_user(user).get(PAGE).content.decode().replace("<br>", " ").split())

    return opened


def test_an_agreement_and_its_end_change_what_an_employee_reads(page, employee, employer):
    assert NOT_AGREED in page(employee)
    assert AGREED not in page(employee)
    today = timezone.localdate()
    agreement = Agreement.objects.create(
        organisation=employer, agreed_with="de PVT", agreed_on=today, ends_on=today + timedelta(days=30)
    )
    assert AGREED in page(employee)
    assert "de PVT" in page(employee)
    assert "Het geldt tot" in page(employee)
    assert NOT_AGREED not in page(employee)
    agreement.ends_on = today
    agreement.save()
    assert NOT_AGREED in page(employee)
    assert AGREED not in page(employee)


def test_taking_part_in_the_region_changes_what_an_employee_reads(page, employee, employer, chantal):
    assert NOT_IN_REGION in page(employee)
    assert ASKED not in page(employee)
    join_monitor(organisation=employer, actor=chantal)
    for sentence in (IN_REGION, ASKED, employer.name):
        assert sentence in page(employee)
    assert NOT_IN_REGION not in page(employee)
    leave_monitor(organisation=employer, actor=chantal)
    assert NOT_IN_REGION in page(employee)
    assert ASKED not in page(employee)


def test_what_holds_at_one_employer_is_told_to_nobody_else(page, employee, employer, chantal, anna, driss):
    Agreement.objects.create(organisation=employer, agreed_with="de OR", agreed_on=timezone.localdate())
    join_monitor(organisation=employer, actor=chantal)
    for user in (anna, driss, None):
        assert AGREED not in page(user)
        assert NOT_IN_REGION in page(user)
        assert employer.name not in page(user)


def test_leaving_a_team_takes_its_employer_off_the_page(page, employee, employer, chantal):
    join_monitor(organisation=employer, actor=chantal)
    CohortMember.objects.filter(user=employee).delete()
    assert NOT_IN_REGION in page(employee)
    assert employer.name not in page(employee)


def test_each_system_that_may_read_is_named_and_without_one_it_says_so(page, employee, monkeypatch):
    assert "Er gaat nu niets naar een ander systeem." in page(employee)
    monkeypatch.setattr("people.visibility._targets", [lambda: ["Leerlog Noord"]])
    assert "Leerlog Noord" in page(employee)
    assert "Er gaat nu niets naar een ander systeem." not in page(employee)


def test_a_platform_is_named_to_who_came_from_it(page, employee, anna, monkeypatch):
    monkeypatch.setattr("people.visibility._platforms", [lambda user: ["Elo"] if user.pk == employee.pk else []])
    assert "Elo" in page(employee)
    assert "<bdi>Elo</bdi>" not in page(anna)


def test_in_any_case_it_says_what_nobody_sees(page, employee):
    for sentence in ("Je antwoorden en je fouten", "staan geen namen", "Nooit van jou alleen."):
        assert sentence in page(employee)
