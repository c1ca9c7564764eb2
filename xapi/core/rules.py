"""Small checks that every part of a statement is made of; each raises Invalid with the place."""

from collections.abc import Callable
from typing import Any

from xapi.core import formats
from xapi.core.errors import Invalid
from xapi.core.parsing import check_depth

Json = dict[str, Any]
Check = Callable[[Any, str], None]


def an_object(value: Any, place: str) -> Json:
    if not isinstance(value, dict):
        raise Invalid(place, "must be an object")
    return value


def a_list(value: Any, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise Invalid(place, "must be an array")
    return value


def only(value: Json, known: frozenset[str], place: str) -> None:
    """No property that the specification does not name (1.0.3 part 2 section 2.2; IEEE 9274.1.1 section 4.2.1)."""
    if not known.issuperset(value):
        wrong = min(value.keys() - known)
        raise Invalid(f"{place}.{wrong}" if place else wrong, "is no property of the specification here")


def text(value: Any, place: str) -> None:
    if not isinstance(value, str):
        raise Invalid(place, "must be a string")


def flag(value: Any, place: str) -> None:
    if not isinstance(value, bool):
        raise Invalid(place, "must be true or false")


def number(value: Any, place: str) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise Invalid(place, "must be a number")


def _form(fits: Callable[[str], Any], what: str) -> Check:
    def check(value: Any, place: str) -> None:
        if not isinstance(value, str) or not fits(value):
            raise Invalid(place, f"must be {what}")

    return check


uuid = _form(formats.UUID, "a UUID (RFC 4122)")
iri = _form(formats.IRI, "an IRI with a scheme (RFC 3987)")
mailto = _form(formats.MAILTO, "a mailto IRI, such as mailto:anna@example.com")
sha1 = _form(formats.SHA1, "a SHA-1 sum of 40 hexadecimal digits")
sha2 = _form(formats.SHA2, "a SHA-2 sum in hexadecimal digits")
media_type = _form(formats.MEDIA_TYPE, "an Internet media type")
language = _form(formats.LANGUAGE, "a language tag (RFC 5646)")
duration = _form(formats.DURATION, "an ISO 8601 duration")
version_1 = _form(formats.VERSION, "a version 1.0.x")
version_2 = _form(formats.VERSION_2, "a version 1.0.x or 2.0.x")


def moment(value: Any, place: str) -> None:
    formats.moment(value, place)


def language_map(value: Any, place: str) -> None:
    """Texts by language tag (1.0.3 part 2 section 4.2)."""
    for tag, words in an_object(value, place).items():
        language(tag, place)
        text(words, f"{place}.{tag}")


def extensions(value: Any, place: str) -> None:
    """A map of which the keys are IRIs; the values may be anything, null too (1.0.3 part 2 section 4.1)."""
    for key in an_object(value, place):
        iri(key, place)
    check_depth(value, place)


def each(value: Json, checks: dict[str, Check], place: str) -> None:
    """Every property that is there, by its own check."""
    for name, inner in value.items():
        if check := checks.get(name):
            check(inner, f"{place}.{name}" if place else name)


def needed(value: Json, names: tuple[str, ...], place: str) -> None:
    for name in names:
        if name not in value:
            raise Invalid(f"{place}.{name}" if place else name, "is needed")
