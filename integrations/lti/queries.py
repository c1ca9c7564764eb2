"""Reads of LTI."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, F, OuterRef

from courses.models import CoursePath
from integrations.models import LtiCompletion, LtiPlatform
from learning.models import Progress
from people.models import User

AT_ONCE = 200
MOST_TRIES = 12


def completions_due(now: datetime) -> list[LtiCompletion]:
    """What was done and not told yet, of platforms that are still there."""
    waiting = LtiCompletion.objects.filter(
        sent_at=None,
        tries__lt=MOST_TRIES,
        next_try_at__lte=now,
        who__registration__is_active=True,
        who__registration__platform__ended_at=None,
        who__auth_user__isnull=False,
    ).select_related("who__registration")
    done = Progress.objects.filter(
        user=OuterRef("who__auth_user"), module=OuterRef("target"), completed_at__isnull=False
    )
    lessons = list(waiting.filter(Exists(done), kind=LtiCompletion.Kind.LESSON).order_by("next_try_at")[:AT_ONCE])
    began = Progress.objects.filter(user=OuterRef("who__auth_user"), completed_at__isnull=False)
    paths = waiting.filter(Exists(began), kind=LtiCompletion.Kind.PATH).order_by("next_try_at")
    return lessons + _paths_done(paths.iterator(chunk_size=AT_ONCE))


def _paths_done(rows: object) -> list[LtiCompletion]:
    found, needed = [], {}
    for row in rows:  # type: ignore[attr-defined]
        if row.target not in needed:
            path = CoursePath.objects.filter(pk=int(row.target)).prefetch_related("lessons").first()
            needed[row.target] = set(path.required_codes) if path else set()
        codes = needed[row.target]
        done = Progress.objects.filter(user=row.who.auth_user_id, module__in=codes, completed_at__isnull=False)
        if codes and done.count() == len(codes):
            found.append(row)
        if len(found) == AT_ONCE:
            break
    return found


def platforms_told_about(user: User) -> list[str]:
    """The names of the learning systems that hear when this learner did a lesson: for 'Wie ziet wat?'."""
    found = LtiPlatform.objects.filter(registration__users__auth_user=user, ended_at=None)
    return list(found.order_by("name").values_list("name", flat=True).distinct())


def platforms() -> Sequence[LtiPlatform]:
    """All, those in use first, for administrators."""
    found = LtiPlatform.objects.select_related("organisation", "registration")
    return list(found.order_by(F("ended_at").asc(nulls_first=True), "organisation__name", "name"))


def addresses() -> list[tuple[str, str]]:
    """What an administrator of a school fills in in their own system; nothing of it is secret."""
    base = f"{settings.BASE_URL}/lti"
    return [
        ("Adres van de tool (Tool URL, Target Link URI)", f"{base}/"),
        ("Inloggen begint op (Initiate login URL, OpenID Connect Login URL)", f"{base}/inloggen"),
        ("Terug naar (Redirection URI)", f"{base}/start"),
        ("Sleutels (Public keyset URL, JWKS URL)", f"{base}/sleutels.json"),
        ("Les kiezen (Deep Linking, Content Selection URL)", f"{base}/"),
    ]
