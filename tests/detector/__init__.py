"""Runs the detector of personal data in node, as the phone does."""

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
Find = dict[str, Any]


def run_node(script: str, given: Any) -> Any:
    """What a script in this folder answers on JSON. Raises CalledProcessError when it fails."""
    done = subprocess.run(
        ["node", "--no-warnings", str(HERE / script)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def find_all(texts: list[str]) -> list[list[Find]]:
    """What the detector finds in each text."""
    found: list[list[Find]] = run_node("run.mjs", texts)
    return found


@cache
def find_one(text: str) -> list[Find]:
    """What the detector finds in one text."""
    return find_all([text])[0]


def utf16(text: str) -> int:
    """The length of a text as JavaScript counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
