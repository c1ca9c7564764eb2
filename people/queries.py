"""Reads about people; each says whose eyes it is for."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from people.cards import read_token
from people.models import (
    Agreement,
    Cohort,
    CohortMember,
    HandOver,
    JoinCode,
    LearnerCard,
    Membership,
    Notice,
    Organisation,
    PictureCode,
    Role,
    User,
    WrongTry,
)
from people.names import folded

MAIL_FOR = timedelta(days=1)  # how long a mail server may be away
LEADERS = (Role.TEACHER, Role.HR_LEAD, Role.TEAM_LEAD, Role.FACILITATOR)
PROGRAMME_LEADERS = (Role.FACILITATOR, Role.HR_LEAD, Role.OWNER)


def demo_accounts() -> list[str]:
    """User names of demo accounts in this database."""
    return list(User.objects.filter(is_demo=True).order_by("username").values_list("username", flat=True))


def organisations_of(user: User) -> QuerySet[Organisation]:
    """The organisations someone belongs to: by a role, or by learning in one of their classes or teams."""
    joined = Q(cohorts__members__user=user, cohorts__kind__in=(Cohort.Kind.CLASS, Cohort.Kind.TEAM))
    return Organisation.objects.filter(Q(memberships__user=user) | joined).distinct()


def agreements_in_force(user: User) -> QuerySet[Agreement]:
    """Agreements with a works council that hold today at the employers of this person."""
    today = timezone.localdate()
    return (
        Agreement.objects.filter(organisation__in=organisations_of(user), agreed_on__lte=today)
        .filter(Q(ends_on=None) | Q(ends_on__gt=today))
        .select_related("organisation")
        .order_by("organisation__name")
    )


def agreement_of(organisation: Organisation) -> Agreement | None:
    """What this employer agreed on with its works council that holds today. What shows a person asks here."""
    if organisation.kind != Organisation.Kind.EMPLOYER:
        return None
    today = timezone.localdate()
    holds = Agreement.objects.filter(organisation=organisation, agreed_on__lte=today)
    return holds.filter(Q(ends_on=None) | Q(ends_on__gt=today)).order_by("-agreed_on").first()


def organisations_of_hr(user: User) -> QuerySet[Organisation]:
    """The employers of which this person is HR: they record what was agreed on with the works council."""
    if user.only_learns:
        return Organisation.objects.none()
    mine = Membership.objects.filter(user=user, role=Role.HR_LEAD).values("organisation")
    return Organisation.objects.filter(pk__in=mine, kind=Organisation.Kind.EMPLOYER)


def organisations_answered_for(user: User) -> QuerySet[Organisation]:
    """The employers of which this person is HR or the owner: they read its group figures and choose about the region.

    None in a session that began without a password; a team lead and a teacher have none.
    """
    if user.only_learns:
        return Organisation.objects.none()
    mine = Membership.objects.filter(user=user, role__in=(Role.HR_LEAD, Role.OWNER)).values("organisation")
    return Organisation.objects.filter(pk__in=mine, kind=Organisation.Kind.EMPLOYER)


def employers_in_monitor() -> QuerySet[Organisation]:
    """The employers that take part in the figures of the region now."""
    return Organisation.objects.filter(kind=Organisation.Kind.EMPLOYER, in_monitor_since__isnull=False)


def learners_of(organisations: Iterable[int]) -> list[tuple[int, int, int, datetime]]:
    """Who learns in a team of these employers: (organisation, team, person, since when). For counting only."""
    places = CohortMember.objects.filter(
        cohort__organisation__in=organisations, cohort__kind=Cohort.Kind.TEAM, cohort__closed_at=None, leads=False
    )
    rows = places.order_by("cohort__organisation", "cohort", "user")
    return list(rows.values_list("cohort__organisation_id", "cohort_id", "user_id", "joined_at"))


def firm_of(user: User) -> Organisation | None:
    """The firm that this person registered; nobody else is asked for it."""
    return Organisation.objects.filter(memberships__user=user, memberships__role=Role.OWNER).order_by("pk").first()


def unread_notices(user: User) -> QuerySet[Notice]:
    """Messages this person has not put away."""
    return Notice.objects.filter(user=user, read_at=None)


def notices_to_mail(now: datetime) -> list[Notice]:
    """Messages that wait to go by e-mail: of the last day, not read yet, to people with an address. For delivery."""
    waiting = Notice.objects.filter(by_mail=True, mailed_at=None, read_at=None, created_at__gt=now - MAIL_FOR)
    return list(waiting.filter(user__is_active=True).exclude(user__email="").select_related("user").order_by("pk"))


def find_join_code(code: str) -> JoinCode | None:
    """The code with its cohort, also when it expired; None for a code that never was."""
    return JoinCode.objects.select_related("cohort__organisation").filter(code=code).first()


def find_hand_over(code: str) -> HandOver | None:
    """A code to go on on another phone, while it works."""
    found = HandOver.objects.select_related("user").filter(code=code).first()
    return found if found and found.is_open else None


def learning_places_of(user: User) -> QuerySet[CohortMember]:
    """The cohorts in which this person learns."""
    places = CohortMember.objects.filter(user=user, leads=False)
    return places.select_related("cohort__organisation").order_by("cohort__name")


def classes_of(user: User) -> list[Cohort]:
    """The cohorts whose leads see how far this learner is."""
    return [place.cohort for place in learning_places_of(user) if place.cohort.shows_people]


def roles_held(user: User) -> frozenset[str]:
    """Which roles this person has anywhere; none in a session that began without a password. One query."""
    if user.only_learns:
        return frozenset()
    return frozenset(Membership.objects.filter(user=user).values_list("role", flat=True))


def organisations_led_by(user: User) -> QuerySet[Organisation]:
    """Where this person is a teacher, HR, team lead or facilitator: there they may make groups and routes.

    None in a session that began without a password: every page of the desk asks here, or `cohorts_led_by`.
    """
    if user.only_learns:
        return Organisation.objects.none()
    return Organisation.objects.filter(memberships__user=user, memberships__role__in=LEADERS).distinct()


def organisations_for_programmes(user: User) -> QuerySet[Organisation]:
    """Where this person may begin a programme for who leads: as facilitator, as HR, or in the firm that is theirs."""
    if user.only_learns:
        return Organisation.objects.none()
    found = Organisation.objects.filter(memberships__user=user, memberships__role__in=PROGRAMME_LEADERS)
    return found.distinct()


def cohorts_led_by(user: User) -> QuerySet[Cohort]:
    """The cohorts this person leads, in organisations where they have a role that may lead. An owner leads programmes.

    None in a session that began without a password (people.learner_only): every page for leads asks here.
    """
    if user.only_learns:
        return Cohort.objects.none()
    led = Cohort.objects.filter(members__user=user, members__leads=True, closed_at=None)
    roles = Membership.objects.filter(user=user)
    mine, firms = (roles.filter(role__in=found).values("organisation") for found in (LEADERS, (Role.OWNER,)))
    may = Q(organisation__in=mine) | Q(kind=Cohort.Kind.PROGRAMME, organisation__in=firms)
    return led.filter(may).select_related("organisation").distinct()


def has_rights(user: User) -> bool:
    """True for someone who may do more than learn: then pictures are not enough to come in."""
    return _may_more_than(user, Role.LEARNER)


def sees_others(user: User) -> bool:
    """True for someone whose role or rights show or change something of others; an owner sees only what is theirs."""
    return _may_more_than(user, Role.LEARNER, Role.OWNER)


def is_last_administrator(user: User) -> bool:
    """True for who runs this site and is the only one."""
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    return user.is_superuser and not others.exists()


def account_of(user_id: int) -> tuple[User, bool] | None:
    """An account that may be used, and whether who has it sees others. One query."""
    given = {"user": user_id, "one": Role.LEARNER.value, "other": Role.OWNER.value}
    user: Any = next(iter(User.objects.raw(_ACCOUNT, given)), None)  # with `more` beside its own columns
    if user is None or not user.is_active:
        return None
    return user, user.is_staff or user.is_superuser or bool(user.more)


# By hand and in one query: it is asked at every visit of someone with an account.
_MORE = """
    SELECT EXISTS (SELECT 1 FROM people_user_groups WHERE user_id = %(user)s)
        OR EXISTS (SELECT 1 FROM people_user_user_permissions WHERE user_id = %(user)s)
        OR EXISTS (SELECT 1 FROM people_membership WHERE user_id = %(user)s AND role NOT IN (%(one)s, %(other)s))
        OR EXISTS (SELECT 1 FROM people_cohortmember WHERE user_id = %(user)s AND leads)
