"""H5P in a lesson: it plays, counts and goes along to another device; and what means harm gets nothing."""

import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.e2e.arriving import is_saved, sign_in
from tests.e2e.groups import H5P_SLUG
from tests.e2e.player import Lesson
from tests.e2e.serving import Server

NewPhone = Callable[..., Page]
EVIL = "https://kwaad.example"


def filled(server: Server, what: str) -> None:
    server.manage("shell", "-v0", "-c", f"from tests.e2e.fill_h5p import *; {what}")


def content(page: Page) -> FrameLocator:
    return page.frame_locator(".step:not([hidden]) iframe")


def test_anna_plays_it_counts_and_she_goes_on_on_another_device(new_phone: NewPhone, own_server: Server):
    filled(own_server, "fill()")
    phone = new_phone(at=own_server)
    asked: list[str] = []
    phone.context.on("request", lambda request: asked.append(request.url))
    sign_in(phone, "anna")
    Lesson(phone, "laat-het-weg").open()
    assert not [url for url in asked if "h5p" in url], "a lesson without H5P loads nothing of it"

    lesson = Lesson(phone, H5P_SLUG).open()
    lesson.go_on()
    expect(content(phone).get_by_text("Deel je een wachtwoord?")).to_be_visible()
    expect(lesson.main).to_have_text("Klaar")
    expect(phone.locator(".step:not([hidden]) .instead")).not_to_have_attribute("open", "")
    with phone.expect_response(lambda reply: "/leren/h5p/" in reply.url and reply.request.method == "PUT"):
        content(phone).get_by_role("button", name="nee").click()
        expect(lesson.main).to_have_text("Verder")
    is_saved(lesson)
    lesson.go_on()
    expect(content(phone).get_by_text("Deel je een naam?")).to_be_visible()  # the second, after the first
    lesson.press("Klaar")
    expect(lesson.step).to_have_attribute("data-step", "p-kaart")
    is_saved(lesson)

    told = [one for one in own_server.statements() if "/H5P/p-h5p-" in one["object"]["id"]]
    verbs = [
        one["verb"]["id"].rpartition("/")[2] for one in told if one["verb"]["id"].rpartition("/")[2] != "experienced"
    ]
    assert verbs == ["attempted", "answered", "attempted", "answered"]
    assert next(one for one in told if "result" in one)["result"]["score"]["scaled"] == 1
    done = own_server.manage(
        "shell", "-v0", "-c", "from learning.models import Progress;"
        "print(Progress.objects.get(module='H5P', user__username='anna').completed_at is not None)",
    )  # fmt: skip
    assert done == "True"

    tablet = new_phone(at=own_server, viewport={"width": 1280, "height": 800})
    sign_in(tablet, "anna")
    tablet.goto(f"/les/{H5P_SLUG}/#stap-2")
    expect(content(tablet).get_by_role("button", name="nee")).to_have_attribute("aria-pressed", "true")
    other = new_phone(at=own_server)
    sign_in(other, "bram")
    other.goto(f"/les/{H5P_SLUG}/#stap-2")
    expect(content(other).get_by_role("button", name="nee")).to_have_attribute("aria-pressed", "false")


def test_an_administrator_sees_it_play_on_the_page_of_the_package(new_phone: NewPhone, own_server: Server):
    filled(own_server, "fill()")
    first = own_server.manage(
        "shell", "-v0", "-c", "from media.models import H5PPackage; print(H5PPackage.objects.order_by('pk').first().pk)"
    )
    page = new_phone(at=own_server, viewport={"width": 1280, "height": 800})
    sign_in(page, "beheer")
    page.goto(f"/admin/h5p/{first}/")
    preview = page.frame_locator("iframe[data-h5p]")
    expect(preview.get_by_text("Deel je een")).to_be_visible()
    expect(preview.get_by_role("button", name="nee")).to_be_visible()


def test_without_signal_the_text_stands_there_and_the_lesson_goes_on(new_phone: NewPhone, own_server: Server):
    filled(own_server, "fill()")
    phone = new_phone(at=own_server)
    phone.route("**/leren/h5p/**", lambda route: route.abort())
    lesson = Lesson(phone, H5P_SLUG).open()
    lesson.go_on()
    expect(lesson.step.get_by_text("De oefening opent nu niet.")).to_be_visible()
    expect(phone.locator(".step:not([hidden]) .instead")).to_have_attribute("open", "")
    lesson.press("Klaar")
    expect(lesson.step).to_have_attribute("data-step", "p-h5p-2")


def test_a_hostile_library_gets_nothing(browser: Browser, own_server: Server):
    code = Path(__file__).with_name("hostile_library.js")
    filled(own_server, f"lesson(hostile(open({str(code)!r}).read()), question('Een', 'Deel je een naam?'))")
    context = browser.new_context(base_url=own_server.url)
    context.set_default_timeout(30_000)
    sent: list[str] = []
    context.route(f"{EVIL}/**", lambda route: (sent.append(route.request.url), route.abort()))
    pages: list[Page] = []
    context.on("page", lambda opened: pages.append(opened))
    page = context.new_page()
    sign_in(page, "anna")
    lesson = Lesson(page, H5P_SLUG).open()
    lesson.go_on()
    expect(content(page).get_by_text("Kwaad speelt.")).to_be_visible()
    frame = next(one for one in page.frames if one.url.endswith("/speler") and one.evaluate("!!window.got"))
    frame.wait_for_function("() => !Object.values(got).includes('waiting')")
    assert {name: found for name, found in frame.evaluate("got").items() if found != "nothing"} == {}
    assert page.url.endswith(f"/les/{H5P_SLUG}/#stap-2")
    assert (len(pages), sent) == (1, [])

    with page.expect_request(lambda request: request.url.endswith("/mijn/")) as asked:
        frame.evaluate("void (location.href = '/mijn/')")  # the frame itself may go to a page of ours, as a stranger
    assert "cookie" not in asked.value.all_headers()
    lesson.press("Klaar")  # the lesson goes on
    is_saved(lesson)
    expect(content(page).get_by_text("Deel je een naam?")).to_be_visible()
    other = next(one for one in page.frames if one.url.endswith("/speler"))
    other.evaluate(f"void (location.href = '{EVIL}/weg')")  # and to no other site
    lesson.press("Klaar")
    is_saved(lesson)
    assert (len(pages), sent) == (1, [])

    kept = json.loads(
        own_server.manage(
            "shell", "-v0", "-c", "import json; from learning.models import *; from xapi.models import Statement;"
            "print(json.dumps([PlayState.objects.filter(step='p-h5p-1').count(),"
            "Event.objects.filter(module='H5P').count(),"
            "[row.document for row in Statement.objects.all() if '/H5P/' in row.document['object']['id']]]))",
        )
    )  # fmt: skip
    states, events, statements = kept
    assert states == 0
    assert 0 < events < 310, "what does not stop is not listened to for ever"
    assert "bram@voorbeeld.nl" not in json.dumps(statements)
    assert {one["actor"]["account"]["name"] for one in statements} == {statements[0]["actor"]["account"]["name"]}
    assert all(one.get("result", {}).get("score", {}).get("scaled", 0) <= 1 for one in statements)
    context.close()
