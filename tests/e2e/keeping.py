"""What lies on a phone for when there is no signal, and how to wait for it."""

import time
from typing import Any

from playwright.sync_api import Page

KEPT = """async () => {
  const found = {};
  for (const name of await caches.keys())
    found[name.split("-")[1]] = (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
  return found;
}"""
LESSON = "/les/laat-het-weg/"
SHELL = "/zonder-internet/"


def kept_on(page: Page) -> dict[str, list[str]]:
    """Addresses per sort: pages, files, sounds."""
    found: dict[str, list[str]] = page.evaluate(KEPT)
    return {"pages": [], "files": [], "sounds": [], **found}


def wait_until_kept(page: Page, *addresses: str) -> None:
    """Until these pages and the page for no signal are on the phone, and the worker looks after this page."""
    page.wait_for_function("() => navigator.serviceWorker.controller")
    wanted = {SHELL, *addresses}
    for _ in range(150):
        if wanted <= set(kept_on(page)["pages"]):
            return
        time.sleep(0.2)
    raise AssertionError(f"not kept: {wanted - set(kept_on(page)['pages'])}")


def texts_kept(page: Page) -> list[str]:
    """The text of every page that is kept."""
    found: list[str] = page.evaluate(
        "async () => { const cache = await caches.open('kortwijs-pages-1');"
        "return Promise.all((await cache.keys()).map(async (request) => (await cache.match(request)).text())); }"
    )
    return found


def fill_the_phone(page: Page, url: str, left: int) -> None:
    """The browser has room for so many bytes of this site and no more."""
    session: Any = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": url, "quotaSize": left})


REFUSE_CACHES = """
  const no = () => { throw new DOMException("refused", "SecurityError"); };
  Object.defineProperty(window, "caches", { get: no });
  navigator.serviceWorker.register = async () => no();
"""
