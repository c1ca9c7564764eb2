"""A worker that is killed in the middle of sending loses nothing, doubles nothing and keeps the order."""

import os
import subprocess
import sys

from tests.bench.lrs_server import ROOT


def test_workers_that_are_killed_at_any_request_lose_nothing_double_nothing_and_keep_the_order():
    environment = {**os.environ, "KORTWIJS_STATEMENTS": "400"}
    command = [sys.executable, "-m", "tests.bench.forward"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 lost (<= 0), 0 doubled (<= 0), 0 out of order (<= 0) of 400 statements" in done.stdout
    assert " 0 workers killed" not in done.stdout
