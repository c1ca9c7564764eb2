"""What a path builder says about an order or a date. It never forbids: who teaches knows more than we do."""

from collections.abc import Iterator
from datetime import date

from courses.draft import Draft, Item
from courses.lessons import Shelf
from courses.models import Pace


def advice_on(draft: Draft, shelf: Shelf, today: date) -> dict[str, list[str]]:
    """Per line what is better looked at again; lines without anything are left out."""
    told: dict[str, list[str]] = {}
    for place, item in enumerate(draft.items):
        found = [*_first(draft, shelf, place), *_time(draft, place, today)]
        if found:
            told[item.key] = found
    return told


def _first(draft: Draft, shelf: Shelf, place: int) -> Iterator[str]:
    item = draft.items[place]
    needs = shelf.lesson(item.lesson).needs if item.lesson else ()
    before = {other.lesson for other in draft.items[:place]}
    for code in needs:
        if code in before:
            continue
        title = shelf.lesson(code).title
        if draft.place_of(f"les:{code}"):
            yield f"‘{title}’ hoort hiervoor, en staat nu later."
        else:
            yield f"‘{title}’ hoort hiervoor, en staat niet in de route."


def _time(draft: Draft, place: int, today: date) -> Iterator[str]:
    item = draft.items[place]
    if draft.pace == Pace.DATES and item.on and item.on < today:
        yield "Deze datum is voorbij."
    latest = [_moment(other, draft.pace) for other in draft.items[:place]]
    mine = _moment(item, draft.pace)
    if mine is not None and any(other is not None and other > mine for other in latest):
        yield "Dit komt eerder dan wat erboven staat."


def _moment(item: Item, pace: str) -> int | None:
    if pace == Pace.WEEKS:
        return item.week
    return item.on.toordinal() if pace == Pace.DATES and item.on else None


def order_fits(told: dict[str, list[str]]) -> bool:
    """Whether there is nothing to say."""
    return not told
