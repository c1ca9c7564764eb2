"""The demo school class, employer team and region: invented people, a password that everybody knows."""

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from people.cards import token_of
from people.models import Cohort, CohortMember, JoinCode, LearnerCard, Membership, Organisation, Role, User
from people.services import ensure_cards, erase_person, renew_join_code, send_notice

PASSWORD = "kortwijs-demo"  # noqa: S105 (meant to be known; production refuses these accounts)


@dataclass(frozen=True)
class DemoAccount:
    """One person of the cast."""

    username: str
    first_name: str
    role: Role
    organisation: str
    cohort: str = ""
    leads: bool = False


SCHOOL, EMPLOYER, REGION = "Voorbeeldschool", "Voorbeeldbedrijf", "Voorbeeldregio"
KINDS = {
    SCHOOL: Organisation.Kind.SCHOOL,
    EMPLOYER: Organisation.Kind.EMPLOYER,
    REGION: Organisation.Kind.REGION,
}
CAST = (
    DemoAccount("anna", "Anna", Role.LEARNER, SCHOOL, "Klas Zorg 2A"),
    DemoAccount("bram", "Bram", Role.TEACHER, SCHOOL, "Klas Zorg 2A", leads=True),
    DemoAccount("chantal", "Chantal", Role.HR_LEAD, EMPLOYER, "Team Magazijn", leads=True),
    DemoAccount("marit", "Marit", Role.TEAM_LEAD, EMPLOYER),
    DemoAccount("wout", "Wout", Role.FACILITATOR, REGION),
    DemoAccount("eva", "Eva", Role.AUTHOR, SCHOOL),
    DemoAccount("fenna", "Fenna", Role.REVIEWER, SCHOOL),
    DemoAccount("beheer", "Beheer", Role.ADMINISTRATOR, SCHOOL),
)


LEARNERS = ("Bo", "Esra", "Joost", "Samira")  # of Anna's class, without an account: they have cards


@transaction.atomic
def load_demo() -> None:
    """Make what is missing of the demo; what is there stays as it is."""
    for name, kind in KINDS.items():
        Organisation.objects.get_or_create(name=name, by_owner=False, defaults={"kind": kind})
    for account in CAST:
        _make(account)
    _make_learners(Cohort.objects.get(organisation__name=SCHOOL, organisation__by_owner=False, name="Klas Zorg 2A"))


def _make(account: DemoAccount) -> None:
    organisation = Organisation.objects.get(name=account.organisation, by_owner=False)
    user, made = User.objects.get_or_create(
        username=account.username,
        defaults={
            "first_name": account.first_name,
            "is_demo": True,
            "is_staff": account.role is Role.ADMINISTRATOR,
            "is_superuser": account.role is Role.ADMINISTRATOR,
        },
    )
    if made:
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    Membership.objects.get_or_create(user=user, organisation=organisation, role=account.role)
    if account.cohort:
        kind = Cohort.Kind.CLASS if organisation.kind == Organisation.Kind.SCHOOL else Cohort.Kind.TEAM
        cohort, _ = Cohort.objects.get_or_create(
            organisation=organisation, name=account.cohort, defaults={"kind": kind}
        )
        CohortMember.objects.get_or_create(cohort=cohort, user=user, defaults={"leads": account.leads})
        if not cohort.join_codes.exists():
            renew_join_code(cohort=cohort, actor=None)
    if made and account.role is Role.LEARNER:
        send_notice(user=user, text="Welkom in Klas Zorg 2A. Je eerste les staat klaar.")


def _make_learners(cohort: Cohort) -> None:
    for name in LEARNERS:
        user, made = User.objects.get_or_create(
            username=f"demo-{name.lower()}", defaults={"first_name": name, "is_demo": True}
        )
        if made:
            user.set_unusable_password()
            user.save(update_fields=["password"])
            CohortMember.objects.create(cohort=cohort, user=user)
    ensure_cards(places=cohort.members.filter(user__is_demo=True, leads=False), actor=None)


@transaction.atomic
def remove_demo() -> list[str]:
    """Take the demo people away, and their organisations unless others are in them; gives the user names."""
    names = []
    for user in User.objects.filter(is_demo=True):
        names.append(user.username)
        erase_person(user=user, actor=None)
    empty = Organisation.objects.filter(by_owner=False, memberships=None, cohorts__members=None)
    empty.filter(name__in=KINDS).delete()
    return names


def demo_codes() -> dict[str, str]:
    """The open join codes of the demo groups, by group."""
    codes = JoinCode.objects.filter(cohort__organisation__name__in=KINDS).select_related("cohort")
    return {code.cohort.name: code.code for code in reversed(codes) if code.is_open}


def demo_card() -> str:
    """The address of the card of a demo learner, as it stands in the QR; "" without one."""
    card = LearnerCard.objects.filter(place__user__username=f"demo-{LEARNERS[0].lower()}").first()
    return reverse("people:card", args=[token_of(card.serial)]) if card else ""
