"""The health of an installation, line by line: how it is, a number, and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince

from integrations.models import LtiCompletion, StatementExport
from language.models import Fact
from lms.backups import last_backup
from lms.models import FailedTask
from lms.readiness import outcome
from lms.watch import pulse
from lms.watch.disk import Room, room
from lms.watch.queues import Queue, queues
from people.models import Notice
from xapi.forwarding.queries import Standing, lags

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PARTS = {
    "database": "database",
    "migrations": "tabellen",
    "cache": "geheugen",
    "broker": "wachtrij",
    "storage": "bestanden",
}


class State(Enum):
    """With its word, its icon of Wagtail, and the class of Wagtail's message."""

    GOOD = ("Goed", "check", "success")
    ATTENTION = ("Let op", "warning", "warning")
    BROKEN = ("Stuk", "cross", "critical")

    @property
    def word(self) -> str:
        return self.value[0]

    @property
    def icon(self) -> str:
        return self.value[1]

    @property
    def look(self) -> str:
        return self.value[2]


@dataclass(frozen=True, slots=True)
class Line:
    """name: what it is about. number: short. told: what that means. todo: what to do, empty when all is well."""

    name: str
    state: State
    number: str
    told: str = ""
    todo: str = ""
    link: str = ""
    link_text: str = ""


def lines(now: datetime | None = None) -> list[Line]:
    """Everything an administrator watches, in a fixed order."""
    now = now or timezone.now()
    seen = pulse.pulses()
    return [
        _parts(),
        *(_queue(queue, now) for queue in queues()),
        _alive("Klok (beat)", "De klok zegt wanneer er iets te doen is.", seen.get(pulse.BEAT), now),
        _alive("Werker", "De werker doet het werk op de achtergrond.", seen.get(pulse.WORKER), now),
        _failed(),
        *_forwarding(now),
        _left_lying(now),
        *_rooms(room()),
        _facts(),
        _backup(now),
    ]


def worst(found: list[Line]) -> State:
    """How the whole is."""
    order = list(State)
    return max((line.state for line in found), key=order.index, default=State.GOOD)


def _ago(moment: datetime, now: datetime) -> str:
    return "net nu" if now - moment < MINUTE else f"{timesince(moment, now, depth=1)} geleden"


def _parts() -> Line:
    found = outcome()
    broken = [PARTS.get(name, name) for name, works in found.items() if not works]
    number = f"{len(found) - len(broken)} van {len(found)}"
    told = "Database, tabellen, geheugen, wachtrij en bestanden doen het."
    if not broken:
        return Line("Onderdelen", State.GOOD, number, told)
    todo = "Kijk in het logboek van de processen. Zoek op ‘not ready’."
    return Line("Onderdelen", State.BROKEN, number, f"Dit doet het niet: {', '.join(broken)}.", todo)


def _queue(queue: Queue, now: datetime) -> Line:
    name = {"celery": "Wachtrij", "awaited": "Wachtrij met voorrang"}.get(queue.name, f"Wachtrij {queue.name}")
    if queue.waiting is None:
        return Line(name, State.BROKEN, "?", "De wachtrij antwoordt niet.", "Kijk of Redis of Valkey draait.")
    if not queue.waiting:
        return Line(name, State.GOOD, "0", "Er wacht niets.")
    if queue.oldest is None:
        state, told = State.GOOD, "Sinds wanneer is niet bekend."
    else:
        waits = now - queue.oldest
        state = State.BROKEN if waits > HOUR else State.ATTENTION if waits > 5 * MINUTE else State.GOOD
        told = f"De oudste is van {_ago(queue.oldest, now)}."
    todo = "" if state is State.GOOD else "Kijk of de werker draait. Start er anders een bij."
    return Line(name, state, str(queue.waiting), told, todo)


def _alive(name: str, what: str, at: datetime | None, now: datetime) -> Line:
    if at is None:
        return Line(name, State.BROKEN, "nog nooit", what, "Start dit proces.")
    age = now - at
    state = State.BROKEN if age > 10 * MINUTE else State.ATTENTION if age > 3 * MINUTE else State.GOOD
    todo = "" if state is State.GOOD else "Kijk of dit proces draait. Start het opnieuw."
    return Line(name, state, _ago(at, now), what, todo)


def _failed() -> Line:
    count = FailedTask.objects.filter(resolved_at=None).count()
    if not count:
        return Line("Taken die niet lukten", State.GOOD, "0", "Alles op de achtergrond lukte.")
    todo = "Zoek de oorzaak. Stuur de taak daarna opnieuw."
    return Line("Taken die niet lukten", State.ATTENTION, str(count), "Ze staan onderaan deze pagina.", todo)


