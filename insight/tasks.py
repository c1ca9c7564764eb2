"""Nightly counting; a few lines over a service."""

from celery import shared_task
from django.utils import timezone

from insight.services import count_all_plans, count_all_questions, make_releases


@shared_task
def count_plans_of_groups() -> None:
    """New figures about plans, where 10 people or more answered."""
    count_all_plans()


@shared_task
def count_questions_of_classes() -> None:
    """New figures about the questions of lessons, where 10 people or more answered and 5 more than before."""
    count_all_questions()


@shared_task
def release_last_quarter() -> None:
    """The figures of the last quarter, where they are not there yet (decision 0045)."""
    make_releases(today=timezone.localdate())
