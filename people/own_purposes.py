"""For what the room `people` keeps something, and how long: what an organisation or the site can set."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from people import inactive
from people.audit import forget_lines, lines_before
from people.models import Agreement, CohortMember, Notice, User
from people.purposes import Batch, Fixed, Purpose, Scope, Sign, delete
from people.queries import has_rights, learning_places_of


def _old_notices(limit: datetime, _: Scope) -> QuerySet[Notice]:
    return Notice.objects.filter(created_at__lt=limit)


def _ended_agreements(limit: datetime, scope: Scope) -> QuerySet[Agreement]:
    return Agreement.objects.filter(scope.rows("organisation"), ends_on__lt=limit.date())


def _places_of_ended_groups(limit: datetime, scope: Scope) -> QuerySet[CohortMember]:
    return CohortMember.objects.filter(scope.rows("cohort__organisation"), cohort__closed_at__lt=limit)


def _end_places(batch: Batch) -> int:
    """The organisation lets go of people: their card stops. A name that a teacher gave goes with the last place of who
    has no account; what was learnt stays the learner's."""
    places = CohortMember.objects.filter(pk__in=batch.keys)
    listed = list(places.filter(by_lead=True).values_list("user", flat=True))
    places.delete()
    left = User.objects.filter(pk__in=listed, cohort_places=None, login_email=None, has_sign_on=False)
    left.filter(password__startswith=inactive.UNUSABLE, memberships=None).update(first_name="", is_nameless=True)
    return len(batch.keys)


def _belongs(user: User) -> bool:
    return user.cohort_places.exists() or user.memberships.exists()


PURPOSES = (
    Purpose(
        key="learners_alone",
        name="Leerlingen zonder account, in geen groep",
        about="Iemand leert zonder account en zonder groep. De termijn telt na de laatste keer. Dan gaat alles weg.",
        unit=("mens", "mensen"),
        default=lambda: settings.RETENTION_NAMELESS_DAYS,
        setting="RETENTION_NAMELESS_DAYS",
        least=30,
        least_why="Wie een maand niet komt, kan verder waar die was.",
        most=1095,
        most_why="Na 3 jaar komt bijna niemand terug. Langer bewaren is niet nodig.",
        due=inactive.alone,
        drop=inactive.erase,
        people=True,
        at_once=10,
        told="Doe je hier {term} niets? Dan gaat alles van jou weg.",
        applies=lambda user: not inactive.has_account(user) and not _belongs(user),
    ),
    Purpose(
        key="learners_in_groups",
        name="Leerlingen zonder account, in een klas of team",
        about="Iemand leert in een groep zonder account. De termijn telt na de laatste keer. Dan gaat alles weg.",
        unit=("mens", "mensen"),
        default=lambda: settings.RETENTION_NAMELESS_DAYS,
        setting="RETENTION_NAMELESS_DAYS",
        least=180,
        least_why="Een stage, een ziekte of een lange vakantie past erin. Wat iemand leerde, is van die mens.",
        most=1095,
        most_why="Een opleiding van 3 jaar past erin. Langer bewaren is niet nodig.",
        due=inactive.in_groups,
        drop=inactive.erase,
        per_organisation=True,
        people=True,
        at_once=10,
        told="Doe je hier {term} niets? Dan gaat alles van jou weg.",
        applies=lambda user: not inactive.has_account(user) and _belongs(user),
    ),
    Purpose(
        key="accounts",
        name="Accounts van wie leert",
        about="Iemand met een eigen account komt niet meer. Dan gaat alles weg. Wie een rol heeft, blijft.",
        unit=("mens", "mensen"),
        default=lambda: 1095,
        least=365,
        least_why="Wie een account maakte, verwacht het na een jaar nog.",
        most=1825,
        most_why="Na 5 jaar zonder gebruik is een account niet meer nodig.",
        due=inactive.with_account,
        drop=inactive.erase,
        people=True,
        at_once=10,
        told="Gebruik je je account {term} niet? Dan gaat alles van jou weg.",
        applies=lambda user: inactive.has_account(user) and not has_rights(user),
    ),
    Purpose(
        key="places",
        name="Plaatsen in een klas of team die is gestopt",
        about="Wie er in de klas of het team zat. Ook de kaarten gaan weg. De lessen blijven van de mens zelf.",
        unit=("plaats", "plaatsen"),
        default=lambda: 365,
        least=30,
        least_why="Een groep die per ongeluk stopte, kan nog terug.",
        most=1095,
        most_why="Daarna hoeft niemand te weten wie erin zat.",
        due=_places_of_ended_groups,
        drop=_end_places,
        per_organisation=True,
        owner="user",
        told="Je klas of team stopt: na {term} gaat je plek daar weg. Je lessen blijven.",
        applies=lambda user: learning_places_of(user).exists(),
    ),
    Purpose(
        key="notices",
        name="Berichten aan iemand",
        about="Een bericht op de eigen pagina van iemand, gelezen of niet.",
        unit=("bericht", "berichten"),
        default=lambda: 365,
        least=30,
        least_why="Wie een maand niet komt, leest het bericht nog.",
        most=730,
        most_why="Een bericht van 2 jaar oud zegt niemand meer iets.",
        due=_old_notices,
        drop=delete,
        owner="user",
        told="Berichten aan jou gaan na {term} weg.",
    ),
    Purpose(
        key="agreements",
        name="Afspraken met de OR of PVT die zijn gestopt",
        about="Met wie het is afgesproken, en wanneer. En in welk document dat staat.",
        unit=("afspraak", "afspraken"),
        default=lambda: 1825,
        least=730,
        least_why="Zo lang moet na te gaan zijn waarom iemand iets mocht zien.",
        most=2555,
        most_why="Na 7 jaar vraagt geen wet er nog naar.",
        due=_ended_agreements,
        drop=delete,
        per_organisation=True,
    ),
    Purpose(
        key="audit",
        name="Logboek van wie wat deed",
        about="Regels over wie wat veranderde of bekeek, bij ‘Logboek’.",
        unit=("regel", "regels"),
        default=lambda: 31 * settings.AUDIT_RETENTION_MONTHS,
        setting="AUDIT_RETENTION_MONTHS",
        least=372,
        least_why="Een jaar lang moet na te gaan zijn wie wat deed. De database zelf weigert minder.",
        most=2604,
        most_why="Na 7 jaar vraagt geen wet er nog naar.",
        due=lines_before,
        drop=forget_lines,
        per_organisation=True,
        at_once=500,
    ),
)
FIXED = (
    Fixed("Codes om in te loggen of verder te gaan", "een uur tot een dag", "Daarna doen ze niets meer."),
    Fixed("Ingelogd blijven op een telefoon", "400 dagen, of tot uitloggen", "Langer bewaart een browser het niet."),
    Fixed("Foute pogingen bij een team", "een week", "Zo lang tellen ze mee. Er staat niet bij van wie."),
    Fixed("Een lijst met namen die wordt ingelezen", "een dag", "Dan staat iedereen in de klas."),
)
SIGNS = (Sign("people.Session", "user_id", "expire_date", timedelta(seconds=settings.SESSION_COOKIE_AGE)),)
