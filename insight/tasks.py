"""Nightly counting; a few lines over a service."""

from celery import shared_task

from insight.services import count_all_plans


@shared_task
def count_plans_of_groups() -> None:
    """New figures about plans, where 10 people or more answered."""
    count_all_plans()
