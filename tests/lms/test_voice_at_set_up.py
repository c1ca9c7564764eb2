"""The set-up asks for a voice once, and never fails for want of one."""

import importlib.util
import subprocess
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def set_up(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("bootstrap", Path(settings.BASE_DIR) / "bin" / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path)
    monkeypatch.setattr(module.ctypes.util, "find_library", lambda _: None)
    monkeypatch.setattr(module.shutil, "which", lambda _: "/usr/bin/apt-get")
    monkeypatch.setattr(module.os, "geteuid", lambda: 0)
    return module


@pytest.mark.parametrize("ends", ["not found", "too slow", "fine"])
def test_whatever_installing_does_the_set_up_goes_on_and_asks_once(set_up, monkeypatch, capsys, ends):
    asked = []

    def run(command, **options):
        asked.append(command)
        if ends == "too slow":
            raise subprocess.TimeoutExpired(command, 1)
        return subprocess.CompletedProcess(command, 0 if ends == "fine" else 100)

    monkeypatch.setattr(set_up.subprocess, "run", run)
    set_up.find_voice()
    set_up.find_voice()
    assert len(asked) == 1
    assert ("Dat lukt nu niet" in capsys.readouterr().out) == (ends != "fine")


def test_who_may_not_install_hears_how_once(set_up, monkeypatch, capsys):
    monkeypatch.setattr(set_up.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(set_up.subprocess, "run", lambda *_, **__: pytest.fail("nothing may be installed"))
    set_up.find_voice()
    set_up.find_voice()
    assert capsys.readouterr().out.count("sudo apt install espeak-ng") == 1


def test_where_it_is_nothing_is_said(set_up, monkeypatch, capsys):
    monkeypatch.setattr(set_up.ctypes.util, "find_library", lambda _: "libespeak-ng.so.1")
    set_up.find_voice()
    assert capsys.readouterr().out == ""
