"""Starting on a machine where something is in the way: one clear sentence and the way out."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management.base import CommandError

from lms.start import take_lock, welcome

ROOT = Path(settings.BASE_DIR)


def bootstrap(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "bin/bootstrap.py", "run"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_taken_port_is_said_before_anything_slow_begins():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = bootstrap(PORT=str(port))
    assert done.returncode != 0
    assert f"Poort {port} is bezet" in done.stderr
    assert "make run PORT=" in done.stderr


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_a_port_that_is_no_port_is_said(port):
    done = bootstrap(PORT=port)
    assert done.returncode != 0
    assert "PORT is geen poort" in done.stderr


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    done = bootstrap(PORT="0", DATA=str(tmp_path / "file" / "data"))
    assert done.returncode != 0
    assert "kan ik niet schrijven" in done.stderr
    assert "make run DATA=" in done.stderr


def test_a_second_kortwijs_on_the_same_data_is_refused_and_the_first_goes_on(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    first = take_lock()
    with pytest.raises(CommandError, match="Er draait al een Kortwijs"):
        take_lock()
    first.close()
    take_lock().close()


@pytest.mark.django_db
def test_the_welcome_names_a_lesson_and_the_demo_accounts(settings):
    settings.DEMO = True
    text = welcome("http://localhost:8000")
    assert "http://localhost:8000/les/laat-het-weg/" in text
    for name in ("anna", "bram", "chantal", "marit", "wout", "eva", "fenna", "beheer"):
        assert name in text


def test_reset_removes_the_data_and_nothing_else(tmp_path):
    (tmp_path / "kortwijs.sqlite3").write_text("x")
    (tmp_path / "mine.txt").write_text("x")
    subprocess.run(
        [sys.executable, "bin/bootstrap.py", "reset"],
        cwd=ROOT,
        env={**os.environ, "DATA": str(tmp_path)},
        check=True,
        capture_output=True,
    )
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
