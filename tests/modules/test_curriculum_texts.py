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
from modules.curriculum.convert import lists_in
from modules.curriculum.reader import read_curriculum
from tests.conftest import CURRICULUM

Step = dict[str, Any]
CONTENT = read_curriculum(CURRICULUM)
STEPS = [(source.data["id"], step) for source in CONTENT.modules for step in source.data.get("steps", [])]
HEAD = {"hook": "title", "screen": "title", "waar_onwaar": "statement"}
ANSWERS = {
    "keuze": "options",
    "waar_onwaar": "reasons",
    "volgorde": "items",
    "dit_doe_ik": "options",
    "zoek_de_fout": "parts",
    "scenario": "options",
}
OWN_FIELD = "Voor jezelf\nWis\nDit blijft op je telefoon.\nNiemand leest het."

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
    for moment in step.get("moments", []):
        found = [*found, *visible(moment, "options", variant)]
    return [shown(item.get("text", item), variant) for item in found]


def choices(holder: Step, variant: Variant) -> list[str]:
    return [shown(option["text"], variant) for option in visible(holder, "options", variant)]


def moments(step: Step, variant: Variant) -> list[str]:
    """What a scenario shows after each other: both decisions with their choices, and each ending."""
    asking = [(step["question"], step), *((moment["text"], moment) for moment in step["moments"])]
    back = "\nTerug naar de vorige keuze"
    decisions = ["\n".join([shown(text, variant), *choices(holder, variant)]) for text, holder in asking]
    endings = [f"{shown(end['text'], variant)}\n{shown(end['next_time'], variant)}" for end in step["endings"].values()]
    return [decisions[0], *(text + back for text in decisions[1:]), *endings]


def screens(step: Step, variant: Variant) -> list[str]:
    """What stands together on one screen; feedback comes later and is a screen of its own."""
    if step["type"] in ("hook", "screen"):
        texts = [step["text"], *step.get("trades", {}).values()]
        found = [f"{shown(step['title'], variant)}\n{shown(text, variant)}" for text in texts]
    elif step["type"] == "sorteer":
        parts = [(step["question"], card["tool"], card["text"]) for card in visible(step, "cards", variant)]
        found = ["\n".join(shown(part, variant) for part in card) for card in parts]
    elif step["type"] == "scenario":
        found = [shown(step["title"], variant) + "\n" + text for text in moments(step, variant)]
    elif step["type"] == "reflectie":
        helps = [shown(help, variant) for help in step["helps"]]
        found = ["\n".join(["Denk even na", shown(step["question"], variant), "Denk aan:", *helps, OWN_FIELD])]
    elif step["type"] == "oefenchat":
        found = ["\n".join(shown(step[name], variant) for name in ("question", "note")), shown(step["answer"], variant)]
    elif step["type"] == "card":
        found = ["\n".join(shown(line["text"], variant) for line in step["lines"])]
    elif step["type"] == "zoek_de_fout":
        speakers = {part.get("who", ""): "" for part in visible(step, "parts", variant)}
        found = ["\n".join([shown(step["question"], variant), *speakers, *answers(step, variant)])]
    elif step["type"] == "vul_de_prompt":
        found = [*prompt_screens(step, variant), *prompt_outcomes(step, variant)]
    else:
        head = step[HEAD.get(step["type"], "question")]
        found = ["\n".join([shown(head, variant), *answers(step, variant)])]
    feedback = [holder for _, items in lists_in(step) for holder in items] + [step]
    found += told_together(step, variant)
    return found + [shown(holder[name], variant) for holder in feedback for name in ("why", "hint") if name in holder]


def told_together(step: Step, variant: Variant) -> list[str]:
    """What the feedback on a keuze with more right answers says at once: of all that is right, of all that is not."""
    if step["type"] != "keuze" or sum(option.get("right", False) for option in step["options"]) < 2:
        return []
    whys: dict[bool, list[str]] = {True: [], False: []}
    for option in visible(step, "options", variant):
        whys[option.get("right", False)].append(shown(option["why"], variant))
    return ["\n".join(["Klopt. Waarom?", *whys[True]]), "\n".join(["Nog niet. Kijk hiernaar", *whys[False]])]


def prompt_screens(step: Step, variant: Variant) -> list[str]:
    """One screen per slot, each with the longest prompt that can stand above it; the task stands on the first."""
    found, above = [], shown(step["task"], variant)
    for slot in step["slots"]:
        tiles = [shown(tile["text"], variant) for tile in visible(slot, "tiles", variant)]
        longest = max(tiles, key=lambda text: len(limits.words(text)))
        lines = [shown(step["question"], variant), above, longest, shown(slot["name"], variant), *tiles]
        found.append("\n".join([*lines, "Jouw opdracht", *(["Vorige"] if found else [])]))
        above = f"{above} {longest}" if len(found) > 1 else longest
    return found


def prompt_outcomes(step: Step, variant: Variant) -> list[str]:
    """The feedback with the answer of the assistant: on a good prompt and on each vague one."""
    same = "Zo zou een antwoord kunnen zijn\nOefening. Er gaat niets naar buiten."
    vague = [tile for slot in step["slots"] for tile in visible(slot, "tiles", variant) if tile["sort"] == "vaag"]
    pairs = [("Klopt. Waarom?", step["why"], step["answer"])]
    pairs += [("Nog niet. Kijk hiernaar", tile["why"], step["vague_answer"]) for tile in vague]
    return ["\n".join([told, shown(why, variant), same, shown(answer, variant)]) for told, why, answer in pairs]


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
    texts += [item.get(name) for _, items in lists_in(step) for item in items for name in ("why", "hint")]
    texts += [step.get(name) for name in ("statement", "note", "answer", "vague_answer")]
    texts += [card["text"] for card in step.get("cards", [])]
    texts += [moment["text"] for moment in step.get("moments", [])]
    texts += [text for ending in step.get("endings", {}).values() for text in ending.values()]
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
