"""An administrator, and a store with statements of several clients."""

import pytest

from people.models import User
from tests.factories import UserFactory
from tests.xapi.conftest import a_statement
from xapi.core.versions import Version
from xapi.services import create_credential, receive_statements, record_statements


@pytest.fixture
def chief() -> User:
    return UserFactory(username="chief", is_superuser=True, is_staff=True)


@pytest.fixture
def own_files(tmp_path, settings):
    """Files of the record store in a folder of their own."""
    from django.core.files.storage import storages

    place = {**settings.STORAGES["xapi"], "OPTIONS": {"location": tmp_path / "xapi", "base_url": None}}
    settings.STORAGES = {**settings.STORAGES, "xapi": place}
    yield tmp_path / "xapi"
    storages._storages.pop("xapi", None)


@pytest.fixture
def client_key():
    return create_credential("Moodle", scopes=["all"])[0]


@pytest.fixture
def store(client_key):
    """Store statements: of a client, or our own with `own`."""

    def keep(*statements, own: bool = False) -> list[str]:
        if own:
            record_statements([{**one, "timestamp": "2026-01-01T00:00:00+00:00"} for one in statements])
        else:
            receive_statements(statements, credential=client_key, version=Version.V1, contents={})
        return [one["id"] for one in statements]

    return keep


def some(count: int, **changes) -> list[dict]:
    return [a_statement(**changes) for _ in range(count)]
