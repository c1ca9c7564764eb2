"""Each task of the worker is killed in the middle, at several points; the next sweep comes to the same end."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from lms.schedule import SCHEDULE
from tests.faults.base import base, copied
from tests.faults.scenes import SCENES
from tests.faults.stage import Comparison, Stage, chosen

MOST = int(os.environ.get("POINTS", "6"))  # per task
BEAT = {entry["task"] for entry in SCHEDULE.values()}


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    import pyrage

    with TemporaryDirectory(prefix="kortwijs-faults-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = copied(base() / "postgres", folder / "pg", fsync="off", full_page_writes="off")
        server.start()
        found = Stage(server, folder, str(pyrage.x25519.Identity.generate().to_public()))
        try:
            found.copy("world", "work")
            found.open()
            yield found
        finally:
            found.close()
            server.stop(signal.SIGQUIT)


def test_every_task_of_our_rooms_has_a_scene(stage: Stage):
    assert set(SCENES) == set(stage.tasks), "a new task needs a line in tests/faults/scenes.py"
    lost = {name for name, scene in SCENES.items() if not scene.sweeps and name not in BEAT}
    assert not lost, "what beat does not ask and no sweep finds is lost with its message"


@pytest.mark.parametrize("name", SCENES)
def test_a_task_that_is_killed_comes_to_the_same_end(stage: Stage, name: str, line):
    scene = SCENES[name]
    args = stage.set_up(name)
    sweeps = list(scene.sweeps) or [name]
    asked = args if scene.sweeps else None
    later = scene.later.total_seconds()
    one, points = stage.play(name, asked, sweeps, later)
    other, again = stage.play(name, asked, sweeps, later)
    points = min(points, again, key=len)  # the last of them is there each time
    comparison = Comparison(stage, one, other)
    assert comparison.of(other) == ([], []), "two runs without a kill differ"
    lost: list[str] = []
    more: list[str] = []
    killed = 0
    places = chosen(points, MOST, name)
    for place in places:
        state, _ = stage.play(name, asked, sweeps, later, kill=place)
        killed += state.killed
        missing, extra = comparison.of(state)
        lost += [f"killed {points[place]} ({place}/{len(points)}): {one[:300]}" for one in missing]
        more += [f"killed {points[place]} ({place}/{len(points)}): {one[:300]}" for one in extra]
    print("\n".join([*(f"LOST {one}" for one in lost), *(f"MORE {one}" for one in more)]))
    if scene.unsure:  # then a row says something else, which is told; what others got twice counts
        more = [one for one in more if one.partition(": ")[2].startswith(("mails", "heard"))]
    told: int | str = f"{len(more)}: {scene.twice}" if more and scene.twice else len(more)
    sees = f"{len(lost)}: {scene.unsure}" if lost and scene.unsure else "nothing"
    fault = f"worker killed in {name}, at {killed} of {len(points)} points"
    assert killed
    line(fault, sees, lost=0 if scene.unsure else len(lost), doubled=told)
