"""Processor seconds of a process with all that it started: a busy machine changes these little. Linux."""

import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def seconds_of_tree(root: int | None = None) -> float:
    """What this process (or another, by number) and everything under it used, the dead that were waited for included.

    Source: proc(5), /proc/[pid]/stat, fields ppid, utime, stime, cutime and cstime.
    """
    found: dict[int, tuple[int, int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue  # it ended meanwhile
        found[int(folder.name)] = int(told[1]), sum(map(int, told[11:15]))
    ours = {root or os.getpid()}
    while more := {number for number, (parent, _) in found.items() if parent in ours} - ours:
        ours |= more
    return sum(found[number][1] for number in ours if number in found) / TICK
