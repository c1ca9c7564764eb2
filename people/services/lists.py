"""A list of names into a class, or into more classes of a school: everything, or nothing and why."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from people.models import Cohort, ListImport, Organisation, User
from people.names import clean_listed
from people.queries import cohorts_led_by, organisations_led_by
from people.services.groups import GroupRefused, make_cohort
from people.services.joining import names_in
from people.services.places import MOST_IN_CLASS, add_learners
from people.sheets import Line, SheetRefused, lines_of_file, lines_of_text

AT_ONCE = 40_000  # bytes that are taken while who sent them waits; more is for a worker
CLAIM = timedelta(minutes=10)  # after which a worker that died is given up
MOST_TOLD = 50  # problems; the rest is counted
TELL_EVERY = 100  # rows


@dataclass
class _Checked:
    """What a list says so far: the names per class, by its folded name, and what is wrong, by row."""

    names: dict[str, list[str]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)
    total: int = 0


class ListOfAnother(ValueError):
    """This key is that of somebody else's list: who asks learns nothing of it."""


def keep_list(
    *, key: uuid.UUID, content: bytes, is_text: bool, actor: User, organisation: Organisation, cohort: Cohort | None
) -> ListImport:
    """Take in a list for this class, or (`cohort` None) for the classes it names. The same key again is the same list.

    A short one is taken at once, a long one by a worker. Raises ValueError for who may not put people in here,
    ListOfAnother for a key that is taken.
    """
    leads = cohorts_led_by(actor) if cohort else organisations_led_by(actor)
    if not leads.filter(pk=(cohort or organisation).pk).exists() or organisation.kind != Organisation.Kind.SCHOOL:
        raise ValueError("only for who leads a class of a school")
    kept, made = ListImport.objects.get_or_create(
        pk=key,
        defaults={
            "actor": actor, "organisation": organisation, "cohort": cohort, "is_text": is_text, "content": content,
        },
    )  # fmt: skip
    if kept.actor_id != actor.pk:
        raise ListOfAnother
    if made and len(content) <= AT_ONCE:
        take_list(key=kept.pk)
    elif made:
        _ask_worker(kept.pk)
    kept.refresh_from_db()
    return kept


def _ask_worker(key: uuid.UUID) -> None:
    from people.tasks import take_list_of

    transaction.on_commit(lambda: take_list_of.delay(str(key)), robust=True)  # beat finds it too


def waiting_lists() -> Iterable[uuid.UUID]:
    """Those that nobody is busy with, also because a worker died."""
    free = Q(state=ListImport.State.WAITING) | Q(
        state=ListImport.State.BUSY, claimed_at__lt=timezone.now() - CLAIM
    )  # fmt: skip
    return ListImport.objects.filter(free).order_by("made_at").values_list("pk", flat=True)


def take_list(*, key: uuid.UUID) -> None:
    """Read a list that waits, and put everybody in or nobody. Of two at once only one does."""
    now = timezone.now()
    free = Q(state=ListImport.State.WAITING) | Q(state=ListImport.State.BUSY, claimed_at__lt=now - CLAIM)
    if not ListImport.objects.filter(free, pk=key).update(state=ListImport.State.BUSY, claimed_at=now, read=0):
        return
    kept = ListImport.objects.select_related("actor", "organisation", "cohort__organisation").get(pk=key)
    try:
        checked = _check(kept, lambda read: ListImport.objects.filter(pk=key).update(read=read))
        if not checked.problems:
            _write(kept, checked)
            return
        problems = checked.problems
    except (SheetRefused, GroupRefused) as error:
        problems = [(0, str(error))]
    ListImport.objects.filter(pk=key, state=ListImport.State.BUSY).update(
        state=ListImport.State.REFUSED, content=b"", problems=problems[:MOST_TOLD], problem_count=len(problems)
    )


def _check(kept: ListImport, tell: Callable[[int], object]) -> _Checked:
    content = bytes(kept.content)
    lines = lines_of_text(content.decode()) if kept.is_text else lines_of_file(content)
    checked = _Checked()
    there: dict[str, set[str]] = {}
    for line in lines:
        checked.total += 1
        if checked.total % TELL_EVERY == 0:
            tell(checked.total)
        for text in _problems(line, kept, checked, there):
            checked.problems.append((line.number, text))
    if kept.cohort and len(checked.titles) > 1:
        raise SheetRefused("In dit bestand staan meer klassen. Lees het in bij ‘Een lijst met klassen’.")
    if not checked.total:
        raise SheetRefused("Typ of plak eerst namen. Zet elke naam op een eigen regel.")
    tell(checked.total)
    ListImport.objects.filter(pk=kept.pk).update(total=checked.total)
    return checked


def _problems(line: Line, kept: ListImport, checked: _Checked, there: dict[str, set[str]]) -> Iterable[str]:
    """What is wrong with one row; what is right is added to what was checked."""
    group = line.group.casefold()
    if group:
        checked.titles.setdefault(group, line.group)
    if kept.cohort:
        group = ""
    elif not group:
        yield "De klas ontbreekt."
        return
    try:
        name = clean_listed(line.name)
    except ValueError as error:
        yield str(error)
        return
    if group not in there:
        there[group] = _names_there(kept, line.group)
    names = checked.names.setdefault(group, [])
    if name.casefold() in there[group]:
        yield f"‘{name}’ staat al in de klas of in deze lijst. Zet er een letter bij."
        return
    if len(there[group]) >= MOST_IN_CLASS:
        yield f"In een klas passen {MOST_IN_CLASS} mensen."
        return
    there[group].add(name.casefold())
    names.append(name)


def _names_there(kept: ListImport, group: str) -> set[str]:
    cohort = kept.cohort or _cohort_called(kept, group)
    return names_in(cohort) if cohort else set()


def _cohort_called(kept: ListImport, name: str) -> Cohort | None:
    """The class of this name, if it is there. Raises GroupRefused when it is not this teacher's."""
    found = [
        cohort
        for cohort in Cohort.objects.filter(organisation=kept.organisation).select_related("organisation")
        if cohort.name.casefold() == name.casefold()
    ]
    if found and not cohorts_led_by(kept.actor).filter(pk=found[0].pk).exists():
        raise GroupRefused(f"De klas {found[0].name} is van een collega. Vraag die om je erbij te zetten.")
    return found[0] if found else None


@transaction.atomic
def _write(kept: ListImport, checked: _Checked) -> None:
    """All of it in one transaction; what changed in a class since it was checked is looked at again."""
    held = ListImport.objects.select_for_update().get(pk=kept.pk)
    if held.state != ListImport.State.BUSY:
        return
    written = 0
    for group, names in checked.names.items():
        title = checked.titles.get(group, "")
        cohort = kept.cohort or _cohort_called(kept, title)
        if cohort is None:
            cohort = make_cohort(organisation=kept.organisation, name=title, actor=kept.actor)
        cohort = Cohort.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=cohort.pk)
        if {name.casefold() for name in names} & names_in(cohort):
            raise GroupRefused("De klas veranderde net. Kijk wie er al in staat en probeer het opnieuw.")
        written += add_learners(cohort=cohort, names=names, actor=kept.actor)
    held.state, held.content, held.written, held.groups = held.State.DONE, b"", written, len(checked.names)
    held.total = checked.total
    held.save(update_fields=["state", "content", "written", "groups", "total"])
