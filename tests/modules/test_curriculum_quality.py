"""Every lesson of the curriculum is good enough to teach from, and the check that says so sees what is wrong."""

from copy import deepcopy
from io import StringIO
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from language import limits
from language.markup import missing_references, plain
from language.queries import Known
from language.variant import Variant
from modules.curriculum.quality import Checker
from modules.curriculum.quality.questions import Question, problems_of_questions, problems_over_lessons
from modules.curriculum.reader import Curriculum, Source, read_curriculum
from modules.curriculum.reading import FileTexts
from tests.conftest import CURRICULUM

CONTENT = read_curriculum(CURRICULUM)
TEXTS = FileTexts(CONTENT)
CHECKER = Checker(CONTENT)
CODES = [each.data["id"] for each in CONTENT.modules if each.data.get("status", "published") == "published"]


@pytest.mark.parametrize("code", CODES)
def test_a_lesson_of_the_curriculum_is_good_enough_to_teach_from(code):
    assert CHECKER.check([code]).lessons[0].problems == []


def test_the_lessons_are_good_enough_together():
    assert CHECKER.check().problems == []


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


def checked(lesson: dict[str, Any], **changes: Any) -> str:
    """What the check says of a lesson, with these lists of the curriculum changed."""
    source = Source(CURRICULUM / "modules" / "B2" / "module.yaml", lesson)
    content = Curriculum(**{**CONTENT.__dict__, "modules": [source], **changes})
    return "\n".join(Checker(content).check(["B2"]).lessons[0].problems)


@pytest.fixture
def b2() -> dict[str, Any]:
    return deepcopy(next(each.data for each in CONTENT.modules if each.data["id"] == "B2"))


def step(lesson: dict[str, Any], key: str) -> dict[str, Any]:
    return next(each for each in lesson["steps"] if each["id"] == key)


def in_screen(text: str, variant: str):
    def change(lesson: dict[str, Any]) -> None:
        step(lesson, "b2-vorm")["text"][variant] = text

    return change


def only_in_standaard(lesson: dict[str, Any]) -> None:
    next(each for each in step(lesson, "b2-check-1")["options"] if each.get("right"))["only_standaard"] = True


def without_picture(lesson: dict[str, Any]) -> None:
    del step(lesson, "b2-vorm")["picture"]


def without_card(lesson: dict[str, Any]) -> None:
    lesson["steps"].pop()


def one_card_to_ask(lesson: dict[str, Any]) -> None:
    next(each for each in step(lesson, "b2-sorteer")["cards"] if each["sign"] == "vraag")["sign"] = "niet"


def told_by_its_length(lesson: dict[str, Any]) -> None:
    right = next(each for each in step(lesson, "b2-check-2")["options"] if each.get("right"))
    right["text"]["makkelijk"] = "Ik meld het meteen en vraag dan hulp."


def a_long_answer_of_the_oefenchat(lesson: dict[str, Any]) -> None:
    chat = next(each for each in lesson["steps"] if each["type"] == "oefenchat")
    chat["answer"]["makkelijk"] = "\n".join(["Dat is een zin van acht gewone woorden."] * 4)  # by itself it would fit


def an_hour(lesson: dict[str, Any]) -> None:
    lesson["minutes"] = 3


LONG = "\n".join(["Dit is een zin van precies acht woorden."] * 5)
WRONG = {
    "a screen with too many words": (in_screen(LONG, "makkelijk"), "Scherm van"),
    "a long sentence": (in_screen("Een zin " + "die maar doorgaat " * 8, "standaard"), "Zin van"),
    "two sentences on a line": (in_screen("Stop. Klik niet.", "makkelijk"), "zet elke zin op een eigen regel"),
    "an empty text": (in_screen(" ", "makkelijk"), "makkelijk: een tekst is leeg"),
    "a right answer that makkelijk misses": (only_in_standaard, "staat alleen in gewoon"),
    "sorting without two cards to ask about": (one_card_to_ask, "minstens 2 kaart(en) ‘vraag’"),
    "a screen without a picture": (without_picture, "er is geen plaatje"),
    "a lesson without its card": (without_card, "Eindig met een kaart."),
    "an article of a law": (
        in_screen("Dat staat in artikel 4 van de wet.", "standaard"),
        "hoort in een feit: ‘artikel 4",
    ),
    "a year": (in_screen("De wet geldt sinds 2025.", "standaard"), "een jaartal hoort in een feit"),
    "a date": (in_screen("De wet geldt vanaf 2 december.", "makkelijk"), "een datum hoort in een feit"),
    "a share": (in_screen("Van de bedrijven doet 45% dat.", "standaard"), "een percentage hoort in een feit"),
    "a telephone number": (in_screen("Bel 0800-1234 voor hulp.", "standaard"), "een telefoonnummer hoort in een feit"),
    "a brand that is called safe": (in_screen("Gemini is veilig.", "standaard"), "noem geen merk: ‘Gemini’"),
    "an abbreviation without sound": (in_screen("Vraag het de XQZ.", "standaard"), "hoe klinkt ‘XQZ’?"),
    "a rare word that nobody explains": (in_screen("Dat is resistent.", "makkelijk"), "nergens uitgelegd: resistent"),
    "an answer told by its length": (told_by_its_length, "valt op"),
    "an answer that does not fit below its note": (a_long_answer_of_the_oefenchat, "Scherm van"),
    "minutes that are not true": (an_hour, "minutes is 3, makkelijk lezen duurt er"),
    "a passive": (in_screen("De naam wordt door iemand gezien.", "standaard"), "Lijdende vorm"),
}


