"""Carrying terms out, or only counting: a row in a table, and a worker that goes through it batch by batch.

Each batch is a transaction with the counts of what went in it, so that a worker that dies leaves nothing half and
counts nothing twice. Who is next goes on from what is still there.
"""

import logging
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from people.models import Organisation, RetentionRun, User
from people.purposes import Batch
from people.services.audit import record_audit
from people.terms import Step, again, count_all, may_set, steps

CLAIM = timedelta(minutes=10)  # after which a worker that died is given up
State = RetentionRun.State


class TakenOver(Exception):
    """Another worker goes on with this run."""


@transaction.atomic
def start_run(*, organisation: Organisation | None, actor: User, dry: bool) -> RetentionRun:
    """Ask a worker; while the same is busy already, that one is given. Raises ValueError for who may not."""
    if not may_set(actor, organisation):
        raise ValueError("only an administrator or privacy officer of this organisation")
    going = RetentionRun.objects.filter(organisation=organisation, dry=dry, by_clock=False).exclude(state=State.DONE)
    if found := going.first():
        return found
    now = timezone.now()
    run = RetentionRun.objects.create(organisation=organisation, asked_by=actor, dry=dry, at=now, made_at=now)
    _ask_worker(run.pk)
    return run


def _ask_worker(key: uuid.UUID) -> None:
    from people.tasks import do_retention_run

    transaction.on_commit(lambda: do_retention_run.delay(str(key)))


def run_of_today(now: datetime) -> RetentionRun | None:
    """A run by the clock, once a day; None where today's was begun."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    if RetentionRun.objects.filter(by_clock=True, made_at__gte=today).exists():
        return None
    return new_run_by_clock(now)


def new_run_by_clock(now: datetime) -> RetentionRun:
    """A run by the clock now."""
    return RetentionRun.objects.create(by_clock=True, at=now, made_at=now)


def _free(now: datetime) -> Q:
    return Q(state=State.WAITING) | Q(state=State.BUSY, claimed_at__lt=now - CLAIM)


def waiting_runs() -> Iterable[uuid.UUID]:
    """Those that nobody is busy with, also because a worker died."""
    return list(RetentionRun.objects.filter(_free(timezone.now())).order_by("made_at").values_list("pk", flat=True))


def do_run(*, key: uuid.UUID) -> RetentionRun | None:
    """Go through a run to its end, from where another left it. Of two workers at once one does; None for the other."""
    token = timezone.now()
    if not RetentionRun.objects.filter(_free(token), pk=key).update(state=State.BUSY, claimed_at=token):
        return None
    run = RetentionRun.objects.select_related("organisation").get(pk=key)
    try:
        if run.dry:
            _count(run)
        else:
            _carry_out(run)
        return _finish(run)
    except TakenOver:
        return None


def _count(run: RetentionRun) -> None:
    found = steps(run.at, run.organisation)
    run.total, run.done, run.counts = len(found), 0, {}
    for step, number in count_all(found, run.at):
        with transaction.atomic():
            _hold(run)
            _add(run, step, number)
            run.done += 1
            _keep(run)


def _carry_out(run: RetentionRun) -> None:
    if not run.total:
        run.total = sum(number for _, number in count_all(steps(run.at, run.organisation), run.at))
    for step in steps(timezone.now(), run.organisation):
        try:
            if step.purpose.sweep:
                _sweep(run, step)
            while run.total and step.purpose.drop and _batch(run, step):
                pass
        except (DatabaseError, OSError):  # the other purposes go on; this one has another night
            logging.getLogger("people.retention").exception("%s could not be carried out", step.purpose.key)
            run.refresh_from_db()
            run.failed += 1


def _batch(run: RetentionRun, planned: Step) -> bool:
    """Some rows, under the term as it is now: who made it longer meanwhile is heard. False when there are no more."""
    with transaction.atomic():
        _hold(run)
        step = again(planned, run.organisation, timezone.now())
        if step is None or step.purpose.drop is None:
            return False
        purpose = step.purpose.key
        kept = run.skipped.get(purpose, [])
        rows = step.due(run.at).exclude(pk__in=kept)
        if step.purpose.owner:  # who could not go keeps all that is theirs
            rows = rows.exclude(**{f"{step.purpose.owner}__in": _people_kept(run)})
        keys = list(rows.order_by("pk").values_list("pk", flat=True)[: step.purpose.at_once])
        if not keys:
            return False
        batch = Batch(keys, step.due(run.at), step.limit(run.at))
        gone = step.purpose.drop(batch)
        run.skipped = {**run.skipped, purpose: [*kept, *batch.failed]}
        run.failed += len(batch.failed)
        _add(run, step, gone)
        run.done += gone
        _keep(run)
    return True


def _people_kept(run: RetentionRun) -> list[int]:
    from people.registry import purposes

    return [key for one in purposes() if one.people for key in run.skipped.get(one.key, [])]


def _sweep(run: RetentionRun, step: Step) -> None:
    def tell(gone: int) -> None:
        _hold(run)
        _add(run, step, gone)
        run.done += gone
        _keep(run)

    assert step.purpose.sweep
    step.purpose.sweep(step.limit(run.at), tell)


def _hold(run: RetentionRun) -> None:
    """Nobody else goes on with this run until the transaction ends. Raises TakenOver."""
    held = RetentionRun.objects.select_for_update().get(pk=run.pk)
    if held.state != State.BUSY or held.claimed_at != run.claimed_at:
        raise TakenOver


def _add(run: RetentionRun, step: Step, number: int) -> None:
    if number:
        of = run.counts.setdefault(step.purpose.key, {})
        of[step.whose] = of.get(step.whose, 0) + number


def _keep(run: RetentionRun) -> None:
    run.claimed_at = timezone.now()
    run.save(update_fields=["counts", "skipped", "failed", "done", "total", "claimed_at"])


@transaction.atomic
def _finish(run: RetentionRun) -> RetentionRun:
    """Done: in the audit trail a line per organisation, and one of the site, where anything went."""
    _hold(run)
    run.state, run.finished_at, run.skipped = State.DONE, timezone.now(), {}
    run.save()
    if not run.dry:
        for whose in sorted({key for of in run.counts.values() for key in of}):
            went = {purpose: of[whose] for purpose, of in run.counts.items() if of.get(whose)}
            record_audit(
                actor=run.asked_by, action="apply_retention", organisation=int(whose) if whose else None,
                subject=f"run {run.pk}", **went,
            )  # fmt: skip
    return run


def forget_old_runs(now: datetime) -> int:
    """Runs that are over: what was only counted after a day, others after a year."""
    over = RetentionRun.objects.filter(state=State.DONE)
    day, year = now - timedelta(days=1), now - timedelta(days=365)
    return over.filter(Q(dry=True, made_at__lt=day) | Q(made_at__lt=year)).delete()[0]
