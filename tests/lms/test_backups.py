"""A copy of a whole installation, put back where nothing is: all is there again, and who was erased stays erased."""

import json
import shutil
import sqlite3
from contextlib import closing
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from lms.backups import archive
from lms.tasks import make_nightly_backup
from tests.e2e.serving import DATABASE, Server, free_port, migrated

PEOPLE = """
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from people.models import Organisation, User
Organisation.objects.create(name='Noorderpoort', kind='school')
for name in ('anna', 'bea'):
    User.objects.create(username=name, first_name=name.title())
storages['default'].save('beelden/foto.txt', ContentFile(b'foto'))
storages['paths'].save('bijlage.txt', ContentFile(b'bijlage' * 2_000_000))
"""
ERASE = """
from people.models import User
from people.services import erase_person
erase_person(user=User.objects.get(username='bea'), actor=None)
"""


def shell(server: Server, code: str) -> str:
    return server.manage("shell", "-v0", "-c", code)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Server:
    """An installation with people and files, and a copy of it in `copies`, made for the key in `key`."""
    folder = tmp_path_factory.mktemp("site")
    server = Server(folder / "data", free_port())
    migrated(server)
    shell(server, PEOPLE)
    told = server.manage("make_backup_key", "--to", str(folder / "key"))
    recipient = told.partition("BACKUP_RECIPIENTS=")[2].split()[0]
    server.manage("backup", "--to", str(folder / "copies"), "--recipient", recipient)
    return server


def copy_of(site: Server) -> str:
    (copy,) = (site.data.parent / "copies").iterdir()
    return str(copy)


def key_of(site: Server) -> str:
    return str(site.data.parent / "key")


def who(server: Server) -> list[str]:
    with closing(sqlite3.connect(server.data / DATABASE)) as line:
        return [name for (name,) in line.execute("SELECT username FROM people_user ORDER BY 1")]


@pytest.fixture(scope="module")
def restored(site: Server, tmp_path_factory) -> tuple[Server, str]:
    """Another installation, in which the copy was put back, and what was said of it."""
    server = Server(tmp_path_factory.mktemp("restored") / "data", free_port())
    return server, server.manage("restore", copy_of(site), "--identity", key_of(site))


@pytest.fixture
def empty(tmp_path) -> Server:
    return Server(tmp_path / "data", free_port())


def test_a_copy_goes_back_with_everything_that_was_in_it(site: Server, restored: tuple[Server, str]):
    server, told = restored
    assert "Aantallen en controlegetallen kloppen" in told
    assert "en 2 bestanden" in told
    assert who(server) == who(site) == ["anna", "bea"]
    assert (server.data / "media/beelden/foto.txt").read_bytes() == b"foto"
    assert (server.data / "paths/bijlage.txt").stat().st_size == 14_000_000
    assert (server.data / "secret_key").read_text() == (site.data / "secret_key").read_text()
    assert not list(server.data.glob("restore-*"))


def test_who_was_erased_after_the_copy_stays_erased(site: Server, restored: tuple[Server, str], empty: Server):
    later, _ = restored
    shell(later, ERASE)
    shutil.copytree(later.data / "erasures", empty.data / "erasures")
    told = empty.manage("restore", copy_of(site), "--identity", key_of(site))
    assert "Opnieuw gewist: 1" in told
    assert who(empty) == ["anna"]


def test_a_copy_never_goes_over_what_is_there(site: Server):
    with pytest.raises(RuntimeError, match="Er zijn al bestanden"):
        site.manage("restore", copy_of(site), "--identity", key_of(site))
    assert who(site) == ["anna", "bea"]


def test_a_copy_never_goes_into_a_database_with_tables(site: Server, empty: Server):
    migrated(empty)
    with pytest.raises(RuntimeError, match="De database is niet leeg"):
        empty.manage("restore", copy_of(site), "--identity", key_of(site))
    assert who(empty) == []


def test_a_copy_that_does_not_hold_what_it_says_is_not_called_back(site: Server, empty: Server, tmp_path):
    source = tmp_path / "database"
    with closing(sqlite3.connect(source)) as line:
        line.execute("CREATE TABLE one (id integer)")
        line.execute("INSERT INTO one VALUES (1)")
        line.commit()
    about = {"format": 1, "made_at": "2026-11-29T03:00:00+00:00", "engine": "sqlite", "site": ""}

    def fill(writer: archive.Writer) -> None:
        content = {"about.json": json.dumps(about).encode(), "database": source.read_bytes()}
        for name, part in content.items():
            writer.add(name, BytesIO(part), len(part))
        told = json.dumps({"figures": {"one": [2, "1"]}, "sums": dict(writer.sums)}).encode()
        writer.add("manifest.json", BytesIO(told), len(told))

    (identity,) = archive.identities_in(Path(key_of(site)))
    archive.write(tmp_path / "copy", [identity.to_public()], fill)
    with pytest.raises(RuntimeError, match="Niet alles is terug"):
        empty.manage("restore", str(tmp_path / "copy"), "--identity", key_of(site))


def test_the_site_knows_when_the_last_copy_was_made(site: Server):
    told = json.loads((site.data / "backups/last.json").read_text())
    assert told["name"] == Path(copy_of(site)).name
    assert told["bytes"] == Path(copy_of(site)).stat().st_size


def trail(server: Server) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(server.data / DATABASE)) as line:
        return list(
            line.execute("SELECT action, details FROM people_auditentry WHERE action LIKE '%backup' ORDER BY id")
        )


def test_a_copy_that_is_made_or_put_back_is_in_the_audit_trail(site: Server, restored: tuple[Server, str]):
    ((made, about_it),) = trail(site)
    assert (made, json.loads(about_it)) == ("make_backup", {"bytes": Path(copy_of(site)).stat().st_size, "keys": 1})
    ((put_back, about_it),) = trail(restored[0])
    told = json.loads(about_it)
    assert (put_back, sorted(told), told["files"]) == ("restore_backup", ["files", "made_at", "rows"], 2)


def test_the_secret_key_is_only_the_owners_and_never_written_over(tmp_path):
    key = tmp_path / "key"
    call_command("make_backup_key", to=key, stdout=StringIO())
    before = key.read_text()
    assert key.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="kon niet worden gemaakt"):
        call_command("make_backup_key", to=key)
    assert key.read_text() == before


def test_a_night_without_a_key_makes_no_copy(settings, tmp_path):
    settings.BACKUP_RECIPIENTS, settings.BACKUP_FOLDER = [], tmp_path
    make_nightly_backup()
    assert not list(tmp_path.iterdir())


def test_a_setting_that_is_no_public_key_stops_the_start(site: Server, monkeypatch):
    monkeypatch.setenv("BACKUP_RECIPIENTS", "AGE-SECRET-KEY-1")
    with pytest.raises(RuntimeError, match="BACKUP_RECIPIENTS"):
        site.manage("check")
