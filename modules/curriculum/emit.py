"""Writes plain data as YAML in the style of the files in curriculum/: for people to read, without folded lines.

Short twins, pictures, words and lists of names stand on one line; a text of more lines is a block.
"""

import sys
from typing import Any

import yaml

from modules.steps import TWIN

SHORT = ("title", "tool")
SENTENCES = ("prepare",)  # lists with a line for each
STRANGE_BREAKS = ("\x85", "\u2028", "\u2029")  # a block would give these back as a plain line end


class _Line(dict[str, Any]):
    """A mapping to write on one line."""


class _Names(list[Any]):
    """A list to write on one line."""


class _Quoted(str):
    """A text to write between quotes."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def choose_scalar_style(self) -> Any:
        """Double quotes wherever quotes are needed."""
        style = super().choose_scalar_style()
        return '"' if style == "'" else style

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    if any(sign in text for sign in STRANGE_BREAKS):
        style: str | None = '"'
    else:
        style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_MAP, _SEQ = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"
_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Quoted, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), '"'))
_Dumper.add_representer(_Line, lambda dumper, data: dumper.represent_mapping(_MAP, data, flow_style=True))
_Dumper.add_representer(_Names, lambda dumper, data: dumper.represent_sequence(_SEQ, data, flow_style=True))


def module_yaml(data: dict[str, Any]) -> str:
    """The content of a module.yaml."""
    return _dump(_styled(data))


def path_yaml(data: dict[str, Any]) -> str:
    """The content of the file of a course path."""
    return _dump(_styled(data))


def programme_yaml(data: dict[str, Any]) -> str:
    """The content of the file of a programme."""
    return _dump(_styled(data))


def facts_yaml(facts: list[dict[str, Any]]) -> str:
    """The content of a facts.yaml."""
    return _dump(facts)


def glossary_yaml(terms: list[dict[str, Any]]) -> str:
    """The content of a glossary.yaml: one word per line; one with forms or languages takes some."""
    return _dump([_word(term) for term in terms])


def _word(term: dict[str, Any]) -> dict[str, Any]:
    lists: dict[str, Any] = {name: _Names(value) for name, value in term.items() if isinstance(value, list)}
    if "languages" in term:
        lists["languages"] = {
            code: _Line(entry) if isinstance(entry, dict) else _Quoted(entry)
            for code, entry in term["languages"].items()
        }
    return term | lists if lists else _Line(term)


def pronunciation_yaml(entries: list[dict[str, Any]]) -> str:
    """The content of a pronunciation.yaml: one word per line."""
    return _dump([_Line(entry) for entry in entries])


def hard_words_yaml(words: list[dict[str, Any]]) -> str:
    """The content of a hard_words.yaml: one per line."""
    return _dump([_Line(word) for word in words])


def _dump(data: Any) -> str:
    return yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=sys.maxsize,
    )


def _styled(value: Any, name: str = "", in_line: bool = False) -> Any:
    if isinstance(value, dict):
        if name in ("picture", "photo"):
            return _Line({key: _styled(inner, key) for key, inner in value.items()})
        is_short = (name in SHORT or in_line) and not any("\n" in str(text) for text in value.values())
        if tuple(value) == TWIN and is_short:
            return _Line({key: _Quoted(text) for key, text in value.items()})
        if set(value) in ({"id", "text"}, {"minutes", "text"}) and isinstance(value["text"], str):
            return _Line(value)
        in_line = "pictogram" in value or "cards" in value
        return {key: _styled(inner, key, in_line) for key, inner in value.items()}
    if isinstance(value, list):
        plain = all(isinstance(inner, str) for inner in value)
        return _Names(value) if plain and name not in SENTENCES else [_styled(inner) for inner in value]
    return value
