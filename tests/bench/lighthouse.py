"""Lighthouse, mobile, on a lesson, home and start: the median of three runs. Names every audit that is not perfect."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.e2e.serving import ROOT, chromium, running

PAGES = {"lesson": "/les/laat-het-weg/", "home": "/mijn/", "start": "/"}
GOALS = {"performance": 100, "accessibility": 100, "best-practices": 100}
RUNS = 3


def run_once(address: str, folder: Path, number: int) -> dict[str, Any]:
    report = folder / f"{number}.json"
    subprocess.run(
        [ROOT / "node_modules/.bin/lighthouse", address, "--quiet", "--output=json", f"--output-path={report}",
         f"--only-categories={','.join(GOALS)}",
         "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
         "--disable-background-networking --disable-component-update --disable-sync"],
        env={**os.environ, "CHROME_PATH": chromium() or ""}, check=True, timeout=170, cwd=folder,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(report.read_text())
    return found


def judged(name: str, reports: list[dict[str, Any]]) -> dict[str, float]:
    """The median of each score of one page, told with every audit that is not perfect."""
    scores = {goal: [round(100 * report["categories"][goal]["score"]) for report in reports] for goal in GOALS}
    failing = {
        audit["id"]: f"{audit['title']} {audit.get('displayValue', '')}".strip()
        for report in reports
        for category in GOALS
        for ref in report["categories"][category]["auditRefs"]
        if ref["weight"] and (audit := report["audits"][ref["id"]])["score"] not in (None, 1)
    }
    for audit_id, told in failing.items():
        print(f"{name}: not perfect: {audit_id}: {told}")
    for key in ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"):
        print(f"{name}: {key:<28}{reports[0]['audits'][key]['displayValue']}")
    median = {goal: statistics.median(values) for goal, values in scores.items()}
    for goal, least in GOALS.items():
        mark = "ok " if median[goal] >= least else "NOT"
        print(f"{mark} {name}: {goal:<16}{scores[goal]}  median {median[goal]:g} (>= {least})", flush=True)
    return median


def main() -> int:
    found: dict[str, dict[str, float]] = {}
    with running() as server, tempfile.TemporaryDirectory() as folder:
        for name, path in PAGES.items():
            found[name] = judged(name, [run_once(server.url + path, Path(folder), number) for number in range(RUNS)])
    told = "; ".join(f"{name} {' / '.join(f'{one:g}' for one in median.values())}" for name, median in found.items())
    print(f"bench-lighthouse: {told} (>= {' / '.join(map(str, GOALS.values()))} of {', '.join(GOALS)})")
    return 0 if all(median[goal] >= least for median in found.values() for goal, least in GOALS.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
