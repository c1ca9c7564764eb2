"""The adviser says what makes a text hard, where it stands and the way out, and leaves easy texts alone."""

import pytest

from language.readability import HardEntry, Level, Lexicon, Metrics, check
from language.readability import words as word_data
from language.readability.metrics import is_nominalisation, measure, sentences_of
from language.readability.passive import find_passives
from language.readability.syllables import syllables
from language.readability.words import lemma, parts, zipf
from language.variant import Variant

HARD = Lexicon(
    hard=(HardEntry("structureel", "blijvend"), HardEntry("in het geding"), HardEntry("in het kader van", "voor"))
)
EASY = "Typ je een vraag?\nDan krijg je een antwoord.\nKijk het antwoord goed na."
STIFF = (
    "Ten behoeve van de structurele inbedding van de beleidsmatige kaders dient periodiek een evaluatie plaats te "
    "vinden, waarbij de uitvoeringsorganisatie de verantwoordelijkheid draagt voor de kwantitatieve onderbouwing. "
    "De implementatie van het instrumentarium wordt door de accountmanagers gemonitord en tussentijds bijgesteld."
)


def said(text: str, variant: Variant = Variant.STANDAARD, lexicon: Lexicon = HARD) -> list[str]:
    return [message.text for message in check(text, variant, lexicon).messages]


def test_an_easy_text_gets_no_remark():
    report = check(EASY, Variant.MAKKELIJK, HARD)
    assert report.messages == ()
    assert report.level is Level.A2


def test_a_long_sentence_is_counted_and_only_makkelijk_is_blocked():
    long = "Wij " + "gaan en " * 20 + "gaan."
    assert said(long) == ["Zin van 42 woorden (hoogstens 20). Maak er twee of meer zinnen van."]
    assert check(long, Variant.STANDAARD, HARD).blocking == []
    blocking = check(long, Variant.MAKKELIJK, HARD).blocking
    assert [message.text for message in blocking] == [
        "Zin van 42 woorden (hoogstens 12). Maak er twee of meer zinnen van."
    ]


def test_a_hard_word_and_an_expression_come_with_the_way_out():
    assert said("Dat is structureel.") == ["Moeilijk woord: 'structureel'. Probeer: blijvend."]
    assert said("De rust is in het geding.") == ["Uitdrukking 'in het geding': zeg het gewoner."]
    assert said("Dit is in het kader van de wet.") == [
        "Uitdrukking 'in het kader van': zeg het gewoner. Probeer: voor."
    ]


def test_a_listed_word_is_found_in_its_other_forms():
    assert said("De structurele hulp.") == ["Moeilijk woord: 'structureel'. Probeer: blijvend."]


def test_the_passive_voice_is_named():
    assert said("Je brief wordt vandaag gelezen.") == ["Lijdende vorm ('wordt ...'). Zeg wie het doet."]


def test_a_word_in_no_list_is_proposed_for_the_word_list():
    report = check("De fruitvlieg is resistent.", Variant.MAKKELIJK, Lexicon())
    assert [(message.word, message.text) for message in report.messages if message.word == "resistent"] == [
        ("resistent", "Moeilijk woord: 'resistent'. Zeg het gewoner, of leg het uit in de woordenlijst.")
    ]


@pytest.mark.parametrize("known", ["resistent", "Resistent"])
def test_words_of_the_word_list_count_as_known(known):
    assert said("Dat is resistent.", Variant.MAKKELIJK, Lexicon().with_known([known])) == []


def test_names_inside_a_sentence_and_first_names_count_as_known():
    assert said("Jij belt Wojciechowska in Appelscha.\nAnouk belt terug.", Variant.MAKKELIJK) == []


def test_places_point_into_the_text_as_it_was_typed():
    text = "Een [[BSN]] is **geheim**. {F9} Dat is structureel."
    (message,) = check(text, Variant.STANDAARD, HARD).messages
    assert text[message.start : message.end] == "structureel"


