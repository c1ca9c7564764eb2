"""Eva puts pictures in a lesson in the editor; a phone gets them in the form and width that it needs."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.serving import PASSWORD, Server
from tests.media import photos

DESK = {"viewport": {"width": 1280, "height": 800}}
LESSON = "/les/laat-het-weg/"
FORM = re.compile(r"/bestanden/beeld/.*width-(\d+)\.format-(\w+)")
ALT = "Een medewerker helpt een klant."


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("photos") / "IMG_2041.jpg"
    file.write_bytes(photos.with_secrets(size=(1600, 1000)))
    return file


@pytest.fixture
def editor(own_server: Server, new_phone) -> Page:
    """Eva, in the editor of a lesson."""
    page = new_phone(at=own_server, **DESK)
    page.goto("/admin/login/")
    page.locator("[name=username]").fill("eva")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"^http://[^/]+/admin/$"))
    own_server.manage("shell", "-v0", "-c", "from tests.e2e.test_pictures import two_bare; two_bare()")
    code = "from modules.models import ModulePage; print(ModulePage.objects.get(slug='laat-het-weg').pk)"
    page.goto(f"/admin/pages/{own_server.manage('shell', '-v0', '-c', code)}/edit/")
    return page


def two_bare() -> None:
    """On the server: the first screen has two pictograms, so that the editor has two fields to choose in."""
    from modules.models import ModulePage

    page = ModulePage.objects.get(slug="laat-het-weg")
    raw = page.steps.get_prep_value()
    step = next(step for step in raw if "picture" in step["value"])
    items = [{"type": "item", "id": f"p{number}", "value": "book"} for number in (1, 2)]
    step["value"]["picture"] = {"scene": "", "pictograms": items, "alt": "Een mail is gevaarlijk."}
    page.steps = page.steps.stream_block.to_python(raw)
    page.save_revision().publish()


def first_picture(page: Page) -> Locator:
    picture = page.locator('[data-contentpath="picture"]').first
    picture.scroll_into_view_if_needed()
    return picture


def saved(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Bewaar concept|Concept opslaan")).click()
    page.wait_for_load_state()


def drawn_in_preview(context: BrowserContext, page: Page) -> Page:
    """The page as it would stand on a phone, from what was saved."""
    preview = context.new_page()
    preview.goto(page.url.replace("/edit/", "/view_draft/"))
    return preview


def test_eva_finds_pictograms_by_a_word_and_composes_two_with_an_arrow(editor):
    picture = first_picture(editor)
    fields = picture.locator("kw-pictogram button")
    expect(fields).to_have_count(2)
    expect(picture.locator("kw-pictogram select").first).to_have_css("opacity", "0")
    fields.nth(0).click()
    sheet = editor.get_by_role("dialog", name="Kies een pictogram")
    expect(sheet.get_by_label("Zoek op een woord")).to_be_focused()
    editor.keyboard.type("phishing")
    expect(sheet.get_by_role("status")).to_have_text(re.compile(r"^\d+ pictogrammen$"))
    sheet.get_by_role("button", name="Mail").click()
    expect(fields.nth(0)).to_contain_text("Mail")
    expect(fields.nth(0)).to_be_focused()

    fields.nth(1).press("Enter")  # the keyboard alone
    editor.keyboard.type("Waarsch")
    editor.keyboard.press("ArrowDown")
    expect(sheet.get_by_role("button", name="Waarschuwing")).to_be_focused()
    editor.keyboard.press("Enter")
    expect(sheet).to_be_hidden()
    expect(fields.nth(1)).to_contain_text("Waarschuwing")
    picture.get_by_label("Pijl tussen de twee pictogrammen").check()
    saved(editor)

    shown = drawn_in_preview(editor.context, editor).locator("figure.scene").first
    expect(shown.locator("use")).to_have_count(3)
    names = shown.locator("use").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert names == ["#i-letter", "#i-next", "#i-warn"]
    box = shown.get_by_role("img", name="Een mail is gevaarlijk.").bounding_box()
    assert box
    assert box["height"] > 40


def test_the_sheet_says_when_nothing_is_found_and_closes_without_a_choice(editor):
    field = first_picture(editor).locator("kw-pictogram button").first
    field.click()
    editor.keyboard.type("xyzzy")
    sheet = editor.get_by_role("dialog", name="Kies een pictogram")
    expect(sheet.get_by_role("status")).to_have_text("Niets gevonden. Probeer een ander woord.")
    editor.keyboard.press("Enter")
    expect(sheet).to_be_visible()
    editor.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(field).to_be_focused()
    expect(field).to_contain_text("Boek")


def test_eva_uploads_a_photo_and_a_phone_gets_it_small(editor, photo, own_server, new_phone):
    picture = first_picture(editor)
    for _ in range(2):  # the photo comes in place of the pictograms
        picture.get_by_role("button", name="Verwijder").first.click()
    picture.get_by_role("button", name="Kies een afbeelding").click()
    editor.get_by_role("tab", name="Uploaden").click()
    upload = editor.locator("[data-chooser-modal-creation-form]")
    upload.locator("input[type=file]").set_input_files(photo)
    upload.get_by_label("Mag gebruikt worden").select_option("eigen")
    upload.get_by_label("Wat is er te zien").fill(ALT)
    upload.get_by_role("button", name="Uploaden").click()
    expect(picture.locator(".chooser img, [data-chooser-image]").first).to_be_visible()
    picture.get_by_label("Wat is er te zien").fill("")
    saved(editor)
    expect(drawn_in_preview(editor.context, editor).get_by_role("img", name=ALT)).to_be_visible()

    own_server.manage("shell", "-v0", "-c", "from tests.e2e.test_pictures import publish; publish()")
    kept = [file.read_bytes() for file in (own_server.data / "media").rglob("*") if file.is_file()]
    assert len(kept) > 6
    assert not any(photos.PLACE.encode() in content or b"Telefoonmerk" in content for content in kept)

    for sharpness, width in ((1, 360), (2, 720), (3, 1080)):
        phone = new_phone(at=own_server, device_scale_factor=sharpness)
        asked: list[str] = []
        phone.on("response", lambda reply, asked=asked: asked.append(json.dumps([reply.url, reply.headers])))
        phone.goto(LESSON)
        image = phone.get_by_role("img", name=ALT)
        expect(image).to_be_visible()
        phone.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=image.element_handle())
        forms = [(FORM.search(address), headers) for address, headers in map(json.loads, asked)]
        pictures = [(form.groups(), headers) for form, headers in forms if form]
        assert [form for form, _ in pictures] == [(str(width), "avif")]
        headers = pictures[0][1]
        assert headers["content-type"] == "image/avif"
        assert "immutable" in headers["cache-control"]
        box = image.bounding_box()
        assert box
        assert box["width"] <= 360
        assert abs(box["width"] / box["height"] - 1.6) < 0.02
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def publish() -> None:
    """On the server: what Eva saved goes to learners, as a reviewer would let it."""
    from modules.models import ModulePage

    ModulePage.objects.get(slug="laat-het-weg").get_latest_revision().publish()
