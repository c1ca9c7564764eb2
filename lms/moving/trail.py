"""The lines of the audit trail that are an organisation's matter, and when somebody was in one of its groups."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q

from courses.models import CoursePath
from lms.moving.choose import Chosen, parts
from people.models import AuditEntry, Cohort, Organisation

_NAMED = re.compile(r"(cohort|organisation|path) (\d+)")
_MODELS = {"cohort": Cohort, "organisation": Organisation, "path": CoursePath}


def entries_of(chosen: Chosen) -> Iterator[AuditEntry]:
    """The oldest first."""
    groups = [f"cohort {pk}" for pk in chosen.of(Cohort)]
    found = set(AuditEntry.objects.filter(organisation__in=chosen.of(Organisation)).values_list("pk", flat=True))
    for some in parts(groups):
        ended = AuditEntry.objects.filter(Q(action="place_ended"), subject__in=some)
        found |= set(ended.values_list("pk", flat=True))
    for some in parts(sorted(found)):
        yield from AuditEntry.objects.filter(pk__in=some).order_by("pk")


def subject_here(subject: str, new: Mapping[Any, Mapping[Any, Any]]) -> str:
    """What a line is about, by the number that it has here; what did not come along is not named."""
    if not (found := _NAMED.fullmatch(subject)):
        return subject if not any(one.isdigit() for one in subject) else ""
    key = new.get(_MODELS[found[1]], {}).get(int(found[2]))
    return f"{found[1]} {key}" if key else ""
