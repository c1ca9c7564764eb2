"""The forms that values must have (1.0.3 part 2 section 4; IEEE 9274.1.1 section 4.2.7)."""

import re
from datetime import UTC, datetime, timedelta

from xapi.core.errors import Invalid

UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}").fullmatch
# An absolute IRI (RFC 3987): a scheme, and none of the characters that no IRI holds.
IRI = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20\x7f<>"{}|\\^`\ud800-\udfff]+""").fullmatch
MAILTO = re.compile(r"mailto:[^\s@\x00]+@[^\s@\x00]+").fullmatch
SHA1 = re.compile(r"[0-9a-fA-F]{40}").fullmatch
SHA2 = re.compile(r"(?:[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})").fullmatch
MEDIA_TYPE = re.compile(r"""[\w!#$&^.+*-]+/[\w!#$&^.+*-]+(?:\s*;\s*[\w!#$&^.+-]+=(?:[^\s;"]+|"[^"]*"))*\s*""").fullmatch
LANGUAGE = re.compile(
    r"(?:(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})"  # language
    r"(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?"  # script, region
    r"(?:-(?:[A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*"  # variants
    r"(?:-[0-9A-WY-Za-wy-z](?:-[A-Za-z0-9]{2,8})+)*"  # extensions
    r"(?:-x(?:-[A-Za-z0-9]{1,8})+)?"
    r"|x(?:-[A-Za-z0-9]{1,8})+|i-[A-Za-z]{2,8}|sgn-[A-Za-z]{2}-[A-Za-z]{2}|en-GB-oed)"
).fullmatch
DURATION = re.compile(
    r"P(?=\d|T\d)(?:\d+(?:[.,]\d+)?W|(?:\d+(?:[.,]\d+)?Y)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?D)?"
    r"(?:T(?=\d)(?:\d+(?:[.,]\d+)?H)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?S)?)?)",
    re.ASCII,
).fullmatch
VERSION = re.compile(r"1\.0(?:\.\d{1,3})?", re.ASCII).fullmatch
VERSION_2 = re.compile(r"(?:1|2)\.0(?:\.\d{1,3})?", re.ASCII).fullmatch
_MOMENT = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)[Tt ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,30}))?)?([Zz]|[+-]\d\d(?::?\d\d)?)?", re.ASCII
).fullmatch


def moment(text: object, place: str) -> datetime:
    """A timestamp as a moment in UTC (ISO 8601, and of RFC 3339 that -00:00 says nothing).

    Without a zone it is taken for UTC, as 1.0.3 lets clients do. One beyond what a clock can say is taken as its edge.
    """
    found = _MOMENT(text) if isinstance(text, str) else None
    if found is None:
        raise Invalid(place, "must be an ISO 8601 timestamp, such as 2026-01-31T12:00:00.000Z")
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    zone = found[8] or "Z"
    if re.fullmatch(r"-00(:?00)?", zone):
        raise Invalid(place, "must not have -00:00 for its zone")
    leap = second == 60
    try:
        local = datetime(year, month, day, hour, minute, 59 if leap else second, int(f"{found[7] or 0:0<6}"[:6]))
        offset = _offset(zone)
    except ValueError as error:
        raise Invalid(place, f"is no moment that exists ({error})") from error
    try:
        return (local - offset).replace(tzinfo=UTC)
    except OverflowError:
        return (datetime.min if offset > timedelta(0) else datetime.max).replace(tzinfo=UTC)


def _offset(zone: str) -> timedelta:
    if zone in "Zz":
        return timedelta(0)
    digits = zone[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if hours > 23 or minutes > 59:
        raise ValueError("zone out of range")
    size = timedelta(hours=hours, minutes=minutes)
    return size if zone[0] == "+" else -size


def is_utc(text: str) -> bool:
    return text.endswith(("Z", "z", "+00:00", "+0000", "+00"))


def written(at: datetime) -> str:
    """A moment in UTC as we write it: RFC 3339, to the microsecond."""
    return at.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
