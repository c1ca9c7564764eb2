"""The page of a class: SQL queries and bytes with 300 learners and 40 lessons; and what a list of 2,000 names costs.

On a scratch database of its own. Memory is that of a process of its own that does nothing but read the list, as the
worker does (peak resident set, Django and the lessons included). kB is 1000 bytes, before compression.
"""

import gzip
import io
import os
import subprocess
import sys
import tempfile
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.bench.queries import client_of, counted, set_up

if TYPE_CHECKING:
    from people.models import Cohort, User

LEARNERS, LESSONS, ROWS = 300, 40, 2_000
MOST_QUERIES, MOST_KB, MOST_MB = 15, 150, 200


def make_class(number: int, teacher: "User", lessons: list[str]) -> "Cohort":
    """A class of so many learners who are somewhere in every lesson; each tenth asks for help."""
    from courses.models import Assignment, CoursePath, PathLesson
    from learning.models import HelpRequest, Progress
    from people.models import Cohort, CohortMember, Organisation, User
    from people.services import renew_join_code

    school = Organisation.objects.get(name="School")
    cohort = Cohort.objects.create(organisation=school, name=f"Klas van {number}", kind=Cohort.Kind.CLASS)
    CohortMember.objects.create(cohort=cohort, user=teacher, leads=True)
    names = [f"Voornaam Achternaam {place}" for place in range(number)]
    made = [User(username=f"{number}-{place}", first_name=name) for place, name in enumerate(names)]
    people = User.objects.bulk_create(made)
    CohortMember.objects.bulk_create([CohortMember(cohort=cohort, user=user) for user in people])
    now = datetime(2026, 9, 1, tzinfo=UTC)
    Progress.objects.bulk_create([
        Progress(user=user, module=code, attempt=uuid.uuid4(), revision=1, step="x", saved_at=now,
                 completed_at=now if (place + at) % 3 else None)
        for place, user in enumerate(people) for at, code in enumerate(lessons)
    ], batch_size=1000)  # fmt: skip
    HelpRequest.objects.bulk_create([HelpRequest(user=user, module=lessons[0]) for user in people[::10]])
    path = CoursePath.objects.create(organisation=school, slug=f"p-{number}", title="Route", levels=[])
    PathLesson.objects.bulk_create([PathLesson(path=path, place=at, module=code) for at, code in enumerate(lessons, 1)])
    Assignment.objects.create(cohort=cohort, path=path)
    renew_join_code(cohort=cohort, actor=None)
    return cohort


def forty_lessons() -> list[str]:
    """The codes of 40 lessons; those that are missing are copies."""
    from modules.models import ModulePage
    from modules.queries import live_modules
    from tests.bench.queries import more_lessons

    more_lessons(ModulePage.objects.get(code="B2"), max(0, LESSONS - live_modules().count()))
    return [module.code for module in live_modules()][:LESSONS]


def sheet() -> bytes:
    """2,000 rows as a school exports them: 80 classes of 25."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet()
    page.append(["Stamnr", "Roepnaam", "Achternaam", "Klas", "Mentor", "Geboren"])
    letters = "abcdefghijklmnopqrstuvwxyz"
    for row in range(ROWS):
        name = f"Naam{letters[row % 26]}{letters[row // 26 % 26]}{letters[row // 676]}"
        page.append([row, name, "Achternaam", f"Klas {row // 25}", "Mw. Bakker", "2009-01-01"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


READ = """
import re, sys, uuid
import django
django.setup()
from people.models import ListImport
from people.services.lists import take_list
key = uuid.UUID(sys.argv[1])
def most():  # of this process only: what getrusage says counts the one that started it
    return int(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1]) // 1000
before = most()
take_list(key=key)
kept = ListImport.objects.get(pk=key)
print(kept.state, kept.written, kept.groups, kept.read, before, most())
"""


def read_list(teacher: "User") -> tuple[str, int, int]:
    """The state of the list, how many were written, and the most memory (MB) of the process that read it."""
    from people.models import ListImport, Organisation

    kept = ListImport.objects.create(
        actor=teacher, organisation=Organisation.objects.get(name="School"), content=sheet()
    )
    done = subprocess.run([sys.executable, "-c", READ, str(kept.pk)], capture_output=True, text=True, check=True,
                          env=os.environ.copy())  # fmt: skip
    state, written, groups, read, before, most = done.stdout.split()
    print(f"a list of {ROWS} rows: {state}, {written} learners in {groups} classes; told {read} rows while reading; "
          f"{before} MB before, {most} MB at most")  # fmt: skip
    return state, int(written), int(most)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="kortwijs-") as folder:
        set_up(folder)
        from people.models import Membership, Organisation, Role, User

        school = Organisation.objects.create(name="School", kind=Organisation.Kind.SCHOOL)
        teacher = User.objects.create(username="bram", first_name="Bram")
        Membership.objects.create(user=teacher, organisation=school, role=Role.TEACHER)
        lessons = forty_lessons()
        client = client_of(teacher)
        rows = []
        for number in (3, LEARNERS):
            cohort = make_class(number, teacher, lessons)
            address = f"/docent/klassen/{cohort.pk}/"
            client.get(address)
            content = client.get(address).content
            queries = counted(lambda address=address: client.get(address))  # type: ignore[misc]
            rows.append((f"queries, {number} learners x {len(lessons)} lessons", queries, MOST_QUERIES))
            rows.append((f"kB, {number} learners x {len(lessons)} lessons", len(content) / 1000, MOST_KB))
            print(f"{number} learners: {len(gzip.compress(content)) / 1000:.0f} kB compressed")
            for name in ("voortgang.csv", "voortgang.xlsx", "vragen/", "route/", "inloggen/"):
                found = counted(lambda place=address + name: client.get(place))  # type: ignore[misc]
                print(f"   {name:<16}{found:>4} queries")
        fixed = rows[0][1] == rows[2][1]
        state, written, most = read_list(teacher)
        rows.append((f"MB, a list of {ROWS} rows", most, MOST_MB))
        from django.db import connections

        connections.close_all()
    for name, value, goal in rows:
        print(f"{'ok ' if value <= goal else 'NOT'} {name:<44}{value:>7.0f}   (<= {goal})")
    whole = state == "done" and written == ROWS
    print(
        f"bench-class: {rows[2][1]:.0f} queries ({'fixed' if fixed else 'NOT FIXED'}), {rows[3][1]:.0f} kB, "
        f"list {rows[4][1]:.0f} MB{'' if whole else ', NOT WHOLE'}"
    )
    return 0 if fixed and whole and all(value <= goal for _, value, goal in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
