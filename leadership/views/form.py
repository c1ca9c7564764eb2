"""The guided form of one product. Without a script it is one form: each press keeps all that stands in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from leadership.asked import asked_of, differences
from leadership.blocks import Block, blocks_of
from leadership.models import ProgrammeGroup, WorkProduct
from leadership.posted import read_posted
from leadership.programme import Template, Values
from leadership.queries import open_form, products_of
from leadership.services import NotYours, Saved, save_product
from leadership.values import WrongValues, clean_values, missing
from leadership.views.whose import taking_part
from modules.choices import TRADE_PICTOGRAMS, Trade
from people.models import User
from people.origin import same_origin_required
from people.owner import signed_in

MOST_BYTES = 200_000  # four times the fullest form
NOT_SAVED = 422


@dataclass(frozen=True)
class Desk:
    """A form that lies open: whose, of which group, and the product so far."""

    user: User
    group: ProgrammeGroup
    form: Template
    product: WorkProduct | None

    @property
    def values(self) -> Values:
        """What is kept."""
        return self.product.values if self.product else {}

    @property
    def version(self) -> int:
        """The version that is kept; 0 for a new product."""
        return self.product.version if self.product else 0

    def save(self, values: Any, base: int, *, keep_former: bool = False) -> Saved:
        """Raises WrongValues; Http404 when it is not theirs or not open any more."""
        try:
            return save_product(
                group=self.group, owner=self.user, template=self.form.id, values=values, base=base,
                keep_former=keep_former,
            )  # fmt: skip
        except (NotYours, ValueError) as error:
            raise Http404 from error


def desk_of(request: HttpRequest, group_id: int, template: str) -> Desk:
    """The form that was asked for. Raises Http404 for who takes no part, and for a form that is not open."""
    user, group = taking_part(request, group_id)
    form = open_form(group, template, timezone.localdate())
    if form is None:
        raise Http404
    return Desk(user, group, form, products_of(user).filter(group=group, template=template).first())


@dataclass(frozen=True)
class Press:
    """Which button was pressed: 'rij:taken' asks for a row, 'weg:taken:2' takes one away, 'mijn' and 'neem:team' choose
    between two versions; all else is to keep."""

    does: str
    field: str = ""
    place: int = -1

    @classmethod
    def of(cls, said: str) -> "Press":
        does, _, rest = said.partition(":")
        field, _, place = rest.partition(":")
        return cls(does, field, int(place) if place.isascii() and place.isdecimal() and len(place) < 4 else -1)

    def on(self, form: Template, values: dict[str, Any]) -> dict[str, Any]:
        """What stands in the form after this press, with an empty row where one was asked."""
        field = next((one for one in form.fields if one.id == self.field and one.kind == "table"), None)
        if field is None:
            return values
        rows = list(values.get(field.id, []))
        if self.does == "rij" and len(rows) < field.most:
            rows.append({})
        if self.does == "weg" and 0 <= self.place < len(rows):
            del rows[self.place]
        return {**values, field.id: rows}


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_required
@login_required
@never_cache
def form(request: HttpRequest, group_id: int, template: str) -> HttpResponseBase:
    """The form as it was kept; a press keeps what stands in it and says what is wrong."""
    desk = desk_of(request, group_id, template)
    if request.method == "POST":
        return _press(request, desk)
    return _show(request, desk, desk.values)


def _press(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    press, base = Press.of(request.POST.get("do", "")), _number(request.POST.get("base"))
    values = press.on(desk.form, read_posted(desk.form, request.POST))
    if press.does == "neem" and press.field in {field.id for field in desk.form.fields}:
        values[press.field] = desk.values.get(press.field, "")
        return _compare(request, desk, values, _number(request.POST.get("van"), base))
    try:
        saved = desk.save(values, base, keep_former=press.does == "mijn")
    except WrongValues as error:
        return _show(request, desk, values, wrong=dict(error.problems), status=NOT_SAVED)
    kept = Desk(desk.user, desk.group, desk.form, saved.product)
    if saved.aside:
        return _compare(request, kept, values, base)
    if press.does in ("rij", "weg"):
        return _show(request, kept, values, pressed=press)
    messages.success(request, "Opgeslagen.")
    return redirect(request.path)


def _number(said: Any, otherwise: int = 0) -> int:
    """A version that was sent; what is no number is none."""
    if isinstance(said, str) and said.isascii() and said.isdecimal() and len(said) < 10:
        return int(said)
    return said if isinstance(said, int) and not isinstance(said, bool) and 0 <= said < 10**9 else otherwise


def _compare(request: HttpRequest, desk: Desk, values: Mapping[str, Any], base: int) -> HttpResponseBase:
    """What was typed here beside what was kept from elsewhere: nothing is chosen for its author."""
    try:
        mine = clean_values(desk.form, values)
    except WrongValues as error:
        return _show(request, desk, values, wrong=dict(error.problems), status=NOT_SAVED)
    found = differences(desk.form, mine, desk.values)
    return _show(request, desk, values, differs=found, mine_from=base, status=409)


def _show(
    request: HttpRequest, desk: Desk, values: Mapping[str, Any], *, wrong: dict[str, str] | None = None,
    status: int = 200, **more: Any,
) -> HttpResponseBase:  # fmt: skip
    lacks = dict(missing(desk.form, desk.values))
    asked = asked_of(desk.form, values, wrong=wrong or {}, missing=lacks)
    context = {
        "desk": desk,
        "group": desk.group,
        "form": desk.form,
        "week": desk.group.programme.text.week_of(desk.form.id),
        "asked": asked,
        "wrong": wrong,
        "lacks": [(one.field, one.missing) for one in asked if one.missing],
        "examples": _examples(request, desk.form),
        **more,
    }
    return render(request, "leadership/form.html", context, status=status)


def _examples(request: HttpRequest, form: Template) -> list[tuple[Trade, str, list[Block]]]:
    """What others of a trade could write; one's own trade first."""
    own = request.COOKIES.get("vak", "")
    trades = sorted((trade for trade in Trade if trade.value in form.examples), key=lambda trade: trade.value != own)
    return [(trade, TRADE_PICTOGRAMS[trade], blocks_of(form, form.examples[trade.value])) for trade in trades]


@require_POST
@same_origin_required
@never_cache
def save(request: HttpRequest, group_id: int, template: str) -> HttpResponseBase:
    """Keep what a script sends while one types: {owner, base, values}.

    Gives {version, missing: {field: text}}; 401 when nobody is signed in; 403 when it was typed by somebody else; 409
    when it was changed elsewhere, then what was sent is kept as a version; 422 with {wrong: {field: text}}; 404, 400.
    """
    if signed_in(request) is None:
        return JsonResponse({}, status=401)
    desk = desk_of(request, group_id, template)
    sent = _sent(request)
    if sent is None:
        return JsonResponse({}, status=400)
    if sent.get("owner") != str(desk.user.owner_key):
        return JsonResponse({}, status=403)
    try:
        saved = desk.save(sent.get("values"), _number(sent.get("base")))
    except WrongValues as error:
        return JsonResponse({"wrong": dict(error.problems)}, status=NOT_SAVED)
    if saved.aside:
        return JsonResponse({"version": saved.product.version}, status=409)
    lacks = dict(missing(desk.form, saved.product.values))
    return JsonResponse({"version": saved.product.version, "missing": lacks})


def _sent(request: HttpRequest) -> dict[str, Any] | None:
    """The object that was sent; None when it is none, or too large."""
    if _number(request.headers.get("Content-Length"), MOST_BYTES + 1) > MOST_BYTES:
        return None
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
