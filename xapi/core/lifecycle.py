"""What the store adds to a statement when it takes it in (1.0.3 part 2 section 2.3; IEEE 9274.1.1 section 4.2.4)."""

from datetime import datetime
from uuid import uuid4

from xapi.core import formats
from xapi.core.contexts import ROLES
from xapi.core.rules import Json
from xapi.core.versions import Version


def completed(statement: Json, *, stored: datetime, authority: Json | None, version: Version) -> Json:
    """A checked statement with everything that a stored one has. What was sent is left as it is."""
    whole: Json = {"id": statement["id"].lower() if "id" in statement else str(uuid4())}
    whole.update((name, value) for name, value in statement.items() if name != "id")
    moment = formats.written(stored)
    whole["timestamp"] = in_utc(statement["timestamp"]) if "timestamp" in statement else moment
    whole["stored"] = moment
    if authority is not None:
        whole["authority"] = authority
    whole.setdefault("version", version.default_of_statements)
    if "context" in whole:
        whole["context"] = _with_lists(whole["context"])
    if "context" in whole["object"]:
        whole["object"] = {**whole["object"], "context": _with_lists(whole["object"]["context"])}
    return whole


def in_utc(timestamp: str) -> str:
    """The same moment, in UTC; one that is in UTC already stays as it was written, however precise."""
    if formats.is_utc(timestamp):
        return timestamp
    return formats.written(formats.moment(timestamp, "timestamp"))


def _with_lists(context: Json) -> Json:
    """Context activities are always lists (section 2.4.6.2)."""
    if (found := context.get("contextActivities")) is None:
        return context
    lists = {role: [found[role]] if isinstance(found[role], dict) else found[role] for role in ROLES if role in found}
    return {**context, "contextActivities": lists}
