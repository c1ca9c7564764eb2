"""A copy of the running site, from PostgreSQL and object storage, goes back into an empty one."""

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.production.conftest import POSTGRES, Site

PEOPLE = """
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from people.models import User
for name in ('dewi', 'bea'):
    User.objects.get_or_create(username=name, first_name=name.title())
storages['paths'].save('map/bijlage.txt', ContentFile(b'bijlage' * 1_000_000))
"""
ERASE = """
from people.models import User
from people.services import erase_person
erase_person(user=User.objects.get(username='bea'), actor=None)
"""


@pytest.fixture
def empty(site: Site) -> Iterator[dict[str, str]]:
    """The settings of another database and another bucket, with nothing in them."""
    name = f"{site.database.rpartition('/')[2]}_restored"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield {"DATABASE_URL": f"{POSTGRES.rpartition('/')[0]}/{name}", "S3_BUCKET": name.replace("_", "-")}
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_all_is_back_and_who_was_erased_stays_erased(site: Site, empty: dict[str, str], tmp_path: Path):
    site.shell(PEOPLE)
    told = site.manage("make_backup_key", "--to", str(tmp_path / "key"))
    recipient = told.partition("BACKUP_RECIPIENTS=")[2].split()[0]
    site.manage("backup", "--to", str(tmp_path / "copies"), "--recipient", recipient)
    (copy,) = (tmp_path / "copies").iterdir()
    site.shell(ERASE)
    give_the_journal = (
        "from django.core.files.base import ContentFile; from django.core.files.storage import storages; import json;"
        "j = storages['erasures']; print(json.dumps({n: j.open(n).read().decode() for n in j.listdir('')[1]}))"
    )
    journal = site.shell(give_the_journal).splitlines()[-1]
    take_the_journal = (
        "from django.core.files.base import ContentFile; from django.core.files.storage import storages; import json;"
        "from lms.object_storage import make_bucket; make_bucket();"
        f"[storages['erasures'].save(n, ContentFile(t.encode())) for n, t in json.loads({journal!r}).items()]"
    )
    site.manage("shell", "-v0", "-c", take_the_journal, **empty)

    said = site.manage("restore", str(copy), "--identity", str(tmp_path / "key"), **empty)
    assert "Aantallen en controlegetallen kloppen" in said
    assert "Opnieuw gewist: 1" in said
    rows = int(re.search(r"met (\d+) rijen", said)[1])  # type: ignore[index]
    assert rows > 4_000, "the lessons are in it too"
    with psycopg.connect(empty["DATABASE_URL"]) as connection:
        names = connection.execute("SELECT username FROM people_user WHERE username IN ('dewi', 'bea')").fetchall()
    assert names == [("dewi",)]
    size = "from django.core.files.storage import storages; print(storages['paths'].size('map/bijlage.txt'))"
    assert site.manage("shell", "-v0", "-c", size, **empty).splitlines()[-1] == "7000000"
