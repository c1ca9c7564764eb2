"""Every text of the starter lessons keeps to the limits it was promised to: short screens, sentences and answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from language import limits
from language.markup import missing_references, plain
from language.models import Fact
from language.queries import Known, WordsAndFacts
from language.variant import Variant
from modules.curriculum.convert import LISTS
from modules.curriculum.reader import read_curriculum
from tests.conftest import CURRICULUM

Step = dict[str, Any]
CONTENT = read_curriculum(CURRICULUM)
STEPS = [(source.data["id"], step) for source in CONTENT.modules for step in source.data.get("steps", [])]
HEAD = {"hook": "title", "screen": "title", "waar_onwaar": "statement"}
ANSWERS = {"keuze": "options", "waar_onwaar": "reasons", "volgorde": "items", "dit_doe_ik": "options"}

every_step = pytest.mark.parametrize("step", [pytest.param(step, id=step["id"]) for _, step in STEPS])
both_variants = pytest.mark.parametrize("variant", list(Variant))


@dataclass
class Texts(WordsAndFacts):
    """The words and facts of the files, without a database."""

    def __post_init__(self) -> None:
        self.facts = {
            fact["code"]: Fact(text_standaard=fact["standaard"], text_makkelijk=fact["makkelijk"])
            for fact in CONTENT.facts
        }


TEXTS = Texts()


def shown(twin: dict[str, str], variant: Variant) -> str:
    return plain(twin[variant], variant, TEXTS)


def twins(value: Any) -> Iterator[dict[str, str]]:
    """Every twin text in a step, feedback and trade versions too."""
    if isinstance(value, dict) and Variant.MAKKELIJK in value:
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from twins(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from twins(inner)


def visible(step: Step, name: str, variant: Variant) -> list[Step]:
    """The items of a list that this variant shows."""
    hidden = variant is Variant.MAKKELIJK
    return [item for item in step.get(name, []) if not (hidden and item.get("only_standaard"))]


def answers(step: Step, variant: Variant) -> list[str]:
    found = visible(step, ANSWERS.get(step["type"], ""), variant)
    return [shown(item.get("text", item), variant) for item in found]


def screens(step: Step, variant: Variant) -> list[str]:
    """What stands together on one screen; feedback comes later and is a screen of its own."""
    if step["type"] in ("hook", "screen"):
        texts = [step["text"], *step.get("trades", {}).values()]
        found = [f"{shown(step['title'], variant)}\n{shown(text, variant)}" for text in texts]
    elif step["type"] == "sorteer":
        parts = [(step["question"], card["tool"], card["text"]) for card in visible(step, "cards", variant)]
        found = ["\n".join(shown(part, variant) for part in card) for card in parts]
    elif step["type"] == "card":
        found = ["\n".join(shown(line["text"], variant) for line in step["lines"])]
    else:
        head = step[HEAD.get(step["type"], "question")]
        found = ["\n".join([shown(head, variant), *answers(step, variant)])]
    feedback = [holder for name in LISTS for holder in step.get(name, [])] + [step]
    return found + [shown(holder[name], variant) for holder in feedback for name in ("why", "hint") if name in holder]


def test_there_are_lessons_to_check():
    assert {"A1", "B1", "B2"} <= {module for module, _ in STEPS}


@every_step
@both_variants
def test_every_screen_is_short(step, variant):
    found = {text: limits.screen_problems(text, variant) for text in screens(step, variant)}
    assert {text: problems for text, problems in found.items() if problems} == {}


@every_step
@both_variants
def test_every_sentence_is_short_and_every_text_plain(step, variant):
    found = {shown(twin, variant): limits.problems(shown(twin, variant), variant) for twin in twins(step)}
    assert {text: problems for text, problems in found.items() if problems} == {}


@every_step
@both_variants
def test_every_answer_is_short(step, variant):
    found = {text: limits.answer_problems(text, variant) for text in answers(step, variant)}
    assert {text: problems for text, problems in found.items() if problems} == {}


@every_step
def test_makkelijk_has_one_sentence_on_a_line(step):
    texts = [step.get("text"), *step.get("trades", {}).values(), step.get("why"), step.get("hint")]
    texts += [item.get(name) for items in LISTS for item in step.get(items, []) for name in ("why", "hint")]
    texts += [step.get("statement")] + [card["text"] for card in step.get("cards", [])]
    lines = [line for text in texts if text for line in shown(text, Variant.MAKKELIJK).splitlines()]
    assert [line for line in lines if len(limits.sentences(line, Variant.MAKKELIJK)) > 1] == []


@every_step
def test_every_text_stands_in_both_variants(step):
    found = list(twins(step))
    assert found, "a step without a text"
    assert [twin for twin in found if not all(twin.get(variant, "").strip() for variant in Variant)] == []


@every_step
def test_a_picture_is_told_in_ten_words(step):
    assert len(step.get("picture", {}).get("alt", "").split()) <= 10


@every_step
def test_sorting_has_a_tool_on_each_card_and_two_cards_to_ask_about_in_both_variants(step):
    if step["type"] != "sorteer":
        return
    for variant in Variant:
        cards = visible(step, "cards", variant)
        assert sum(card["sign"] == "vraag" for card in cards) >= 2
        assert all(shown(card["tool"], variant) for card in cards)


@pytest.mark.parametrize("source", [pytest.param(source, id=source.data["id"]) for source in CONTENT.modules])
def test_every_lesson_has_its_title_and_goals_in_both_variants_and_within_limits(source):
    for twin in (source.data["title"], *source.data["goals"]):
        for variant in Variant:
            assert limits.problems(twin[variant], variant) == []


@pytest.mark.parametrize("fact", [pytest.param(fact, id=fact["code"]) for fact in CONTENT.facts])
def test_a_fact_keeps_to_the_limits_and_names_only_words_that_are_explained(fact):
    known = Known(frozenset(term["term"].lower() for term in CONTENT.glossary), frozenset())
    for variant in Variant:
        assert limits.problems(plain(fact[variant], variant, TEXTS), variant) == []
        assert missing_references(fact[variant], known) == []
    lines = fact["makkelijk"].splitlines()
    assert [line for line in lines if len(limits.sentences(line, Variant.MAKKELIJK)) > 1] == []


@pytest.mark.parametrize("term", [pytest.param(term, id=term["term"]) for term in CONTENT.glossary])
def test_an_explanation_of_a_word_is_makkelijk(term):
    assert limits.problems(term["explanation"], Variant.MAKKELIJK) == []
