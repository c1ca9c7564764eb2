"""How many people had lessons to do, and about which part did them: once per quarter, of 10 people or more."""

from collections import Counter
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from courses.models import AssignedPlace
from insight.figures import quarter_of
from insight.queries import last_whole_quarter
from insight.suppression import is_group, may_tell_anew, shares
from leadership.dossier.content import team_assignments
from leadership.models import Dossier, Participation
from learning.models import Progress
from people.models import CohortMember, Organisation

DONE, PART, NONE = "done", "part", "none"


@transaction.atomic
def count_participation(*, organisation: Organisation, today: date) -> Participation | None:
    """The figure of the last quarter that is over, when it is not there yet and may be told; else None.

    Of each learner in a team: the lessons that belong to what they do, done before the quarter ended. A quarter is
    counted once and never again, so that who leaves later cannot be found by looking twice; and a next one only when
    5 people more were in it. Source: curriculum brief, section 7; decision 0037.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    quarter, end = quarter_of(last_whole_quarter(today))
    last = Participation.objects.filter(organisation=organisation).first()
    if last and last.quarter >= quarter:
        return None
    ended = timezone.make_aware(datetime.combine(end, time()))
    asked = _asked(organisation, ended)
    people = len(asked)
    if not is_group(people) or (last and not may_tell_anew(last.people, people)):
        return None
    cells = Counter({DONE: 0, PART: 0, NONE: 0})
    cells.update(_done(asked, ended))
    return Participation.objects.create(
        organisation=organisation, quarter=quarter, people=people, shares=shares(cells) or {}
    )


def _asked(organisation: Organisation, ended: datetime) -> dict[int, set[str]]:
    """Per learner the lessons that belong to what their teams do; for counting only."""
    main = {one.cohort_id: one.path for one in team_assignments(organisation)}
    places = CohortMember.objects.filter(cohort__in=main, leads=False, joined_at__lt=ended)
    own = {
        row.place_id: row.assignment.path
        for row in AssignedPlace.objects.filter(place__in=places)
        .select_related("assignment__path")
        .prefetch_related("assignment__path__lessons")
    }
    asked: dict[int, set[str]] = {}
    for place in places.only("user_id", "cohort_id"):
        path = own.get(place.pk, main[place.cohort_id])
        asked.setdefault(place.user_id, set()).update(path.required_codes)
    return {user: codes for user, codes in asked.items() if codes}


def _done(asked: dict[int, set[str]], ended: datetime) -> list[str]:
    """Of each of these people whether all, some or none of it was done; whose is whose is not kept."""
    done: dict[int, set[str]] = {user: set() for user in asked}
    rows = Progress.objects.filter(user__in=asked, completed_at__lt=ended).values_list("user_id", "module")
    for user, module in rows.iterator(chunk_size=2000):
        done[user].add(module)
    return [
        DONE if codes <= done[user] else PART if codes & done[user] else NONE for user, codes in asked.items()
    ]  # fmt: skip


def count_all() -> int:
    """For every organisation that has a dossier; gives how many new figures there are."""
    today = timezone.localdate()
    kept = Organisation.objects.filter(pk__in=Dossier.objects.values("organisation"))
    return sum(count_participation(organisation=one, today=today) is not None for one in kept.order_by("pk"))
