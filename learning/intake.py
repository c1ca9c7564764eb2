"""The event intake: what a phone sends is checked, graded and kept in one transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from assessments.kind import Kind, Verdict, WrongShape
from assessments.models import Response
from assessments.services import record_responses
from learning import events as wire
from learning.asking import ask_for_help, end_help_request, has_teacher
from learning.models import Attempt, Event, Progress
from learning.statements import statement_of, statement_of_content
from learning.telling import tell_of_completions
from media.h5p.core.statements import Told
from modules.completion import is_complete
from modules.models import ModulePage
from modules.queries import steps_of_revisions
from modules.steps import Step, Steps
from people.models import FormerKey, User
from people.services import ensure_pseudonym, lock_pseudonym
from xapi.services import record_statements

OF_ANOTHER = "van een ander"  # the phone keeps such an event until its owner is back


@dataclass
class Receipt:
    """What is safe, and what will never be kept and why."""

    safe: list[UUID] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Taken:
    """An event that found its step, with the server's own verdict."""

    event: wire.Event
    steps: Steps
    step: Step
    kind: Kind | None
    verdict: Verdict | None
    told: Told | None = None
    """What the content of the step said of itself."""


class Refused(ValueError):
    """Why one event is not kept; the message goes to the phone's log."""


def take_events(*, user: User, events: Sequence[wire.Event]) -> Receipt:
    """Keep what is new, once; grade it against the revision that was taken.

    One transaction: events, responses, attempts, progress and statements are all there or none is.
    An event that cannot be kept is refused by itself; the others are kept. A learner who is not saved
    yet is saved with the first event that is kept; IntegrityError when another made them meanwhile.
    """
    receipt = Receipt()
    keys = {user.owner_key} if all(event.owner == user.owner_key for event in events) else keys_of(user)
    mine = [event for event in events if event.owner in keys]
    receipt.refused = {str(event.id): OF_ANOTHER for event in events if event.owner not in keys}
    with transaction.atomic():
        _lock(user)
        known, begun = _already_here(mine)
        new: dict[UUID, wire.Event] = {}
        for event in mine:
            if known.get(event.id, user.pk) != user.pk:
                receipt.refused[str(event.id)] = OF_ANOTHER
                continue
            receipt.safe.append(event.id)
            if event.id not in known:
                new.setdefault(event.id, event)
        taken = _place(_of_who_has_a_teacher(user, list(new.values()), receipt), receipt)
        taken = _of_own_attempts(user, taken, begun, receipt)
        if taken:
            _write(user, taken, set(begun))
        elif user.pk is None and User.objects.filter(owner_key=user.owner_key).exists():
            raise IntegrityError("this learner was made meanwhile")
    receipt.safe = [key for key in dict.fromkeys(receipt.safe) if str(key) not in receipt.refused]
    return receipt


def _already_here(
    events: Sequence[wire.Event],
) -> tuple[dict[UUID, int], dict[UUID, tuple[int | None, str]]]:
    """Of these events: whose they are of those that are kept, and whose and of which module their attempts are.

    One question to the database, for it is asked at every batch. An attempt names its module, an event does not here.
    """
    if not events:
        return {}, {}
    ids = _for_database({event.id for event in events})
    attempts = _for_database({event.attempt for event in events})
    # By hand, as what is asked of every batch is: to build a query anew costs more than to ask it.
    query = f"""
        SELECT id, user_id, '' AS module FROM learning_event WHERE id IN ({_places(ids)})
        UNION ALL SELECT id, user_id, module FROM learning_attempt WHERE id IN ({_places(attempts)})
    """  # noqa: S608 (only places for values)
    rows = list(Event.objects.raw(query, [*ids, *attempts]))
    return (
        {row.id: row.user_id for row in rows if not row.module},
        {row.id: (row.user_id, row.module) for row in rows if row.module},
    )


def _for_database(ids: set[UUID]) -> list[Any]:
    return [Event._meta.pk.get_db_prep_value(key, connection) for key in ids]


