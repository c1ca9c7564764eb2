"""What is known of our dependencies and our code: databases of advisories, bandit's rules, and what is pinned."""

import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.security.tally import tally

ROOT = Path(settings.BASE_DIR)
TOOLS = ROOT / "var" / "security-tools" / "bin"
NO_ANSWER = "geen verbinding met de databank"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)


def test_no_python_package_has_a_known_hole(tmp_path):
    """Of the whole lock, tools included. Ends well only where each package was answered for: pip-audit itself calls
    a package that no database knows 'skipped', and says that nothing was found."""
    with tally("pip-audit: bekende gaten in Python-onderdelen", "onderdelen") as line:
        whole, first = tmp_path / "all.txt", tmp_path / "first.txt"
        uv = str(ROOT / ".venv" / "bin" / "uv")
        done = run(uv, "export", "--frozen", "--all-groups", "--no-emit-project", "--no-hashes", "-q", "-o", str(whole))
        assert done.returncode == 0, done.stderr
        first.write_text("".join(re.findall(r"^django==\S+\n", whole.read_text(), re.MULTILINE)))
        if not (TOOLS / "pip-audit").exists():
            line.not_asked = "pip-audit is er niet; make security zet het klaar"
            return
        for service in ("pypi", "osv"):
            if _skipped(_audit(first, service)) == []:
                break
        else:
            line.not_asked = NO_ANSWER
            return
        found = _audit(whole, service)
        asked = [one for one in found if "skip_reason" not in one]
        line.count(len(asked))
        for one in asked:
            for hole in one["vulns"]:
                line.found(f"{one['name']} {one['version']}: {hole['id']}")
        if skipped := _skipped(found):
            line.not_asked = f"{len(skipped)} onderdelen kent de databank niet"


def _audit(file: Path, service: str) -> list[dict[str, Any]]:
    done = run(
        str(TOOLS / "pip-audit"), "-r", str(file), "--disable-pip", "--no-deps", "-s", service, "-f", "json",
        "--progress-spinner", "off", "--timeout", "20",
    )  # fmt: skip
    try:
        return list(json.loads(done.stdout)["dependencies"])
    except (ValueError, KeyError):
        return [{"name": "?", "skip_reason": done.stderr[-200:]}]


def _skipped(found: list[dict[str, Any]]) -> list[str]:
    return [one["name"] for one in found if "skip_reason" in one]


def test_no_npm_package_has_a_known_hole():
    with tally("npm audit: bekende gaten in onderdelen van npm", "onderdelen") as line:
        done = run("npm", "audit", "--json")
        try:
            said = json.loads(done.stdout)
            line.count(said["metadata"]["dependencies"]["total"])
            for name, hole in said["vulnerabilities"].items():
                line.found(f"{name}: {hole['severity']}")
        except (ValueError, KeyError, TypeError):
            line.not_asked = NO_ANSWER


def test_bandits_rules_hold():
    """Ruff has bandit's rules as S, and they are on for all rooms; S101 is not: an assert here tells a type, and
    guards nothing."""
    with tally("bandit (regels S van ruff): onze code", "bestanden", at_least=500) as line:
        files = [one for one in run("git", "ls-files", "*.py").stdout.split() if not one.startswith("tests/")]
        line.count(len(files))
        ruff = str(ROOT / ".venv/bin/ruff")
        done = run(ruff, "check", "--select", "S", "--ignore", "S101", "--output-format", "concise", *files)
        for said in done.stdout.splitlines():
            if re.search(r":\d+:\d+: S\d", said):
                line.found(said)


def test_every_dependency_is_pinned_by_what_is_in_it():
    """The digest of each file stands in the lock: a registry that gives something else is not believed."""
    with tally("Onderdelen vast op hun inhoud", "onderdelen", at_least=200) as line:
        for one in tomllib.loads((ROOT / "uv.lock").read_text())["package"]:
            if "virtual" in one.get("source", {}):
                continue
            files = [*one.get("wheels", []), *([one["sdist"]] if "sdist" in one else [])]
            line.count()
            if not files or not all(file.get("hash", "").startswith("sha256:") for file in files):
                line.found(f"{one['name']} has a file without a digest in uv.lock")
        for name, one in json.loads((ROOT / "package-lock.json").read_text())["packages"].items():
            if not name or one.get("link"):
                continue
            line.count()
            if not one.get("integrity", "").startswith("sha512-"):
                line.found(f"{name} has no digest in package-lock.json")
        for name in ("bin/bootstrap.py", "Dockerfile"):
            text = (ROOT / name).read_text()
            if re.search(r"npm[\", ]+ci", text) and "--ignore-scripts" not in text:
                line.found(f"{name} lets packages run scripts of their own while they are installed")
