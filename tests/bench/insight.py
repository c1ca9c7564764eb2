"""The figures of a quarter over a million events, 5,000 learners and 200 employers: by a task, and read from what it
stored; and the dossier of an employer of 400 people. On a scratch database of its own.

The task runs in a process of its own, as in the worker, while this one reads how far it is. Memory is the peak resident
set of such a process, Django included. Linux.
"""

import subprocess
import sys
import tempfile
import time
import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.bench.queries import client_of, counted, open_page, set_up

if TYPE_CHECKING:
    from people.models import Organisation, User

MOST_QUERIES, MOST_MB = 12, 300
PAGES = ["/docent/cijfers/", "/docent/cijfers/groepscijfers.csv", "/monitor/", "/monitor/monitor.csv"]
SYSTEMS, GOALS = 60, 20
PEAK = """
def peak():  # of this process since its exec; ru_maxrss counts the parent that it was forked from
    line = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1000
"""
RELEASE = """
import os, sys
from datetime import date
import django
django.setup()
from insight.services import make_releases
made = make_releases(today=date.fromisoformat(sys.argv[1]))
print(made, peak(), round(sum(os.times()[:2]), 1))
"""
DOSSIER = """
import os, sys
import django
django.setup()
from leadership.tasks import make_dossier_files
before = peak()
make_dossier_files(int(sys.argv[1]))
print(before, peak(), round(sum(os.times()[:2]), 1))
"""


def begin(code: str, argument: object) -> subprocess.Popen[str]:
    """This code in a process of its own, on the same database."""
    return subprocess.Popen([sys.executable, "-c", PEAK + code, str(argument)], stdout=subprocess.PIPE, text=True)


def numbers(process: subprocess.Popen[str]) -> list[float]:
    told, _ = process.communicate()
    if process.returncode:
        raise RuntimeError("the task failed")
    return [float(one) for one in told.split()[-3:]]


def release(today: date) -> tuple[list[float], list[int]]:
    """Run the task; gives how many releases, MB and CPU seconds, and the percentages that its page could show."""
    from insight.queries.underway import underway

    task, shown = begin(RELEASE, today.isoformat()), []
    while task.poll() is None:
        found = underway(today)
        if found and found.percent not in shown:
            shown.append(found.percent)
            if found.percent % 10 == 0 or found.percent == 99:
                print(f"   {found.percent}% of the releases", flush=True)
        time.sleep(0.5)
    return numbers(task), shown


def keeper_of(firm: "Organisation") -> "User":
    """Who keeps the dossier there; with systems and goals in it."""
    from leadership.dossier.services import save_goal
    from leadership.models import AiSystem
    from people.models import Membership, Role, User

    user = User.objects.create(username="hr")
    Membership.objects.create(user=user, organisation=firm, role=Role.HR_LEAD)
    AiSystem.objects.bulk_create(
        AiSystem(organisation=firm, name=f"Systeem {n}", purpose="Roosters maken " * 5, measures="Nakijken " * 10)
        for n in range(SYSTEMS)
    )
    for number in range(GOALS):
        values = {
            "role": f"Rol {number}", "uses": "Vertaalapp", "goal": "Een fout advies herkennen", "kind": "route",
            "measure": "Route Kantoor", "since": date(2026, 9, 15), "why": "Advies raakt werktijden", "systems": [],
        }  # fmt: skip
        save_goal(organisation=firm, goal_id=uuid.uuid4(), values=values, actor=user)
    return user


def dossier(firm: "Organisation", user: "User") -> tuple[list[float], list[int]]:
    """Make the files by the task; gives MB before and at most, CPU seconds, and how many files there were meanwhile."""
    from leadership.dossier.files import versions_of
    from leadership.dossier.services import record_version

    version, _ = record_version(organisation=firm, actor=user)
    shown = [versions_of(firm).get(pk=version.pk).made]
    task = begin(DOSSIER, version.pk)
    while task.poll() is None:
        made = versions_of(firm).get(pk=version.pk).made
        if made not in shown:
            shown.append(made)
        time.sleep(0.05)
    found = numbers(task)
    return found, [*shown, versions_of(firm).get(pk=version.pk).made]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="kortwijs-") as folder:
        set_up(folder)
        from django.utils import timezone

        from insight.figures import last_whole_quarter, moments_of
        from insight.models import ReleasedFigure
        from tests.bench import insight_data

        quarter = last_whole_quarter(timezone.localdate())
        today = moments_of(quarter)[1].date() + timedelta(days=10)  # all of it came in
        firm = insight_data.fill(quarter)
        (made, mb, seconds), shown = release(today)
        figures = ReleasedFigure.objects.count()
        hidden = ReleasedFigure.objects.exclude(hidden="").count()
        print(f"   {made:.0f} releases, {figures} figures of which {hidden} hidden; {seconds} CPU s, {mb:.0f} MB")
        user = keeper_of(firm)
        (before, peak, spent), files = dossier(firm, user)
        print(f"   dossier of {insight_data.LARGEST} people: {peak:.0f} MB ({before:.0f} before it), {spent} CPU s")
        client = client_of(user)
        addresses = [*PAGES, f"/docent/ai/{firm.pk}/dossier/1/ai-dossier.pdf"]
        rows = []
        for address in addresses:
            open_page(client, address)
            rows.append((address, counted(lambda address=address: open_page(client, address))))  # type: ignore[misc]
        from django.db import connections

        connections.close_all()
    held = [
        (f"{value} queries of {name}", value <= MOST_QUERIES) for name, value in rows
    ] + [
        (f"{made:.0f} releases by the task", made == insight_data.EMPLOYERS + 1),
        (f"{len(shown)} steps of progress told", len(shown) >= 20),
        (f"{peak:.0f} MB for the dossier", peak < MOST_MB),
        (f"{files} files of the dossier, as they came", files[0] == 0 and files[-1] == 3),
    ]  # fmt: skip
    for name, holds in held:
        print(f"{'ok ' if holds else 'NOT'} {name}")
    most = max(value for _, value in rows)
    print(
        f"bench-insight: {most} queries of a page, dossier {peak:.0f} MB, figures by a task of {seconds:.0f} CPU s "
        f"with progress (<= {MOST_QUERIES} queries, < {MOST_MB} MB)"
    )
    return 0 if all(holds for _, holds in held) else 1


if __name__ == "__main__":
    sys.exit(main())
