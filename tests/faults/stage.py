"""Where a task is done and killed: a scene, copies of it, and what is different in two of them."""

import email
import json
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.e2e.serving import ROOT
from tests.faults.base import environment
from tests.faults.services import Postgres

RANDOM = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d-\d{6}|\d{8}T\d{6}")
SECOND = re.compile(r"_[A-Za-z0-9]{7}(?=\.|$)")  # what Django puts behind the name of a file that is taken
COUNTS = {  # how often it was tried
    ("integrations_lticompletion", "tries"),
    ("integrations_statementexport", "attempts"),
    ("media_h5pimport", "attempts"),
}
PULSE = {"lms_pulse"}
Rows = dict[str, list[dict[str, Any]]]


@dataclass
class State:
    """What there is after a run: rows that are not in the world, files, mails, and what others heard."""

    rows: Rows
    files: Counter[str]
    mails: Counter[str]
    heard: Counter[str] = field(default_factory=Counter)
    killed: bool = False


@dataclass
class Stage:
    """Databases `world`, `scene` and `work` in one cluster; one folder of data beside them."""

    postgres: Postgres
    folder: Path
    recipient: str
    process: subprocess.Popen[str] | None = field(default=None, repr=False)
    tasks: list[str] = field(default_factory=list)
    base: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def environment(self) -> dict[str, str]:
        return environment(
            self.postgres.address("work"), "", self.data, KORTWIJS_MODE="embedded", HOSTS="testserver,localhost",
            EMAIL_URL=f"filemail://{self.data}/mail", BACKUP_RECIPIENTS=self.recipient, XAPI_PRIVATE_HOSTS="1",
            BASE_URL="",
        )  # fmt: skip

    def open(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.killing"], cwd=ROOT, env=self.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=(self.folder / "killing.log").open("w"),
        )  # fmt: skip
        self.tasks = self._read()["tasks"]

    def close(self) -> None:
        if self.process:
            self.process.communicate()

    def ask(self, **command: Any) -> dict[str, Any]:
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        told = self._read()
        assert "error" not in told, told["error"]
        return told

    def _read(self) -> dict[str, Any]:
        assert self.process is not None
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, (self.folder / "killing.log").read_text()[-3000:]
        return json.loads(line)  # type: ignore[no-any-return]

    def copy(self, source: str, name: str) -> None:
        """A database and its files as another."""
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IN ('{}', '{}')"
        self.postgres.rows(end.format(source, name), "postgres")
        self.postgres.rows(f"DROP DATABASE IF EXISTS {name}", "postgres")
        self.postgres.rows(f"CREATE DATABASE {name} TEMPLATE {source} STRATEGY FILE_COPY", "postgres")

    def set_up(self, task: str) -> list[Any] | None:
        """A scene of this task; what it is asked with."""
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(parents=True)
        self.copy("world", "work")
        args = self.ask(arrange=task).get("told")
        self.copy("work", "scene")
        shutil.rmtree(self.folder / "kept", ignore_errors=True)
        shutil.copytree(self.data, self.folder / "kept")
        self.base = self._digests("scene")
        return args

    def again(self) -> None:
        """Everything as in the scene."""
        self.copy("scene", "work")
        shutil.rmtree(self.data)
        shutil.copytree(self.folder / "kept", self.data)

    def play(
        self, task: str, args: Any, sweeps: list[str], later: float, kill: int | None = None
    ) -> "tuple[State, list[str]]":
        """The task, perhaps killed, and what beat asks afterwards; how it is then, and the points that were passed."""
        self.again()
        first = self.ask(run=[task], args=args, kill=kill)
        assert kill is None or "killed" in first or len(first["told"]) <= kill, "it was not killed"
        own = args if sweeps == [task] else None
        second = self.ask(run=sweeps, args=own, later=later, due=task)
        state = self.state()
        state.heard = Counter([*first["heard"], *second["heard"]])
        state.killed = "killed" in first
        return state, first.get("told", [])

    def state(self) -> State:
        now = self._digests("work")
        changed = [table for table, digest in now.items() if digest != self.base.get(table) and table not in PULSE]
        rows: Rows = {table: self._rows(table) for table in changed}
        return State(rows, self._files(), self._mails())

    def _digests(self, name: str) -> dict[str, str]:
        query = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        tables = [table for (table,) in self.postgres.rows(query, name)]
        asked = " UNION ALL ".join(
            f"SELECT '{table}', coalesce(sum(hashtextextended(t::text, 0)), 0)::text || count(*) FROM \"{table}\" t"
            for table in tables
        )
        return dict(self.postgres.rows(asked, name))

    def _rows(self, table: str) -> list[dict[str, Any]]:
        return [row for (row,) in self.postgres.rows(f'SELECT to_jsonb(t) FROM "{table}" t', "work")]

    def keys(self, table: str) -> set[Any]:
        """Primary keys that were there before."""
        if table not in self.base:
            return set()
        return {row.get("id") for (row,) in self.postgres.rows(f'SELECT to_jsonb(t) FROM "{table}" t', "scene")}

    def _files(self) -> Counter[str]:
        names = (str(file.relative_to(self.data)) for file in self.data.rglob("*") if file.is_file())
        return Counter(
            RANDOM.sub("*", SECOND.sub("", name)) for name in names if not name.startswith(("mail/", "secret_key"))
        )

    def _mails(self) -> Counter[str]:
        found: Counter[str] = Counter()
        folder = self.data / "mail"
        for file in folder.iterdir() if folder.is_dir() else ():
            for text in file.read_text().split("-" * 79 + "\n"):
                message = email.message_from_string(text.strip())
                if message["To"]:
                    found[f"{message['To']}: {message['Subject']}"] += 1
        return found


