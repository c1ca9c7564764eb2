"""Writes of the learner's own pages; answers go through the same intake as a phone's, with ids made here."""

import uuid
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from assessments.models import QuestionnaireAnswers
from courses.models import CoursePath
from learning.events import Event
from learning.intake import Receipt, take_events
from learning.models import DeskMessage, LessonReport, OwnRoute, PlanOutcome, ReviewChoice
from learning.plans import AFTER, due_plans
from learning.queries import progress_in
from learning.reviews import due_for
from modules.front_door import Region
from modules.models import ModulePage
from people.mail import MailDown, mail_is_on, send_mail
from people.models import User
from people.services import send_notice

LATE_HOURS = 3  # how late a reminder may be


def _event(user: User, module: ModulePage, attempt: uuid.UUID, step: str, **answer: Any) -> Event:
    return Event(
        id=uuid.uuid4(),
        owner=user.owner_key,
        at=timezone.now(),
        module=module.code,
        revision=module.live_revision_id or 0,
        attempt=attempt,
        step=step,
        **answer,
    )


def _attempt(user: User, module: ModulePage) -> uuid.UUID:
    progress = progress_in(user, module.code)
    return progress.attempt if progress else uuid.uuid4()


def answer_exercise(*, user: User, module: ModulePage, step: str, response: Any, review: bool = False) -> Receipt:
    """Keep one answer that was posted as a form; `review`: the question came back outside its lesson."""
    event = _event(user, module, _attempt(user, module), step, exercise=step, response=response, review=review)
    return take_events(user=user, events=[event])


def finish_module(*, user: User, module: ModulePage) -> Receipt:
    """Keep that someone read the whole lesson; answers count on their own."""
    progress = progress_in(user, module.code)
    seen = set(progress.seen) if progress else set()
    attempt = _attempt(user, module)
    events = [_event(user, module, attempt, step) for step in module.outline.ids if step not in seen]
    return take_events(user=user, events=events)


def choose_reviews(*, user: User, **changes: Any) -> ReviewChoice:
    """Keep what a learner chose about reviews: `stopped`, `reminder`, `hour`; the rest stays as it was."""
    return ReviewChoice.objects.update_or_create(user=user, defaults=changes)[0]


def remind_of_reviews(*, now: datetime) -> int:
    """Give everybody who asked for it a message, once a day, from the hour they chose and only while something
    is due; gives how many. A sweep that was late by hours waits for the next day: nobody is woken at night.
    """
    here = timezone.localtime(now)
    today = here.date()
    not_yet = Q(reminded_on=None) | Q(reminded_on__lt=today)
    waiting = ReviewChoice.objects.filter(not_yet, stopped=False, hour__lte=here.hour, hour__gt=here.hour - LATE_HOURS)
    count = 0
    for choice in waiting.exclude(reminder=ReviewChoice.Reminder.NONE).select_related("user"):
        if due_for(choice.user, today):
            count += _remind(choice, not_yet, today)
    return count


@transaction.atomic
def _remind(choice: ReviewChoice, not_yet: Q, today: date) -> bool:
    """False when another sweep was first, or the learner just changed their mind."""
    mine = ReviewChoice.objects.filter(not_yet, pk=choice.pk, stopped=False, reminder=choice.reminder)
    if not mine.update(reminded_on=today):
        return False
    send_notice(
        user=choice.user,
        text="Je vroeg om een herinnering. Er staan vragen klaar om te herhalen.",
        link=reverse("learning:reviews"),
        by_mail=choice.reminder == ReviewChoice.Reminder.MAIL,
        replaces=True,
    )
    return True


def take_route(*, answers: QuestionnaireAnswers) -> OwnRoute:
    """Make what these answers proposed the own route of who gave them; it takes the place of an earlier one."""
    result = answers.result
    return OwnRoute.objects.update_or_create(
        user_id=answers.user_id,
        defaults={
            "lessons": [lesson["code"] for lesson in result["lessons"]],
            "checks": [lesson["code"] for lesson in result["lessons"] if lesson["only_check"]],
            "marks": result["marks"],
            "path": None,
            "made_at": timezone.now(),
        },
    )[0]


