"""Builds statements. Source: xAPI 1.0.3 part 2 section 2 (IEEE 9274.1.1 section 4.2)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

Statement = dict[str, Any]

VERBS = {
    "experienced": ("http://adlnet.gov/expapi/verbs/experienced", "heeft gezien"),
    "answered": ("http://adlnet.gov/expapi/verbs/answered", "heeft geantwoord"),
    "attempted": ("http://adlnet.gov/expapi/verbs/attempted", "is begonnen aan"),
    "completed": ("http://adlnet.gov/expapi/verbs/completed", "heeft afgemaakt"),
    "progressed": ("http://adlnet.gov/expapi/verbs/progressed", "is verder in"),
    "consumed": ("http://activitystrea.ms/schema/1.0/consume", "heeft bekeken"),
}
ACTIVITY_TYPES = {
    "lesson": "http://adlnet.gov/expapi/activities/lesson",
    "step": "http://adlnet.gov/expapi/activities/module",
    "interaction": "http://adlnet.gov/expapi/activities/cmi.interaction",
    "media": "http://adlnet.gov/expapi/activities/media",
}


def actor(home_page: str, name: UUID) -> Statement:
    """An agent known by a random account name only (section 2.4.2.1)."""
    return {"objectType": "Agent", "account": {"homePage": home_page, "name": str(name)}}


def activity(iri: str, kind: str, name: str = "", **definition: Any) -> Statement:
    """An activity; `kind` is a key of ACTIVITY_TYPES, `name` its Dutch title (section 2.4.4.1)."""
    about: Statement = {"type": ACTIVITY_TYPES[kind], **definition}
    if name:
        about["name"] = {"nl": name}
    return {"objectType": "Activity", "id": iri, "definition": about}


def statement(
    *,
    id: UUID,
    actor: Statement,
    verb: str,
    object: Statement,
    timestamp: datetime,
    parent: Statement | None = None,
    registration: UUID | None = None,
    result: Mapping[str, Any] | None = None,
    extensions: Mapping[str, Any] | None = None,
) -> Statement:
    """A whole statement, not yet stored; `verb` is a key of VERBS, `timestamp` has a time zone.

    Raises ValueError for a timestamp without a zone (section 4.5: ISO 8601 with time zone).
    """
    if timestamp.tzinfo is None:
        raise ValueError("a timestamp needs a time zone")
    iri, label = VERBS[verb]
    built: Statement = {
        "id": str(id),
        "actor": actor,
        "verb": {"id": iri, "display": {"nl": label}},
        "object": object,
        "timestamp": timestamp.isoformat(),
    }
    context: Statement = {"platform": "Kortwijs", "language": "nl"}
    if registration:
        context["registration"] = str(registration)
    if parent:
        context["contextActivities"] = {"parent": [parent]}
    if extensions:
        context["extensions"] = dict(extensions)
    built["context"] = context
    if result:
        built["result"] = dict(result)
    return built
