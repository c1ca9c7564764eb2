"""What a learner did: theirs to take along, to erase, to bring to another account."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from assessments.models import QuestionnaireAnswers
from learning.models import (
    Attempt,
    Credential,
    DeskMessage,
    Event,
    HelpRequest,
    OwnRoute,
    PlanOutcome,
    PlayState,
    Progress,
    ReviewChoice,
)
from learning.playing import merge_states
from learning.pulse import KEPT_FOR, PULSE
from modules.completion import is_complete
from modules.queries import steps_of_revisions
from people.models import User
from people.purposes import Batch, Fixed, Purpose, Scope, Sign, delete
from people.registry import WITH_THE_PERSON, Held, PersonalData, register


def export(user: User) -> dict[str, Any]:
    return {
        "voortgang": [
            {
                "les": row.module,
                "status": row.status.label,
                "stap": f"{row.step_number} van {row.step_count}",
                "bewaard": row.saved_at.isoformat(),
            }
            for row in Progress.objects.filter(user=user).order_by("module")
        ],
        "pogingen": [
            {"les": row.module, "begonnen": row.started_at.isoformat()}
            for row in Attempt.objects.filter(user=user).order_by("started_at")
        ],
        "gebeurtenissen": Event.objects.filter(user=user).count(),
        "vraagt om hulp": [
            {"les": request.module, "sinds": request.asked_at.isoformat()}
            for request in HelpRequest.objects.filter(user=user)
        ],
        "stand in oefeningen": [
            {"les": row.module, "stap": row.step, "stand": row.state, "bewaard": row.saved_at.isoformat()}
            for row in PlayState.objects.filter(user=user).order_by("module", "step")
        ],
        "herhalen": [
            {
                "gestopt": choice.stopped,
                "herinnering": choice.get_reminder_display(),
                "uur": choice.hour,
                "laatste herinnering": str(choice.reminded_on or ""),
            }
            for choice in ReviewChoice.objects.filter(user=user)
        ],
        "gelukt?": [
            {
                "les": row.response.module,
                "antwoord": row.get_outcome_display(),
                "moment": row.at.isoformat(),
                "telt mee bij": [str(organisation) for organisation in row.counted_for.all()],
            }
            for row in PlanOutcome.objects.filter(user=user)
            .select_related("response")
            .prefetch_related("counted_for")
            .order_by("at")
        ],
        "eigen route": [
            {
                "route": route.path.title if route.path else "",
                "lessen": route.lessons,
                "alleen de vragen": route.checks,
                "gekozen": route.made_at.isoformat(),
            }
            for route in OwnRoute.objects.filter(user=user).select_related("path")
        ],
        "bewijzen": [
            {
                "route": row.title,
                "gemaakt": row.made_on.isoformat(),
                "lessen": row.lessons,
                "te zien voor anderen": row.is_shown,
                "naam erbij": row.shown_name,
                "ingetrokken": row.is_revoked,
                "bewijs": row.token,
            }
            for row in Credential.objects.filter(user=user).select_related("slot")
        ],
        "gestuurd naar een loket": [
            {"loket": sent.desk, "moment": sent.sent_at.isoformat(), "onderwerp": sent.subject, "tekst": sent.text}
            for sent in DeskMessage.objects.filter(user=user)
        ],
    }


def describe(user: User) -> str:
    """How many lessons someone began."""
    count = Progress.objects.filter(user=user).count()
    return f"{count} {'les' if count == 1 else 'lessen'}" if count else ""


def erase(user: User) -> dict[str, int]:
    return {
        "antwoorden op gelukt?": PlanOutcome.objects.filter(user=user).delete()[0],
        "gebeurtenissen": Event.objects.filter(user=user).delete()[0],
        "pogingen": Attempt.objects.filter(user=user).delete()[0],
        "voortgang": Progress.objects.filter(user=user).delete()[0],
        "keuzes over herhalen": ReviewChoice.objects.filter(user=user).delete()[0],
        "eigen route": OwnRoute.objects.filter(user=user).delete()[0],
        "stand in oefeningen": PlayState.objects.filter(user=user).delete()[0],
        "berichten aan een loket": DeskMessage.objects.filter(user=user).delete()[0],
        "vragen om hulp": HelpRequest.objects.filter(user=user).delete()[0],
        "bewijzen": Credential.objects.filter(user=user).delete()[0],
    }


def retain(now: datetime) -> dict[str, int]:
    """Answers to the pulse go when their quarter and their half year are over, and its figures are told."""
    felt, _ = QuestionnaireAnswers.objects.filter(questionnaire=PULSE, received_at__lt=now - KEPT_FOR).delete()
    return {"antwoorden op de puls": felt}


def _filled_in(limit: datetime, _: Scope) -> QuerySet[QuestionnaireAnswers]:
    return QuestionnaireAnswers.objects.filter(received_at__lt=limit).exclude(questionnaire=PULSE)


def _drop_filled_in(batch: Batch) -> int:
    """The day of each stays with its person: who filled one in was here, and is kept as long as before."""
    rows = QuestionnaireAnswers.objects.filter(pk__in=batch.keys)
    for user, last in rows.order_by().values_list("user").annotate(last=Max("received_at")):
        earlier = Q(seen_on=None) | Q(seen_on__lt=last.date())
        User.objects.filter(earlier, pk=user).update(seen_on=last.date())
    rows.delete()
    return len(batch.keys)


def _played(limit: datetime, _: Scope) -> QuerySet[PlayState]:
    return PlayState.objects.filter(saved_at__lt=limit)


def _asked_for_help(limit: datetime, _: Scope) -> QuerySet[HelpRequest]:
    return HelpRequest.objects.filter(asked_at__lt=limit)


PURPOSES = (
    Purpose(
        key="questionnaires",
        name="Ingevulde vragenlijsten",
        about="De startmeting, de nameting en de digiscan, met de antwoorden.",
        unit=("vragenlijst", "vragenlijsten"),
        default=lambda: 1095,
        least=190,
        least_why="Zo lang telt een lijst mee in cijfers van een kwartaal, en naast de lijst van erna.",
        most=1825,
        most_why="Na 5 jaar zegt een lijst niets meer over wie die invulde.",
        due=_filled_in,
        drop=_drop_filled_in,
        owner="user",
        told="Wat je invult in een vragenlijst, gaat na {term} weg.",
    ),
    Purpose(
        key="played",
        name="Stand in een H5P-opdracht",
        about="Hoe ver iemand is in een opdracht die van elders komt.",
        unit=("stand", "standen"),
        default=lambda: settings.RETENTION_NAMELESS_DAYS,
        setting="RETENTION_NAMELESS_DAYS",
        least=30,
        least_why="Wie een maand niet komt, kan verder waar die was.",
        most=1095,
        most_why="Na 3 jaar is de opdracht zelf anders.",
        due=_played,
        drop=delete,
        owner="user",
        told="Hoe ver je bent in een opdracht, weten we {term}.",
    ),
    Purpose(
        key="help",
        name="Vragen om hulp",
        about="Een leerling vroeg om hulp, en niemand haalde de vraag weg.",
        unit=("vraag", "vragen"),
        default=lambda: 180,
        least=14,
        least_why="Een docent die ziek is, vindt de vraag nog.",
        most=365,
        most_why="Na een schooljaar helpt het niet meer.",
        due=_asked_for_help,
        drop=delete,
        owner="user",
        told="Je vraag om hulp gaat na {term} weg.",
    ),
)
FIXED = (
    Fixed("Bewijzen van meedoen", "tot iemand het weghaalt of zichzelf wist", "Wie zijn bewijs laat zien, blijft."),
    Fixed("Vragen over hoe het werk is (de puls)", "200 dagen", "Dan zijn de cijfers van het half jaar verteld."),
)
SIGNS = (
    Sign("learning.Event", "user", "received_at"),
    Sign("learning.OwnRoute", "user", "made_at"),
    Sign("learning.Credential", "user", where=(("is_shown", True), ("slot__revoked_on", None))),
)


@transaction.atomic
def merge(source: User, target: User) -> None:
    """Events, attempts and choices move; progress in the same module becomes one, at the place of the last."""
    Event.objects.filter(user=source).update(user=target)
    Attempt.objects.filter(user=source).update(user=target)
    PlanOutcome.objects.filter(user=source).update(user=target)
    if not HelpRequest.objects.filter(user=target).exists():
        HelpRequest.objects.filter(user=source).update(user=target)
    if not ReviewChoice.objects.filter(user=target).exists():  # what someone chose with an account stays
        ReviewChoice.objects.filter(user=source).update(user=target)
    _merge_routes(source, target)
    _merge_credentials(source, target)
    DeskMessage.objects.filter(user=source).update(user=target)
    merge_states(source, target)
    own = {row.module: row for row in Progress.objects.filter(user=target)}
    for row in Progress.objects.filter(user=source):
        other = own.get(row.module)
        if other is None:
            row.user = target
            row.save(update_fields=["user"])
            continue
        later, earlier = (row, other) if row.saved_at > other.saved_at else (other, row)
        seen = [*earlier.seen, *(step for step in later.seen if step not in earlier.seen)]
        results = {**earlier.results}
        for exercise, parts in later.results.items():
            results[exercise] = {**results.get(exercise, {}), **parts}
        completed = [moment for moment in (row.completed_at, other.completed_at) if moment]
        for name in ("attempt", "revision", "step", "step_number", "step_count", "saved_at"):
            setattr(other, name, getattr(later, name))
        other.seen, other.results = seen, results
        other.completed_at = min(completed) if completed else _completed_now(other)
        other.save()
        row.delete()


def _merge_credentials(source: User, target: User) -> None:
    """All stay, since each may have been given to somebody; of two for one path the target's is that of the path."""
    theirs = Credential.objects.filter(user=target, path__isnull=False).values_list("path", flat=True)
    Credential.objects.filter(user=source, path__in=list(theirs)).update(user=target, path=None)
    Credential.objects.filter(user=source).update(user=target)


