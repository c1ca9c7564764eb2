"""SVG without anything that runs or calls elsewhere.

py-svg-hush (Rust, by way of Cloudflare's svg-hush) keeps what draws. It unfolds entities and writes out how deep
an element stands, so that a small file could fill the memory: expat measures first.
"""

from typing import Any
from xml.parsers import expat

import py_svg_hush

from media.h5p.core.errors import Code, PackageError
from media.h5p.core.limits import Limits


def clean_svg(content: bytes, path: str, limits: Limits) -> bytes:
    """The drawing alone. Raises PackageError when it is no SVG, or too large or deep to be a drawing."""
    _measure(content, path, limits)
    try:
        return py_svg_hush.filter_svg(content, {"image": ["png", "jpeg", "gif", "webp"]})
    except ValueError as error:
        raise PackageError(Code.SVG, path) from error


def _measure(content: bytes, path: str, limits: Limits) -> None:
    if len(content) > limits.svg_bytes:
        raise PackageError(Code.FILE_TOO_BIG, path, most=limits.svg_bytes)
    depth = count = 0
    refused = PackageError(Code.SVG, path)

    def begin(name: str, attributes: Any) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        first_is_no_svg = count == 1 and _local(name) != "svg"
        changed = _local(attributes.get("attributeName", "")).lower()
        if depth > limits.svg_depth or count > limits.svg_elements or first_is_no_svg:
            raise refused
        if changed == "href" or changed.startswith("on"):  # an animation that makes a link or a script
            raise refused

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    def entity(*_: Any) -> None:
        raise refused

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = begin, end, entity
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise refused from error


def _local(name: str) -> str:
    return name.strip().rpartition(":")[2]
