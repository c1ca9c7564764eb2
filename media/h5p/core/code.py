"""What the scripts and styles of a library do that a strict page does not allow."""

import re

_RUNS_TEXT = re.compile(rb"\bnew\s+Function\s*\(|(?<![\w.$])eval\s*\(")
_HARMLESS = re.compile(rb"new\s+Function\s*\(\s*(\"return this\"|'return this')\s*\)")
_REMOTE_STYLE = re.compile(rb"(?:@import\s+|url\(\s*)[\"']?\s*(?:https?:)?//([a-z0-9.-]{1,200})", re.IGNORECASE)
_COMMENTS = re.compile(rb"/\*.*?\*/", re.DOTALL)


def runs_text_as_code(script: bytes) -> bool:
    """Whether a script makes code of text; asking for the global object that way is tried and does without."""
    return bool(_RUNS_TEXT.search(_HARMLESS.sub(b"", script)))


def sites_of_style(style: bytes) -> set[str]:
    """The other sites from which a style sheet takes fonts, pictures or styles."""
    return {host.decode().lower() for host in _REMOTE_STYLE.findall(_COMMENTS.sub(b"", style))}
