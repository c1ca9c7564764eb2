"""What the room `people` itself holds about a person."""

from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from people.audit import group_looks_told, keys_of, lines_of, looks_at
from people.devices import DEVICE
from people.erasures import forget_old_entries
from people.models import (
    BreakGlass,
    CohortMember,
    EmailCode,
    FormerAuditKey,
    FormerKey,
    HandOver,
    LearnerCard,
    ListImport,
    Membership,
    Notice,
    Organisation,
    PictureCode,
    Pseudonym,
    RetentionRun,
    RetentionTerm,
    RoleInvite,
    Session,
    User,
    WrongTry,
)
from people.own_purposes import FIXED, PURPOSES, SIGNS
from people.queries import has_rights
from people.registry import WITH_THE_PERSON, Held, PersonalData, purpose_of, register
from people.services.retention_runs import forget_old_runs
from people.terms import days_of


def export(user: User) -> dict[str, Any]:
    keys = keys_of(user)
    return {
        "gebruikersnaam": user.username,
        "naam": user.get_full_name(),
        "sleutel op de telefoon": str(user.owner_key),
        "eerdere sleutels": [str(key) for key in user.former_keys.values_list("key", flat=True)],
        "e-mail": user.email,
        "e-mail om in te loggen": user.login_email or "",
        "sinds": user.date_joined.isoformat(),
        "rollen": [str(membership) for membership in user.memberships.select_related("organisation", "user")],
        "groepen": [
            {"groep": str(place.cohort), "sinds": place.joined_at.isoformat(), "leidt": place.leads}
            for place in user.cohort_places.select_related("cohort__organisation")
        ],
        "rechten om te bewerken": [*user.groups.values_list("name", flat=True), *user.get_user_permissions()],
        "namen in het logboek van lessen": [str(name) for name in user.pseudonyms.values_list("name", flat=True)],
        "rollen die wachten": [
            f"{one}, tot {one.expires_at.isoformat()}"
            for one in RoleInvite.objects.filter(email=user.login_email or "").select_related("organisation")
        ],
        "plaatjescode": "ja" if PictureCode.objects.filter(user=user).exclude(digest="").exists() else "nee",
        "kaarten": [str(card.place.cohort) for card in _cards_of(user)],
        "lijsten die werden ingelezen": ListImport.objects.filter(actor=user).count(),
        "tweede stappen": [
            f"{one.get_type_display()}, sinds {one.created_at.isoformat()}"
            for one in Authenticator.objects.filter(user=user)
        ],
        "apparaten": [
            session.get_decoded().get(DEVICE, "telefoon") for session in Session.objects.filter(user_id=user.pk)
        ],
        "wie keek": [
            {"wanneer": look.at.isoformat(), "wat": look.action, "waarom": look.why} for look in looks_at(user)
        ]
        + [
            {"wanneer": day.isoformat(), "wat": look.action, "groep": look.group}
            for look in group_looks_told(user)
            for day in look.days
        ],
        "bewaartermijnen die je zette": RetentionTerm.objects.filter(set_by=user).count(),
        "keren dat je liet opruimen": RetentionRun.objects.filter(asked_by=user).count(),
        "uitleg van beheerders die keken": list(user.looked_into.values_list("text", flat=True)),
        "in het logboek": [
            {"wanneer": line.at.isoformat(), "wat": line.action, "deed jij": line.actor_key in keys}
            for line in lines_of(user)
        ],
        "berichten": list(user.notices.values_list("text", flat=True)),
    }


def _cards_of(user: User) -> QuerySet[LearnerCard]:
    return LearnerCard.objects.filter(place__user=user).select_related("place__cohort__organisation")


def erase(user: User) -> dict[str, int]:
    """The person, their sessions and, by cascade, memberships, places, cards, pictures, notices and pseudonyms.

    A firm they registered goes with its last owner.
    """
    ended, _ = Session.objects.filter(user_id=user.pk).delete()
    invites, _ = RoleInvite.objects.filter(email=user.login_email or "").delete()
    codes, _ = EmailCode.objects.filter(email=user.login_email or "").delete()
    firms = list(Organisation.objects.filter(by_owner=True, memberships__user=user).values_list("pk", flat=True))
    _, counts = user.delete()
    left, _ = Organisation.objects.filter(pk__in=firms, memberships=None).delete()
    return {
        **counts,
        "people.Session": ended,
        "people.EmailCode": codes,
        "people.RoleInvite": invites,
        "people.Organisation": left,
    }


def retain(now: datetime) -> dict[str, int]:
    """Codes to go on on another phone, a day after they ended; codes that were mailed, after an hour; wrong tries at
    the door of a team, which say of nobody whose they were, after the week in which they count; lists after a day;
    and who was erased, once no copy of the database from before may be there. Looks into a person, as long as the lines
    about them in the audit trail."""
    gone, _ = HandOver.objects.filter(expires_at__lt=now - timedelta(days=1)).delete()
    mailed, _ = EmailCode.objects.filter(expires_at__lt=now - timedelta(hours=1)).delete()
    invites, _ = RoleInvite.objects.filter(expires_at__lt=now).delete()
    tries, _ = WrongTry.objects.filter(at__lt=now - WrongTry.WEEK).delete()
    lists, _ = ListImport.objects.filter(made_at__lt=now - timedelta(days=1)).delete()
    term = now - timedelta(days=days_of(purpose_of("audit"), None, now) or 0)
    glasses, _ = BreakGlass.objects.filter(until__lt=term).delete()
    return {
        "keren meekijken": glasses,
        "keren opruimen": forget_old_runs(now),
        "regels in het journaal": forget_old_entries(now),
        "lijsten met namen": lists,
        "codes voor een andere telefoon": gone,
        "codes per e-mail": mailed,
        "uitnodigingen voor een rol": invites,
        "foute pogingen bij een team": tries,
    }