@transaction.atomic
def follow_path(*, user: User, path: CoursePath) -> OwnRoute:
    """Make a ready path the own route; it takes the place of an earlier one. What the startmeting marked stays.

    Extra lessons are left to the page of the path: home asks for what belongs to it.
    A learner who is not saved yet is saved with it (people.owner.keep_as_learner).
    """
    if user.pk is None:
        user.save(force_insert=True)
    chosen = {"lessons": path.required_codes, "checks": [], "path": path, "made_at": timezone.now()}
    return OwnRoute.objects.update_or_create(user=user, defaults=chosen)[0]


def drop_route(*, user: User) -> bool:
    """Follow no route of one's own any more. False when there was none."""
    return OwnRoute.objects.filter(user=user).delete()[0] > 0


def report_lesson(*, module: ModulePage, step: str, kind: str, text: str) -> LessonReport:
    """Tell the authors that something is wrong; who says so is not kept."""
    return LessonReport.objects.create(
        module=module.code,
        step=step if step in module.outline.by_id else "",
        kind=LessonReport.Kind(kind),
        text=text,
    )


@transaction.atomic
def answer_plan(*, user: User, response: uuid.UUID, outcome: str) -> PlanOutcome | None:
    """Keep what a learner says to 'Gelukt?' about a plan that is asked about now.

    What was said before stays: a second tap changes nothing. None when this plan is not theirs or not asked about.
    Raises ValueError for an outcome that does not exist.
    """
    said, now = PlanOutcome.Outcome(outcome), timezone.now()
    if due_plans(user).filter(pk=response).exists():
        made, is_new = PlanOutcome.objects.get_or_create(
            response_id=response, defaults={"user": user, "outcome": said, "at": now}
        )
        if not is_new:  # asked once more
            PlanOutcome.objects.filter(pk=made.pk, ask_again_at__lte=now).update(
                outcome=said, at=now, times=2, ask_again_at=None
            )
    return PlanOutcome.objects.filter(user=user, response=response).first()


def keep_plan(*, user: User, response: uuid.UUID) -> bool:
    """After 'Nog niet': keep the plan and ask once more in 7 days. False when that cannot be; never asked thrice."""
    kept = PlanOutcome.objects.filter(
        user=user, response=response, outcome=PlanOutcome.Outcome.NOT_YET, times=1, ask_again_at=None
    ).update(ask_again_at=timezone.now() + AFTER)
    return kept > 0


def send_to_desk(*, user: User, scan: UUID, region: Region, subject: str, text: str) -> tuple[DeskMessage, bool]:
    """Keep what an owner sends to the desk of a region, once per result and region; True when it is new.

    `deliver_to_desk` mails it. Raises ValueError where the desk has no address.
    """
    if not region.email:
        raise ValueError("this desk has no address")
    return DeskMessage.objects.get_or_create(
        scan=scan,
        region=region.id,
        defaults={"user": user, "desk": region.desk, "email": region.email, "subject": subject, "text": text},
    )


def deliver_to_desk(*, message: DeskMessage) -> bool:
    """Mail it, unless that was done or begun; False when the mail server does not take it now.

    Who begins says so first, so that two at once, or one that broke off halfway, never mail it twice.
    """
    fresh = DeskMessage.objects.filter(pk=message.pk, begun_at=None, mailed_at=None)
    if not mail_is_on() or not fresh.update(begun_at=timezone.now()):
        return False
    name = f"digiscan-{message.scan}-{message.region}"
    try:
        send_mail(to=message.email, subject=message.subject, text=message.text, message_id=name)
    except MailDown:
        DeskMessage.objects.filter(pk=message.pk).update(begun_at=None)
        return False
    DeskMessage.objects.filter(pk=message.pk).update(mailed_at=timezone.now())
    return True