def _places(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def keys_of(user: User) -> set[UUID]:
    """The learner's key, and those of learners who became part of this one."""
    return {user.owner_key, *FormerKey.objects.filter(user_id=user.pk).values_list("key", flat=True)}


def _lock(user: User) -> None:
    """One batch of a learner at a time: two tabs, one result. Merging waits for the same lock.

    Raises IntegrityError for a learner who became one with another, or was erased, since this request began.
    """
    if user.pk is None:
        return
    own = lock_pseudonym(user)
    if own is None and not User.objects.filter(pk=user.pk).exists():
        raise IntegrityError("this learner is gone")
    user.pseudonym = own or ensure_pseudonym(user=user)


def _of_who_has_a_teacher(user: User, events: list[wire.Event], receipt: Receipt) -> list[wire.Event]:
    """Help is asked of a teacher; where there is none it is refused, and the phone says what else one can do."""
    if not any(event.help is not None for event in events) or has_teacher(user):
        return events
    receipt.refused |= {str(event.id): "geen docent" for event in events if event.help is not None}
    return [event for event in events if event.help is None]


def _place(events: Sequence[wire.Event], receipt: Receipt) -> list[_Taken]:
    """Find the step of each event in the revision that was taken, and grade what was answered."""
    revisions = steps_of_revisions({event.revision for event in events}) if events else {}
    taken = []
    for event in events:
        try:
            taken.append(_grade(event, _steps_for(event, revisions)))
        except Refused as error:
            receipt.refused[str(event.id)] = str(error)
    return taken


def _steps_for(event: wire.Event, revisions: dict[int, tuple[str, Steps]]) -> Steps:
    """The taken revision; where it was cleared away, the module as it is now."""
    if event.revision not in revisions:
        module = ModulePage.objects.live().filter(code=event.module).first()
        if module is None:
            raise Refused("onbekende les")
        revisions[event.revision] = (module.code, module.outline)
    code, steps = revisions[event.revision]
    if code != event.module:
        raise Refused("onbekende les")
    return steps


def _grade(event: wire.Event, steps: Steps) -> _Taken:
    step = steps.by_id.get(event.step)
    if step is None:
        raise Refused("onbekende stap")
    if step.kind and step.kind.stays_here and (event.exercise or event.response is not None):
        raise Refused("dit blijft op de telefoon")
    if event.help is not None and (event.exercise or event.response is not None or event.statement is not None):
        raise Refused("hulp vragen is geen antwoord")
    if not event.exercise:
        return _Taken(event, steps, step, None, None)
    if event.exercise != step.id or step.kind is None:
        raise Refused("onbekende opdracht")
    if event.statement is not None:
        return _hear(event, steps, step, step.kind)
    try:
        return _Taken(event, steps, step, step.kind, step.kind.grade(step.value, event.response))
    except (WrongShape, KeyError, TypeError) as error:
        raise Refused(f"verkeerd antwoord: {error}") from error


def _hear(event: wire.Event, steps: Steps, step: Step, kind: Kind) -> _Taken:
    """What content says makes its step done, or it is only kept; it is never right or wrong."""
    if kind.hear is None or event.response is not None or event.review:
        raise Refused("deze opdracht vertelt niets")
    try:
        told = kind.hear(step.value, event.statement)
    except WrongShape as error:
        raise Refused(f"verkeerde mededeling: {error}") from error
    return _Taken(event, steps, step, kind, Verdict.whole(None) if told.closes else None, told)


def _of_own_attempts(
    user: User, taken: list[_Taken], begun: dict[UUID, tuple[int | None, str]], receipt: Receipt
) -> list[_Taken]:
    """An attempt belongs to one learner and one module; what says otherwise is refused."""
    owners = dict(begun)
    kept = []
    for item in taken:
        event = item.event
        if owners.setdefault(event.attempt, (user.pk, event.module)) == (user.pk, event.module):
            kept.append(item)
        else:
            receipt.refused[str(event.id)] = "poging van een ander of van een andere les"
    return kept


def _write(user: User, taken: list[_Taken], begun: set[UUID]) -> None:
    now = timezone.now()
    is_new = user.pk is None
    if is_new:
        user.save(force_insert=True)
    _start_attempts(user, [item for item in taken if item.event.attempt not in begun], now)
    Event.objects.bulk_create(
        [
            Event(
                id=item.event.id,
                user=user,
                attempt_id=item.event.attempt,
                module=item.event.module,
                step=item.event.step,
                exercise=item.event.exercise,
                at=item.event.at,
                received_at=now,
            )
            for item in taken
        ],
        ignore_conflicts=True,
    )
    answered = (item for item in taken if item.verdict)
    # A microsecond apart, so that their order stays known.
    record_responses([_response(user, item, now + timedelta(microseconds=n)) for n, item in enumerate(answered)])
    steps = [item for item in taken if not item.event.review and item.event.help is None]
    done = _update_progress(user, steps, now, is_new=is_new)
    tell_of_completions(user=user, modules=done, now=now)
    _ask(user, [item.event for item in taken if item.event.help is not None])
    actor = user.pseudonym.name
    statements = (_statement(item, actor) for item in taken if item.event.help is None)
    by_id = {statement["id"]: statement for statement in statements if statement is not None}
    record_statements(list(by_id.values()))  # content that begins again says some things twice


def _ask(user: User, events: list[wire.Event]) -> None:
    """The last of these says how it stands; that help was asked is kept nowhere once it is over."""
    if not events:
        return
    if events[-1].help:
        ask_for_help(user=user, module=events[-1].module)
    else:
        end_help_request(user=user)


def _statement(item: _Taken, actor: UUID) -> Any:
    if item.told is not None:
        return statement_of_content(item.event, item.step, item.told, actor=actor, site=settings.BASE_URL)
    return statement_of(item.event, item.step, item.kind, item.verdict, actor=actor, site=settings.BASE_URL)


def _start_attempts(user: User, taken: list[_Taken], now: datetime) -> None:
    if not taken:
        return
    first = {item.event.attempt: item.event for item in reversed(taken)}
    attempts = [
        Attempt(id=key, user=user, module=event.module, revision=event.revision, started_at=now)
        for key, event in first.items()
    ]
    Attempt.objects.bulk_create(attempts, ignore_conflicts=True)


def _response(user: User, item: _Taken, now: datetime) -> Response:
    assert item.kind is not None
    assert item.verdict is not None
    told = item.told
    return Response(
        id=told.name_in(item.event.attempt, item.step.id) if told else item.event.id,
        user=user,
        module=item.event.module,
        attempt=item.event.attempt,
        exercise=item.event.exercise,
        kind=item.kind.name,
        answer={"verb": told.verb, **told.result} if told else item.event.response,
        correct=item.verdict.correct,
        parts=dict(item.verdict.parts),
        at=item.event.at,
        received_at=now,
        review=item.event.review,
    )


def _update_progress(user: User, taken: list[_Taken], now: datetime, *, is_new: bool) -> list[str]:
    """Gives the lessons that are done since. Of a learner made in this transaction there is nothing to read."""
    if not taken:
        return []
    done: list[str] = []
    modules = {item.event.module for item in taken}
    query = f"SELECT * FROM learning_progress WHERE user_id = %s AND module IN ({_places(modules)})"  # noqa: S608
    known = [] if is_new else Progress.objects.raw(query, [user.pk, *modules])
    rows = {row.module: row for row in known}
    for item in taken:
        event = item.event
        row = rows.setdefault(event.module, Progress(user=user, module=event.module))
        row.attempt, row.revision, row.saved_at = event.attempt, event.revision, now
        row.take(step=event.step, exercise=event.exercise, parts=dict(item.verdict.parts) if item.verdict else None)
        row.step_number, row.step_count = item.steps.ids.index(event.step) + 1, len(item.steps)
        if row.completed_at is None and is_complete(item.steps, row.seen, row.results):
            row.completed_at = now
            done.append(event.module)
    Progress.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["user", "module"],
        update_fields=[
            "attempt",
            "revision",
            "step",
            "step_number",
            "step_count",
            "seen",
            "results",
            "saved_at",
            "completed_at",
        ],
    )
    return done
