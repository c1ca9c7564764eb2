"""On a real installation: after erasing no file of it holds a trace, nor does a copy that is put back."""

import gzip
import json
import re
import shutil
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.e2e.serving import DATABASE, Server, free_port, migrated
from tests.everywhere import MARK, PASSWORD

FILL = """
import json
from integrations.models import StatementExport
from integrations.tasks import export_statements
from tests.everywhere import fill
filled = fill()
key = str(StatementExport.objects.get().pk)
export_statements.delay(key)
may_stay = filled.audit_keys | filled.at_targets
print(json.dumps({"traces": sorted(filled.traces), "export": key, "may_stay": sorted(may_stay)}))
"""
EMPTY_LOG = "from lms.database import empty_write_ahead_log as empty; assert empty()"


class Phone:
    """A browser as far as signing in and pressing a button goes."""

    def __init__(self, site: str) -> None:
        self.site, cookies = site, CookieJar()
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies)).open

    def get(self, path: str) -> str:
        return str(self.open(self.site + path, timeout=30).read().decode())

    def post(self, path: str, **values: str) -> str:
        headers = {"Sec-Fetch-Site": "same-origin", "Origin": self.site}
        request = urllib.request.Request(self.site + path, urllib.parse.urlencode(values).encode(), headers)
        return str(self.open(request, timeout=30).read().decode())


@dataclass
class Erased:
    """An installation on which somebody was everywhere and erased it all, with a copy of everything from before."""

    server: Server
    folder: Path
    traces: set[str]
    export: str
    may_stay: set[str]
    """The key of lines of the audit trail, and what another record store knows them by until it erased them too."""
    found_before: dict[str, set[str]]
    found_after: dict[str, set[str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def erased(tmp_path_factory) -> Iterator[Erased]:
    folder = tmp_path_factory.mktemp("everywhere")
    server = Server(folder / "data", free_port())
    migrated(server)
    filled = json.loads(server.manage("shell", "-v0", "-c", FILL).splitlines()[-1])
    traces = set(filled["traces"])
    told = server.manage("make_backup_key", "--to", str(folder / "key"))
    recipient = told.partition("BACKUP_RECIPIENTS=")[2].split()[0]
    server.manage("backup", "--to", str(folder / "copies"), "--recipient", recipient)
    made = Erased(server, folder, traces, filled["export"], set(filled["may_stay"]), places(server, traces))
    server.start()
    try:
        phone = Phone(server.url)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', phone.get("/inloggen/"))
        assert token
        name = f"{MARK}-gebruiker"
        signing_in = {"username": name, "password": PASSWORD, "next": "/mijn/", "csrfmiddlewaretoken": token[1]}
        assert "Anna" in phone.post("/inloggen/", **signing_in)
        assert name in phone.get("/mijn/gegevens/bestand/")
        assert "Alles over jou is gewist." in phone.post("/mijn/gegevens/wissen/")
        server.manage("shell", "-v0", "-c", EMPTY_LOG)
        made.found_after = places(server, traces)
        yield made
    finally:
        server.stop()


def places(server: Server, traces: set[str]) -> dict[str, set[str]]:
    """The files of an installation in which some of these stand, packed or not, and which. Not the journal of erasures,
    nor what was mailed: that is no part of an installation."""
    found = {}
    for file in server.data.rglob("*"):
        name = str(file.relative_to(server.data))
        if file.is_file() and name.split("/")[0] not in ("mail", "erasures"):
            content = b"".join((name.encode(), *contents(file)))
            if here := {trace for trace in traces if trace.encode() in content}:
                found[name] = here
    return found


def contents(file: Path) -> tuple[bytes, ...]:
    """What is in it, as it lies there and unpacked."""
    content = file.read_bytes()
    return (content, gzip.decompress(content)) if content.startswith(b"\x1f\x8b") else (content,)


def test_before_one_is_in_the_database_the_storages_and_the_queue(erased: Erased):
    """Else the search below could not fail."""
    kinds = {name.rpartition("/")[0].partition("/")[0] for name in erased.found_before}
    assert kinds == {"", "media", "xapi", "broker"}
    assert MARK in erased.found_before[DATABASE]
    assert sum(name.startswith("xapi/uitvoer/") for name in erased.found_before) == 1, "also packed"


def test_after_erasing_no_file_holds_a_trace(erased: Erased):
    found = erased.found_after
    (message,) = [name for name in found if name.startswith("broker/")]
    assert found.pop(message) == {erased.export}, "a key of a row that is gone: the worker finds nothing to do"
    assert set(found) == {DATABASE}
    assert found[DATABASE] <= erased.may_stay


def test_a_message_that_waited_does_nothing_any_more(erased: Erased):
    run = f"from integrations.tasks import export_statements as e; e('{erased.export}')"
    erased.server.manage("shell", "-v0", "-c", run)


def test_a_copy_of_before_brings_nobody_back(erased: Erased, tmp_path):
    (copy,) = (erased.folder / "copies").iterdir()
    later = Server(tmp_path / "data", free_port())
    shutil.copytree(erased.server.data / "erasures", later.data / "erasures")
    told = later.manage("restore", str(copy), "--identity", str(erased.folder / "key"))
    assert "Opnieuw gewist: 1" in told
    later.manage("shell", "-v0", "-c", EMPTY_LOG)
    found = places(later, erased.traces)
    assert set(found) == {DATABASE}
    assert found[DATABASE] <= erased.may_stay
