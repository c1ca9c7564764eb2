"""What stands in content.json, whatever the content type: texts, libraries, addresses, pictures, sound and film."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import nh3

from media.h5p.core.libraries import LibraryName

_ADDRESS = re.compile(r"(?:^|\bhttps?:|(?<=[\"'(=]))//[^\s\"'<>()\\]+", re.IGNORECASE)
_LINK = re.compile(r"<a\s[^<>]*+>", re.IGNORECASE)
_RUNS = re.compile(
    r"<\s*+/?\s*+(?:script|iframe|object|embed|base|meta|link|form|svg|math)\b|[\s\"'/]on\w++\s*+=|(?:java|vb)script\s*+:",
    re.IGNORECASE,
)
_WORDS = ("alt", "altText", "imageAltText", "title")
_CALLS = re.compile(r"[\s\x00-\x1f]*+(?:(?:java|vb)script|data:text/html)\b\s*+[:,;]", re.IGNORECASE)
_TAGS = nh3.ALLOWED_TAGS | {"font", "u", "s", "figure", "figcaption"}
_ATTRIBUTES = {
    **nh3.ALLOWED_ATTRIBUTES,
    "*": {"style", "class", "dir", "lang", "title", "aria-label", "aria-hidden", "role"},
    "a": {"href", "target", "hreflang"},
}


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to mind for who cannot see or hear all of it, and in how many places."""

    code: str
    count: int


def clean_texts(value: Any) -> tuple[Any, int]:
    """The same without what would run in a text, and in how many texts there was such a thing.

    Only a text that holds such a thing is rewritten: in others a loose '<' may be meant as it stands.
    """
    if isinstance(value, str):
        if _CALLS.match(value):
            return "", 1
        if "<" not in value or not _RUNS.search(value):
            return value, 0
        clean = nh3.clean(value, tags=_TAGS, attributes=_ATTRIBUTES, link_rel="noopener noreferrer")
        return clean, int(clean != value)
    count = 0
    if isinstance(value, list):
        items = []
        for item in value:
            clean, changed = clean_texts(item)
            items.append(clean)
            count += changed
        return items, count
    if isinstance(value, dict):
        fields = {}
        for key, item in value.items():
            fields[key], changed = clean_texts(item)
            count += changed
        return fields, count
    return value, 0


def objects_in(value: Any) -> Iterator[dict[str, Any]]:
    """Every object, the outer ones first."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting.extend(reversed(one.values()))
        elif isinstance(one, list):
            waiting.extend(reversed(one))


def texts_in(value: Any) -> Iterator[str]:
    for one in objects_in({"": value}):
        for item in one.values():
            if isinstance(item, str):
                yield item
            elif isinstance(item, list):
                yield from (text for text in item if isinstance(text, str))


def libraries_in(parameters: Any) -> tuple[LibraryName, ...]:
    """The content types inside the content type."""
    found = (one.get("library") for one in objects_in(parameters))
    names = (LibraryName.of_reference(text) for text in found if isinstance(text, str))
    return tuple(dict.fromkeys(name for name in names if name))


def sites_in(parameters: Any) -> tuple[str, ...]:
    """Other sites that the content takes something from; where a link leads is left to who follows it."""
    hosts = set()
    for text in texts_in(_without_licences(parameters)):
        for address in _ADDRESS.findall(_LINK.sub("", text)):
            try:
                host = urlsplit(address).hostname
            except ValueError:
                host = None
            if host and "." in host:
                hosts.add(host.lower()[:200])
    return tuple(sorted(hosts))[:50]


def hints_in(parameters: Any) -> tuple[Hint, ...]:
    """What a reader of the content should mind: pictures without words, film and sound without text."""
    counts: Counter[str] = Counter()
    for one in objects_in(parameters):
        sources = [item for value in one.values() for item in _files(value)]
        kinds = {str(item.get("mime", "")).partition("/")[0] for item in sources}
        if "image" in kinds and not one.get("decorative") and not any(_said(one.get(key)) for key in _WORDS):
            counts["picture-without-words"] += 1
        if "video" in kinds and not _has_tracks(one):
            counts["film-without-subtitles"] += 1
        if "audio" in kinds and not _said(one.get("transcript")):
            counts["sound-without-text"] += 1
    return tuple(Hint(code, count) for code, count in sorted(counts.items()))


def paths_in(parameters: Any) -> tuple[str, ...]:
    """The files of the package that the content shows or plays."""
    found = (one.get("path") for one in objects_in(parameters) if "mime" in one)
    return tuple(dict.fromkeys(path.split("#")[0] for path in found if isinstance(path, str) and "//" not in path))


def _files(value: Any) -> Iterator[dict[str, Any]]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and isinstance(item.get("path"), str) and "mime" in item:
            yield item


def _said(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _has_tracks(one: dict[str, Any]) -> bool:
    """Subtitles stand beside the film, two levels down."""
    tracks = [inner.get("track") for inner in objects_in(one)]
    return any(isinstance(track, dict) and track.get("path") for track in tracks)


def _without_licences(value: Any) -> Any:
    """Where a picture was found is no place that it is taken from."""
    if isinstance(value, dict):
        return {
            key: _without_licences(item)
            for key, item in value.items()
            if key not in ("copyright", "metadata", "license", "source") or _is_file_source(key, item)
        }
    return [_without_licences(item) for item in value] if isinstance(value, list) else value


def _is_file_source(key: str, item: Any) -> bool:
    """'source' is also what an embedded page or a panorama is called."""
    return key == "source" and isinstance(item, str) and not item.startswith("http://creativecommons")