@pytest.mark.parametrize(("change", "said"), list(WRONG.values()), ids=list(WRONG))
def test_the_check_sees(b2, change, said):
    assert checked(b2) == ""
    change(b2)
    assert said in checked(b2)


def test_a_standaard_text_may_go_past_its_advice_for_a_stated_reason(b2):
    in_screen("De naam wordt door iemand gezien.", "standaard")(b2)
    reason = {"lesson": "B2", "says": "Lijdende vorm ('wordt ...')", "because": "Wie het doet, is niet bekend."}
    assert checked(b2, reasons=[reason]) == ""
    assert "Lijdende vorm" in checked(b2, reasons=[{**reason, "lesson": "B1"}])


def test_a_reason_that_is_not_needed_any_more_is_told():
    reason = {"lesson": "B2", "says": "Zin van 40 woorden", "because": "Dat was vroeger zo."}
    content = Curriculum(**{**CONTENT.__dict__, "reasons": [*CONTENT.reasons, reason]})
    assert "B2: de reden bij ‘Zin van 40 woorden’ is niet meer nodig" in Checker(content).check().problems


def questions(*places: int, lengths: tuple[int, ...] = (4, 4, 4)) -> list[Question]:
    return [Question(f"e-check-{number}", place, lengths) for number, place in enumerate(places, 1)]


def test_right_answers_that_always_stand_in_one_place_are_seen():
    assert list(problems_of_questions(questions(2, 1, 2))) == []
    assert list(problems_of_questions(questions(2, 2, 2))) == ["het goede antwoord staat steeds op plek 2"]


def test_right_answers_that_are_mostly_the_longest_are_seen():
    told = "het goede antwoord is bij 3 van de 3 vragen het langste"
    assert told in list(problems_of_questions(questions(1, 1, 1, lengths=(5, 4, 4))))


def test_a_place_that_is_right_too_often_over_all_lessons_is_seen():
    assert list(problems_over_lessons([questions(1, 2, 3, 1, 2, 3, 1, 2, 3, 2)], [])) == []
    assert list(problems_over_lessons([questions(1, 1, 1, 1, 1, 1, 1, 2, 3, 2)], [])) == [
        "bij 3 antwoorden staat het goede 7 van de 10 keer op plek 1"
    ]


def test_sentences_that_are_never_true_are_seen():
    assert list(problems_over_lessons([], [False] * 9 + [True])) == []
    assert list(problems_over_lessons([], [False] * 10)) == ["alle waar-of-niet-waar-zinnen zijn onwaar"]


def test_the_command_prints_a_table_and_what_is_wrong(tmp_path, b2):
    folder = tmp_path / "curriculum"
    (folder / "modules" / "B2").mkdir(parents=True)
    for name in ("facts", "glossary", "coming", "pronunciation", "hard_words", "everyday_words"):
        (folder / f"{name}.yaml").write_bytes((CURRICULUM / f"{name}.yaml").read_bytes())
    b2["prerequisites"] = []
    file = folder / "modules" / "B2" / "module.yaml"
    out = StringIO()
    file.write_text(yaml.safe_dump(b2, allow_unicode=True))
    call_command("check_curriculum", "B2", folder=folder, stdout=out)
    assert out.getvalue().startswith("les")
    assert "1 les(sen) in orde." in out.getvalue()
    in_screen(LONG, "makkelijk")(b2)
    file.write_text(yaml.safe_dump(b2, allow_unicode=True))
    with pytest.raises(CommandError, match="1 ding"):
        call_command("check_curriculum", "B2", folder=folder, stdout=out)
    assert "B2: b2-vorm: makkelijk: Scherm van" in out.getvalue()


def test_the_command_names_a_lesson_that_is_not_there():
    with pytest.raises(CommandError, match="Deze les is er niet: Z9"):
        call_command("check_curriculum", "Z9", stdout=StringIO())
