"""`make security`: every part, each in a process of its own, and a table of what was tried and found.

Usage: python -m tests.security [part …] [--without-audit]. Ends with 0 when all hold. A check that could not be asked
(no connection to a database of advisories) is told as such, and is a failure unless `--without-audit` allows it.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.security.tally import RESULTS

HERE = Path(__file__).parent
HELD, FOUND, NOT_ASKED, NOTHING = "houdt", "houdt niet", "niet gevraagd", "niet gedraaid"
AT_ONCE = 2  # processes; the run is for two cores


def parts(wanted: list[str]) -> list[Path]:
    found = sorted(HERE.glob("test_*.py"))
    return [file for file in found if not wanted or any(name in file.stem for name in wanted)]


def run(file: Path, folder: Path) -> list[dict[str, Any]]:
    """The lines of one part. A part that says nothing did not run, and that is a finding."""
    results, said = folder / f"{file.stem}.jsonl", folder / f"{file.stem}.txt"
    data = folder / file.stem  # a database and files of its own
    data.mkdir()
    environment = {**os.environ, RESULTS: str(results), "DATA": str(data), "KORTWIJS_MODE": "embedded"}
    for name in ("DATABASE_URL", "REDIS_URL", "BASE_URL"):
        environment[name] = ""
    began = time.monotonic()
    with said.open("w") as out:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", str(file), "-n", "0", "-p", "no:logging", "--tb=short"],
            cwd=HERE.parents[1], env=environment, stdout=out, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    lines = [json.loads(line) for line in results.read_text().splitlines()] if results.exists() else []
    print(f"· {file.stem.removeprefix('test_')}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    broken = done.returncode and not any(line["findings"] for line in lines)
    if broken or not lines:
        last = [line for line in said.read_text().splitlines() if line.strip()][-12:]
        lines.append({"check": file.stem, "tried": 0, "unit": "keer", "findings": last or ["?"], "not_asked": ""})
    return lines


def verdict(line: dict[str, Any]) -> str:
    if line["findings"]:
        return FOUND
    return NOT_ASKED if line["not_asked"] else HELD


def table(lines: list[dict[str, Any]]) -> str:
    rows = [("controle", "geprobeerd", "bevindingen", "uitkomst")]
    for line in lines:
        tried = f"{line['tried']:,}".replace(",", ".") + f" {line['unit']}"
        said = verdict(line)
        rows.append(
            (
                line["check"],
                tried,
                str(len(line["findings"])),
                f"{said}: {line['not_asked']}" if said == NOT_ASKED else said,
            )
        )
    made = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([made[0], "| --- | --- | --- | --- |", *made[1:]])


def main(arguments: list[str]) -> int:
    wanted = [one for one in arguments if not one.startswith("--")]
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kortwijs-security-") as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(lambda file: run(file, Path(folder)), parts(wanted)))
    lines = sorted((line for part in found for line in part), key=lambda line: line["check"])
    print(table(lines))
    for line in lines:
        if line["findings"]:
            print(f"\n{line['check']}:", *line["findings"][:30], sep="\n  ")
    print(f"\n{len(lines)} controles in {(time.monotonic() - began) / 60:.1f} minuten.")
    bad = {FOUND} if "--without-audit" in arguments else {FOUND, NOT_ASKED}
    return 1 if not lines or any(verdict(line) in bad for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
