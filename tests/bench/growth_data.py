"""Learners with what they did, as many events as asked, for make bench-growth. PostgreSQL makes the rows itself.

A set that is ten times as large has ten times as many learners and classes, the same lessons, and as much per learner.
Rows lie in the order in which they came, those of one learner far apart, as they would in life.
"""

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg

from tests.bench import production

BASE = "kortwijs_growth"
MADE = "made 1"  # what the comment of a whole set says; another way of making gets another number
LESSONS_EACH, CLASS = 7, 28


def name_of(events: int) -> str:
    return f"{BASE}_{events}"


def is_made(events: int) -> bool:
    with psycopg.connect(production.POSTGRES, autocommit=True) as line:
        return _said(line, name_of(events)) == MADE


def make(sets: Sequence[int]) -> None:
    """The sets of so many events that are not there yet, the largest two beside each other."""
    missing = sorted((events for events in sets if not is_made(events)), reverse=True)
    if not missing:
        return
    with psycopg.connect(production.POSTGRES, autocommit=True) as line:
        _make_empty(line)
        for database in map(name_of, missing):
            line.execute(f'DROP DATABASE IF EXISTS "{database}"')
            line.execute(f'CREATE DATABASE "{database}" TEMPLATE "{BASE}"')
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(_make, events) for events in missing]:
            done.result()


def _make(events: int) -> None:
    database, began = name_of(events), time.monotonic()
    print(f"making {events:,} events, which is done once", flush=True)
    with psycopg.connect(production.address_of(database), autocommit=True) as line:
        _fill(line, events)
        line.execute(f"COMMENT ON DATABASE \"{database}\" IS '{MADE}'")
    print(f"{events:,} events made in {time.monotonic() - began:.0f} s", flush=True)


def _said(line: psycopg.Connection, database: str) -> str | None:
    asked = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    found = line.execute(asked, [database]).fetchone()
    return found[0] if found else None


def _make_empty(line: psycopg.Connection) -> None:
    """Tables as they are now, lessons, what is then done many times; by a process that ends, so that no line stays."""
    if _said(line, BASE) != MADE:
        line.execute(f'DROP DATABASE IF EXISTS "{BASE}"')
    subprocess.run([sys.executable, "-m", "tests.bench.growth_data"], check=True)
    line.execute(f"COMMENT ON DATABASE \"{BASE}\" IS '{MADE}'")


def steps() -> list[tuple[Any, ...]]:
    """What one does in a lesson, in order: code, place, step, kind ('' when it is only seen), answer, parts, right."""
    from assessments.exercises.keuze import grading as keuze
    from assessments.kind import items
    from modules.queries import live_modules
    from tests.bench.queries import _right_card

    def right_choice(value: Any) -> Any:
        right = keuze.key(value)["right"]
        return right if len(right) > 1 else right[0]

    answers = {"keuze": right_choice, "sorteer": _right_card, "dit_doe_ik": lambda value: items(value, "options")[0][0]}
    found = []
    for module in live_modules():
        place = 0
        for step in module.outline.all:
            place += 1
            found.append((module.code, place, step.id, "", None, None, None))
            if step.kind and step.kind.name in answers:
                place += 1
                answer = answers[step.kind.name](step.value)  # type: ignore[operator]
                verdict = step.kind.grade(step.value, answer)
                told = (json.dumps(answer), json.dumps(dict(verdict.parts)), verdict.correct)
                found.append((module.code, place, step.id, step.kind.name, *told))
    return found


def _sample() -> bytes:
    """A statement of ours as it is kept; what it says is never looked for, only how long it is counts."""
    from django.utils import timezone

    from xapi.core import statements as xapi
    from xapi.core.packing import pack
    from xapi.core.parsing import canonical

    site, someone = "http://localhost", uuid.uuid4()
    made = xapi.statement(
        id=uuid.uuid4(), actor=xapi.actor(site, someone), verb="experienced",
        object=xapi.activity(f"{site}/xapi/activities/B2/b2-haakje", "step", "Wat gaat er mee?"),
        timestamp=timezone.now(), parent={"objectType": "Activity", "id": f"{site}/xapi/activities/B2"},
        registration=uuid.uuid4(), result={}, extensions={f"{site}/xapi/extensions/revision": 12},
    )  # fmt: skip
    return pack(canonical(made))


