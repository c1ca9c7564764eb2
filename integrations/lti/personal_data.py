"""By which keys learning systems and organisations know someone, what waits to be told, files that were asked for."""

from typing import Any

from lti_tool.models import LtiUser

from integrations.models import LtiCompletion, StatementExport
from integrations.single_sign_on import personal_data as sign_on
from integrations.statements.exports import forget_exports_of
from people.models import User
from people.purposes import Fixed, Sign
from people.registry import WITH_THE_PERSON, Held, PersonalData, keeps_nothing, register


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
                    WITH_THE_PERSON,
                ),
                "integrations.StatementExport": Held(
                    "Een bestand met het logboek voor een beheerder", "het bestand 3 dagen (STATEMENT_EXPORT_DAYS)"
                ),
                "integrations.SignOnIdentity": Held(
                    "Iemand herkennen die inlogt met de school of het werk",
                    WITH_THE_PERSON,
                ),
            },
            export=export,
            erase=erase,
            retain=keeps_nothing,
            merge=merge,
            fixed=(
                Fixed("Bestanden met statements", "zoals de beheerder van de server zegt", "Om ze op te halen."),
                Fixed(
                    "Kenmerk bij een school, werk of leeromgeving",
                    "zo lang als de mens hier is",
                    "Om iemand te herkennen.",
                ),
            ),
            signs=(
                Sign("lti_tool.LtiUser", "auth_user", "datetime_modified"),
                Sign("integrations.SignOnIdentity", "user", "used_at"),
            ),
        )
    )