"""
_ACCOUNT = f"SELECT people_user.*, ({_MORE}) AS more FROM people_user WHERE id = %(user)s"  # noqa: S608


def _may_more_than(user: User, role: Role, other: Role | None = None) -> bool:
    """Whether someone has rights, a role that is neither of these, or a cohort to lead."""
    if user.is_staff or user.is_superuser:
        return True
    with connection.cursor() as cursor:
        cursor.execute(_MORE, {"user": user.pk, "one": role.value, "other": (other or role).value})
        return bool(cursor.fetchone()[0])


def asks_pictures(user: User) -> bool:
    """True for a learner whose name alone lets nobody in: they chose pictures, or a teacher took these away."""
    return PictureCode.objects.filter(user=user).exclude(digest="", was_reset=False).exists()


def sign_in_places(cohort: Cohort) -> list[CohortMember]:
    """The learners of a class who may come in by its list or with a card, by name.

    The caller made sure that the list is open, or that who looks leads this class. Empty where nobody may know who
    is in, and without people who may do more than learn.
    """
    if not cohort.shows_people or cohort.closed_at is not None:
        return []
    found = _only_learn_in(cohort).select_related("user", "user__picture_code", "card")
    return sorted(found, key=lambda place: (place.user.first_name.casefold(), place.pk))


def learners_called(cohort: Cohort, nickname: str) -> list[int]:
    """Which learners of a team have this nickname, however it was typed, who joined first before who joined later.
    For the door only: it is told to nobody.

    The same work whether there are any or not, so that time tells nothing.
    """
    wanted = folded(nickname)
    names = _only_learn_in(cohort).order_by("pk").values_list("user_id", "user__first_name")
    return [user_id for user_id, name in names if folded(name) == wanted and wanted]


def sign_in_rests_until(cohort: Cohort, now: datetime) -> datetime | None:
    """When a team in which too much was tried wrong this week can come in again; None where it can now."""
    tried = cohort.wrong_tries.filter(at__gt=now - WrongTry.WEEK).order_by("-at").values_list("at", flat=True)
    enough = list(tried[WrongTry.MOST_PER_WEEK - 1 : WrongTry.MOST_PER_WEEK])
    return enough[0] + WrongTry.WEEK if enough else None


def teaches(teacher: User, learner: User) -> bool:
    """True where this learner is in a class of a school that this person leads; a lead at an employer teaches none."""
    places = learner.cohort_places.filter(leads=False, cohort__in=cohorts_led_by(teacher))
    return any(place.cohort.shows_people for place in places.select_related("cohort__organisation"))


def _only_learn_in(cohort: Cohort) -> QuerySet[CohortMember]:
    """The places of people who do nothing but learn, in this group and anywhere else."""
    more = Q(user__is_staff=True) | Q(user__is_superuser=True) | Q(user__in=_with_rights())
    return cohort.members.filter(leads=False, user__is_active=True).exclude(more)


def _with_rights() -> QuerySet[User]:
    """People with a group, a right, another role than a learner's, or a class or team that they lead."""
    roles = Membership.objects.exclude(role=Role.LEARNER).values("user")
    leads = CohortMember.objects.filter(leads=True).values("user")
    return User.objects.filter(
        Q(groups__isnull=False) | Q(user_permissions__isnull=False) | Q(pk__in=roles) | Q(pk__in=leads)
    )


