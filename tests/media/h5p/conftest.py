"""Who does what with packages: Eva writes lessons, Jan is the administrator of lessons."""

from pathlib import Path

import pytest

from people.models import User


@pytest.fixture
def jan(db: None, files: Path) -> User:
    """In the group of administrators; no superuser."""
    from modules.authors import EDITORS, ensure_editor_groups
    from modules.models import CataloguePage

    user = User.objects.create_user("jan", first_name="Jan")
    user.groups.add(ensure_editor_groups(CataloguePage.objects.get())[EDITORS])
    return user


@pytest.fixture
def chief(as_user, jan):
    return as_user(jan)
