"""What happens to facts by the clock: who keeps lessons hears that one must be checked again."""

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from language.models import Fact
from modules.authors import AUTHORS, REVIEWERS
from people.models import User
from people.services import send_notice

NAMED = 5  # facts in one message; the rest is counted


@transaction.atomic
def tell_about_due_facts() -> int:
    """Tell authors and reviewers, in one message each, which facts must be checked again; gives how many are new.

    A fact is told once for each date. The message goes from the list when someone opens the report.
    """
    news = Fact.objects.due().exclude(told_for__isnull=False, told_for=F("review_by"))
    facts = list(news.select_for_update().order_by("review_by", "code"))
    if not facts:
        return 0
    text, link = _text(facts), reverse("stale_report")
    keepers = User.objects.filter(is_active=True, groups__name__in=(AUTHORS.name, REVIEWERS.name)).distinct()
    for keeper in keepers:
        send_notice(user=keeper, text=text, link=link, replaces=True)
    for fact in facts:
        fact.told_for = fact.review_by
        Fact.objects.filter(pk=fact.pk).update(told_for=fact.review_by)
    return len(facts)


def _text(facts: list[Fact]) -> str:
    codes = [fact.code for fact in facts]
    named, more = ", ".join(codes[:NAMED]), len(codes) - NAMED
    rest = f" en nog {more}" if more > 0 else ""
    return f"Kijk na of dit nog klopt: {named}{rest}. De lessen laten zien dat het oud is."
