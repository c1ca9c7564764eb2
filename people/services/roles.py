"""Giving someone a role and taking it, each with a line in the audit trail and told to that person.

Rows of an organisation are changed one after the other (its row is locked first), so that two administrators who take
each other's role at once never leave it without one.
"""

from collections.abc import Collection
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator

from people.devices import end_sessions_before_role
from people.limits import ROLE_MAILS_BY, ROLE_MAILS_TO
from people.mail import MailDown, clean_email, mail_is_on, send_mail
from people.models import Cohort, CohortMember, Membership, Organisation, Role, RoleInvite, User
from people.names import clean_listed
from people.queries import LEADERS, sees_others
from people.roles import (
    LETS,
    groups_without_leader,
    manages_site,
    organisations_managed_by,
    roles_to_give,
    roles_to_take,
    way_of,
)
from people.services.audit import record_audit
from people.services.groups import add_leader
from people.services.notices import send_notice

GIVEN = """\
Je hebt nu de rol {role} bij {organisation}.
{lets}

Log in op {address}
{step}
Klopt dit niet? Vraag dan hulp aan {organisation}.
"""
TAKEN = """\
Je hebt de rol {role} bij {organisation} niet meer.
Wat je daar van anderen zag, zie je niet meer.
Je eigen lessen blijven van jou.

Klopt dit niet? Vraag dan hulp aan {organisation}.
"""
INVITED = """\
{organisation} geeft je bij Kortwijs de rol {role}.
{lets}

Zo begin je:
1. Ga naar {address}
2. Typ dit e-mailadres.
3. Je krijgt een code per mail. Typ die code.
{step}
Heb je al een account, met een ander adres?
Log dan in zoals je dat doet. Zet dit adres erbij, bij Mijn account.

De uitnodiging werkt tot en met {until}.
Ken je {organisation} niet? Dan hoef je niets te doen.
"""
STEP = "Je zet daarna een tweede stap aan om in te loggen. De site helpt je.\n"
MOST_WAITING = 300
NO_MAIL = "Deze site stuurt nu geen mail. Een uitnodiging kan daarom niet weg."


class RoleRefused(ValueError):
    """Why this role cannot be given or taken; the message is for who tries."""


