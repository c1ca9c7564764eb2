"""The files with which an administrator starts Kortwijs say what they should."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
SECRET = re.compile(r"SECRET|PASSWORD|_KEYS|EMAIL_URL")


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_has_limits_and_gains_no_rights(name: str):
    service = SERVICES[name]
    assert {"cpus", "memory", "pids"} <= set(service["deploy"]["resources"]["limits"])
    assert "no-new-privileges:true" in service["security_opt"]


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"objects"}))
def test_every_container_but_storage_is_closed(name: str):
    assert SERVICES[name]["read_only"] is True
    assert SERVICES[name]["cap_drop"] == ["ALL"]


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate", "beat"}))
def test_every_container_that_answers_is_asked_whether_it_works(name: str):
    assert SERVICES[name]["healthcheck"]["test"]


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate", "web", "worker", "beat"}))
def test_every_image_of_others_has_a_version(name: str):
    assert re.search(r":[0-9]+\.[0-9]+", SERVICES[name]["image"])


@pytest.mark.parametrize("name", SERVICES)
def test_every_secret_comes_from_a_file(name: str):
    for key, value in SERVICES[name].get("environment", {}).items():
        if SECRET.search(key):
            assert key.endswith("_FILE"), key
            assert value.removeprefix("/run/secrets/") in SERVICES[name]["secrets"]


def test_only_the_proxy_can_be_reached_from_elsewhere():
    assert [name for name, service in SERVICES.items() if service.get("ports")] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert all(SERVICES[name]["networks"] == ["inside"] for name in ("db", "valkey", "objects"))


def test_every_setting_of_the_file_is_one_that_kortwijs_knows():
    known = set(re.findall(r"^([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    given = {name.removesuffix("_FILE") for name in SERVICES["web"]["environment"]}
    assert given <= known | {"WEB_CONCURRENCY"}


def test_the_dockerfile_passes_its_linter():
    linter = Path(sys.executable).parent / "hadolint"
    done = subprocess.run([linter, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_proxy_takes_its_file():
    caddy = Path(sys.executable).parent / "caddy"
    done = subprocess.run(
        [caddy, "validate", "--config", ROOT / "deploy" / "Caddyfile", "--adapter", "caddyfile"],
        capture_output=True, text=True, check=False, env={"BASE_URL": "https://leren.voorbeeld.nl", "HOME": "/tmp"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_secrets_are_made_once_and_the_folder_is_closed(tmp_path: Path):
    script = tmp_path / "bin" / "make_secrets.sh"
    script.parent.mkdir()
    script.write_text((ROOT / "bin" / "make_secrets.sh").read_text())
    subprocess.run(["sh", script], check=True, capture_output=True)
    first = {file.name: file.read_text() for file in (tmp_path / "secrets").iterdir()}
    subprocess.run(["sh", script], check=True, capture_output=True)
    assert {file.name: file.read_text() for file in (tmp_path / "secrets").iterdir()} == first
    assert set(first) == set(COMPOSE["secrets"])
    assert len(first["secret_key"].strip()) >= 40
    assert (
        json.loads(first["s3_identity.json"])["identities"][0]["credentials"][0]["secretKey"]
        == first["s3_secret"].strip()
    )
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0
