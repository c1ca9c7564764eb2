"""The one file of a copy: locked, whole or refused, and nothing in it lands where it does not belong."""

import io
import json
import os
from pathlib import Path

import pyrage
import pytest

from lms.backups import archive, files, services
from lms.backups.errors import BackupError

ABOUT = json.dumps({"format": 1, "made_at": "2026-11-29T03:00:00+00:00", "engine": "sqlite", "site": ""}).encode()


@pytest.fixture
def key(tmp_path) -> Path:
    file = tmp_path / "key"
    file.write_text(f"# van ons\n{pyrage.x25519.Identity.generate()}\n")
    return file


def locks(key: Path):
    (identity,) = archive.identities_in(key)
    return [identity.to_public()]


def sealed(tmp_path: Path, key: Path, members: dict[str, bytes], *, manifest: bool = True, **sums: str) -> Path:
    """A copy with just these files in it, and what it says of them."""
    file = tmp_path / "kortwijs-2026.tar.age"

    def fill(writer: archive.Writer) -> None:
        for name, content in members.items():
            writer.add(name, io.BytesIO(content), len(content))
        if manifest:
            told = json.dumps({"figures": {}, "sums": writer.sums | sums}).encode()
            writer.add("manifest.json", io.BytesIO(told), len(told))

    archive.write(file, locks(key), fill)
    return file


def test_a_whole_copy_is_called_whole(tmp_path, key):
    file = sealed(tmp_path, key, {"about.json": ABOUT, "files/default/a.txt": b"a" * 200_000})
    assert services.look_into(file=file, identities=key).files == 1


def test_what_is_in_a_copy_cannot_be_read_without_its_key(tmp_path, key):
    file = sealed(tmp_path, key, {"about.json": ABOUT, "files/default/a.txt": b"Anna"})
    assert b"Anna" not in file.read_bytes()
    assert b"about.json" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    other = tmp_path / "other"
    other.write_text(str(pyrage.x25519.Identity.generate()))
    with pytest.raises(BackupError, match="de sleutel past niet"):
        services.look_into(file=file, identities=other)


@pytest.mark.parametrize("length", [0, 10, 300, 5_000, 150_000])
def test_half_a_copy_is_refused(tmp_path, key, length):
    file = sealed(tmp_path, key, {"about.json": ABOUT, "files/default/a.txt": b"a" * 300_000})
    file.write_bytes(file.read_bytes()[:length])
    with pytest.raises(BackupError, match=r"gaat niet open|geen kopie"):
        services.look_into(file=file, identities=key)


def test_a_copy_in_which_a_byte_changed_is_refused(tmp_path, key):
    file = sealed(tmp_path, key, {"about.json": ABOUT, "files/default/a.txt": b"a" * 300_000})
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(BackupError, match=r"gaat niet open|geen kopie"):
        services.look_into(file=file, identities=key)


def test_a_copy_of_which_the_making_was_cut_off_is_refused(tmp_path, key):
    file = sealed(tmp_path, key, {"about.json": ABOUT, "files/default/a.txt": b"a"}, manifest=False)
    with pytest.raises(BackupError, match="niet af"):
        services.look_into(file=file, identities=key)


def test_a_file_that_is_not_what_the_copy_says_is_refused(tmp_path, key):
    file = sealed(tmp_path, key, {"about.json": ABOUT, "files/default/a.txt": b"a"}, **{"files/default/a.txt": "0"})
    with pytest.raises(BackupError, match="niet heel"):
        services.look_into(file=file, identities=key)


@pytest.mark.parametrize("about", [b"", b"{", b"[]", b"{}", b'{"format": 99}'])
def test_a_file_of_something_else_is_refused(tmp_path, key, about):
    file = sealed(tmp_path, key, {"about.json": about})
    with pytest.raises(BackupError, match=r"geen kopie|andere versie"):
        services.look_into(file=file, identities=key)


