"""A phone on which nobody types."""

from playwright.sync_api import Page

WATCH = """
addEventListener("keydown", (event) => window.aKeyWasPressed(event.key), true);
addEventListener("beforeinput", (event) => window.aKeyWasPressed(event.inputType), true);
"""


class NoKeys:
    """A phone whose keyboard is never used: a key that is pressed or a letter that is typed fails the test."""

    def __init__(self, page: Page) -> None:
        self.pressed: list[str] = []
        page.expose_function("aKeyWasPressed", lambda key: self.pressed.append(key))
        page.add_init_script(WATCH)
