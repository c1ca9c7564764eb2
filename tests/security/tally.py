"""What a part of the security run tried and found, counted; written to a file for the table of the runner."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

RESULTS = "SECURITY_RESULTS"  # where to write; without it only the test itself says what was found


@dataclass
class Tally:
    """One line of the table. `not_asked` says why a check could not be done; that is no success."""

    check: str
    tried: int = 0
    unit: str = "keer"
    findings: list[str] = field(default_factory=list)
    not_asked: str = ""

    def count(self, number: int = 1) -> None:
        self.tried += number

    def found(self, what: str) -> None:
        if what not in self.findings:
            self.findings.append(what)


@contextmanager
def tally(check: str, unit: str, *, at_least: int = 1) -> Iterator[Tally]:
    """Count a check; at its end it fails on what was found, or where it tried too little to say anything."""
    line = Tally(check, unit=unit)
    try:
        yield line
    except BaseException as error:
        line.found(f"the check itself broke: {type(error).__name__}: {error}"[:300])
        raise
    finally:
        _write(line)
    if line.not_asked:
        return
    assert not line.findings, "\n".join([f"{len(line.findings)} findings", *line.findings[:40]])
    assert line.tried >= at_least, f"only {line.tried} {unit}: too few to mean something"


def _write(line: Tally) -> None:
    if place := os.environ.get(RESULTS):
        with Path(place).open("a") as file:
            file.write(json.dumps(asdict(line)) + "\n")
