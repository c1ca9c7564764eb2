"""Reviews (herhaalkaarten): when a question comes back. Pure: no database, no request, no clock.

Nothing is kept of a review but the answers themselves; when a question comes back follows from them
(docs/decisions/0017-reviews-are-a-fold.md). The days come from FSRS, the scheduler of Ye, Su and Cao
('A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition Scheduling', KDD 2022), as the
package `fsrs` has it, with its own parameters, without chance and in whole days.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from fsrs import Card, Rating, Scheduler

MOST_A_DAY = 5
SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False, maximum_interval=365)
_ZONE = ZoneInfo(settings.TIME_ZONE)

Question = tuple[str, str]  # module and exercise


class Answer(NamedTuple):
    """What of one response counts for reviews. Sorts by when the server got it; no phone's clock is in it."""

    received_at: datetime
    id: UUID
    module: str
    exercise: str
    correct: bool
    review: bool

    @property
    def question(self) -> Question:
        return self.module, self.exercise

    @property
    def day(self) -> date:
        """The day on which the server got it, here."""
        return self.received_at.astimezone(_ZONE).date()


@dataclass(frozen=True)
class Review:
    """One question of one learner: how it went on the last day it was answered, and when it comes back."""

    module: str
    exercise: str
    seen_on: date
    was_right: bool
    due_on: date

    @property
    def question(self) -> Question:
        return self.module, self.exercise


def fold(days: Iterable[tuple[date, bool]]) -> date | None:
    """When a question comes back that was answered so: per day, oldest first, whether the first answer was right.

    Later answers of a day are learning from the feedback and are not in it. None when nothing was answered.
    """
    card = Card(card_id=0)
    for day, right in days:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        card, _ = SCHEDULER.review_card(card, Rating.Good if right else Rating.Again, noon)
    return card.due.date() if card.last_review else None


def first_of_each_day(answers: Iterable[Answer]) -> Iterator[Answer]:
    """Of the answers to one question, oldest first, the one that tells what was remembered that day."""
    for _, same_day in groupby(answers, lambda answer: answer.day):
        yield next(same_day)


def reviews_of(answers: Iterable[Answer]) -> Iterator[Review]:
    """Every question that was answered, with when it comes back; the order of `answers` does not matter."""
    by_question = sorted(answers, key=lambda answer: (answer.question, answer))
    for (module, exercise), own in groupby(by_question, lambda answer: answer.question):
        firsts = list(first_of_each_day(own))
        due_on = fold((answer.day, answer.correct) for answer in firsts)
        if due_on is not None:
            yield Review(module, exercise, firsts[-1].day, firsts[-1].correct, due_on)


def plan(answers: Collection[Answer], *, today: date, offered: Collection[Question]) -> list[Review]:
    """What comes back today, what waits longest first: at most five a day, those reviewed today counted.

    offered: the questions that can be asked now.
    """
    done = {answer.question for answer in answers if answer.review and answer.day == today}
    due = [review for review in reviews_of(answers) if review.due_on <= today and review.question in offered]
    due.sort(key=lambda review: (review.due_on, review.seen_on, review.question))
    return due[: max(0, MOST_A_DAY - len(done))]