def _merge_routes(source: User, target: User) -> None:
    """The route that was chosen last stays."""
    routes = sorted(OwnRoute.objects.filter(user__in=[source, target]), key=lambda route: route.made_at)
    for route in routes[:-1]:
        route.delete()
    OwnRoute.objects.filter(user=source).update(user=target)


def _completed_now(progress: Progress) -> datetime | None:
    """Now, when two halves together make the whole lesson."""
    revisions = steps_of_revisions({progress.revision})
    if progress.revision not in revisions:
        return None
    _, steps = revisions[progress.revision]
    return timezone.now() if is_complete(steps, progress.seen, progress.results) else None


def register_learning() -> None:
    register(
        PersonalData(
            room="learning",
            models={
                "learning.Attempt": Held("Waar iemand is in een les", WITH_THE_PERSON),
                "learning.Event": Held("Alles precies één keer bewaren", WITH_THE_PERSON),
                "learning.Progress": Held("Verdergaan waar iemand was", WITH_THE_PERSON),
                "learning.HelpRequest": Held(
                    "Hulp vragen aan de docent", "tot de hulp er is of iemand het terugneemt, of een termijn: help"
                ),
                "learning.ReviewChoice": Held("Herhaalkaarten op het goede moment", WITH_THE_PERSON),
                "learning.PlanOutcome": Held("Vragen of een plan lukte", WITH_THE_PERSON),
                "learning.OwnRoute": Held("De route die iemand koos", WITH_THE_PERSON),
                "learning.DeskMessage": Held("Een digiscan sturen naar een loket in de regio", WITH_THE_PERSON),
                "learning.Credential": Held("Een bewijs van meedoen", "tot iemand het weghaalt, of zelf weg is"),
                "learning.PlayState": Held("Verdergaan in een H5P-opdracht", "een termijn na de laatste keer: played"),
            },
            export=export,
            erase=erase,
            retain=retain,
            merge=merge,
            describe=describe,
            purposes=PURPOSES,
            fixed=FIXED,
            signs=SIGNS,
        )
    )
