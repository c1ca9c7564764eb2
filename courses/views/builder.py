"""One route being built. Everything on the screen is one form: each press keeps all of it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from courses.board import Board, board_of, conflict_of
from courses.draft import MOST_ITEMS, Draft
from courses.forms import TOO_MANY, Posted, SpreadForm, read_posted
from courses.lessons import MINUTE_CHOICES, Shelf, Wanted, find_lessons, shelf
from courses.models import CoursePath
from courses.services import ChangedMeanwhile, save_draft
from courses.views.whose import changed, seen
from modules.choices import Level, Track, Trade
from people.desk import words_of
from people.models import User
from people.origin import same_origin_required

FIRST_FOUND = 8  # so many lessons stand open; the rest folds


@same_origin_required
@login_required
@never_cache
def builder(request: HttpRequest, path_id: int) -> HttpResponseBase:
    """The route with everything that can be done to it; for a colleague who may only look, what is on it."""
    if request.method == "POST":
        return _keep(request, path_id)
    user, path = seen(request, path_id)
    board = board_of(path, lessons := shelf())
    if path.archived or not path.may_be_changed_by(user):
        context = {"board": board, "words": words_of(path.owner), "is_mine": path.is_of(user), "key": uuid4()}
        return render(request, "courses/look.html", context)
    return render(request, "courses/builder.html", _context(request, board, lessons, Wanted.of(request.GET)))


def _context(request: HttpRequest, board: Board, lessons: Shelf, wanted: Wanted) -> dict[str, Any]:
    found = find_lessons(lessons, wanted)
    keys = set(board.draft.keys)
    offered = [(lesson, f"les:{lesson.code}" in keys) for lesson in found]
    return {
        "board": board,
        "path": board.path,
        "words": words_of(board.path.owner),
        "wanted": wanted,
        "found": offered[:FIRST_FOUND],
        "more": offered[FIRST_FOUND:],
        "tracks": Track.choices,
        "trades": Trade.choices,
        "levels": Level.choices,
        "minute_choices": MINUTE_CHOICES,
        "spread": SpreadForm(),
    }


@dataclass(frozen=True)
class Press:
    """Which button was pressed: 'omhoog:les:B2' is to do 'omhoog' with the line 'les:B2'."""

    does: str
    key: str

    @classmethod
    def of(cls, said: str) -> "Press":
        does, _, key = said.partition(":")
        return cls(does, key[:80])


def _done(draft: Draft, press: Press, posted: Posted, spread: SpreadForm) -> Draft:
    """The draft after what was pressed; what is unknown changes nothing."""
    if press.does == "omhoog":
        return draft.moved(press.key, -1)
    if press.does == "omlaag":
        return draft.moved(press.key, 1)
    if press.does == "weg":
        return draft.without(press.key)
    if press.does == "erbij":
        return draft.having(press.key)
    return draft.spread(spread.per_week, spread.first_day) if press.does == "verdeel" else draft


def _keep(request: HttpRequest, path_id: int) -> HttpResponseBase:
    user, path = changed(request, path_id)
    lessons, wanted, press = shelf(), Wanted.of(request.POST), Press.of(request.POST.get("do", ""))
    posted = read_posted(request.POST, path, lessons)
    draft = posted.draft
    if press.does != "erbij" or _may_come(press.key, path, lessons):
        draft = _done(draft, press, posted, SpreadForm(request.POST))
    too_many = len(draft.items) > MOST_ITEMS
    if not posted.fits or too_many:
        problems = (*posted.problems, *([TOO_MANY] if too_many else []))
        return _not_yet(request, path, lessons, posted, problems)
    try:
        path = save_draft(path=path, draft=draft, version=posted.version, actor=user)
    except ChangedMeanwhile:
        return _told(request, path, lessons, draft, user)
    messages.success(request, _said(board_of(path, lessons), press))
    return redirect(_next(path, press, wanted))


def _may_come(key: str, path: CoursePath, lessons: Shelf) -> bool:
    kind, _, code = key.partition(":")
    return (kind == "les" and lessons.knows(code)) or any(page.key == key for page in path.pages.all())


def _not_yet(
    request: HttpRequest, path: CoursePath, lessons: Shelf, posted: Posted, problems: tuple[str, ...]
) -> HttpResponseBase:
    """What came, with what is not right yet beside it; nothing was written."""
    board = Board(path, posted.draft, lessons, posted.path_form, posted.item_forms, posted.version)
    context = _context(request, board, lessons, Wanted.of(request.POST))
    context |= {"problems": problems, "is_wrong": True, "spread": SpreadForm(request.POST)}
    return render(request, "courses/builder.html", context, status=422)


def _told(request: HttpRequest, path: CoursePath, lessons: Shelf, draft: Draft, user: User) -> HttpResponseBase:
    """What came, kept in the form, beside what somebody else saved meanwhile."""
    _, path = seen(request, path.pk)
    board = board_of(path, lessons, draft)
    context = _context(request, board, lessons, Wanted.of(request.POST))
    context |= {"conflict": conflict_of(board, path, user)}
    return render(request, "courses/builder.html", context, status=409)


def _said(board: Board, press: Press) -> str:
    """What happened, in one or two sentences."""
    title, place = f"‘{board.title_of(press.key)}’", board.draft.place_of(press.key)
    fits = "" if board.has_advice else " De volgorde klopt."
    if press.does in ("omhoog", "omlaag", "verplaatst") and place:
        return f"{title} staat nu op plek {place}.{fits} Opgeslagen."
    if press.does == "erbij" and place:
        return f"{title} staat erbij, op plek {place}. Opgeslagen."
    if press.does == "weg":
        return f"{title} is van de route. Opgeslagen."
    if press.does == "verdeel":
        return "De lessen zijn verdeeld. Opgeslagen."
    return "Opgeslagen."


def _next(path: CoursePath, press: Press, wanted: Wanted) -> str:
    """Where to go on: back here with the same search, at the line that was touched, or to an own page."""
    if press.does == "blad":
        return reverse("courses:page", args=[path.pk, uuid4()])
    if press.does == "open" and (page := next((one for one in path.pages.all() if one.key == press.key), None)):
        return reverse("courses:page", args=[path.pk, page.pk])
    if press.does in ("bekijk", "delen"):
        return reverse({"bekijk": "learning:path_preview", "delen": "courses:sharing"}[press.does], args=[path.pk])
    query = f"?{urlencode(wanted.said)}" if wanted.said else ""
    anchor = f"#{press.key.replace(':', '-')}" if press.key and press.does in ("omhoog", "omlaag") else ""
    return f"{reverse('courses:builder', args=[path.pk])}{query}{anchor}"
