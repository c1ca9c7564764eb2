"""Makes the group of leads of groups.py, in the fourth week of its programme."""

from datetime import timedelta

from django.utils import timezone

from leadership.models import PeerPlace, Programme, ProgrammeGroup, Shared
from leadership.services import plan_meeting, save_product, share_product, start_group
from people.models import Cohort, Membership, Organisation, Role, User
from tests.e2e.leads import FACILITATOR, LEAD, LEADS, NEW_LEAD, PARTNER, WRITERS
from tests.e2e.serving import PASSWORD


def fill_leads(employer: Organisation) -> None:
    """Leads of two employers, in duos; one of them is three weeks on."""
    region = Organisation.objects.create(name="Regio Noord", kind=Organisation.Kind.REGION)
    other = Organisation.objects.create(name="Installatiebedrijf", kind=Organisation.Kind.EMPLOYER)
    cohort = Cohort.objects.create(organisation=region, name=LEADS, kind=Cohort.Kind.PROGRAMME)
    femke = _person(FACILITATOR, region, Role.FACILITATOR)
    cohort.members.create(user=femke, leads=True)
    today = timezone.localdate()
    group = start_group(
        cohort=cohort,
        programme=Programme.objects.get(slug="leiderschap"),
        starts_on=today - timedelta(days=today.weekday(), weeks=3),
        actor=femke,
    )
    for number, name in enumerate((LEAD, PARTNER, *WRITERS)):
        lead = _person(name, employer if number % 2 else other, Role.TEAM_LEAD)
        cohort.members.create(user=lead)
        PeerPlace.objects.create(group=group, user=lead, duo=number // 2 + 1)
    at = timezone.localtime().replace(hour=14, minute=0, second=0, microsecond=0) + timedelta(days=6 - today.weekday())
    plan_meeting(group=group, week=4, starts_at=at, minutes=120, place="Assen of online", actor=femke)
    _person(NEW_LEAD, employer, Role.TEAM_LEAD)
    _fill_products(group, User.objects.get(username=LEAD))


def _person(name: str, organisation: Organisation, role: Role) -> User:
    user = User.objects.create_user(name, password=PASSWORD, first_name=name.capitalize())
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


def _fill_products(group: ProgrammeGroup, lead: User) -> None:
    """Three products that are ready, of which a duo has the last, and one that was begun."""
    text = group.programme.text
    for name in ("start", "taakscan", "processchets"):
        made = save_product(
            group=group, owner=lead, template=name, values=text.templates[name].examples["bouw"], base=0
        )
    share_product(product_id=made.product.pk, owner=lead, shared_with=Shared.DUO)
    half = dict(list(text.templates["gegevenskaart"].examples["bouw"].items())[:3])
    save_product(group=group, owner=lead, template="gegevenskaart", values=half, base=0)