@pytest.mark.parametrize(
    "name",
    ["files/default/../../secret_key", "files/default//etc/passwd", "files/static/a", "etc/passwd", "keys/../x",
     "files/default/a\\..\\b"],
)  # fmt: skip
def test_nothing_lands_outside_the_storages(tmp_path, key, settings, name):
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "media", tmp_path / "data"
    settings.DATA_DIR.mkdir()
    file = sealed(tmp_path, key, {"about.json": ABOUT, name: b"kwaad"})
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BackupError):
        services.restore_backup(file=file, identities=key, say=str)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("text", ["", "# niets\n", "age1abc\n", "AGE-SECRET-KEY-1\n", "\x00\x01"])
def test_a_file_without_a_secret_key_is_said_to_be_one(tmp_path, text):
    file = tmp_path / "key"
    file.write_text(text)
    with pytest.raises(BackupError, match="geen geheime sleutel"):
        archive.identities_in(file)


@pytest.mark.parametrize("keys", [[], ["age1"], ["AGE-SECRET-KEY-1QQ"], ["iets"]])
def test_without_a_key_to_lock_it_no_copy_is_made(tmp_path, keys):
    with pytest.raises(BackupError):
        services.make_backup(folder=tmp_path / "copies", recipients=keys, say=str)
    assert not (tmp_path / "copies").exists()


def test_a_copy_that_fails_on_the_way_leaves_nothing(tmp_path, key):
    def fill(writer: archive.Writer) -> None:
        writer.add("about.json", io.BytesIO(ABOUT), len(ABOUT))
        raise BackupError("De database is weg.")

    with pytest.raises(BackupError, match="De database is weg"):
        archive.write(tmp_path / "copy", locks(key), fill)
    assert not list(tmp_path.glob("*copy*"))


def test_a_file_that_became_shorter_meanwhile_stops_the_copy(tmp_path, key):
    with pytest.raises(BackupError, match="veranderde tijdens het kopiëren"):
        archive.write(tmp_path / "copy", locks(key), lambda writer: writer.add("a", io.BytesIO(b"kort"), 99))


def test_old_copies_go_and_the_newest_stays(tmp_path, settings):
    settings.BACKUP_KEEP_DAYS = 1
    for day in ("01", "02", "03"):
        (tmp_path / f"kortwijs-2026-01-{day}-030000.tar.age").touch()
    (tmp_path / "van-een-ander.txt").touch()
    assert services.forget_old_copies(folder=tmp_path) == 0
    for file in tmp_path.iterdir():
        os.utime(file, (0, 0))
    assert services.forget_old_copies(folder=tmp_path) == 2
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "kortwijs-2026-01-03-030000.tar.age",
        "van-een-ander.txt",
    ]


def test_every_storage_but_that_of_static_files_is_in_a_copy(settings):
    assert files.aliases() == ["default", "erasures", "paths", "xapi"]


def test_what_a_process_that_died_left_half_goes_with_the_next_copy(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    half = tmp_path / "backup-abc"
    half.mkdir()
    (half / "database").write_text("Anna de Vries")
    unfinished = tmp_path / "copies" / ".kortwijs-2026-01-01-013000.tar.age.unfinished"
    unfinished.parent.mkdir()
    unfinished.touch()
    (tmp_path / "copies" / "iets-anders").touch()
    with pytest.raises(BackupError):  # a key that is none: what is half goes all the same
        services.make_backup(folder=tmp_path / "copies", recipients=[], say=str)
    assert not half.exists()
    assert [file.name for file in unfinished.parent.iterdir()] == ["iets-anders"]


def test_two_copies_are_not_made_at_once(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / "backup-abc").mkdir()
    with services._alone(), pytest.raises(BackupError, match="al een kopie"):
        services.make_backup(folder=tmp_path / "copies", recipients=[], say=str)
    assert (tmp_path / "backup-abc").exists(), "of one that is at it"
