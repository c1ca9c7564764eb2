"""Who keeps a register hears once that a day has come or a fact behind a system changed; nobody else hears it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from language.models import Fact
from leadership.models import AiSystem, State
from leadership.register.queries import looks
from leadership.register.risk import facts_behind
from leadership.register.services import review_system, tell_all_keepers
from leadership.tasks import tell_who_keeps_registers
from people.models import Notice, Organisation, Role, User
from tests.leadership.test_register import kept, someone

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = TODAY + timedelta(days=90)


@pytest.fixture
def rooster(employer, chantal) -> AiSystem:
    return kept(employer, chantal, risk="high", review_by=DAY)


def told() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("pk").values_list("user__username", "text"))


def test_on_the_day_hr_gets_one_message_and_the_next_night_none(rooster, employer, chantal, bram, driss):
    someone(employer, Role.TEAM_LEAD)  # reads the register and does not keep it
    other = Organisation.objects.create(name="Ander bedrijf BV", kind=Organisation.Kind.EMPLOYER)
    someone(other, Role.HR_LEAD)
    assert tell_all_keepers(today=DAY - timedelta(days=1)) == 0
    assert tell_all_keepers(today=DAY) == 1
    assert tell_all_keepers(today=DAY) == tell_all_keepers(today=DAY + timedelta(days=30)) == 0
    text = f"AI-register van {employer.name}: 1 systeem om opnieuw te bekijken. De dag is er, of een feit veranderde."
    assert told() == [("chantal", text)]
    assert Notice.objects.get().link == f"/docent/ai/{employer.pk}/"


def test_a_fact_that_changes_is_told_once_and_once_more_when_it_changes_again(rooster):
    code = facts_behind(rooster)[0]
    for text in ("Iets anders.", "Nog iets anders."):
        Fact.objects.filter(code=code).update(text_standaard=text)
        assert tell_all_keepers(today=TODAY) == 1
        assert tell_all_keepers(today=TODAY) == 0
    assert len(told()) == 1, "the one nobody read yet went"


def test_who_looked_again_hears_of_the_next_day(rooster, chantal):
    assert tell_all_keepers(today=DAY) == 1
    review_system(system=rooster, review_by=DAY + timedelta(days=90), actor=chantal)
    assert tell_all_keepers(today=DAY) == 0
    assert tell_all_keepers(today=DAY + timedelta(days=90)) == 1


def test_what_stopped_or_has_no_day_is_not_told(employer, chantal):
    kept(employer, chantal, "Weg", review_by=TODAY, state=State.STOPPED)
    assert looks([kept(employer, chantal, "Zonder dag")])
    tell_who_keeps_registers()
    assert told() == []


def test_more_systems_are_one_message_and_a_long_name_fits(chantal, employer):
    employer.name = "N" * 120
    employer.save()
    AiSystem.objects.bulk_create(
        AiSystem(organisation=employer, name=f"{number} {'x' * 190}", review_by=TODAY) for number in range(40)
    )
    assert tell_all_keepers(today=TODAY) == 40
    assert len(told()) == 1
    assert "40 systemen" in told()[0][1]


def test_without_anybody_to_tell_it_waits(rooster, chantal):
    User.objects.filter(pk=chantal.pk).update(is_active=False)
    assert tell_all_keepers(today=DAY) == 0
    User.objects.filter(pk=chantal.pk).update(is_active=True)
    assert tell_all_keepers(today=DAY) == 1