@transaction.atomic
def give_role(
    *, user: User, organisation: Organisation, role: str, actor: User, invited: bool = False, this_session: str = ""
) -> Membership:
    """From now on `user` is this there, and told so. Who has the role has it still: twice changes nothing.

    invited: they came by an invitation, so the mail went before. this_session: of who acts, which goes on. Where they
    saw nothing of others before, their other sessions end: those last too long for a desk.
    Raises RoleRefused for who cannot sign in, ValueError for who may not give this.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    user = User.objects.select_for_update().get(pk=user.pk)
    if role not in roles_to_give(actor, organisation):
        raise ValueError("this role is not theirs to give")
    if not user.is_active or user.is_nameless or not user.can_sign_in:
        raise RoleRefused("Dit kan alleen voor iemand met een account dat aan staat.")
    found = Membership.objects.filter(user=user, organisation=organisation, role=role).first()
    if found is not None:
        return found
    saw = sees_others(user)
    made = Membership(user=user, organisation=organisation, role=role)
    made.changed_by = actor
    made.save(force_insert=True)
    end_sessions_before_role(user, saw=saw, but=this_session)
    name, label = _short(organisation), Role(role).label
    send_notice(user=user, text=f"Je bent nu {label} bij {name}. {LETS[Role(role)]}", link=reverse(way_of(role)))
    if not invited:
        _mail(user, f"Je rol bij {name}", GIVEN.format(**_words(organisation, role), address=_address(role)))
    if user.login_email:
        RoleInvite.objects.filter(organisation=organisation, email=user.login_email, role=role).delete()
    _tell_others(made, actor, f"{user} is nu {label} bij {name}.")
    return made


@transaction.atomic
def take_role(*, membership: Membership, actor: User) -> list[Cohort]:
    """The role ends at once, with the groups of that organisation that they led by it; gives those nobody leads now.

    What is gone already changes nothing. Raises RoleRefused for one's own role of administrator, so that one stays
    (an administrator of the site may), ValueError for who may not take this.
    """
    organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    if membership.role not in roles_to_take(actor, organisation):
        raise ValueError("this role is not theirs to take")
    found = Membership.objects.select_related("user").filter(pk=membership.pk).first()
    if found is None:
        return []
    user, role = found.user, Role(found.role)
    if user.pk == actor.pk and role == Role.ADMINISTRATOR and not manages_site(actor):
        raise RoleRefused("Je eigen rol van beheerder neem je niet weg. Vraag dat een andere beheerder.")
    found.changed_by = actor
    found.delete()
    left = _stop_leading(user, organisation, actor)
    name = _short(organisation)
    send_notice(user=user, text=f"Je bent niet meer {role.label} bij {name}. Je eigen lessen blijven van jou.")
    _mail(user, f"Je rol bij {name} is gestopt", TAKEN.format(**_words(organisation, role)))
    _tell_others(found, actor, f"{user} is niet meer {role.label} bij {name}.")
    return left


def _stop_leading(user: User, organisation: Organisation, actor: User) -> list[Cohort]:
    """Who has no role left that leads there is out of the groups they led: given the role again, they begin anew."""
    roles = set(Membership.objects.filter(user=user, organisation=organisation).values_list("role", flat=True))
    if roles & set(LEADERS):
        return []
    places = CohortMember.objects.filter(user=user, leads=True, cohort__organisation=organisation)
    if Role.OWNER in roles:
        places = places.exclude(cohort__kind=Cohort.Kind.PROGRAMME)
    led = [place.cohort for place in places.select_related("cohort__organisation")]
    for cohort in led:
        record_audit(actor=actor, action="remove_leader", about=cohort, person=user)
    places.delete()
    return list(groups_without_leader(organisation).filter(pk__in=[cohort.pk for cohort in led]))


@transaction.atomic
def appoint_leader(*, cohort: Cohort, user: User, actor: User) -> CohortMember:
    """Someone for a group that nobody leads, who is told. For who manages the organisation.

    Raises GroupRefused for who may not lead there, ValueError for who does not manage it, or a group with a leader.
    """
    organisation = Organisation.objects.select_for_update().get(pk=cohort.organisation_id)
    manages = manages_site(actor) or organisations_managed_by(actor).filter(pk=organisation.pk).exists()
    if not manages or not groups_without_leader(organisation).filter(pk=cohort.pk).exists():
        raise ValueError("only for a group without a leader, by who manages the organisation")
    place = add_leader(cohort=cohort, user=user, actor=actor)
    send_notice(user=user, text=f"Je leidt nu {cohort.name}.", link=reverse("insight:cohort", args=[cohort.pk]))
    return place


def invite_to_role(*, email: str, name: str, organisation: Organisation, role: str, actor: User) -> RoleInvite:
    """Mail someone that a role waits for them, with how to sign in. It begins when mail there is shown to be theirs.

    The same whether the address has an account or not, so that nobody finds out. Inviting again lasts anew and mails
    again. Raises RoleRefused for what cannot be, MailDown (then nothing was kept), ValueError for who may not give it.
    """
    if role not in roles_to_give(actor, organisation):
        raise ValueError("this role is not theirs to give")
    if not mail_is_on():
        raise RoleRefused(NO_MAIL)
    try:
        email, name = clean_email(email), clean_listed(name)
    except ValueError as error:
        raise RoleRefused(str(error).replace("Typ je e-mailadres", "Typ een e-mailadres")) from error
    to, by = f"{organisation.pk}:{email}", str(actor.pk)
    if ROLE_MAILS_TO.is_reached(to) or ROLE_MAILS_BY.is_reached(by):
        raise RoleRefused("Er gingen al veel uitnodigingen weg. Wacht een uur en probeer het opnieuw.")
    if RoleInvite.objects.filter(organisation=organisation, expires_at__gt=timezone.now()).count() >= MOST_WAITING:
        raise RoleRefused("Er wachten al veel uitnodigingen. Trek er eerst een paar in.")
    ROLE_MAILS_TO.count(to)
    ROLE_MAILS_BY.count(by)
    before = RoleInvite.objects.filter(organisation=organisation, email=email, role=role).first()
    values = {"name": name, "invited_by": actor, "expires_at": timezone.now() + RoleInvite.LASTS}
    invite, _ = RoleInvite.objects.update_or_create(organisation=organisation, email=email, role=role, defaults=values)
    address = f"{settings.BASE_URL}{reverse('people:sign_in_by_code')}?next={reverse(way_of(role))}"
    until = date_format(timezone.localtime(invite.expires_at), "j F Y")
    text = INVITED.format(**_words(organisation, role), address=address, until=until)
    try:
        send_mail(to=email, subject=f"Een rol bij {_short(organisation)}", text=text)
    except MailDown:
        if before is None:
            invite.delete()
        else:
            before.save()
        raise
    record_audit(actor=actor, action="invite_to_role", organisation=organisation, role=str(role))
    return invite


@transaction.atomic
def withdraw_invite(*, invite: RoleInvite, actor: User) -> None:
    """It gives no role any more. Twice changes nothing. Raises ValueError for who may not give this role."""
    if invite.role not in roles_to_take(actor, invite.organisation):
        raise ValueError("this role is not theirs to give")
    if RoleInvite.objects.filter(pk=invite.pk).delete()[0]:
        record_audit(actor=actor, action="withdraw_invite", organisation=invite.organisation_id, role=str(invite.role))


@transaction.atomic
def take_up_invites(*, user: User, this_session: str = "") -> list[Membership]:
    """The roles that wait for someone of whom it was shown that mail at `login_email` is theirs.

    None where the invitation ended, or where who invited may not give the role any more.
    """
    if not user.login_email:
        return []
    found = []
    for waiting in list(RoleInvite.objects.filter(email=user.login_email)):
        organisation = Organisation.objects.select_for_update().get(pk=waiting.organisation_id)
        invite = RoleInvite.objects.select_related("invited_by").filter(pk=waiting.pk).first()
        if invite is None:
            continue
        invite.delete()
        if invite.is_open and invite.role in roles_to_give(invite.invited_by, organisation):
            _name(user, invite.name)
            found.append(
                give_role(
                    user=user, organisation=organisation, role=invite.role, actor=invite.invited_by, invited=True,
                    this_session=this_session,
                )
            )  # fmt: skip
    return found


def _name(user: User, name: str) -> None:
    """An account that was made by this invitation gets the name that was typed; no other does."""
    if not user.get_full_name() and not user.memberships.exists() and not user.cohort_places.exists():
        user.first_name = name
        user.save(update_fields=["first_name"])


def _words(organisation: Organisation, role: str) -> dict[str, str]:
    return {
        "organisation": organisation.name,
        "role": str(Role(role).label),
        "lets": LETS[Role(role)],
        "step": STEP if settings.SECOND_STEP_FROM else "",
    }


def _address(role: str) -> str:
    return f"{settings.BASE_URL}{reverse('people:sign_in')}?next={reverse(way_of(role))}"


def _short(organisation: Organisation) -> str:
    return Truncator(organisation.name).chars(80)


def _tell_others(membership: Membership, actor: User, text: str) -> None:
    """Power that is given, and what someone gives themself, is no secret to others who manage the organisation."""
    if membership.role != Role.ADMINISTRATOR and membership.user_id != actor.pk:
        return
    there = User.objects.filter(
        memberships__organisation=membership.organisation_id, memberships__role=Role.ADMINISTRATOR
    )
    others = set(there) | (set(User.objects.filter(is_superuser=True)) if manages_site(actor) else set())
    for other in others:
        if other.is_active and other.pk not in (actor.pk, membership.user_id):
            send_notice(user=other, text=f"{Truncator(text).chars(150)} {Truncator(f'Dat deed {actor}.').chars(80)}")


def _mail(user: User, subject: str, text: str) -> None:
    """To all addresses that are known of them, once it is done. The message here goes anyway."""
    addresses: Collection[str] = {address for address in (user.login_email, user.email) if address}
    for address in addresses:
        transaction.on_commit(partial(_send, address, subject, text))


def _send(to: str, subject: str, text: str) -> None:
    if mail_is_on():
        try:
            send_mail(to=to, subject=subject, text=text)
        except MailDown:
            return
