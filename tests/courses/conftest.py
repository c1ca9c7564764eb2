"""A school's own path with two lessons and a page of Bram's; a colleague, and a teacher of another school."""

import uuid

import pytest

from courses.models import CoursePath, PathPage, Sharing
from courses.services import save_page, start_path
from people.models import Role, User
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

PAGE = {"kind": "page", "title": "Neem je pas mee", "text": "We beginnen in lokaal 12.", "text_makkelijk": "",
        "link": "", "minutes": 5, "file": None}  # fmt: skip


@pytest.fixture
def colleague(school) -> User:
    """Teaches at Bram's school."""
    user = UserFactory(username="karin", first_name="Karin")
    MembershipFactory(user=user, organisation=school, role=Role.TEACHER)
    return user


@pytest.fixture
def elsewhere(db) -> User:
    """Teaches at another school."""
    user = UserFactory(username="ties", first_name="Ties")
    MembershipFactory(user=user, organisation=OrganisationFactory(name="Andere school"), role=Role.TEACHER)
    return user


@pytest.fixture
def zorg(db) -> CoursePath:
    """A ready path."""
    return CoursePath.objects.get(organisation=None, slug="zorg")


@pytest.fixture
def path(school, bram, zorg) -> CoursePath:
    """Bram's copy of the path for zorg, which nobody else sees."""
    return start_path(organisation=school, title="Zorg 2A", actor=bram, origin=zorg)


@pytest.fixture
def shared(path) -> CoursePath:
    """The same, where colleagues work along."""
    CoursePath.objects.filter(pk=path.pk).update(sharing=Sharing.EDIT)
    path.refresh_from_db()
    return path


@pytest.fixture
def own_page(path, bram) -> PathPage:
    page = save_page(path=path, page_id=uuid.uuid4(), version=0, actor=bram, **PAGE)
    path.refresh_from_db()
    return page
