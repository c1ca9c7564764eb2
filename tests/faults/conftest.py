"""A line of the table per fault, and what a machine must have for it."""

import os
import platform
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.e2e.serving import ROOT
from tests.faults.house import House, Phone, kept, production
from tests.faults.services import postgres_bin, redis_server

DOC = ROOT / "docs" / "explanation" / "reliability.md"
BEGIN, END = "<!-- made by REFRESH=1 make faults -->", "<!-- until here -->"
COLUMNS = ("fault", "what the user sees", "acknowledged", "lost", "doubled", "result")
Line = Callable[..., None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    lacks = [
        name for name, found in (("PostgreSQL (initdb)", postgres_bin()), ("redis-server", redis_server())) if not found
    ]
    if lacks:
        items = [item for item in items if "tests/faults/" in item.nodeid]
        why = f"{' and '.join(lacks)} not found: the faults need services of their own that can be killed"
        for item in items:
            item.add_marker(pytest.mark.skip(reason=why))


@pytest.fixture
def line(record_property: Any) -> Line:
    """Say what a test found: a line of the table. `lost` and `doubled` other than 0 fail the test."""

    def say(fault: str, sees: str, acknowledged: int | str = "–", lost: int = 0, doubled: int | str = 0) -> None:
        record_property("fault", [fault, sees, str(acknowledged), str(lost), str(doubled)])
        assert lost == 0, "something that was acknowledged is gone"
        assert isinstance(doubled, str) or doubled == 0, "something is there twice"

    return say


@pytest.fixture
def told(line: Line) -> Callable[..., None]:
    """The same, counted from what phones were told and what the database of the house has."""

    def say(fault: str, sees: str, phones: list[Phone], house: House) -> None:
        assert not any(phone.refused for phone in phones)
        line(fault, sees, *kept(phones, house))

    return say


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder where PostgreSQL's own user may come too."""
    with TemporaryDirectory(prefix="kortwijs-faults-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def house(room: Path) -> Iterator[House]:
    found = production(room)
    try:
        yield found
    finally:
        found.end()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """The table, of all processes that ran tests."""

    def of_ours(outcome: str) -> list[Any]:
        return [one for one in terminalreporter.stats.get(outcome, []) if "tests/faults/" in one.nodeid]

    rows = []
    for outcome, word in (("passed", "holds"), ("failed", "**does not hold**")):
        for report in of_ours(outcome):
            found = [value for name, value in report.user_properties if name == "fault"]
            if not found and outcome == "failed":
                found = [[report.nodeid.rpartition("::")[2].replace("_", " "), "?", "?", "?", "?"]]
            rows += [(report.nodeid, [*row, word]) for row in found]
    for report in of_ours("skipped"):
        why = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
        rows.append(
            (report.nodeid, [report.nodeid.rpartition("::")[2].replace("_", " "), why, "–", "–", "–", "not tried"])
        )
    if not rows:
        return
    table = [f"| {' | '.join(COLUMNS)} |", "|" + "---|" * len(COLUMNS)]
    table += [f"| {' | '.join(row)} |" for _, row in sorted(rows)]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    today, system = f"{datetime.now(UTC):%Y-%m-%d}", f"{platform.system()} on {platform.machine()}"
    machine = f"{today}, {system}, {os.cpu_count()} cores, {memory:.0f} GB"
    text = "\n".join([f"{machine}. PostgreSQL and Redis of its own, storage on the same disk.", "", *table])
    terminalreporter.write_line("")
    terminalreporter.write_line(text)
    if os.environ.get("REFRESH") and DOC.exists():
        before, _, rest = DOC.read_text().partition(BEGIN)
        DOC.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{rest.partition(END)[2]}")
