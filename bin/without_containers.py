"""Starts the processes of docker-compose.yml, with its settings, where there is no container engine; Ctrl-C stops them.

PostgreSQL and Redis or Valkey are there already: DATABASE_URL and REDIS_URL say where. The proxy, web, worker, beat and
object storage come from here, with the commands and settings of the compose file and the Dockerfile. In the environment
or in .env: BASE_URL, DATABASE_URL, REDIS_URL; and if need be HTTP_PORT, HTTPS_PORT, WEB_PORT, S3_PORT, DATA (a folder)
and SECRETS (a folder, made by bin/make_secrets.sh).
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import environ
import yaml
from honcho.manager import Manager
from honcho.printer import Printer

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MODULES = ("celery", "gunicorn")  # started by this Python, wherever it stands


def filled_in(value: str, given: dict[str, str]) -> str:
    """`${NAME:-default}` and `${NAME:?message}` as compose reads them; a missing one with a message stops all."""

    def fill(match: re.Match[str]) -> str:
        name, sign, other = match["name"], match["sign"], match["other"] or ""
        if given.get(name):
            return given[name]
        if sign == ":?":
            stop(f"{name} ontbreekt: {other}")
        return other

    return re.sub(r"\$\{(?P<name>[A-Z0-9_]+)(?:(?P<sign>:[-?])(?P<other>[^}]*))?\}", fill, value).replace("$$", "$")


def stop(sentence: str) -> NoReturn:
    sys.exit(f"\n{sentence}\n")


class Site:
    """The compose file, its places and ports translated to this machine."""

    def __init__(self, given: dict[str, str]) -> None:
        self.given = given
        self.data = Path(given.get("DATA") or ROOT / "var" / "production").resolve()
        self.secrets = Path(given.get("SECRETS") or ROOT / "secrets").resolve()
        self.web = given.get("WEB_PORT") or "8000"
        self.s3 = given.get("S3_PORT") or "8333"
        self.services: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
        # The others lie in the same order after S3's.
        self.storage_ports = [
            f"-{part}={int(self.s3) + place}"
            for place, part in enumerate(("master.port", "volume.port", "filer.port"), 1)
        ] + [
            f"-{part}={int(self.s3) + place}"
            for place, part in enumerate(("master.port.grpc", "volume.port.grpc", "filer.port.grpc", "s3.port.grpc"), 4)
        ]

    def here(self, text: str) -> str:
        """A word of the compose file, with its places as they are on this machine."""
        text = filled_in(text, self.given)
        for there, here in (
            ("/run/secrets/", f"{self.secrets}/"),
            ("/etc/caddy/", f"{ROOT}/deploy/"),
            ("0.0.0.0:8000", f"127.0.0.1:{self.web}"),
            ("web:8000", f"127.0.0.1:{self.web}"),
            ("objects:8333", f"127.0.0.1:{self.s3}"),
            ("-s3.port=8333", f"-s3.port={self.s3}"),
            ("-ip=objects", "-ip=127.0.0.1"),
            ("-ip.bind=0.0.0.0", "-ip.bind=127.0.0.1"),
            ("-dir=/data", f"-dir={self.data / 'objects'}"),
        ):
            text = text.replace(there, here)
        return re.sub(r"^/data\b", str(self.data), text)

    def environment(self, name: str) -> dict[str, str]:
        """What a service is given; the addresses of the services that are there already come from outside."""
        own = {key: self.here(str(value)) for key, value in self.services[name].get("environment", {}).items()}
        own |= {key: self.given[key] for key in ("DATABASE_URL", "REDIS_URL") if key in own}
        own |= {"DATA": str(self.data), "STATIC_ROOT": str(self.data / "static"), "PYTHONUNBUFFERED": "1"}
        own |= {"XDG_DATA_HOME": str(self.data), "XDG_CONFIG_HOME": str(self.data)}  # where the proxy keeps its own
        for key in ("HTTP_PORT", "HTTPS_PORT", "HEALTH_PORT"):
            if self.given.get(key):
                own[key] = self.given[key]
        kept = ("HOME", "LANG", "PATH", "SSL_CERT_FILE", "TZ")
        return {key: os.environ[key] for key in kept if key in os.environ} | own

    def command(self, name: str) -> list[str]:
        """The words of a service's command, from the compose file or else the Dockerfile."""
        words = [self.here(str(word)) for word in self.services[name].get("command") or self.of_the_image()]
        if name == "objects":
            words = ["weed", *words, *self.storage_ports]
        if words[0] == "python":
            return [sys.executable, *words[1:]]
        if words[0] in MODULES:
            return [sys.executable, "-m", *words]
        return [str(BIN / words[0]), *words[1:]]

    def of_the_image(self) -> list[str]:
        text = (ROOT / "Dockerfile").read_text().replace("\\\n", "")
        return json.loads(re.findall(r"^CMD (\[.*\])$", text, re.MULTILINE)[-1])

    def run(self, name: str, *command: str) -> None:
        """Run a one-shot service, or another command with its settings; stops all when it fails."""
        done = subprocess.run(command or self.command(name), cwd=ROOT, env=self.environment(name), check=False)
        if done.returncode:
            stop(f"{name} ging mis; hierboven staat waarom.")


def wait_for(address: str) -> None:
    """Until it answers 200, half a minute at most."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 (our own address)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    stop(f"{address} antwoordt niet.")


def main() -> int:
    environ.Env.read_env(ROOT / ".env")
    site = Site(dict(os.environ))
    for name in ("DATABASE_URL", "REDIS_URL"):
        if not site.given.get(name):
            stop(f"{name} ontbreekt: het adres van de dienst die er al is.")
    if not (site.secrets / "secret_key").is_file():
        stop("De geheimen ontbreken. Maak ze met: bin/make_secrets.sh")
    for folder in ("objects", "static"):
        (site.data / folder).mkdir(parents=True, exist_ok=True)
    embedded = {"DATA": str(site.data / "building"), "STATIC_ROOT": str(site.data / "static")}
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env={**site.environment("proxy"), **embedded}, check=True)

    storage = subprocess.Popen(
        site.command("objects"), cwd=ROOT, env=site.environment("objects"),
        stdout=(site.data / "objects.log").open("wb"), stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip

    def end(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    try:
        wait_for(f"http://127.0.0.1:{site.s3}/healthz")
        site.run("migrate")
        manager = Manager(Printer(sys.stdout))
        for name in ("web", "worker", "beat", "proxy"):
            command = " ".join(f"'{word}'" for word in site.command(name))
            manager.add_process(name, f"exec {command}", env=site.environment(name), cwd=str(ROOT))
        manager.loop()
        return int(manager.returncode or 0)
    except KeyboardInterrupt:
        return 130
    finally:
        storage.terminate()
        storage.wait(30)


if __name__ == "__main__":
    sys.exit(main())
