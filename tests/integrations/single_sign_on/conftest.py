"""A running OpenID provider, registered for Voorbeeldschool."""

from dataclasses import fields

import pytest
from django.core.cache import cache

from integrations.single_sign_on.models import SignOnProvider
from integrations.single_sign_on.services import add_provider
from people.models import User
from tests.factories import UserFactory
from tests.integrations.single_sign_on.provider import CLIENT, SECRET, Provider, provider_runs, to_provider, way_back


@pytest.fixture(scope="session")
def running():
    with provider_runs() as provider:
        yield provider


@pytest.fixture
def idp(running) -> Provider:
    """As new; Anna is signed in there."""
    cache.clear()
    new = Provider()
    for one in fields(Provider):
        if one.name != "address":
            setattr(running, one.name, getattr(new, one.name))
    return running


@pytest.fixture
def register(idp):
    """Registers the provider for an organisation; gives its row."""

    def registered(organisation, **values) -> SignOnProvider:
        given = {"kind": "other", "name": organisation.name, "issuer": idp.issuer, "client_id": CLIENT, **values}
        return add_provider(organisation=organisation, secret=SECRET, actor=None, **given)

    return registered


@pytest.fixture
def provider(register, school) -> SignOnProvider:
    return register(school)


@pytest.fixture
def tab(as_user):
    return as_user(None)


@pytest.fixture
def come_in():
    """All of it, as a browser does; gives our last answer."""

    def came_in(client, row: SignOnProvider, **query):
        return client.get(way_back(to_provider(client, door(row, **query))), headers={"sec-fetch-site": "cross-site"})

    return came_in


def door(row: SignOnProvider, **query: str) -> str:
    more = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/inloggen/met/{row.key}/" + (f"?{more}" if more else "")


def who_is_here(client) -> User | None:
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


@pytest.fixture
def chief(db) -> User:
    return UserFactory(username="chief", is_superuser=True, is_staff=True)
