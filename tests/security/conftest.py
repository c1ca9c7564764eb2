"""A whole site with two sides: organisation A has everything, and in organisation B there is somebody of each role."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.security.place import Place, build


@pytest.fixture(scope="module")
def place(django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Built once for a module and undone after it; what a test changes, it undoes itself (`place.undone`)."""
    with django_db_blocker.unblock(), transaction.atomic():
        with build(tmp_path_factory.mktemp("site")) as made:
            yield made
        transaction.set_rollback(True)
