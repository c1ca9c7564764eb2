"""Who watches over an installation can use their pages, on a phone and in the dark too."""

import pytest

from tests.e2e import checks
from tests.e2e.watch_screens import ADMIN


@pytest.mark.parametrize("screen", ADMIN)
def test_no_page_of_the_watch_breaks_wcag(new_phone, screen):
    page = new_phone()
    ADMIN[screen](page)
    for size in ({"width": 360, "height": 740}, {"width": 1280, "height": 800}):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.evaluate("document.getAnimations().forEach(one => one.finish())")  # its colours come slowly
            assert list(checks.axe(page)) == [], (size, scheme)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_failed_task_is_sent_again_and_taken_off_the_list(new_phone, own_server):
    page = new_phone(at=own_server)
    ADMIN["gezondheid"](page)
    tasks = page.locator(".kw-failed > li")
    assert tasks.count() == 2
    tasks.filter(has_text="forward_to_target").get_by_role("button", name="Stuur opnieuw").click()
    page.get_by_text("De taak is opnieuw gestuurd.").wait_for()
    tasks.filter(has_text="make_speech").get_by_role("button", name="Haal van de lijst").click()
    page.get_by_text("De taak is van de lijst.").wait_for()
    assert tasks.count() == 1
