"""The fixed limits: what is counted, what is refused, and what the message tells an author to do."""

import pytest

from language.limits import advice, answer_problems, problems, screen_problems, sentences, words
from language.variant import Variant

MAKKELIJK, STANDAARD = Variant.MAKKELIJK, Variant.STANDAARD


def of_length(count: int) -> str:
    return " ".join(["woord"] * (count - 1) + ["eind."])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stop. Klik niet! Weet je het zeker? Bel dan…", 4),
        ("Mw. J. Smit uit de Dorpsstraat is gevallen. Wie kan?", 2),
        ("Mw. J. uit de Dorpsstraat is gevallen.", 1),
        ("Jan P. Jansen belt. J.K. de Boer mailt.", 2),
        ("Kies A of B. Dan ben je klaar.", 2),
        ("Zie art. 4 en blz. 12 van de lijst, bijv. Bijlage 2.", 1),
        ("Denk aan namen, adressen enz. Laat ze weg.", 2),
        ("“Wie kan?” vraagt Fatima. Niemand kan.", 2),
        ("Zij vraagt: “Wie kan?” Niemand kan.", 2),
        ("Ze mailt (snel!) een lijst. Dat is fout.", 2),
        ("Het magazijn gaat open om 6. 12 mensen werken er.", 2),
        ("Het kost 2.500 euro of 3.14 punt. Klaar.", 2),
        ("’s Ochtends werkt zij. ’s Avonds leert zij.", 2),
        ("1. Lees de brief.", 1),
        ("", 0),
        ("  \n\n ", 0),
    ],
)
def test_a_text_is_split_where_a_reader_stops(text, expected):
    found = sentences(text, STANDAARD)
    assert len(found) == expected, found
    assert " ".join(found) == " ".join(text.split())


def test_every_line_of_makkelijk_ends_a_sentence():
    assert sentences("Dit is zin 1\nDit is zin 2.\nKort. Krachtig.", MAKKELIJK) == [
        "Dit is zin 1", "Dit is zin 2.", "Kort.", "Krachtig.",
    ]  # fmt: skip


def test_a_list_in_standaard_may_run_on_after_a_new_line_but_not_after_an_empty_one():
    assert len(sentences("Zet dit er niet in:\nwachtwoorden en contracten.", STANDAARD)) == 1
    assert len(sentences("Een kop\n\nEen zin.", STANDAARD)) == 2


def test_a_compound_is_one_word_and_a_dash_is_none():
    assert words("Een AI-assistent – ‘hulp’ – kost € 5 … echt") == [
        "Een", "AI-assistent", "‘hulp’", "kost", "5", "echt",
    ]  # fmt: skip


@pytest.mark.parametrize(("variant", "most", "advised"), [(MAKKELIJK, 12, 10), (STANDAARD, 20, 18)])
def test_a_sentence_may_be_as_long_as_the_limit_and_no_longer(variant, most, advised):
    assert problems(of_length(most), variant) == []
    assert problems(of_length(44), variant) == [
        f"Zin van 44 woorden (hoogstens {most}). Maak er twee of meer zinnen van."
    ]
    assert advice(of_length(advised), variant) == []
    assert advice(of_length(advised + 1), variant) == [
        f"Zin van {advised + 1} woorden (liever {advised}). Maak hem korter of maak er twee zinnen van."
    ]
    assert advice(of_length(most + 1), variant) == [], "what is refused is not advised about as well"


def test_only_the_long_sentence_of_a_text_is_named():
    assert len(problems(f"Kort. {of_length(21).capitalize()} Ook kort.", STANDAARD)) == 1


def test_makkelijk_has_one_comma_a_sentence_and_standaard_two():
    assert problems("Laat namen, adressen en foto’s weg.", MAKKELIJK) == []
    assert problems("Laat namen, adressen, foto’s weg.", MAKKELIJK) == [
        "Zin met 2 komma’s (hoogstens 1 komma). Maak er twee of meer zinnen van."
    ]
    assert problems("Laat namen, adressen, foto’s weg.", STANDAARD) == []
    assert problems("Laat namen, adressen, stemmen, foto’s weg.", STANDAARD) == [
        "Zin met 3 komma’s (hoogstens 2 komma’s). Maak er twee of meer zinnen van."
    ]


def test_the_comma_of_a_number_is_not_a_comma_of_the_sentence():
    assert problems("Het kost 2,50 of 3,75, soms 4,25, zegt zij.", STANDAARD) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Het is 2,5 uur werk.", "Getal '2,5'. Schrijf een heel getal."),
        ("Het is 3.5 kilo.", "Getal '3.5'. Schrijf een heel getal."),
        ("Dat is 20% meer.", "Percentage ('%'). Schrijf bijvoorbeeld: 1 op de 5."),
        ("Dat is 20 procent meer.", "Percentage ('procent'). Schrijf bijvoorbeeld: 1 op de 5."),
        ("Typ geen naam in (ook niet kort).", "Haakje ('('). Maak er een eigen zin van, of laat het weg."),
        ("Denk bijv. aan een naam.", "Afkorting 'bijv.'. Schrijf het woord helemaal."),
        ("Denk aan namen enz.", "Afkorting 'enz.'. Schrijf het woord helemaal."),
        ("Denk o.a. aan een naam.", "Afkorting 'o.a.'. Schrijf het woord helemaal."),
    ],
)
def test_makkelijk_leaves_out_what_is_hard_to_read_and_standaard_may_keep_it(text, message):
    assert problems(text, MAKKELIJK) == [message]
    assert problems(text, STANDAARD) == []


@pytest.mark.parametrize("text", ["1 op de 5 mensen.", "Het kost 1.000 euro.", "Kom om 14.30 uur.", "AI en een BSN."])
def test_makkelijk_keeps_whole_numbers_times_and_known_short_words(text):
    assert problems(text, MAKKELIJK) == []


@pytest.mark.parametrize(("variant", "most"), [(MAKKELIJK, 35), (STANDAARD, 60)])
def test_a_screen_holds_a_fixed_number_of_words(variant, most):
    assert screen_problems(of_length(most), variant) == []
    assert screen_problems(of_length(most + 1), variant) == [
        f"Scherm van {most + 1} woorden (hoogstens {most}). Laat iets weg of maak er twee schermen van."
    ]


def test_an_answer_in_makkelijk_has_eight_words_at_most():
    assert answer_problems(of_length(8), MAKKELIJK) == []
    assert answer_problems(of_length(9), MAKKELIJK) == ["Antwoord van 9 woorden (hoogstens 8). Laat woorden weg."]
    assert answer_problems(of_length(19), STANDAARD) == []
