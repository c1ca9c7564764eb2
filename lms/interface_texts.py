"""Every Dutch text of the interface, with its file and line: templates, scripts and Python.

For checking how hard they are, and for making their sound. Lessons, questionnaires, the front door and other files in
curriculum/ are no part of it. What a template or a script fills in stands here as '…'.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from django.conf import settings

from language.limits import sentences
from language.variant import Variant

HOLE = "…"


class Audience(Enum):
    """Who reads a text."""

    LEARNER = "learner"
    DESK = "desk"
    """Who leads a class, a team or a firm."""
    ADMIN = "admin"
    """Authors and who runs the site."""


@dataclass(frozen=True)
class InterfaceText:
    """One text as it can stand on a screen."""

    file: Path
    line: int
    text: str
    audience: Audience

    @property
    def is_whole(self) -> bool:
        """Whether it always says exactly this: nothing is filled in."""
        return HOLE not in self.text


def interface_texts() -> list[InterfaceText]:
    """All of them, per file in the order of their lines."""
    return list(_all(settings.BASE_DIR))


def whole_lines(audience: Audience = Audience.LEARNER) -> list[str]:
    """The different texts for one audience with nothing filled in: what can be said aloud beforehand.

    Of a text in which something is filled in, the sentences in which nothing is.
    """
    texts = (one for one in interface_texts() if one.audience is audience)
    return list(dict.fromkeys(line for one in texts for line in _whole(one)))


def _whole(text: InterfaceText) -> list[str]:
    if text.is_whole:
        return [text.text]
    begun = text.text.replace(HOLE, f"X{HOLE}")  # what is filled in may begin a sentence
    return [sentence for sentence in sentences(begun, Variant.STANDAARD) if HOLE not in sentence]


@cache
def _all(root: Path) -> tuple[InterfaceText, ...]:
    found = []
    for file in _files(root):
        read = {".html": in_template, ".txt": in_template, ".js": in_script, ".py": in_python}[file.suffix]
        name = file.relative_to(root)
        source = file.read_text(encoding="utf-8")
        for line, text in read(source):
            found.append(InterfaceText(name, line, text, _audience(name, source)))
    return tuple(found)


def _files(root: Path) -> Iterator[Path]:
    for room in settings.ROOMS:
        for file in sorted((root / room).rglob("*")):
            is_template = file.suffix in (".html", ".txt") and "templates" in file.parts
            is_script = file.suffix == ".js" and "static" in file.parts
            is_code = file.suffix == ".py" and "migrations" not in file.parts
            if is_template or is_script or is_code:
                yield file


_DESK = re.compile(
    r"insight/|leadership/(?!files|models)|courses/(?!models|files)|learning/digiscan|learning/views/digiscan|learning/templates/learning/(?:digiscan|human_help)|"
    r"people/templates/people/(?:firm|email|code_end)|people/templates/(?:mfa|socialaccount)/|people/second_step|people/views/account|people/static/people/passkey|lms/templates/desk.html"
)
_ADMIN = re.compile(
    r"/management/|wagtail|/admin|blocks?\.py|/models|choices\.py|(?<!^people)/services|queries\.py|personal_data|audit|editor|schema|"
    r"/kind\.py|files\.py|apps\.py|api\.py|^xapi/|^integrations/(?!templates/integrations/sign_on|single_sign_on/views)|^modules/.*\.py|^assessments/questionnaires/|"
    r"^language/(?!templates|static|detector)|^lms/(?!templates/(?:base|closable|lms)|static)|"
    r"^media/(?!templates|static)|pictogram_sheet|/admin|word_proposals"
)


def _audience(name: Path, source: str) -> Audience:
    place = name.as_posix()
    if '{% extends "desk.html" %}' in source or _DESK.match(place):
        return Audience.DESK
    return Audience.ADMIN if _ADMIN.search(place) else Audience.LEARNER


# Templates ------------------------------------------------------------------------------------------------------------

_COMMENTS = re.compile(
    r"{#.*?#}|{%-?\s*comment\s.*?endcomment\s*%}|<!--.*?-->|<(script|style|svg)\b.*?</\1>", re.DOTALL
)
_LITERAL = re.compile(r'{{\s*"([^"]*)"')  # {{ "Een tekst."|per_line }}
_MARKUP = re.compile(r"{{.*?}}|{%.*?%}|</?[a-zA-Z](?:{{.*?}}|{%.*?%}|[^<>])*?>", re.DOTALL)
_SPOKEN = re.compile(
    r'\b(?:aria-label|aria-roledescription|title|placeholder|alt|content)="((?:{{.*?}}|{%.*?%}|[^"])*)"'
)
_INLINE = frozenset(["a", "b", "strong", "em", "i", "span", "kbd", "code", "abbr", "small", "sub", "sup", "bdi"])
_WITHIN = re.compile(r"{%-?\s*(?:if|endif|with|endwith)\b")
_LINK_END = "\x00"
_LINK_AFTER_LINK = re.compile(rf"{_LINK_END}\s*$")
_BLANK = re.compile(r"\S")
_SPACES = re.compile(r"\s+")


def in_template(source: str) -> Iterator[tuple[int, str]]:
    """The texts between the tags of a template, and those in attributes that are read or shown."""
    bare = _COMMENTS.sub(lambda match: _BLANK.sub(" ", match[0]), source)
    parts, at = list[tuple[int, str]](), 0
    for mark in _MARKUP.finditer(bare):
        parts.append((at, bare[at : mark.start()]))
        at = mark.end()
        if mark[0].startswith("{{"):
            literal = _LITERAL.match(mark[0])
            parts.append((mark.start(), literal[1] if literal else HOLE))
        elif mark[0].startswith("</a"):
            parts.append((at, _LINK_END))
        elif _breaks(mark[0], "".join(part for _, part in parts)):
            yield from _said(bare, parts)
            parts = []
    yield from _said(bare, [*parts, (at, bare[at:])])
    for match in _SPOKEN.finditer(bare):
        if not match[0].startswith("content") or 'name="description"' in bare[: match.start()][-60:]:
            yield from _said(bare, [(match.start(), re.sub(r"{{.*?}}|{%.*?%}", HOLE, match[1]))])


def _breaks(mark: str, before: str) -> bool:
    """Whether a tag ends a text: a block, another branch, or a link right after a link."""
    if mark.startswith("{%"):
        return not _WITHIN.match(mark)
    name = re.sub(r"[^a-zA-Z0-9-].*", "", mark.lstrip("</"), flags=re.DOTALL).lower()
    return name not in _INLINE or (name == "a" and bool(_LINK_AFTER_LINK.search(before)))


def _said(source: str, parts: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    text = _unescape("".join(part for _, part in parts)).replace(_LINK_END, "")
    tidy = re.sub(rf"{HOLE}(?:\s*{HOLE})+", HOLE, _SPACES.sub(" ", text).strip())
    if re.search(r"[^\W\d_]{2,}", tidy) and not re.fullmatch(r"[a-z-]+", tidy):
        at, first = next((at, part) for at, part in parts if part.strip(f" \n\t{_LINK_END}"))
        yield source.count("\n", 0, at + len(first) - len(first.lstrip())) + 1, tidy


def _unescape(text: str) -> str:
    for name, sign in (("&nbsp;", " "), ("&shy;", ""), ("&amp;", "&"), ("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">")):
        text = text.replace(name, sign)
    return text


# Scripts --------------------------------------------------------------------------------------------------------------

_SCRIPT = re.compile(
    r"//[^\n]*|/\*.*?\*/|/(?![*/\s])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*"
    r"|\"((?:\\.|[^\"\\\n])*)\"|'((?:\\.|[^'\\\n])*)'|`((?:\\.|[^`\\])*)`",
    re.DOTALL,
)


def in_script(source: str) -> Iterator[tuple[int, str]]:
    """The strings of a script that read as Dutch: a capital and more than one word, or a sentence."""
    for match in _SCRIPT.finditer(source):
        text = next((group for group in match.groups() if group is not None), "")
        text = re.sub(r"\$\{[^}]*\}", HOLE, text).replace("\\'", "'").replace('\\"', '"').replace("\\n", " ")
        if is_dutch(text) and "<" not in text:
            yield source.count("\n", 0, match.start()) + 1, _SPACES.sub(" ", text).strip()


# Python ---------------------------------------------------------------------------------------------------------------

_NAMED = frozenset({"label", "help_text", "verbose_name", "verbose_name_plural", "heading", "description", "title"})
_CALLS = frozenset({"gettext", "gettext_lazy", "_", "ngettext", "ValidationError"})


def in_python(source: str) -> Iterator[tuple[int, str]]:
    """The strings of a module that read as Dutch, or stand where a screen takes its words; no docstrings."""
    tree = ast.parse(source)
    skipped = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    taken: set[int] = set()
    for node in ast.walk(tree):
        sure = _shown_by(node)
        for value in sure:
            taken.add(id(value))
            yield from _constant(value, sure=True)
        if isinstance(node, ast.JoinedStr):
            taken |= {id(part) for part in ast.walk(node) if part is not node}
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in skipped | taken:
            yield from _constant(node, sure=False)


def _shown_by(node: ast.AST) -> list[ast.expr]:
    if not isinstance(node, ast.Call):
        return []
    named = [keyword.value for keyword in node.keywords if keyword.arg in _NAMED]
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return named + (list(node.args) if name in _CALLS else [])


def _constant(node: ast.expr, *, sure: bool) -> Iterator[tuple[int, str]]:
    text = ""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
    elif isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else HOLE for part in node.values)
        text = "".join(str(part) for part in parts)
    text = re.sub(r"%\(\w+\)s|%[sd]|{\w*}", HOLE, text)
    inside = [part for _, part in in_template(text) if is_dutch(part)] if "<" in text else [text]
    for part in inside:
        if is_dutch(part) or (sure and re.search(r"[^\W\d_]{2,}", part)):
            yield node.lineno, _SPACES.sub(" ", part).strip()


_ENGLISH = re.compile(r"\b(?:the|and|with|from|must|for|was|are|this|that|not|no|has|have)\b", re.IGNORECASE)
_DUTCH = re.compile(
    r"\b(?:je|jij|jouw|de|het|een|en|is|niet|nog|van|voor|op|met|dit|dat|deze|die|aan|als|er|naar|om|wat|hoe|hier|geen|"
    r"wel|kies|klopt|opnieuw|terug|verder|bewaar|kijk|les|lessen|wij|we|mag|kan|hebt|bent|wil|nu|later)\b",
    re.IGNORECASE,
)


def is_dutch(text: str) -> bool:
    """Whether a string reads as words for people: a capital first, and Dutch in it."""
    if not re.match(rf"[{HOLE}‘“\"]?\s?[A-ZÀ-Ý{HOLE}]", text.strip()) or not re.search(r"[a-zà-ÿ]{2,}", text):
        return False
    if len(text.split()) == 1:
        return bool(re.fullmatch(r"[A-Z][a-zà-ÿ]{2,}[.!?…:]", text.strip()))
    return bool(_DUTCH.search(text)) and (not _ENGLISH.search(text) or len(_DUTCH.findall(text)) > 2)