def find_card(token: str) -> LearnerCard | None:
    """The card that this stands on, while it works: of someone who only learns, in a class that goes on."""
    serial = read_token(token)
    if not serial:
        return None
    cards = LearnerCard.objects.select_related("place__user", "place__cohort__organisation")
    card = cards.filter(serial=serial).first()
    return card if card and works(card) else None


def works(card: LearnerCard) -> bool:
    """True while this card leads somewhere."""
    place = card.place
    goes_on = place.cohort.shows_people and place.cohort.closed_at is None
    return goes_on and not place.leads and place.user.is_active and not has_rights(place.user)


def leaders_of(cohorts: list[Cohort]) -> dict[int, list[str]]:
    """Per cohort the names of who leads it."""
    found: dict[int, list[str]] = {cohort.pk: [] for cohort in cohorts}
    for place in CohortMember.objects.filter(cohort__in=cohorts, leads=True).select_related("user"):
        found[place.cohort_id].append(str(place.user))
    return found


def learners_per_organisation() -> list[int]:
    """How many people learn in each organisation that has any; which organisation it is, is not said."""
    counts = (
        CohortMember.objects.filter(leads=False)
        .values("cohort__organisation")
        .annotate(learners=Count("user", distinct=True))
        .order_by()
    )
    return list(counts.values_list("learners", flat=True))


def leaders_in(cohort: Cohort) -> QuerySet[User]:
    """Who leads this group, for who leads it too."""
    return User.objects.filter(cohort_places__cohort=cohort, cohort_places__leads=True).order_by(
        "first_name", "username"
    )


def colleagues_to_lead(cohort: Cohort) -> QuerySet[User]:
    """Who could lead this group too: people of the same organisation with a role that leads. For who leads it."""
    roles = Membership.objects.filter(organisation=cohort.organisation_id, role__in=LEADERS).values("user")
    there = cohort.members.values("user")
    found = User.objects.filter(pk__in=roles, is_active=True).exclude(pk__in=there)
    return found.order_by("first_name", "username")