def make_empty() -> None:
    """Run by _make_empty."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="kortwijs-") as folder:
        production.prepare(BASE, folder)
    from django.db import connection

    from courses.models import CoursePath, PathLesson
    from modules.queries import live_modules
    from people.models import Organisation

    if Organisation.objects.filter(name="School").exists():
        return
    school = Organisation.objects.create(name="School", kind=Organisation.Kind.SCHOOL)
    path = CoursePath.objects.create(organisation=school, slug="groei", title="Route", levels=[])
    codes = [module.code for module in live_modules()]
    PathLesson.objects.bulk_create(
        [PathLesson(path=path, place=at, module=code) for at, code in enumerate(codes[:8], 1)]
    )
    with connection.cursor() as cursor:
        cursor.execute("""CREATE TABLE growth_step (lesson int, code text, place int, step text, kind text,
                                                    answer jsonb, parts jsonb, correct boolean)""")
        cursor.executemany(
            "INSERT INTO growth_step VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [(codes.index(row[0]), *row) for row in steps()],
        )
        cursor.execute("CREATE TABLE growth_sample AS SELECT %s::bytea AS document", [_sample()])
        cursor.execute("CREATE TABLE growth_revision AS SELECT l.code, p.live_revision_id AS revision "
                       "FROM modules_modulepage l JOIN wagtailcore_page p ON p.id = l.page_ptr_id")  # fmt: skip


# Learner n does lessons 5n, 5n + 1, ... 5n + 6 of the list, one in seven weeks; the last of them three weeks ago.
_MOMENT = """(date_trunc('day', now()) - make_interval(days => 343 - k * 49 - n %% 49 + 21)
              + make_interval(secs => (n / 49) * 1.000731 + {place} * 10))"""
_ATTEMPT = "md5('attempt ' || n || ' ' || k)::uuid"
_TURN = f"generate_series(1, %(people)s) n CROSS JOIN generate_series(0, {LESSONS_EACH - 1}) k"
_LESSON = "(n * 5 + k) %% (SELECT count(DISTINCT lesson) FROM growth_step)"
_KEY = "('x' || left(md5({0}), 16))::bit(64)::bigint"

_FILL = {
    "learners": """
        INSERT INTO people_user (username, first_name, owner_key, date_joined, password, last_name, email, is_active,
                                 is_superuser, is_staff, is_nameless, is_demo, audit_key, has_sign_on)
        SELECT 'groei-' || n, 'Anna ' || n, md5('owner ' || n)::uuid, now(), '!', '', '', true,
               false, false, false, false, gen_random_uuid(), false
        FROM generate_series(1, %(people)s) n;
        CREATE TABLE growth_person AS
            SELECT substr(username, 7)::int AS n, id FROM people_user WHERE username LIKE 'groei-%%';
        CREATE UNIQUE INDEX ON growth_person (n);
        ANALYZE growth_person;
        INSERT INTO people_pseudonym (user_id, target, name)
        SELECT id, '', md5('name ' || n)::uuid FROM growth_person;
        INSERT INTO people_membership (user_id, organisation_id, role)
        SELECT id, (SELECT min(id) FROM people_organisation WHERE name = 'School'), 'learner' FROM growth_person;
        INSERT INTO people_session (session_key, session_data, expire_date, user_id)
        SELECT left(md5('session ' || n), 32), repeat('x', 200), now() + interval '300 days', id FROM growth_person;
    """,
    "classes": f"""
        INSERT INTO people_cohort (organisation_id, name, kind, sign_in_stopped)
        SELECT (SELECT min(id) FROM people_organisation WHERE name = 'School'), 'Groei ' || n, 'class', false
        FROM generate_series(1, %(people)s / {CLASS}) n;
        INSERT INTO people_cohortmember (cohort_id, user_id, leads, by_lead, came_in, joined_at)
        SELECT c.id, p.id, false, true, true, now() FROM growth_person p
        JOIN people_cohort c ON c.name = 'Groei ' || ((p.n - 1) / {CLASS} + 1);
        INSERT INTO courses_assignment (cohort_id, path_id, is_main)
        SELECT id, (SELECT min(id) FROM courses_coursepath WHERE slug = 'groei'), true FROM people_cohort
        WHERE name LIKE 'Groei %%';
        INSERT INTO learning_helprequest (user_id, module, asked_at)
        SELECT id, 'B2', now() FROM growth_person WHERE n %% 30 = 0;
    """,
    "attempts": f"""
        INSERT INTO learning_attempt (id, user_id, module, revision, started_at)
        SELECT {_ATTEMPT}, p.id, r.code, r.revision, {_MOMENT.format(place=0)}
        FROM {_TURN} JOIN growth_person p USING (n)
        JOIN growth_step s ON s.lesson = {_LESSON} AND s.place = 1 JOIN growth_revision r USING (code) ORDER BY 5;
    """,
    "progress": f"""
        INSERT INTO learning_progress (user_id, module, attempt, revision, step, step_number, step_count, seen, results,
                                       saved_at, completed_at)
        SELECT p.id, s.code, {_ATTEMPT}, r.revision, s.last, s.many, s.many, s.seen, s.results,
               {_MOMENT.format(place=30)}, CASE WHEN k < 6 THEN {_MOMENT.format(place=30)} END
        FROM {_TURN} JOIN growth_person p USING (n) JOIN (
            SELECT lesson, code, count(*) FILTER (WHERE kind = '') AS many,
                   (array_agg(step ORDER BY place DESC))[1] AS last,
                   jsonb_agg(step ORDER BY place) FILTER (WHERE kind = '') AS seen,
                   coalesce(jsonb_object_agg(step, parts) FILTER (WHERE kind <> ''), '{{}}') AS results
            FROM growth_step GROUP BY lesson, code
        ) s ON s.lesson = {_LESSON} JOIN growth_revision r USING (code) ORDER BY 10;
    """,
    "events": f"""
        INSERT INTO learning_event (id, user_id, attempt_id, module, step, exercise, at, received_at)
        SELECT gen_random_uuid(), p.id, {_ATTEMPT}, s.code, s.step, CASE WHEN s.kind = '' THEN '' ELSE s.step END,
               {_MOMENT.format(place="s.place")}, {_MOMENT.format(place="s.place")}
        FROM {_TURN} JOIN growth_person p USING (n) JOIN growth_step s ON s.lesson = {_LESSON} ORDER BY 8;
    """,
    "answers": f"""
        INSERT INTO assessments_response (id, user_id, module, attempt, exercise, kind, answer, correct, parts, at,
                                          received_at, review)
        SELECT gen_random_uuid(), p.id, s.code, {_ATTEMPT}, s.step, s.kind, s.answer, s.correct, s.parts,
               {_MOMENT.format(place="s.place")}, {_MOMENT.format(place="s.place")}, false
        FROM {_TURN} JOIN growth_person p USING (n)
        JOIN growth_step s ON s.lesson = {_LESSON} AND s.kind <> '' ORDER BY 11;
    """,
    "choices": """
        INSERT INTO assessments_questionnaireanswers (id, user_id, questionnaire, version, answers, result, made_at,
                                                      received_at)
        SELECT gen_random_uuid(), id, kind, 1, '{}', '{}', now() - interval '300 days', now() - interval '300 days'
        FROM growth_person, unnest(ARRAY['startmeting', 'digiscan']) kind WHERE n %% 3 > 0;
        INSERT INTO learning_ownroute (user_id, lessons, checks, marks, made_at)
        SELECT id, '["B1", "B2", "A1"]', '[]', '[]', now() FROM growth_person WHERE n %% 3 = 1;
        INSERT INTO learning_reviewchoice (user_id, stopped, reminder, hour)
        SELECT id, false, 'none', 9 FROM growth_person WHERE n %% 5 = 0;
        INSERT INTO learning_planoutcome (response_id, user_id, outcome, at, times)
        SELECT id, user_id, 'ja', received_at + interval '8 days', 1 FROM assessments_response
        WHERE kind = 'dit_doe_ik' AND id::text < '8';
        INSERT INTO people_notice (user_id, text, link, created_at, read_at, by_mail)
        SELECT id, 'Welkom', '', now(), now(), false FROM growth_person, generate_series(1, 3);
        INSERT INTO courses_assignment (cohort_id, path_id, is_main)
        SELECT id, (SELECT min(id) FROM courses_coursepath), false FROM people_cohort WHERE name LIKE 'Groei %%';
        INSERT INTO courses_assignedplace (place_id, assignment_id)
        SELECT min(p.id), a.id FROM courses_assignment a JOIN people_cohortmember p USING (cohort_id)
        WHERE NOT a.is_main AND NOT p.leads GROUP BY a.id;
    """,
    # All in this month: the record store may keep months apart, and what is written now comes beside these.
    "statements": f"""
        INSERT INTO xapi_statement (seq, id, stored, actor, agent_key, verb_key, activity_key, context_key,
                                    registration, document)
        SELECT ((extract(epoch FROM stored - '2020-01-01 00:00:00+00'::timestamptz) * 1000000)::bigint << 12),
               id, stored, md5('name ' || n)::uuid, {_KEY.format("'agent ' || n")}, {_KEY.format("kind")},
               {_KEY.format("code || step")}, {_KEY.format("code")}, attempt, (SELECT document FROM growth_sample)
        FROM (
            SELECT gen_random_uuid() AS id, n, s.kind, s.code, s.step, {_ATTEMPT} AS attempt,
                   date_trunc('month', now()) + row_number() OVER (ORDER BY s.place, n, k) * interval '3 microseconds'
                       AS stored
            FROM {_TURN} JOIN growth_step s ON s.lesson = {_LESSON}
        ) made;
    """,
}


def _fill(line: psycopg.Connection, events: int) -> None:
    people = _one(line, "SELECT %s / (%s * count(*) / count(DISTINCT lesson)) FROM growth_step", events, LESSONS_EACH)
    line.execute("SET work_mem = '256MB'; SET maintenance_work_mem = '1GB'; SET synchronous_commit = off")
    for name, command in _FILL.items():
        began = time.monotonic()
        kept = [] if events < 100_000 else _without_indexes(line, _TABLE_OF.get(name, ""))
        line.execute(command % {"people": people})
        for again in kept:
            line.execute(again)
        print(f"  {events:,} {name}: {time.monotonic() - began:.0f} s", flush=True)
    if _one(line, "SELECT to_regclass('xapi_statement_id') IS NOT NULL"):
        line.execute("INSERT INTO xapi_statement_id (id, seq) SELECT id, seq FROM xapi_statement ORDER BY id")
    line.execute("VACUUM ANALYZE")


_TABLE_OF = {"attempts": "learning_attempt", "progress": "learning_progress", "events": "learning_event",
             "answers": "assessments_response", "statements": "xapi_statement"}  # fmt: skip


def _without_indexes(line: psycopg.Connection, table: str) -> list[str]:
    """Take off a table the indexes and foreign keys that stand in the way of millions; gives how to put them back."""
    if not table:
        return []
    keys = line.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'",
        [table],
    ).fetchall()
    indexes = line.execute(
        """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = %s::regclass
           AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)""",
        [table],
    ).fetchall()
    for name, _ in keys:
        line.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in indexes:
        line.execute(f"DROP INDEX {name}")
    made = [made.replace(" ON ONLY ", " ON ") for _, made in indexes]
    return made + [f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {meant}' for name, meant in keys]


def _one(line: psycopg.Connection, command: str, *values: Any) -> Any:
    found = line.execute(command, values or None).fetchone()
    assert found is not None
    return found[0]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    make_empty()
