"""A phone is counted for the region, once, later, and without saying whose it is."""

import json
from collections import Counter
from collections.abc import Callable

from playwright.sync_api import Page

from tests.e2e.arriving import at_home
from tests.e2e.player import Lesson
from tests.e2e.serving import Server

COUNTS = """
import json
from django.db.models import Sum
from insight.models import DailyUse
print(json.dumps(dict(DailyUse.objects.values("what").annotate(all=Sum("phones")).values_list("what", "all"))))
"""


def counts(server: Server) -> Counter[str]:
    """How many phones told what, those of the figures on this server too."""
    return Counter(json.loads(server.manage("shell", "-v0", "-c", COUNTS)))


def test_a_phone_tells_once_a_quarter_how_it_finished_a_lesson_without_cookies(
    new_phone: Callable[..., Page], own_server: Server
):
    before = counts(own_server)
    phone = new_phone(at=own_server)
    told = []
    phone.context.on("request", lambda request: request.url.endswith("/gebruik/") and told.append(request))
    lesson = Lesson(phone).open()
    phone.locator("kw-speech:visible button").first.click()
    steps = lesson.ids
    for step in steps:
        lesson.solve()
        if step != steps[-1]:
            lesson.go_on()
    lesson.press("Naar mijn lessen")
    at_home(phone)
    phone.wait_for_function("() => localStorage.getItem('gebruik')")
    kept = phone.evaluate("JSON.parse(localStorage.getItem('gebruik'))")
    assert kept["waiting"] == ["les", "makkelijk", "luister"]
    assert kept["after"] > phone.evaluate("Date.now()")
    assert counts(own_server) == before  # chance chose a later day
    assert told == []

    phone.evaluate("localStorage.setItem('gebruik', JSON.stringify({...JSON.parse(localStorage.gebruik), after: 1}))")
    with phone.expect_response("**/gebruik/") as reply:
        phone.reload()
    assert reply.value.status == 204
    assert "cookie" not in told[0].all_headers()
    assert sorted(told[0].post_data_json["wat"]) == ["les", "luister", "makkelijk"]
    phone.reload()
    phone.reload()
    assert len(told) == 1
    assert counts(own_server) - before == {"les": 1, "luister": 1, "makkelijk": 1}