def test_what_stands_in_marks_counts_as_known():
    assert said("De [[resistent|resistente]] plant.", Variant.MAKKELIJK) == []


def test_policy_prose_is_too_hard_and_plain_prose_is_not():
    assert check(STIFF, Variant.STANDAARD, HARD).level is Level.TOO_HARD
    plain = "Je kunt een afspraak maken met de gemeente. Neem je paspoort mee. Heb je geen paspoort? Bel ons dan. " * 3
    assert check(plain, Variant.STANDAARD, HARD).level in (Level.A2, Level.B1)


@pytest.mark.parametrize(
    "text", ["", " ", "…", "\n" * 30_000, "a" * 30_000, "[[" * 5_000, "- " * 5_000, "'" * 9_999, "\u202e{F1}"]
)
def test_odd_texts_give_a_report(text):
    assert check(text, Variant.MAKKELIJK, HARD).metrics.words <= 1


SYLLABLES = """huis 1, huizen 2, koeien 2, nieuw 1, ideeën 3, financieel 4, beïnvloeden 4, AI 2, BSN 3, radio 3,
AI-assistent 5, website 2, museum 3, royaal 2, quiz 1"""


@pytest.mark.parametrize(("word", "count"), [line.split() for line in SYLLABLES.split(",")])
def test_syllables(word, count):
    assert syllables(word) == int(count)


@pytest.mark.parametrize(
    "text",
    [
        "Het wordt koud.",
        "Bedrijven worden groter.",
        "Zij wordt bekend.",
        "Ik heb gewerkt.",
        "Zij is door het bos gelopen.",
    ],
)
def test_what_only_looks_passive_is_left_alone(text):
    assert find_passives(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Dat moet worden aangepast.",
        "de brief die verstuurd wordt",
        "Het is door de baas vastgesteld.",
        "Er werd besloten te stoppen.",
        "Dan wordt dat gedaan.",
    ],
)
def test_the_passive_is_found_before_and_after_worden(text):
    assert len(find_passives(text)) == 1


def test_the_formulas_are_those_of_their_makers():
    """10 words, 2 sentences, 15 syllables, 3 long words: worked out by hand."""
    metrics = Metrics(words=10, sentences=2, syllables=15, long_words=3)
    assert metrics.flesch_douma == pytest.approx(206.8 - 0.77 * 150 - 0.93 * 5)
    assert metrics.lix == pytest.approx(5 + 30)


def test_figures_of_more_texts_add_up():
    parts_of = [measure(sentences_of(text, Variant.MAKKELIJK), text) for text in ("Ik ga.", "Jij gaat, denk ik.")]
    assert sum(parts_of, Metrics()) == Metrics(words=6, sentences=2, syllables=6, commas=1, longest=4)


def test_nominalisations_are_told_from_things():
    assert is_nominalisation("uitvoering")
    assert is_nominalisation("mogelijkheden")
    assert not any(is_nominalisation(word) for word in ("koning", "woning", "ding", "politie", "kring"))


def test_common_words_have_a_high_figure_and_forms_that_of_their_lemma():
    assert zipf("huis") > 5
    assert zipf("huizen") == pytest.approx(zipf("huis"), abs=0.3)
    assert zipf("implementatietraject") < 3.5
    assert lemma("huizen") == "huis"
    assert lemma("Liepen") == "lopen"
    assert parts("woningcorporatie") == ("woning", "corporatie")
    assert parts("huis") is None


def test_without_word_data_there_is_one_clear_sentence_and_no_crash(monkeypatch, tmp_path):
    monkeypatch.setattr(word_data, "FILE", tmp_path / "words.sqlite3")
    word_data.forget()
    try:
        assert "make setup" in word_data.missing_data()
        assert said("De implementatietrajecten zijn resistent.", Variant.MAKKELIJK, Lexicon()) == []
        (tmp_path / "words.sqlite3").write_bytes(b"not a database")
        word_data.forget()
        assert word_data.missing_data()
    finally:
        monkeypatch.undo()
        word_data.forget()
    assert word_data.missing_data() is None
