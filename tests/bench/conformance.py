"""Runs the conformance suite of ADL in both versions against fresh servers: make conformance SUITE=folder.

Judge by passed and total: the exit code of the suite is no guide.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.lrs_server import record_store

VERSIONS = ("1.0.3", "2.0.0")


def run(suite: Path, version: str) -> dict[str, object]:
    """The last summary that the runner printed."""
    with record_store() as server:
        command = ["node", "bin/console_runner.js", "-x", version, "-e", server.address, "-a", "-z"]
        command += ["-u", server.key, "-p", server.secret]
        said = subprocess.run(command, cwd=suite, capture_output=True, text=True).stdout
    for name in failed(suite):
        print(f"NOT {name}")
    lines = [line for line in said.splitlines() if line.startswith('{"total"')]
    found: dict[str, object] = json.loads(lines[-1]) if lines else {"total": 0, "passed": 0, "version": version}
    return found


def failed(suite: Path) -> Iterator[str]:
    """What did not pass in the run that ended last, from the log that the suite keeps of it."""
    logs = sorted((suite / "logs").glob("*.log"), key=lambda log: log.stat().st_mtime)
    waiting: list[dict[str, Any]] = [json.loads(logs[-1].read_text()).get("log") or {}] if logs else []
    while waiting:
        one = waiting.pop()
        waiting += one.get("tests") or []
        if one.get("status") == "failed" and not one.get("tests"):
            yield f"{one.get('title') or one.get('name')}: {one.get('error')}"


def main() -> int:
    suite = Path(sys.argv[1] if len(sys.argv) > 1 else "")
    if not (suite / "bin" / "console_runner.js").is_file():
        print("SUITE=folder: a clone of github.com/adlnet/lrs-conformance-test-suite, with npm install done in it")
        return 2
    told = [run(suite, version) for version in VERSIONS]
    for one in told:
        print(f"xAPI {one['version']}: {one['passed']} of {one['total']}")
    return 0 if all(one["total"] and one["passed"] == one["total"] for one in told) else 1


if __name__ == "__main__":
    sys.exit(main())
