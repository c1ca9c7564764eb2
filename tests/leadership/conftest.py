"""A group of a region in its first week: Chantal and Hilde of one employer, Gijs of another; Fenna facilitates."""

from datetime import date

import pytest

from leadership.models import Programme, ProgrammeGroup
from leadership.services import start_group
from people.models import Cohort, Organisation, Role, User
from tests.factories import CohortFactory, CohortMemberFactory, MembershipFactory, OrganisationFactory, UserFactory

MONDAY = date(2026, 3, 2)


def lead(name: str, organisation: Organisation, role: Role, cohort: Cohort | None = None, **place: bool) -> User:
    """Someone with a role that leads, in this cohort."""
    user = UserFactory(username=name.lower(), first_name=name)
    MembershipFactory(user=user, organisation=organisation, role=role)
    if cohort:
        CohortMemberFactory(cohort=cohort, user=user, **place)
    return user


@pytest.fixture
def elsewhere(db) -> Organisation:
    return OrganisationFactory(name="Ander bedrijf", kind=Organisation.Kind.EMPLOYER)


@pytest.fixture
def cohort(db) -> Cohort:
    region = OrganisationFactory(name="Regio", kind=Organisation.Kind.REGION)
    return CohortFactory(organisation=region, name="Voorjaar", kind=Cohort.Kind.PROGRAMME)


@pytest.fixture
def fenna(cohort) -> User:
    return lead("Fenna", cohort.organisation, Role.FACILITATOR, cohort, leads=True)


@pytest.fixture
def chantal(chantal, cohort) -> User:
    CohortMemberFactory(cohort=cohort, user=chantal)
    return chantal


@pytest.fixture
def hilde(employer, cohort) -> User:
    return lead("Hilde", employer, Role.TEAM_LEAD, cohort)


@pytest.fixture
def gijs(elsewhere, cohort) -> User:
    return lead("Gijs", elsewhere, Role.HR_LEAD, cohort)


@pytest.fixture
def programme(db) -> Programme:
    return Programme.objects.get(slug="leiderschap")


@pytest.fixture
def group(cohort, fenna, programme) -> ProgrammeGroup:
    return start_group(cohort=cohort, programme=programme, starts_on=MONDAY, actor=fenna)


@pytest.fixture
def jorrit(group, cohort) -> User:
    """Came in with the code, and has no role that leads."""
    user = UserFactory(username="jorrit", first_name="Jorrit")
    CohortMemberFactory(cohort=cohort, user=user)
    return user


@pytest.fixture
def other_group(programme) -> ProgrammeGroup:
    """Another group of another region, with Petra in it; Piet facilitates."""
    region = OrganisationFactory(name="Andere regio", kind=Organisation.Kind.REGION)
    cohort = CohortFactory(organisation=region, name="Najaar", kind=Cohort.Kind.PROGRAMME)
    piet = lead("Piet", region, Role.FACILITATOR, cohort, leads=True)
    lead("Petra", OrganisationFactory(kind=Organisation.Kind.EMPLOYER), Role.TEAM_LEAD, cohort)
    return start_group(cohort=cohort, programme=programme, starts_on=MONDAY, actor=piet)


@pytest.fixture
def petra(other_group) -> User:
    """Takes part in another group."""
    return User.objects.get(username="petra")


@pytest.fixture
def piet(other_group) -> User:
    """Facilitates another group."""
    return User.objects.get(username="piet")


@pytest.fixture
def karin(employer) -> User:
    """HR lead at the firm of Chantal and Hilde; not in the group."""
    return lead("Karin", employer, Role.HR_LEAD)
