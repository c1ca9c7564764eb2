"""Roles: what each lets one do, who may give and take which, and who has one. Why so: decision 0058.

An administrator of the site gives every role. An administrator of an organisation gives those of that organisation, and
not the three that write or publish lessons: lessons are of all organisations together.
"""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from people.models import Cohort, CohortMember, Membership, Organisation, Role, RoleInvite, User
from people.queries import LEADERS, PROGRAMME_LEADERS

PERMISSION = "people.change_organisation"  # administrators of the site
LETS = {
    Role.TEACHER: "Je maakt klassen, kiest hun lessen en ziet wie hulp vraagt.",
    Role.HR_LEAD: "Je leidt groepen en houdt het AI-dossier bij.",
    Role.TEAM_LEAD: "Je maakt en leidt groepen, en kiest hun lessen.",
    Role.FACILITATOR: "Je begeleidt groepen die het programma doen.",
    Role.AUTHOR: "Je schrijft lessen. Die zijn voor iedereen.",
    Role.REVIEWER: "Je leest lessen na. Wat goed is, komt online.",
    Role.EDITOR: "Je zet lessen online en haalt ze weg, voor iedereen.",
    Role.PRIVACY_OFFICER: "Je leest wie wat deed, en kiest hoe lang gegevens blijven.",
    Role.ADMINISTRATOR: "Je geeft en neemt rollen, en leest het logboek.",
}
FOR_LESSONS = (Role.AUTHOR, Role.REVIEWER, Role.EDITOR)


def manages_site(user: User) -> bool:
    """True for an administrator of the site."""
    return user.has_perm(PERMISSION)


def organisations_managed_by(user: User) -> QuerySet[Organisation]:
    """Where this person gives and takes roles at the desk; none in a session that only learns."""
    if user.only_learns or not user.is_active:
        return Organisation.objects.none()
    mine = Membership.objects.filter(user=user, role=Role.ADMINISTRATOR).values("organisation")
    return Organisation.objects.filter(pk__in=mine)


def roles_to_take(user: User, organisation: Organisation) -> tuple[Role, ...]:
    """Which roles this person takes away there; () for who may take none."""
    if manages_site(user):
        return tuple(LETS)
    if organisations_managed_by(user).filter(pk=organisation.pk).exists():
        return tuple(role for role in LETS if role not in FOR_LESSONS)
    return ()


def roles_to_give(user: User, organisation: Organisation) -> tuple[Role, ...]:
    """Which roles this person gives there. A teacher is of a school; a learner and an owner become so by themselves."""
    is_school = organisation.kind == Organisation.Kind.SCHOOL
    return tuple(role for role in roles_to_take(user, organisation) if is_school or role != Role.TEACHER)


def way_of(role: str) -> str:
    """Where who gets this role begins: the name of an address."""
    if role == Role.ADMINISTRATOR:
        return "people:roles"
    if role == Role.PRIVACY_OFFICER:
        return "audit:trail"
    if role in FOR_LESSONS:
        return "wagtailadmin_home"
    return "insight:desk"


@dataclass
class Person:
    """Someone with a role somewhere, for who manages that organisation."""

    user: User
    memberships: list[Membership] = field(default_factory=list)


def people_with_roles(organisation: Organisation, called: str = "") -> QuerySet[User]:
    """Who has a role there that is more than a learner's, by name; `called`: only those with these words in it."""
    found = User.objects.filter(pk__in=_given_in(organisation).values("user"))
    for word in called.split()[:4]:
        found = found.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(username__icontains=word))
    return found.order_by("first_name", "last_name", "username")


def roles_of_each(organisation: Organisation, users: list[User]) -> list[Person]:
    """Of these people what they are there; two queries at most, however many."""
    people = {user.pk: Person(user) for user in users}
    for one in _given_in(organisation).filter(user__in=people).order_by("pk"):
        people[one.user_id].memberships.append(one)
    return list(people.values())


def _given_in(organisation: Organisation) -> QuerySet[Membership]:
    return Membership.objects.filter(organisation=organisation).exclude(role=Role.LEARNER)


def invites_to(organisation: Organisation) -> QuerySet[RoleInvite]:
    """Roles there that wait for who was invited, also those that ended a while ago."""
    return RoleInvite.objects.filter(organisation=organisation)


def is_invited(email: str) -> bool:
    """True for an address for which a role waits: a code to it signs someone in. Told to nobody."""
    return RoleInvite.objects.filter(email=email, expires_at__gt=timezone.now()).exists()


def groups_without_leader(organisation: Organisation) -> QuerySet[Cohort]:
    """Groups that go on and that nobody leads: for who may give them someone."""
    leads = CohortMember.objects.filter(cohort=OuterRef("pk"), leads=True, user__is_active=True)
    may = {"user__memberships__organisation": organisation}
    open_ones = Cohort.objects.filter(organisation=organisation, closed_at=None)
    led = Exists(leads.filter(**may, user__memberships__role__in=LEADERS))
    programme = Exists(leads.filter(**may, user__memberships__role__in=PROGRAMME_LEADERS))
    return open_ones.exclude(led).exclude(Q(kind=Cohort.Kind.PROGRAMME) & programme)
