"""On PostgreSQL, object storage and Redis: who was everywhere and erased it all is nowhere to be found."""

import json
import re
import subprocess

import redis
from playwright.sync_api import Page

from tests.e2e.test_erased_from_files import FILL
from tests.everywhere import MARK, PASSWORD
from tests.production.conftest import REDIS, Site

FILES = """
import json
from django.core.files.storage import storages
from lms.backups.files import aliases, names_in
for alias in aliases():
    if alias != 'erasures':
        for name in names_in(storages[alias]):
            with storages[alias].open(name) as file:
                print(json.dumps([alias, name, file.read().decode('latin-1')]))
"""


def places(site: Site, traces: set[str]) -> dict[str, set[str]]:
    """In which of the dump, the files and the keys of Redis some of these stand, and which."""
    dump = subprocess.run(["pg_dump", "--inserts", site.database], capture_output=True, text=True, check=True).stdout
    texts = {"dump": dump.replace("-", "")}
    for line in site.shell(FILES).splitlines():
        alias, name, content = json.loads(line)
        texts[f"{alias}/{name}"] = f"{name} {content}".replace("-", "")
    server = redis.Redis.from_url(REDIS.rpartition("/")[0] + "/15")
    for key in server.scan_iter():
        texts[f"redis {key!r}"] = f"{key!r} {server.dump(key)!r}".replace("-", "")
    log = site.log.read_text(errors="replace")
    texts["log"] = log.replace("-", "")
    wanted = {trace.replace("-", "") for trace in traces}
    return {place: here for place, text in texts.items() if (here := {one for one in wanted if one in text})}


def test_a_search_through_dump_files_queues_and_logs_finds_nothing(site: Site, phone: Page):
    filled = json.loads(site.shell(FILL).splitlines()[-1])
    traces = set(filled["traces"])
    before = places(site, traces)
    assert {"dump", "default", "xapi"} <= {place.partition("/")[0] for place in before}

    phone.goto("/inloggen/")
    phone.fill("[name=username]", f"{MARK}-gebruiker")
    phone.fill("[name=password]", PASSWORD)
    phone.press("[name=password]", "Enter")
    phone.wait_for_url(re.compile("/mijn/|/$"))
    phone.goto("/mijn/gegevens/wissen/")
    phone.locator("main form button").last.click()
    phone.get_by_text("Alles over jou is gewist.").wait_for()

    after = places(site, traces)
    may_stay = {one.replace("-", "") for one in filled["may_stay"]}
    assert set(after) <= {"dump"}, after
    assert after["dump"] <= may_stay