def _forwarding(now: datetime) -> Iterator[Line]:
    link = reverse("forward_targets")
    found = lags()
    if not found:
        yield Line("Doorsturen", State.GOOD, "0 systemen", "Er gaat nu niets naar een ander systeem.")
    for one in found:
        yield _target(one, now, link)


def _target(one: Standing, now: datetime, link: str) -> Line:
    name, number = f"Doorsturen naar {one.target.name}", f"{one.waiting} wacht"
    if one.target.paused_at:
        told, todo = "Dit staat op pauze.", "Zet het weer aan als dat kan."
        return Line(name, State.ATTENTION, number, told, todo, link, "Naar Doorsturen")
    waits = now - one.oldest if one.oldest else timedelta(0)
    state = State.BROKEN if waits > DAY else State.ATTENTION if waits > 10 * MINUTE or one.refused else State.GOOD
    told = f"De oudste is van {_ago(one.oldest, now)}." if one.oldest else "Alles is daar."
    if one.refused:
        told += f" Geweigerd: {one.refused}."
    todo = "" if state is State.GOOD else "Kijk wat het andere systeem zegt."
    return Line(name, state, number, told, todo, link, "Naar Doorsturen")


def _left_lying(now: datetime) -> Line:
    """What goes out or was asked for, and stays."""
    lately = (now - DAY, now - HOUR)  # after a day a message is not mailed any more
    mails = Notice.objects.filter(by_mail=True, mailed_at=None, read_at=None, created_at__range=lately)
    told = {
        "mails": mails.count() if settings.MAIL_IS_ON else 0,
        "berichten aan leeromgevingen": LtiCompletion.objects.filter(sent_at=None, tries__gte=5).count(),
        "bestanden met statements": StatementExport.objects.filter(state=StatementExport.State.FAILED).count(),
    }
    count = sum(told.values())
    if not count:
        return Line("Blijft liggen", State.GOOD, "0", "Mail, leeromgevingen en bestanden lopen door.")
    words = ", ".join(f"{number} {what}" for what, number in told.items() if number)
    return Line("Blijft liggen", State.ATTENTION, str(count), f"{words}.", "Kijk of het andere systeem het doet.")


def _rooms(found: Room) -> Iterator[Line]:
    yield Line("Database", State.GOOD, filesizeformat(found.database), "Zo groot is de database.")
    if found.files is None:
        yield Line("Bestanden", State.GOOD, "in S3", "Hoe vol die is, zegt de opslag zelf.")
    else:
        more = "" if found.counted_all else "meer dan "
        yield Line("Bestanden", State.GOOD, more + filesizeformat(found.files), "Foto’s, geluid en bijlagen.")
    share = found.share_free
    state = State.BROKEN if share < 0.05 else State.ATTENTION if share < 0.15 else State.GOOD
    told = f"Dat is {share:.0%} van de schijf waar DATA op staat."
    todo = "" if state is State.GOOD else "Maak ruimte, of zet er een schijf bij. Een volle schijf stopt alles."
    yield Line("Ruimte op de schijf", state, filesizeformat(found.free), told, todo)


def _facts() -> Line:
    count = Fact.objects.due().count()
    if not count:
        return Line("Feiten", State.GOOD, "0", "Alle feiten zijn op tijd nagekeken.")
    link = reverse("facts_report")
    told, todo = "De dag om ze na te kijken is voorbij.", "Vraag een auteur om ze na te kijken."
    return Line("Feiten", State.ATTENTION, str(count), told, todo, link, "Naar de feiten")


def _backup(now: datetime) -> Line:
    found = last_backup()
    if found is None:
        told, todo = "Er is geen kopie van de gegevens.", "Maak er een, en zet dat elke nacht aan."
        state = State.BROKEN if settings.PRODUCTION else State.ATTENTION
        return Line("Kopie van de gegevens", state, "nog nooit", told, todo)
    age = now - found.at
    state = State.BROKEN if age > 3 * DAY else State.ATTENTION if age > 26 * HOUR else State.GOOD
    size = f" {filesizeformat(found.bytes)}." if found.bytes is not None else ""
    todo = "" if state is State.GOOD else "Maak een kopie. Kijk waarom het vannacht niet ging."
    return Line("Kopie van de gegevens", state, _ago(found.at, now), f"{found.name}.{size}", todo)
