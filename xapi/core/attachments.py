"""What a statement says about its attachments (1.0.3 part 2 section 2.4.11; IEEE 9274.1.1 section 4.2.2.6)."""

from typing import Any

from xapi.core import rules
from xapi.core.errors import Invalid

_ATTACHMENT = frozenset(("usageType", "display", "description", "contentType", "length", "sha2", "fileUrl"))


def _length(value: Any, place: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Invalid(place, "must be a number of bytes")


_CHECKS: dict[str, rules.Check] = {
    "usageType": rules.iri,
    "display": rules.language_map,
    "description": rules.language_map,
    "contentType": rules.media_type,
    "length": _length,
    "sha2": rules.sha2,
    "fileUrl": rules.iri,
}


def attachments(value: Any, place: str) -> None:
    for number, one in enumerate(rules.a_list(value, place)):
        here = f"{place}[{number}]"
        rules.only(rules.an_object(one, here), _ATTACHMENT, here)
        rules.needed(one, ("usageType", "display", "contentType", "length", "sha2"), here)
        rules.each(one, _CHECKS, here)
