"""What an administrator may trust once the processes run."""

import time

from playwright.sync_api import Page, expect

from tests.e2e.player import Lesson
from tests.production.conftest import Site


def test_anna_takes_a_lesson_through_the_proxy(site: Site, phone: Page):
    lesson = Lesson(phone).open()
    lesson.choose("Makkelijk")
    steps = lesson.ids
    for step in steps:
        if lesson.kind == "dit_doe_ik":
            lesson.tap()
        lesson.solve()
        if step != steps[-1]:
            lesson.go_on()
    expect(lesson.saved).to_have_text("Opgeslagen.")

    kept = site.rows("SELECT count(*) FROM learning_event")[0][0]
    said = site.rows("SELECT count(*) FROM xapi_statement")[0][0]
    assert kept >= len(steps) - 1
    assert said
    assert all(cookie["secure"] for cookie in phone.context.cookies())


def test_who_comes_without_tls_is_sent_to_https(site: Site):
    status, headers, _ = site.ask(f"http://localhost:{site.environment['HTTP_PORT']}/")
    assert status in {301, 308}
    assert headers["Location"].startswith("https://")


def test_a_visitor_cannot_say_that_there_was_no_tls(site: Site):
    status, headers, _ = site.ask("/", **{"X-Forwarded-Proto": "http"})
    assert status == 200
    assert "max-age=31536000" in headers["Strict-Transport-Security"]


def test_another_name_of_the_site_gets_nothing(site: Site):
    assert site.ask("/", Host="voorbeeld.example")[0] in {200, 400, 404, 421}
    assert b"Kortwijs" not in site.ask("/", Host="voorbeeld.example")[2]


def test_the_worker_keeps_files_in_object_storage_and_the_site_gives_them_out(site: Site):
    site.shell("from media.tasks import sweep_speech; sweep_speech.delay()")
    for _ in range(240):
        if found := site.rows("SELECT key FROM media_clip WHERE made_at IS NOT NULL AND bytes > 0 LIMIT 1"):
            break
        time.sleep(0.5)
    assert found
    code = (
        "from django.core.files.storage import storages as s; d = s['default']; print(type(d).__name__, d.listdir(''))"
    )
    seen = site.shell(code)
    assert "ObjectStorage" in seen
    assert "geluid" in seen
