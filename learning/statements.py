"""What a record store hears of a lesson: a statement per event, and never which of the two texts was read.

Why some answers are not told: docs/decisions/0030-the-choice-stays-private.md.
"""

import json
from typing import Any
from uuid import UUID

from assessments.kind import Kind, Verdict, differs_per_variant
from learning.events import Event
from media.h5p.core.statements import Told
from modules.steps import Step
from xapi.core import statements as xapi

REVISION, REVIEW = "/xapi/extensions/revision", "/xapi/extensions/review"
OUTCOME, SELF_REPORTED = "/xapi/extensions/outcome", "/xapi/extensions/self-reported"


def activity_id(site: str, module: str, step: str = "") -> str:
    """The IRI of a module, or of one step of it; it stays the same when titles and addresses change."""
    return f"{site}/xapi/activities/{module}" + (f"/{step}" if step else "")


def statement_of(
    event: Event, step: Step, kind: Kind | None, verdict: Verdict | None, *, actor: UUID, site: str
) -> xapi.Statement | None:
    """The statement of one event: same id, the phone's own time, the server's verdict.

    A private exercise says that it was done, never what was answered. Where makkelijk leaves something out, what was
    answered could tell which text was read: then the verdict goes without the answer, and an answer to what only
    standaard asks gives None.
    """
    definition: dict[str, Any] = {}
    result: dict[str, Any] = {}
    if kind is not None and verdict is not None and not kind.private:
        asked_of_all = kind.required(step.value)
        told = [correct for part, correct in verdict.parts.items() if part in asked_of_all]
        if not told:
            return None
        definition["interactionType"] = kind.interaction
        if verdict.correct is not None:
            result["success"] = all(told)
        if not differs_per_variant(step.value):
            result["response"] = event.response if isinstance(event.response, str) else json.dumps(event.response)
        if outcome := kind.outcome(step.value, event.response):  # each can be reached in both texts
            result["extensions"] = {site + OUTCOME: outcome}
    extensions: dict[str, Any] = {site + REVISION: event.revision}
    if event.review:
        extensions[site + REVIEW] = True
    about = "interaction" if definition else "step"
    return xapi.statement(
        id=event.id,
        actor=xapi.actor(site, actor),
        verb="answered" if kind is not None else "experienced",
        object=xapi.activity(activity_id(site, event.module, step.id), about, _name(step), **definition),
        timestamp=event.at,
        parent={"objectType": "Activity", "id": activity_id(site, event.module)},
        registration=event.attempt,
        result=result,
        extensions=extensions,
    )


def statement_of_content(event: Event, step: Step, told: Told, *, actor: UUID, site: str) -> xapi.Statement:
    """What content said while it was played, in our words: whose, when, about what and under which id is for us to say.

    Its score is what a browser claims, and is marked so. What was answered is not in it, nor how long it took.
    """
    whole, lesson = activity_id(site, event.module, step.id), activity_id(site, event.module)
    return xapi.statement(
        id=told.name_in(event.attempt, step.id),
        actor=xapi.actor(site, actor),
        verb=told.verb,
        object=xapi.activity(f"{whole}/{told.part}" if told.part else whole, "media", "" if told.part else _name(step)),
        timestamp=event.at,
        parent={"objectType": "Activity", "id": whole if told.part else lesson},
        registration=event.attempt,
        result=told.result,
        extensions={site + REVISION: event.revision, site + SELF_REPORTED: True},
    )


def _name(step: Step) -> str:
    for field in ("title", "question", "statement"):
        if field in step.value:
            text: str = step.value[field]["standaard"]
            return text.splitlines()[0] if text else ""
    return ""
