"""More than one web host behind one proxy: each has a disk of its own, they share database, Redis and storage."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from bin import without_containers
from people.limits import WRONG_CODES
from tests.e2e.player import Lesson, nothing_waits
from tests.e2e.serving import BROWSER_ARGUMENTS, PHONE, ROOT, chromium, free_port
from tests.production.conftest import Site


@dataclass
class Host:
    """A web process as on a machine of its own."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def asked(self) -> list[str]:
        """A line for every request that it served."""
        return [line for line in self.log.read_text().splitlines() if "/healthz" not in line]

    def ask(self, site: Site, path: str) -> int:
        """What this host alone says, asked as the proxy asks it."""
        headers = {"Host": site.url.partition("//")[2], "X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.9"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as reply:
                return int(reply.status)
        except urllib.error.HTTPError as error:
            return error.code

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def started(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(60)


def until(answers) -> None:
    for _ in range(300):
        try:
            if answers() == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    pytest.fail("no answer")


@contextmanager
def web_host(site: Site, folder: Path) -> Iterator[Host]:
    """The web process of the compose file, on another port and with an empty disk."""
    folder.mkdir()
    port, log = free_port(), folder / "requests"
    here = without_containers.Site({**site.environment, "WEB_PORT": str(port), "DATA": str(folder)})
    environment = here.environment("web") | {"STATIC_ROOT": f"{site.environment['DATA']}/static"}  # is in the image
    with started([*here.command("web"), "--access-logfile", str(log)], environment) as process:
        host = Host(port, process, log)
        until(lambda: host.ask(site, "/healthz"))
        yield host


@pytest.fixture(scope="module")
def hosts(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, list[Host]]]:
    """Two web hosts, and the site as their proxy shows it; the last test kills one."""
    folder = tmp_path_factory.mktemp("hosts")
    ports = {name: str(free_port()) for name in ("HTTPS_PORT", "HTTP_PORT", "HEALTH_PORT")}
    there = {**site.environment, **ports, "BASE_URL": f"https://localhost:{ports['HTTPS_PORT']}"}
    region = replace(site, environment=there)
    with ExitStack() as stack:
        both = [stack.enter_context(web_host(region, folder / name)) for name in ("one", "two")]
        upstream = " ".join(f"127.0.0.1:{host.port}" for host in both)
        proxy = without_containers.Site({**there, "UPSTREAM": upstream, "DATA": str(folder)})
        stack.enter_context(started(proxy.command("proxy"), proxy.environment("proxy")))
        until(lambda: region.ask("/healthz")[0])
        yield region, both


@pytest.fixture
def phone(hosts: tuple[Site, list[Host]]) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
        context = browser.new_context(viewport=PHONE, ignore_https_errors=True, base_url=hosts[0].url)
        yield context.new_page()
        browser.close()


def test_what_was_tried_too_often_at_one_host_is_refused_by_the_other(hosts):
    region, (one, two) = hosts
    assert two.ask(region, "/meedoen/geen-code/") != 429
    for _ in range(WRONG_CODES.most):
        one.ask(region, "/meedoen/geen-code/")
    assert two.ask(region, "/meedoen/geen-code/") == 429
    assert two.ask(region, "/") == 200


def test_a_file_that_came_in_at_one_host_is_given_out_by_the_other(hosts):
    region, (one, two) = hosts
    region.shell(
        "from django.core.files.base import ContentFile as C; from django.core.files.storage import storages as s;"
        "from media.pictures.models import FOLDER; s['default'].save(f'{FOLDER}/regio.png', C(b'van de ene'))"
    )
    assert [host.ask(region, "/bestanden/beeld/regio.png") for host in (one, two)] == [200, 200]


def test_anna_goes_on_when_one_of_two_hosts_dies_in_the_middle_of_her_lesson(hosts, phone: Page):
    region, (one, two) = hosts
    before = region.rows("SELECT count(*) FROM learning_event")[0][0]
    lesson = Lesson(phone).open()
    steps = lesson.ids
    for number, step in enumerate(steps):
        if number == len(steps) // 2:
            one.kill()
        if lesson.kind == "dit_doe_ik":
            lesson.tap()
        lesson.solve()
        if step != steps[-1]:
            lesson.go_on()
    expect(lesson.saved).to_have_text("Opgeslagen.")
    nothing_waits(phone)
    kept = region.rows("SELECT count(*) FROM learning_event")[0][0] - before
    assert kept >= len(steps) - 1
    assert one.asked, "both took part"
    assert any("/leren/events" in line for line in two.asked)
    assert region.rows("SELECT count(*) FROM learning_progress WHERE completed_at IS NOT NULL")[0][0]
