"""Where someone is signed in: their sessions, in words they know, and how one is ended."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from people.learner_only import BACKEND as LEARNS_ONLY
from people.models import Session, User

DEVICE, SINCE, USED = "apparaat", "sinds", "gebruikt"  # in the session of an account; the last is a day
_BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
_MACHINES = (
    (r"iPhone|Android.*Mobile", "Telefoon"),
    (r"iPad|Android", "Tablet"),
    (r"CrOS|Windows|Macintosh|Linux", "Computer"),
)


@dataclass(frozen=True)
class Device:
    """One session. `key` names it on the page and opens nothing."""

    key: str
    words: str
    since: datetime | None
    used: str
    is_this: bool


def mark_device(request: HttpRequest) -> None:
    """Keep with the session on what it began and when; no address, and not what the browser said in full."""
    request.session[DEVICE] = words_for(request.headers.get("User-Agent", ""))
    request.session[SINCE] = timezone.now().isoformat()
    request.session[USED] = timezone.localdate().isoformat()


def mark_used(request: HttpRequest) -> None:
    """Once a day, and only where the session was read anyhow: it is in use still."""
    session = request.session
    if session.accessed and SINCE in session and session.get(USED) != (today := timezone.localdate().isoformat()):
        session[USED] = today


def words_for(agent: str) -> str:
    """'Telefoon, Chrome'; what is not known is left out."""
    browser = next((name for mark, name in _BROWSERS if re.search(mark, agent)), "Een browser")
    machine = next((name for mark, name in _MACHINES if re.search(mark, agent)), "")
    return f"{machine}, {browser}" if machine else browser


def _when(day: object) -> str:
    """The day on which a session was last used, as one says it; no hour."""
    try:
        found = date.fromisoformat(str(day))
    except ValueError:
        return ""
    today = timezone.localdate()
    near = {today: "vandaag", today - timedelta(days=1): "gisteren"}
    return near.get(found) or f"op {date_format(found, 'j F Y')}"


def devices_of(user: User, request: HttpRequest) -> list[Device]:
    """Where this person is signed in now, this device first, then the latest."""
    found = []
    for session in Session.objects.filter(user_id=user.pk, expire_date__gt=timezone.now()):
        kept = session.get_decoded()
        since = datetime.fromisoformat(kept[SINCE]) if SINCE in kept else None
        words = kept.get(DEVICE, "Een telefoon om te leren")
        is_this = session.session_key == request.session.session_key
        used = timezone.localdate().isoformat() if is_this else kept.get(USED)
        found.append(Device(_key(session), words, since, _when(used), is_this))
    return sorted(found, key=lambda one: (not one.is_this, -(one.since.timestamp() if one.since else 0)))


def end_devices(user: User, request: HttpRequest, key: str = "") -> int:
    """End the session of this person that `key` names, or all but this one; gives how many ended."""
    others = Session.objects.filter(user_id=user.pk).exclude(session_key=request.session.session_key or "")
    ended = [one.pk for one in others if not key or _key(one) == key]
    Session.objects.filter(pk__in=ended).delete()
    return len(ended)


def end_sessions_before_role(user: User, *, saw: bool, but: str = "") -> int:
    """Someone gets a role: what began before it is too long or too lightly signed in for what they see now.

    saw: they saw something of others already; then only sessions end that rest on a second step at an organisation,
    which counts for that one only. Sessions that do no more than learn, and the one with the key `but`, go on.
    """
    ended = []
    for session in Session.objects.filter(user_id=user.pk).exclude(session_key=but):
        backend = session.get_decoded().get(BACKEND_SESSION_KEY, "")
        if backend != LEARNS_ONLY and (not saw or backend.endswith(".StepElsewhere")):
            ended.append(session.pk)
    Session.objects.filter(pk__in=ended).delete()
    return len(ended)


def _key(session: Session) -> str:
    return hashlib.sha256(session.session_key.encode()).hexdigest()[:16]
