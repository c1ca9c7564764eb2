"""What is left of somebody in the file of SQLite once they are erased; part of make bench-lrs-scale.

In a process of its own, on a database of its own, with the settings of the site.
"""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.e2e.serving import ROOT

COUNT = 20_000


def traces_on_sqlite() -> tuple[int, int]:
    """How many traces of one person are in the files before and after erasing them and a checkpoint."""
    with TemporaryDirectory(prefix="kortwijs-") as folder:
        environment = {**os.environ, "DATA": folder, "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "lms.settings"}
        command = [sys.executable, "-m", "tests.bench.lrs_scale_sqlite"]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    before, after = json.loads(done.stdout.splitlines()[-1])
    return before, after


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from tests.bench.lrs_load import COLUMNS, person, rows
    from xapi import ids
    from xapi.core.keys import agent_key
    from xapi.models import Statement
    from xapi.services import erase_actors

    call_command("migrate", "xapi", verbosity=0)
    made = list(rows(COUNT, datetime.now(UTC)))
    for start in range(0, COUNT, 1000):
        ids.insert_new(COLUMNS, made[start : start + 1000])
    who = person(7, COUNT)
    name = str(who)
    key = agent_key({"account": {"homePage": settings.BASE_URL, "name": name}})
    traces = [name.encode(), who.hex.encode(), key.to_bytes(8, "big", signed=True)]
    for row in made:
        if row[3] == who:
            traces += [row[-1], row[1].hex.encode()]
    place = Path(settings.DATABASES["default"]["NAME"])

    def count() -> int:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        found = b"".join(file.read_bytes() for file in place.parent.glob(f"{place.name}*"))
        return sum(trace in found for trace in traces)

    before = count()
    erase_actors([who])
    assert Statement.objects.count() < COUNT
    print(json.dumps([before, count()]))


if __name__ == "__main__":
    main()
