"""Makes the leadership groups of groups.py, inside Django: `fill` runs it on a prepared folder."""

from datetime import timedelta

from django.utils import timezone

from leadership.models import Programme, ProgrammeGroup, Shared, WorkProduct
from leadership.services import give_review, make_duos, save_product, share_product, start_group
from people.demo import EMPLOYER
from people.models import Cohort, Membership, Organisation, Role, User
from tests.e2e.groups import ALONE, LEADERS
from tests.e2e.serving import PASSWORD


def fill_programme() -> None:
    """Two groups of a region, which began on the Monday of two weeks ago."""
    employer = Organisation.objects.get(name=EMPLOYER)
    other = Organisation.objects.create(name="Ander bedrijf", kind=Organisation.Kind.EMPLOYER)
    region = Organisation.objects.create(name="Regio", kind=Organisation.Kind.REGION)
    fenna = User.objects.get(username="fenna")
    Membership.objects.create(user=fenna, organisation=region, role=Role.FACILITATOR)
    chantal = User.objects.get(username="chantal")
    gijs, hilde = _lead("gijs", other, Role.HR_LEAD), _lead("hilde", employer, Role.TEAM_LEAD)
    ilse, otto = _lead("ilse", other, Role.TEAM_LEAD), _lead("otto", other, Role.TEAM_LEAD)
    group = _group(region, LEADERS, fenna, chantal, gijs, hilde, ilse)
    _group(region, ALONE, fenna, otto)
    _share(group, hilde, ilse)


def _share(group: ProgrammeGroup, author: User, partner: User) -> None:
    """Three products of one lead: with answers of the partner, for the partner to answer, and with a name in it."""
    known = _product(group, author, "start")
    share_product(product_id=known.pk, owner=author, shared_with=Shared.GROUP)
    answers = {
        "echt": "Ja. Bij ons ook.",
        "gehoord": "De planner wel.\nDe nachtdienst nog niet.",
        "stoppen": "Voor het rooster de deur uit gaat.",
        "maandag": "Een week turven.",
    }
    give_review(group=group, product_id=known.pk, reviewer=partner, answers=answers)
    share_product(product_id=_product(group, author, "taakscan").pk, owner=author, shared_with=Shared.DUO)
    _product(group, author, "processchets", proces="Mevrouw De Vries belt elke dag over haar rooster.")


def _product(group: ProgrammeGroup, author: User, template: str, **other: str) -> WorkProduct:
    form = group.programme.text.templates[template]
    return save_product(
        group=group, owner=author, template=template, values={**form.examples["zorg"], **other}, base=0
    ).product


def _lead(name: str, organisation: Organisation, role: Role) -> User:
    user = User.objects.create_user(name, password=PASSWORD, first_name=name.capitalize())
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


def _group(region: Organisation, name: str, facilitator: User, *leads: User) -> ProgrammeGroup:
    today = timezone.localdate()
    cohort = Cohort.objects.create(organisation=region, name=name, kind=Cohort.Kind.PROGRAMME)
    cohort.members.create(user=facilitator, leads=True)
    for user in leads:
        cohort.members.create(user=user)
    monday = today - timedelta(days=today.weekday(), weeks=2)
    programme = Programme.objects.get(slug="leiderschap")
    group = start_group(cohort=cohort, programme=programme, starts_on=monday, actor=facilitator)
    make_duos(group_id=group.pk)
    return group