class Comparison:
    """Two runs without a kill tell which columns are another each time; the rest must be the same after a kill."""

    def __init__(self, stage: Stage, one: State, other: State) -> None:
        self.expected = one
        self.keys = {table: stage.keys(table) for table in one.rows}
        self.varies = {
            (table, column)
            for table, rows in one.rows.items()
            for column in (rows or [{}])[0]
            if Counter(map(str, (row[column] for row in rows)))
            != Counter(map(str, (row.get(column) for row in other.rows.get(table, []))))
        }

    def _plain(self, table: str, rows: list[dict[str, Any]]) -> Counter[str]:
        """Rows without what varies and without numbers that the database gave out."""
        known = self.keys.get(table, set())
        return Counter(
            json.dumps(
                {
                    column: (value is not None)
                    if (table, column) in self.varies | COUNTS
                    else _without_number(column, value, known)
                    for column, value in row.items()
                },
                sort_keys=True,
            )
            for row in rows
        )

    def of(self, state: State) -> "tuple[list[str], list[str]]":
        """What is missing, and what is there more often or beside it."""
        missing: list[str] = []
        more: list[str] = []
        for table in {*self.expected.rows, *state.rows}:
            before = self._plain(table, self.expected.rows.get(table, []))
            after = self._plain(table, state.rows.get(table, []))
            if table not in self.expected.rows or table not in state.rows:
                if table not in self.expected.rows:
                    more.append(f"{table} changed")
                else:
                    missing.append(f"{table} did not change")
                continue
            missing += [f"{table} {row}" for row in (before - after).elements()]
            more += [f"{table} {row}" for row in (after - before).elements()]
        for kind in ("files", "mails", "heard"):
            before, after = getattr(self.expected, kind), getattr(state, kind)
            missing += [f"{kind}: {one}" for one in (before - after).elements()]
            more += [f"{kind}: {one}" for one in (after - before).elements()]
        return missing, more


def _without_number(column: str, value: Any, known: set[Any]) -> Any:
    if column == "object_id" or ((column == "id" or column.endswith("_id")) and isinstance(value, int)):
        return value if column == "id" and value in known else "a number"
    if isinstance(value, str):
        return SECOND.sub("", value)
    return value


def chosen(points: list[str], most: int, seed: str) -> list[int]:
    """Some of these points: the first, the last, around what others see, and others by chance."""
    dice = random.Random(seed)
    special = [place for place, label in enumerate(points) if label != "sql"]
    found = {0, len(points) - 1, *dice.sample(special, min(len(special), most - 2))}
    rest = [place for place in range(len(points)) if place not in found]
    found |= set(dice.sample(rest, max(0, min(len(rest), most - len(found)))))
    return sorted(found)
