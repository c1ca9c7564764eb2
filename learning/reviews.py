"""Reads of one learner's reviews: what comes back today, why, and what they chose. Their own eyes only."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core import signing
from django.urls import reverse
from django.utils import timezone

from assessments.queries import answers_for_reviews
from assessments.reviews import Question, Review, plan
from learning.models import Progress, ReviewChoice
from learning.queries import Line
from modules.models import ModulePage
from people.models import User

_SALT = "learning.stop_mail"


@dataclass(frozen=True)
class ReviewCard:
    """A question that comes back, ready to be asked from the lesson as it is now."""

    review: Review
    module: ModulePage
    block: Any  # the exercise in the steps of the module
    attempt: UUID

    def why(self) -> dict[str, str]:
        """In one sentence why this question is here today."""
        return reason(self.review, timezone.localdate())


def choice_of(user: User) -> ReviewChoice:
    """What this learner chose; not saved when they chose nothing yet."""
    return ReviewChoice.objects.filter(user=user).first() or ReviewChoice(user=user)


def due_on_line(user: User, line: Line, choice: ReviewChoice | None = None) -> list[Review]:
    """What comes back today of the lessons on this line, at most two queries; nothing when reviews are stopped.

    `choice`: what the learner chose, from a caller who read it already; that saves one query.
    """
    begun = [stop.module for stop in line.stops if stop.progress and not stop.coming]
    if not begun or (choice or choice_of(user)).stopped:
        return []
    return _due(user, _offered((module.code, module.step_ids) for module in begun))


def due_for(user: User, today: date | None = None) -> list[Review]:
    """What comes back today, whether or not reviews are stopped; two queries."""
    begun = Progress.objects.filter(user=user).values("module")
    modules = ModulePage.objects.live().filter(code__in=begun)
    return _due(user, _offered(modules.values_list("code", "step_ids")), today)


def cards_for(user: User) -> list[ReviewCard]:
    """The same, ready to be asked."""
    due = due_for(user)
    codes = {review.module for review in due}
    modules = {module.code: module for module in ModulePage.objects.live().filter(code__in=codes)} if codes else {}
    attempts = dict(Progress.objects.filter(user=user, module__in=codes).values_list("module", "attempt"))
    cards = []
    for review in due:
        module = modules.get(review.module)
        block = find_question(module, review.exercise) if module else None
        if module and block is not None and review.module in attempts:
            cards.append(ReviewCard(review, module, block, attempts[review.module]))
    return cards


def find_question(module: ModulePage, exercise: str) -> Any:
    """The block of a question that can come back; None for any other step."""
    step = module.outline.by_id.get(exercise)
    if step is None or step.kind is None or not step.kind.comes_back:
        return None
    return next(block for block in module.steps if block.id == exercise)


def _offered(modules: Iterable[tuple[str, list[str]]]) -> set[Question]:
    return {(code, step) for code, steps in modules for step in steps}


def _due(user: User, offered: Collection[Question], today: date | None = None) -> list[Review]:
    answers = answers_for_reviews(user, {module for module, _ in offered})
    return plan(answers, today=today or timezone.localdate(), offered=offered)


def reason(review: Review, today: date) -> dict[str, str]:
    """Why a question is here today, in both variants."""
    if not review.was_right:
        return {
            "standaard": "Vorige keer lukte deze niet meteen. Daarom komt hij nu terug.",
            "makkelijk": "Vorige keer lukte deze niet meteen.",
        }
    ago = how_long_ago((today - review.seen_on).days)
    return {
        "standaard": f"Deze vraag zag je {ago}. Daarom komt hij nu terug.",
        "makkelijk": f"Deze vraag zag je {ago}.",
    }


def how_long_ago(days: int) -> str:
    """In words that one need not count."""
    if days <= 1:
        return "gisteren"
    if days < 14:
        return f"{days} dagen geleden"
    if days < 60:
        return f"{days // 7} weken geleden"
    return f"{days // 30} maanden geleden"


def stop_mail_path(user: User) -> str:
    """The page, for the one who got the mail, that ends reminders without signing in."""
    return reverse("learning:stop_mail", args=[signing.dumps(user.pk, salt=_SALT)])


def reader_of_mail(token: str) -> User | None:
    """Whose mail had this address in it."""
    try:
        return User.objects.filter(pk=signing.loads(token, salt=_SALT)).first()
    except (signing.BadSignature, ValueError, TypeError):
        return None


def minutes_of(count: int) -> int:
    """How long so many questions take: five in two minutes."""
    return 2 if count > 2 else 1
