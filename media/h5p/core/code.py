"""What the scripts and styles of a library do that a strict page does not allow."""

import re

# What is read comes from elsewhere: no pattern goes back over what it has read (hence ++ and *+).
_RUNS_TEXT = re.compile(rb"\bnew\s++Function\s*+\(|(?<![\w.$])eval\s*+\(")
_HARMLESS = re.compile(rb"new\s++Function\s*+\(\s*+(\"return this\"|'return this')\s*\)")
_REMOTE_STYLE = re.compile(rb"(?:@import\s++|url\(\s*+)[\"']?\s*+(?:https?:)?//([a-z0-9.-]{1,200})", re.IGNORECASE)


def runs_text_as_code(script: bytes) -> bool:
    """Whether a script makes code of text; asking for the global object that way is tried and does without."""
    return bool(_RUNS_TEXT.search(_HARMLESS.sub(b"", script)))


def sites_of_style(style: bytes) -> set[str]:
    """The other sites from which a style sheet takes fonts, pictures or styles."""
    return {host.decode().lower() for host in _REMOTE_STYLE.findall(_without_comments(style))}


def _without_comments(style: bytes) -> bytes:
    kept, at = bytearray(), 0
    while (start := style.find(b"/*", at)) >= 0:
        kept += style[at:start]
        end = style.find(b"*/", start + 2)
        if end < 0:
            return bytes(kept)
        at = end + 2
    return bytes(kept + style[at:])
