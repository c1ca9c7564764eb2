"""What is deleted from SQLite is not in its file any more, with the settings that every connection gets."""

import sqlite3
from pathlib import Path

import pytest
from django.conf import settings

OPTIONS = settings.DATABASES["default"].get("OPTIONS", {})


def bytes_after_deleting(place: Path, init: str) -> bytes:
    database = sqlite3.connect(place, isolation_level=None)
    database.execute("PRAGMA secure_delete=OFF")
    database.executescript(init)
    database.execute("CREATE TABLE kept (seq INTEGER PRIMARY KEY, document BLOB)")
    database.executemany("INSERT INTO kept VALUES (?, ?)", [(n, f"naam-{n:05} ".encode() * 30) for n in range(500)])
    database.execute("DELETE FROM kept WHERE seq = 77")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    found = b"".join(file.read_bytes() for file in place.parent.glob(f"{place.name}*"))
    database.close()
    return found


@pytest.mark.skipif("init_command" not in OPTIONS, reason="of SQLite")
def test_after_a_checkpoint_the_file_holds_no_trace(tmp_path):
    found = bytes_after_deleting(tmp_path / "a.sqlite3", OPTIONS["init_command"])
    assert b"naam-00078" in found
    assert b"naam-00077" not in found


@pytest.mark.skipif("init_command" not in OPTIONS, reason="of SQLite")
def test_without_the_setting_there_would_be_one(tmp_path):
    """Else the test above could not fail."""
    init = OPTIONS["init_command"].replace("PRAGMA secure_delete=ON;", "")
    assert b"naam-00077" in bytes_after_deleting(tmp_path / "b.sqlite3", init)
