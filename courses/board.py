"""A path on the screen of its builder: its lines with their forms, its sums, and what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from courses.advice import advice_on
from courses.draft import Difference, Draft, Item, differences, draft_of
from courses.forms import ItemForm, PathForm, initial_forms
from courses.lessons import Lesson, Shelf
from courses.models import CoursePath, PathPage
from people.models import User


@dataclass(frozen=True)
class Row:
    """One line: a lesson or an own page, its place, its form and what is said of it."""

    number: int
    item: Item
    form: ItemForm
    advice: list[str]
    lesson: Lesson | None
    page: PathPage | None
    after: tuple[str, ...] = ()  # the titles of what is better done first

    @property
    def anchor(self) -> str:
        return self.item.key.replace(":", "-")

    @property
    def title(self) -> str:
        return self.page.title if self.page else self.lesson.title if self.lesson else ""

    @property
    def pictogram(self) -> str:
        return self.page.pictogram if self.page else self.lesson.pictogram if self.lesson else "book"

    @property
    def minutes(self) -> int:
        return self.page.minutes if self.page else self.lesson.minutes if self.lesson else 0


@dataclass(frozen=True)
class Board:
    """What the builder shows. `version`: that of the path, with which the form is sent."""

    path: CoursePath
    draft: Draft
    shelf: Shelf
    path_form: PathForm
    item_forms: Mapping[str, ItemForm]
    version: int

    @cached_property
    def rows(self) -> list[Row]:
        pages = {page.key: page for page in self.path.pages.all()}
        told = advice_on(self.draft, self.shelf, timezone.localdate())
        return [
            self._row(number, item, pages.get(item.key), told.get(item.key, []))
            for number, item in enumerate(self.draft.items, 1)
        ]

    def _row(self, number: int, item: Item, page: PathPage | None, told: list[str]) -> Row:
        lesson = self.shelf.lesson(item.lesson) if item.lesson else None
        after = tuple(self.shelf.lesson(code).title for code in lesson.needs) if lesson else ()
        return Row(number, item, self.item_forms[item.key], told, lesson, page, after)

    @property
    def lessons(self) -> int:
        return sum(1 for row in self.rows if row.lesson)

    @property
    def minutes(self) -> int:
        """All that belongs to it, together."""
        return sum(row.minutes for row in self.rows if row.item.required)

    @property
    def extra_minutes(self) -> int:
        return sum(row.minutes for row in self.rows if not row.item.required)

    @property
    def has_advice(self) -> bool:
        return any(row.advice for row in self.rows)

    def title_of(self, key: str) -> str:
        """What a line is called, also one that is not on it."""
        item = Item(key)
        if item.lesson:
            return self.shelf.lesson(item.lesson).title
        return next((page.title for page in self.path.pages.all() if page.key == key), "Dit blad")


def board_of(path: CoursePath, shelf: Shelf, draft: Draft | None = None) -> Board:
    """The board of a path as it stands, or as a draft of it says."""
    shown = draft or draft_of(path)
    path_form, item_forms = initial_forms(shown)
    return Board(path, shown, shelf, path_form, item_forms, path.version)


@dataclass(frozen=True)
class Told:
    """One sentence about what differs. `offer`: the key of a line that can be put with mine."""

    text: str
    offer: str = ""
    title: str = ""


@dataclass(frozen=True)
class Conflict:
    """What somebody else saved while this form was open."""

    who: str
    by: str  # who did it, in words that fit behind 'door'
    told: list[Told]
    theirs: list[str]  # the titles of all lines there, in order


def conflict_of(board: Board, path: CoursePath, user: User) -> Conflict:
    """What differs between the draft of this board and the path as it is now."""
    theirs = draft_of(path)
    who = by = "een collega"
    if path.changed_by_id == user.pk:
        who, by = "het andere venster", "jou, in een ander venster"
    elif path.changed_by:
        who = by = path.changed_by.first_name or str(path.changed_by)
    told = [one for difference in differences(board.draft, theirs) for one in _told(difference, board, theirs, who)]
    return Conflict(who, by, told, [board.title_of(key) for key in theirs.keys])


def _told(found: Difference, board: Board, theirs: Draft, who: str) -> list[Told]:
    title = f"‘{board.title_of(found.key)}’" if found.key else ""
    if found.key and not found.mine:
        return [Told(f"{title} staat alleen bij {who}, op plek {found.theirs}.", found.key, board.title_of(found.key))]
    if found.key and not found.theirs:
        return [Told(f"{title} staat alleen bij jou.")]
    there = theirs.items[found.theirs - 1] if found.key else None
    return [Told(_field(name, title, found, there, theirs, who)) for name in found.what]


def _field(name: str, title: str, found: Difference, there: Item | None, theirs: Draft, who: str) -> str:
    if there is None:
        labels = {"title": "De naam", "intro": "De inleiding", "intro_makkelijk": "De inleiding in Makkelijk"}
        text = getattr(theirs, name)
        return f"{labels[name]} is bij {who}: ‘{text}’." if name in labels else f"De planning is bij {who} anders."
    if name == "place":
        return f"{title} staat bij {who} op plek {found.theirs}, bij jou op plek {found.mine}."
    if name == "week":
        return f"{title} is bij {who} in week {there.week}." if there.week else f"{title} heeft bij {who} geen week."
    if name == "on":
        return f"{title} is bij {who} op {there.on:%d-%m-%Y}." if there.on else f"{title} heeft bij {who} geen datum."
    if name == "required":
        return f"{title} {'hoort er bij ' + who + ' gewoon bij' if there.required else 'is bij ' + who + ' extra'}."
    return (
        f"{title} heeft bij {who} de notitie: ‘{there.note}’."
        if there.note
        else f"{title} heeft bij {who} geen notitie."
    )