def merge(source: User, target: User) -> None:
    """Places and messages of `source` become `target`'s; what `target` has already stays its own.

    A target without a name takes the source's. What a phone still sends under a key of the source is the target's.
    Cards go along with their place; a target with pictures of its own keeps these, and one with more rights gets none.
    """
    if target.is_nameless and not source.is_nameless:
        target.first_name, target.is_nameless = source.first_name, False
        target.save(update_fields=["first_name", "is_nameless"])
    if source.seen_on and (target.seen_on is None or target.seen_on < source.seen_on):
        User.objects.filter(pk=target.pk).update(seen_on=source.seen_on)
    FormerKey.objects.filter(user=source).update(user=target)
    FormerKey.objects.create(key=source.owner_key, user=target)
    has = set(target.memberships.values_list("organisation_id", "role"))
    for membership in Membership.objects.filter(user=source):
        if (membership.organisation_id, membership.role) not in has:
            Membership.objects.filter(pk=membership.pk).update(user=target)
    for place in CohortMember.objects.filter(user=source):  # who looked since, looked at them too
        target.cohort_places.filter(cohort=place.cohort_id, joined_at__gt=place.joined_at).update(
            joined_at=place.joined_at
        )
    CohortMember.objects.filter(user=source).exclude(cohort__in=target.cohort_places.values("cohort")).update(
        user=target
    )
    _merge_pictures(source, target)
    CohortMember.objects.filter(
        user=target, cohort__in=source.cohort_places.filter(came_in=True).values("cohort")
    ).update(came_in=True)
    BreakGlass.objects.filter(person=source).update(person=target)
    Notice.objects.filter(user=source).update(user=target)
    FormerAuditKey.objects.filter(user=source).update(user=target)
    FormerAuditKey.objects.create(key=source.audit_key, user=target)
    Session.objects.filter(user_id=source.pk).delete()
    Pseudonym.objects.filter(user=source).exclude(target__in=target.pseudonyms.values("target")).update(user=target)


def _merge_pictures(source: User, target: User) -> None:
    if PictureCode.objects.filter(user=target).exclude(digest="", was_reset=False).exists() or has_rights(target):
        return
    moved = PictureCode.objects.filter(user=source).exclude(digest="", was_reset=False)
    if moved.exists():
        PictureCode.objects.filter(user=target).delete()
        moved.update(user=target)


def register_people() -> None:
    register(
        PersonalData(
            room="people",
            models={
                "people.User": Held(
                    "Weten wie leert, en naam voor docent of team",
                    "tot iemand zichzelf wist, of een termijn: learners_alone, learners_in_groups, accounts",
                ),
                "people.Membership": Held(
                    "Rol bij een school of werkgever", "tot iemand de rol verliest, of zichzelf wist"
                ),
                "people.CohortMember": Held(
                    "In welke klas of welk team iemand leert",
                    "tot iemand eruit gaat; van een groep die stopte een termijn: places",
                ),
                "people.Notice": Held("Een bericht aan iemand", "een termijn: notices"),
                "people.RetentionTerm": Held(
                    "Nagaan wie een bewaartermijn zette", "tot een ander hem zet, of de organisatie weg is"
                ),
                "people.RetentionRun": Held(
                    "Laten zien hoe ver opruimen is, en wie erom vroeg", "een jaar; wat alleen geteld is een dag"
                ),
                "people.Pseudonym": Held(
                    "Een willekeurige naam, zodat het logboek van lessen geen namen heeft", WITH_THE_PERSON
                ),
                "people.AuditEntry": Held(
                    "Nagaan wie wat deed (verantwoording, beveiliging)",
                    "een termijn: audit; van wie zich wist blijft een regel zonder mens",
                ),
                "people.FormerAuditKey": Held("Nagaan wie wat deed, na samenvoegen", WITH_THE_PERSON),
                "people.BreakGlass": Held(
                    "Laten zien welke beheerder meekeek en waarom", "een termijn: audit (van de site)"
                ),
                "people.Session": Held("Ingelogd blijven", "400 dagen, of tot uitloggen"),
                "people.FormerKey": Held(
                    "Antwoorden van een telefoon van voor het samenvoegen herkennen", WITH_THE_PERSON
                ),
                "people.HandOver": Held("Verder op een andere telefoon", "een dag nadat de code voorbij is"),
                "people.EmailCode": Held("Inloggen met een code per e-mail", "een uur nadat de code voorbij is"),
                "people.RoleInvite": Held(
                    "Een collega uitnodigen voor een rol: e-mailadres, naam en rol",
                    "tot die inlogt, de uitnodiging wordt ingetrokken, of 14 dagen",
                ),
                "people.PictureCode": Held(
                    "Binnenkomen zonder te typen", "tot iemand andere plaatjes kiest of zichzelf wist"
                ),
                "people.LearnerCard": Held(
                    "Binnenkomen met een kaart", "tot de kaart wordt ingetrokken, of iemand de klas verlaat"
                ),
                "people.ListImport": Held("Een lijst met leerlingen inlezen", "een dag"),
                "mfa.Authenticator": Held("Een tweede stap bij inloggen", "tot iemand hem uitzet of zichzelf wist"),
                "account.EmailAddress": Held("Tabel van allauth; blijft leeg", WITH_THE_PERSON),
            },
            export=export,
            erase=erase,
            retain=retain,
            merge=merge,
            purposes=PURPOSES,
            fixed=FIXED,
            signs=SIGNS,
        )
    )
