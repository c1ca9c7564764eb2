"""The demo leadership group: in its third week, of the invented people of `people.demo`."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from leadership.models import ProgrammeGroup
from leadership.queries import programmes
from leadership.services import make_duos, start_group
from people.demo import REGION
from people.models import Cohort, CohortMember, User
from people.services import renew_join_code

GROUP, FACILITATOR, LEADS = "Leergroep Noord", "wout", ("chantal", "marit")
WEEKS_AGO = 2


@transaction.atomic
def load_demo_programme() -> None:
    """Make the group once; nothing without the demo people or a programme."""
    people = {user.username: user for user in User.objects.filter(is_demo=True, username__in=(FACILITATOR, *LEADS))}
    offered = programmes()
    if len(people) < 1 + len(LEADS) or not offered or ProgrammeGroup.objects.filter(cohort__name=GROUP).exists():
        return
    facilitator = people[FACILITATOR]
    region = facilitator.memberships.get(organisation__name=REGION).organisation
    cohort = Cohort.objects.create(organisation=region, name=GROUP, kind=Cohort.Kind.PROGRAMME)
    for name, user in people.items():
        CohortMember.objects.create(cohort=cohort, user=user, leads=name == FACILITATOR)
    renew_join_code(cohort=cohort, actor=facilitator)
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday(), weeks=WEEKS_AGO)
    group = start_group(cohort=cohort, programme=offered[0], starts_on=monday, actor=facilitator)
    make_duos(group_id=group.pk)
