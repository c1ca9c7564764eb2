"""Reads of credentials: by who has them, and by anyone of what its learner shows."""

import re
from uuid import UUID

from django.db.models import QuerySet

from courses.models import CoursePath
from learning.models import Credential, Progress
from modules.models import ModulePage
from people.models import User

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def credentials_of(user: User) -> QuerySet[Credential]:
    """Someone's own."""
    return Credential.objects.filter(user=user).select_related("slot", "path")


def credential_of(user: User, path: CoursePath) -> Credential | None:
    """What this learner has for this path."""
    return credentials_of(user).filter(path=path).first()


def credential_id_in(address: str) -> UUID | None:
    """The id in the address of a credential, or the id by itself; None where there is none."""
    found = _ID.search(address)
    return UUID(found[0]) if found else None


def seen_credential(credential_id: UUID, viewer: User | None) -> Credential | None:
    """For its learner, and for anyone as long as it is shown."""
    found = Credential.objects.filter(pk=credential_id).select_related("slot").first()
    is_own = found is not None and viewer is not None and found.user_id == viewer.pk
    return found if found is not None and (found.is_shown or is_own) else None


def lessons_done(user: User, path: CoursePath) -> list[dict[str, object]] | None:
    """What a credential for this path would name; None as long as a lesson that belongs to it is not done."""
    codes = path.required_codes
    done = {
        row.module: row
        for row in Progress.objects.filter(user=user, module__in=codes, completed_at__isnull=False).only(
            "module", "revision"
        )
    }
    if not codes or len(done) < len(codes):
        return None
    pages = {page.code: page for page in ModulePage.objects.filter(code__in=codes)}
    return [
        {
            "code": code,
            "title": pages[code].title_twin["standaard"] if code in pages else code,
            "minutes": pages[code].minutes if code in pages else 0,
            "revision": done[code].revision,
        }
        for code in codes
    ]
