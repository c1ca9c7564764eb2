"""Embedded needs nothing set; production refuses what is unsafe, naming the variable. Each in a process of its own."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
GOOD = {
    "KORTWIJS_MODE": "production",
    "SECRET_KEY": secrets.token_urlsafe(48),
    "DATABASE_URL": "postgres://kortwijs:geheim-wachtwoord@db.voorbeeld.nl:5432/kortwijs",
    "HOSTS": "leren.voorbeeld.nl",
    "BASE_URL": "https://leren.voorbeeld.nl",
}
SHOW = (
    "import json; from lms import settings as s; print(json.dumps([s.DEMO, s.DEBUG, s.SESSION_COOKIE_SECURE, "
    "s.SECURE_SSL_REDIRECT, s.ALLOWED_HOSTS, s.DATABASES['default']['ENGINE'], len(s.SECRET_KEY)]))"
)


def start(tmp_path: Path, code: str = SHOW, **variables: str) -> subprocess.CompletedProcess[str]:
    """Import the settings with only these variables."""
    environment = {"PATH": os.environ["PATH"], "DATA": str(tmp_path), **variables}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode != 0, done.stdout
    return done.stderr.strip().splitlines()[-1]


def test_embedded_starts_with_nothing_set_and_keeps_its_own_secret(tmp_path):
    first, second = start(tmp_path / "data"), start(tmp_path / "data")
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert '"django.db.backends.sqlite3", 64]' in first.stdout
    secret = tmp_path / "data" / "secret_key"
    assert len(secret.read_text()) == 64
    assert secret.stat().st_mode & 0o077 == 0


def test_production_starts_when_everything_is_given(tmp_path):
    done = start(tmp_path, **GOOD)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("[false, false, true, true, [")
    assert not (tmp_path / "secret_key").exists()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"BASE_URL": ""}, "BASE_URL"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "kort-geheim"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 64}, "SECRET_KEY"),
        ({"SECRET_KEY": "changeme" * 8}, "SECRET_KEY"),
        ({"DEBUG": "1"}, "DEBUG"),
        ({"DEMO": "1"}, "DEMO"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"DATABASE_URL": "mysql://u:geheim-wachtwoord@h/db"}, "DATABASE_URL"),
        ({"KORTWIJS_MODE": "productie"}, "KORTWIJS_MODE"),
        ({"PORT": "web"}, "PORT"),
        ({"PORT": "70000"}, "PORT"),
        ({"BASE_URL": "leren.voorbeeld.nl"}, "BASE_URL"),
        ({"REDIS_URL": "redis.voorbeeld.nl:geheim-wachtwoord"}, "REDIS_URL"),
        ({"EMAIL_URL": "smtp+tls://u:geheim-wachtwoord@h:poort", "DEFAULT_FROM_EMAIL": "a@b.nl"}, "EMAIL_URL"),
        ({"EMAIL_URL": "http://u:geheim-wachtwoord@h", "DEFAULT_FROM_EMAIL": "a@b.nl"}, "EMAIL_URL"),
        ({"EMAIL_URL": "smtp://u:geheim-wachtwoord@h:25"}, "DEFAULT_FROM_EMAIL"),
        ({"RETENTION_NAMELESS_DAYS": "1"}, "RETENTION_NAMELESS_DAYS"),
        ({"SECRET_KEY": "", "SECRET_KEY_FILE": "/bestaat/niet"}, "SECRET_KEY_FILE"),
    ],
)
def test_production_refuses_what_is_unsafe_or_makes_no_sense(tmp_path, change, name):
    environment = {key: value for key, value in {**GOOD, **change}.items() if value}
    done = start(tmp_path, **environment)
    assert f"Instelling {name} klopt niet: verwacht" in last_line(done)
    for secret in ("geheim-wachtwoord", change.get("SECRET_KEY") or GOOD["SECRET_KEY"]):
        assert secret not in done.stderr + done.stdout


@pytest.mark.parametrize("url", ["postgres://u:ge/heim@host:5432/db", "postgres://u:ge#heim@host:5432/db"])
def test_no_trace_repeats_a_part_of_the_password(tmp_path, url):
    done = start(tmp_path, **{**GOOD, "DATABASE_URL": url})
    assert "DATABASE_URL" in last_line(done)
    assert "ge" not in {word.strip("'\"") for word in done.stderr.split()}
    assert "heim@" not in done.stderr


def test_djangos_check_for_production_finds_nothing(tmp_path):
    environment = {"PATH": os.environ["PATH"], "DATA": str(tmp_path), **GOOD}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/inloggen/", "/admin/login/?next=/"])
def test_pages_ask_nothing_of_the_device_and_hold_no_script_of_their_own(client, address):
    page = client.get(address, follow=True)
    assert "camera=()" in page["Permissions-Policy"]
    policy = dict(rule.split(" ", 1) for rule in page["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert "script-src" not in policy
    assert "unsafe" not in page["Content-Security-Policy"]
    assert "<script>" not in page.content.decode()


def test_a_secret_from_a_file_is_as_good(tmp_path):
    (tmp_path / "secret").write_text(GOOD["SECRET_KEY"] + "\n")
    environment = {key: value for key, value in GOOD.items() if key != "SECRET_KEY"}
    assert start(tmp_path, **environment, SECRET_KEY_FILE=str(tmp_path / "secret")).returncode == 0


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    assert "Instelling DATA klopt niet" in last_line(start(tmp_path, DATA=str(tmp_path / "file" / "data")))


def test_a_start_that_broke_off_before_the_secret_was_written_is_mended(tmp_path):
    (tmp_path / "secret_key").touch()
    done = start(tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("64]")


@pytest.mark.parametrize("value", ["nee", "3"])
def test_embedded_too_names_a_flag_that_makes_no_sense(tmp_path, value):
    assert "Instelling DEMO klopt niet: verwacht 1 of 0." in last_line(start(tmp_path, DEMO=value))


def test_every_variable_stands_in_the_example():
    import re

    source = (ROOT / "lms" / "settings.py").read_text()
    named = set(re.findall(r'env\.\w+\("([A-Z_]+)"', source))
    example = (ROOT / ".env.example").read_text()
    assert len(named) > 8
    assert {name for name in named if not re.search(rf"^#? ?{name}=", example, re.MULTILINE)} == set()


@pytest.mark.django_db
def test_production_does_not_run_with_demo_accounts(settings):
    from django.core.exceptions import ImproperlyConfigured

    from lms.preflight import preflight
    from people.demo import load_demo, remove_demo

    load_demo()
    preflight()  # embedded may
    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured, match=r"anna.*remove_demo"):
        preflight()
    remove_demo()
    preflight()


@pytest.mark.django_db
def test_demo_accounts_are_not_made_where_demo_is_off(settings):
    from django.core.management import CommandError, call_command

    from people.models import User

    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO"):
        call_command("load_demo")
    assert not User.objects.exists()
