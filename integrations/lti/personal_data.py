"""By which keys learning systems and organisations know someone, what waits to be told, files that were asked for."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from lti_tool.models import LtiUser

from integrations.models import LtiCompletion, StatementExport
from integrations.single_sign_on import personal_data as sign_on
from integrations.statements.exports import forget_exports_of
from people.models import User
from people.registry import Held, PersonalData, register
from people.services import erase_person


def export(user: User) -> dict[str, Any]:
    waiting = LtiCompletion.objects.filter(who__auth_user=user).order_by("pk")
    return {
        "bekend in een leeromgeving": [
            {"leeromgeving": known.registration.name, "kenmerk": known.sub}
            for known in LtiUser.objects.filter(auth_user=user).select_related("registration").order_by("pk")
        ],
        "leeromgeving hoort dat dit klaar is": [
            {"wat": str(one), "gestuurd": one.sent_at.isoformat() if one.sent_at else ""} for one in waiting
        ],
        "bestanden met statements": [
            {"gevraagd": one.created_at.isoformat(), "filters": one.filters}
            for one in StatementExport.objects.filter(asked_by=user)
        ],
        **sign_on.export(user),
    }


def erase(user: User) -> dict[str, int]:
    return {
        "kenmerken in een leeromgeving": LtiUser.objects.filter(auth_user=user).delete()[0],
        "bestanden met statements": forget_exports_of(user=user),
        **sign_on.erase(user),
    }


def retain(now: datetime) -> dict[str, int]:
    """Who came from a learning system only, and did not for RETENTION_NAMELESS_DAYS days, goes from every room."""
    limit = now - timedelta(days=settings.RETENTION_NAMELESS_DAYS)
    recent = LtiUser.objects.filter(datetime_modified__gte=limit, auth_user__isnull=False).values("auth_user")
    old = User.objects.filter(lti_users__isnull=False, username__startswith="lti-", login_email=None)
    count = 0
    for user in old.exclude(pk__in=recent).distinct():
        erase_person(user=user, actor=None)
        count += 1
    return {"leerlingen uit een leeromgeving": count, **sign_on.retain(now)}


def merge(source: User, target: User) -> None:
    LtiUser.objects.filter(auth_user=source).update(auth_user=target)
    StatementExport.objects.filter(asked_by=source).update(asked_by=target)
    sign_on.merge(source, target)


def register_integrations() -> None:
    register(
        PersonalData(
            room="integrations",
            models={
                "lti_tool.LtiUser": Held(
                    "Iemand herkennen uit het leersysteem van de school",
                    "400 dagen na de laatste keer (RETENTION_NAMELESS_DAYS), of tot iemand zichzelf wist",
                ),
                "integrations.StatementExport": Held(
                    "Een bestand met het logboek voor een beheerder", "het bestand 3 dagen (STATEMENT_EXPORT_DAYS)"
                ),
                "integrations.SignOnIdentity": Held(
                    "Iemand herkennen die inlogt met de school of het werk",
                    "400 dagen na de laatste keer (RETENTION_NAMELESS_DAYS), of tot iemand zichzelf wist",
                ),
            },
            export=export,
            erase=erase,
            retain=retain,
            merge=merge,
        )
    )
