"""What every test stands on: real lessons in the database, collected static files, the same cast."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from people.models import Organisation, Role, User
from tests.factories import CohortFactory, CohortMemberFactory, MembershipFactory, OrganisationFactory, UserFactory

CURRICULUM = Path(settings.BASE_DIR) / "curriculum"


def pytest_sessionstart(session: pytest.Session) -> None:
    """Pages name collected static files, so they are collected once, before workers start."""
    if not hasattr(session.config, "workerinput"):
        import django

        django.setup()
        from lms.start import collect_static

        collect_static()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> Iterator[None]:  # noqa: PT004
    """The tables are made without running migrations; here is what migrations and loading add to them."""
    from wagtail.models import Collection, Locale, Page

    from modules.services import load_curriculum

    with django_db_blocker.unblock():
        if not Page.objects.filter(depth=1).exists():
            Locale.objects.get_or_create(language_code="nl")
            Page.add_root(title="Root", slug="root")
            Collection.add_root(name="Root")
        load_curriculum(CURRICULUM)
    yield


@pytest.fixture
def school(db: None) -> Organisation:
    return OrganisationFactory(name="Voorbeeldschool")


@pytest.fixture
def employer(db: None) -> Organisation:
    return OrganisationFactory(name="Voorbeeldbedrijf", kind=Organisation.Kind.EMPLOYER)


@pytest.fixture
def school_class(school: Organisation):
    return CohortFactory(organisation=school, name="Klas Zorg 2A")


@pytest.fixture
def anna(school: Organisation, school_class) -> User:
    """The learner."""
    user = UserFactory(username="anna", first_name="Anna")
    MembershipFactory(user=user, organisation=school, role=Role.LEARNER)
    CohortMemberFactory(cohort=school_class, user=user)
    return user


@pytest.fixture
def bram(school: Organisation, school_class) -> User:
    """Anna's teacher."""
    user = UserFactory(username="bram", first_name="Bram")
    MembershipFactory(user=user, organisation=school, role=Role.TEACHER)
    CohortMemberFactory(cohort=school_class, user=user, leads=True)
    return user


@pytest.fixture
def chantal(employer: Organisation) -> User:
    """The HR lead of another organisation."""
    user = UserFactory(username="chantal", first_name="Chantal")
    MembershipFactory(user=user, organisation=employer, role=Role.HR_LEAD)
    return user


@pytest.fixture
def driss(db: None) -> User:
    """The stranger with an account: no organisation, no role."""
    return UserFactory(username="driss", first_name="Driss")


@pytest.fixture
def as_user():
    """A browser in which this person is signed in; None is someone who never came before."""

    def signed_in(user: User | None) -> Client:
        client = Client(headers={"sec-fetch-site": "same-origin"})
        if user is not None:
            client.force_login(user)
        return client

    return signed_in
