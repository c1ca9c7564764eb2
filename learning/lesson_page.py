"""A lesson's page, made once: the same for everybody, so it is kept by each process until something in it changes.

Why: docs/decisions/0051-a-lesson-made-once.md.
What is someone's own comes apart (learning/api.py, and the owner cookie).
"""

import re
from base64 import b64encode
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import md5, sha256
from uuid import UUID

from csp.constants import SELF
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import quote_etag

from language.variant import Variant
from modules.edition import live_lesson
from modules.models import ModulePage

PAGES_KEPT = 256  # in one process, 60 kB each: lessons by variant, and by trade where that matters


@dataclass(frozen=True)
class LessonPage:
    """The page, and the name that a phone asks again with."""

    content: bytes
    etag: str
    style: str
    """What the content policy calls the rules that stand in the page: their hash."""


@dataclass(frozen=True)
class Made:
    """Of what a page is made: as long as this is the same, so is the page."""

    lesson: int
    revision: int | None
    edition: UUID
    today: date
    """Facts say whether they must be looked at again by now."""


def lesson_page(slug: str, variant: Variant, trade: str) -> LessonPage | None:
    """The page of a lesson that is live, in one variant and with the examples of a trade; None where there is none.

    One query, unless the page must be made.
    """
    made = _made_of(slug)
    if made is None:
        return None
    return _page(made, variant, trade if trade in _trades(made) else "")


def _made_of(slug: str) -> Made | None:
    found = live_lesson(slug)
    return Made(*found, timezone.localdate()) if found else None


@lru_cache(maxsize=PAGES_KEPT)
def _trades(made: Made) -> frozenset[str]:
    """The trades that this lesson has words of its own for; for all others it is one page."""
    steps = ModulePage.objects.get(pk=made.lesson).outline.values
    versions = [version for step in steps for version in step.get("trades") or ()]
    return frozenset(version.get("value", version)["trade"] for version in versions)


@lru_cache(maxsize=PAGES_KEPT)
def _page(made: Made, variant: Variant, trade: str) -> LessonPage:
    """Made for nobody: the request that it is made with has no cookie, session or person, so nothing is theirs."""
    nobody = HttpRequest()
    nobody.method = "GET"
    context = {**ModulePage.objects.get(pk=made.lesson).get_context(nobody), "trade": trade, "variant": variant}
    content = render_to_string("learning/lesson.html", context, nobody).encode()
    head = content.partition(b"<body")[0]
    etag = quote_etag(md5(content, usedforsecurity=False).hexdigest())
    return LessonPage(content, etag, _style_hash(head))


def _style_hash(head: bytes) -> str:
    """Of the one style element in the head. Source: CSP 3, section 8.4 (hashes for inline styles)."""
    found = re.search(rb"<style>(.*?)</style>", head, re.DOTALL)
    return f"'sha256-{b64encode(sha256(found[1]).digest()).decode()}'" if found else SELF
