"""Advice while an author types: what the adviser says of the texts as they stand in the editor, not saved."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from language.queries import WordsAndFacts
from language.readability import Lexicon, check, words
from language.readability.check import Report
from language.variant import Variant
from modules.readability import VariantReport, add_text, remarks_about_step, remarks_about_whole

MOST_BYTES = 200_000
MOST_FIELDS = 2_000
MOST_LETTERS = 10_000
MOST_MESSAGES = 12
_STEP = re.compile(r"steps-\d+-")


class NotAsked(ValueError):
    """A request that no editor sends; the message is for who made it."""


@dataclass(frozen=True)
class Field:
    """One text in the editor. `name` is that of its field, `place` what its author calls it."""

    name: str
    place: str
    variant: Variant
    text: str

    @property
    def step(self) -> str:
        """Which step it is in; empty for a title and the like."""
        found = _STEP.match(self.name)
        return found[0] if found else ""


def read_fields(body: bytes) -> list[Field]:
    """The fields in a request. Raises NotAsked when it is too large or has another form."""
    if len(body) > MOST_BYTES:
        raise NotAsked("Dit is te veel tekst ineens.")
    try:
        given = json.loads(body)
        found = [
            Field(str(one["name"]), str(one["place"]), Variant(one["variant"]), one["text"]) for one in given["fields"]
        ]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise NotAsked("Verwacht {fields: [{name, place, variant, text}]}.") from error
    if len(found) > MOST_FIELDS or any(not isinstance(one.text, str) or len(one.text) > MOST_LETTERS for one in found):
        raise NotAsked(f"Een tekst mag hier {MOST_LETTERS} tekens hebben.")
    return found


def _field(one: Any) -> Field:
    return Field(str(one["name"]), str(one["place"]), Variant(one["variant"]), one["text"])


def advise(fields: list[Field], texts: WordsAndFacts | None = None) -> dict[str, Any]:
    """Per field its level and what could be better; per variant the level and minutes; what blocks makkelijk."""
    lexicon = Lexicon.of(texts or WordsAndFacts())
    told: dict[str, Any] = {}
    whole = {variant: VariantReport(variant) for variant in Variant}
    for variant, report in whole.items():
        steps: dict[tuple[str, str], VariantReport] = {}
        for one in (field for field in fields if field.variant is variant):
            found = check(one.text, variant, lexicon)
            told[one.name] = _of_field(found)
            add_text(report, one.name, one.place, found, is_seen="-trades-" not in one.name)
            if one.step:
                here = steps.setdefault((one.step, one.place.split(",")[0]), VariantReport(variant))
                here.metrics += found.metrics
        for (step, place), here in steps.items():
            report.remarks += remarks_about_step(here.metrics, variant, step, place)
        report.remarks += remarks_about_whole(report)
    return {
        "fields": told,
        "variants": [_of_variant(report) for report in whole.values()],
        "blocks": [str(remark) for remark in whole[Variant.MAKKELIJK].blocking],
        "missing": words.missing_data() or "",
    }


def _of_field(report: Report) -> dict[str, Any]:
    return {
        "level": str(report.level) if report.metrics.words else "",
        "messages": [
            {"text": one.text, "start": one.start, "end": one.end, "blocks": one.blocks, "word": one.word}
            for one in _once(report)
        ][:MOST_MESSAGES],
    }


def _once(report: Report) -> Iterator[Any]:
    """The same sentence is not said twice under one field."""
    seen: set[str] = set()
    for message in report.messages:
        if message.text not in seen:
            seen.add(message.text)
            yield message


def _of_variant(report: VariantReport) -> dict[str, str]:
    return {"name": report.variant.label, "said": in_words(report)}


def in_words(report: VariantReport) -> str:
    """Level and minutes of one variant, as an author reads them."""
    if not report.metrics.words:
        return "nog geen tekst"
    read, listen = _minutes(report.minutes_to_read), _minutes(report.minutes_to_listen)
    return f"niveau {report.level}, lezen {read}, luisteren {listen}"


def _minutes(count: int) -> str:
    return "1 minuut" if count == 1 else f"{count} minuten"
