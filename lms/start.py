"""The steps of `make run` before the processes start, and what it prints after."""

import fcntl
import hashlib
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from leadership.demo import load_demo_programme
from media.tasks import sweep_speech
from modules.queries import live_modules
from people.demo import CAST, LEARNERS, PASSWORD, demo_card, demo_codes


def take_lock() -> IO[str]:
    """One Kortwijs per DATA folder; the lock goes with the process, also when it is killed.

    Raises CommandError when another one runs there.
    """
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    handle = open(settings.DATA_DIR / "run.lock", "w")  # noqa: SIM115 (stays open as long as we run)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise CommandError(
            f"Er draait al een Kortwijs met de map {settings.DATA_DIR}. Stop die met Ctrl-C, "
            "of kies een andere map: make run DATA=~/kortwijs-2 PORT=8001"
        ) from error
    return handle


def prepare() -> Iterator[str]:
    """Do each step and say it first; what is done already takes no time."""
    yield "Database bijwerken"
    call_command("migrate", verbosity=0)
    yield "Lessen laden"
    call_command("load_curriculum")
    if settings.DEMO:
        yield "Demo-klas, demo-team en demo-leergroep maken"
        call_command("load_demo")
        load_demo_programme()
    yield "Schermen klaarzetten"
    collect_static()
    sweep_speech.delay()  # the worker makes what sound still misses, while the site runs


def collect_static() -> None:
    """Collect only when a file that goes in is new or changed."""
    mark = Path(settings.STATIC_ROOT) / ".collected"
    digest = _static_digest()
    if not mark.exists() or mark.read_text() != digest:
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(digest)


def _static_digest() -> str:
    folders = [settings.BASE_DIR / room / "static" for room in settings.ROOMS]
    folders += [Path(folder) for folder in settings.STATICFILES_DIRS]
    files = sorted(file for folder in folders for file in folder.rglob("*") if file.is_file())
    files += [settings.BASE_DIR / name for name in ("uv.lock", "package-lock.json", "lms/bundles.py")]
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file).encode() + file.read_bytes())
    return digest.hexdigest()


def wait_until_healthy(address: str, seconds: int = 60) -> bool:
    """True as soon as /healthz answers 200; False when it does not within the time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2) as reply:  # noqa: S310 (our own address)
                if reply.status == 200:
                    return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def welcome(address: str) -> str:
    """What to open and with which accounts."""
    lesson = live_modules().filter(code="B2").first() or live_modules().first()
    lines = ["", f"  Kortwijs draait: {address}/", ""]
    if lesson:
        lines.append(f"  Een les:         {address}/les/{lesson.slug}/")
    lines.append(f"  Lessen maken:    {address}/admin/")
    if settings.DEMO:
        lines += ["", f"  Accounts, elk met wachtwoord {PASSWORD}:"]
        lines += [
            f"    {account.username:<9}{account.role.label} bij {account.organisation}"
            + (f", {account.cohort}" if account.cohort else "")
            for account in CAST
        ]
        lines += ["", "  Codes om mee te doen:"]
        lines += [f"    {code:<22}{cohort}" for cohort, code in demo_codes().items()]
        lines += ["", f"  De kaart van {LEARNERS[0]}, zoals in de QR: {address}{demo_card()}"]
    return "\n".join([*lines, "", "  Stoppen: Ctrl-C", ""])
