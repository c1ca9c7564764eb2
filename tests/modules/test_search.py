"""What learners type finds the lesson: in another form, as it sounds, with a typing error."""

import subprocess
import sys
import time

import pytest

from modules.curriculum.reader import read_curriculum
from modules.queries import catalogue, search_index
from modules.search import Document, Index, clean, errors_allowed, keys_of, plain, words_in
from tests.conftest import CURRICULUM


@pytest.fixture
def curriculum(db) -> Index:
    """The lessons of the repository, as the catalogue searches them."""
    return search_index(catalogue())


@pytest.fixture(scope="module")
def titles() -> Index:
    """Every title of the curriculum, written or planned: no database at all."""
    files = read_curriculum(CURRICULUM)
    entries = {entry["id"]: entry for entry in [*files.coming, *(source.data for source in files.modules)]}
    return Index(
        Document(code, "\n".join(entry["title"].values()), words=" ".join(entry.get("trades", [])))
        for code, entry in entries.items()
    )


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("wachtwoord", "B2"),
        ("wachtwoorden", "B2"),
        ("Wachtwoorden?", "B2"),
        ("wachtwoort", "B2"),
        ("wagtwoord", "B2"),
        ("wachtword", "B2"),
        ("wachtw", "B2"),
        ("persoonsgegevens", "B1"),
        ("persoons gegevens", "B1"),
        ("gegevens", "B1"),
        ("privasie", "B1"),
        ("privacy", "B1"),
        ("priveasy gegevns", "B1"),
        ("prive", "B1"),
        ("PRIVÉ", "B1"),
        ("Wat is AI?", "A1"),
        ("ai", "A1"),
        ("huurder", "B2"),
        ("huurders", "B2"),
        ("goed gekeurd", "B2"),
        ("b1", "B1"),
    ],
)
def test_what_people_type_finds_a_lesson_of_the_repository(curriculum, typed, code):
    assert code in curriculum.search(typed)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("wachtwoorden", "B3"),
        ("wachtwoort", "B3"),
        ("wagtwoort", "B3"),
        ("inloggen", "B3"),
        ("veilig inlogen", "B3"),
        ("phishing", "B4"),
        ("fishing", "B4"),
        ("fising", "B4"),
        ("phising", "B4"),
        ("nepbericht", "B4"),
        ("nepstemmen", "B5"),
        ("nepstem", "B5"),
        ("dieepfake", "B5"),
        ("deepfakes", "B5"),
        ("datalekken", "B7"),
        ("data lek melden", "B7"),
        ("telefoon", "B6"),
        ("tellefoon", "B6"),
        ("bekup", "B6"),
        ("privasie", "D3"),
        ("priveasy", "D3"),
        ("auteursrechten", "A7"),
        ("autersrecht", "A7"),
        ("klopt het antwoord", "A4"),
        ("kontroleren", "A4"),
        ("eerlijk", "A5"),
        ("zorg", "C1"),
        ("horica", "C4"),
        ("logestiek", "C3"),
        ("magazijn", "C3"),
        ("boerderei", "C7"),
        ("gemeente", "C9"),
        ("school", "C8"),
        ("ondernemingsraad of", None),
        ("personeels planing", "D1"),
        ("waardig werk", "D5"),
        ("laaggeletterd", "D6"),
    ],
)
def test_the_best_lesson_comes_first(titles, typed, first):
    found = titles.search(typed)
    assert (found[0] if found else None) == first


@pytest.mark.parametrize(
    "typed", ["", "   ", "de het een", "!!! ???", "🙂🙂", "x", "\x00", "\u202e\u202d", "qqqqqqqq", "'"]
)
def test_nothing_to_search_for_finds_nothing_and_breaks_nothing(curriculum, typed):
    assert curriculum.search(typed) == []
    assert curriculum.nearest(typed) == ""


@pytest.mark.parametrize(("word", "errors"), [("ai", 0), ("bsn", 0), ("brie", 1), ("privacy", 1), ("berichten", 2)])
def test_longer_words_may_hold_more_errors(word, errors):
    assert errors_allowed(word) == errors


INDEX = Index(
    [
        Document("T", "Een wachtwoord kiezen"),
        Document("G", "Iets anders", goals="Je kiest een wachtwoord."),
        Document("X", "Nog iets", text="Schrijf je wachtwoord niet op."),
        Document("B", "Brieven", words="zorg", text="Een brief aan een cliënt over de AI-assistent."),
    ]
)


def test_a_title_counts_most_then_goals_then_the_text():
    assert INDEX.search("wachtwoord") == ["T", "G", "X"]


def test_a_guess_never_joins_the_word_itself():
    index = Index([Document("1", "boek"), Document("2", "boer")])
    assert index.search("boek") == ["1"]
    assert index.search("boej") == ["1", "2"]


def test_letters_that_changed_places_are_one_error():
    assert Index([Document("1", "melden")]).search("medlen") == ["1"]


def test_short_words_are_never_guessed():
    assert Index([Document("1", "BSN")]).search("bsm") == []


def test_a_part_of_a_long_word_finds_it_from_four_letters():
    index = Index([Document("1", "wachtwoordmanager"), Document("2", "nepberichten")])
    assert index.search("wach") == ["1"]
    assert index.search("berichten") == ["2"]
    assert index.search("wac") == []


def test_who_types_a_longer_word_finds_the_word_in_it():
    assert INDEX.search("wachtwoordenlijst") == ["T", "G", "X"]


def test_a_lesson_must_hold_half_of_the_words_and_more_is_better():
    index = Index([Document("1", "brief"), Document("2", "brief klant"), Document("3", "brief klant prijs")])
    assert index.search("brief klant prijs") == ["3", "2"]
    assert index.search("brief olifantenpad neushoornvogel") == ["1", "2", "3"]


def test_words_that_say_nothing_do_not_count():
    assert INDEX.search("hoe kan ik een les over wachtwoorden doen") == INDEX.search("wachtwoorden doen")


def test_hyphens_apostrophes_and_accents_do_not_matter():
    assert INDEX.search("ai assistent") == INDEX.search("AI-assistent") == ["B"]
    assert INDEX.search("client") == ["B"]
    assert list(words_in("foto's van collega’s")) == ["foto", "collega"]
    assert plain("privé") == "prive"


def test_one_word_has_one_key_in_the_forms_people_use():
    for forms in ("wachtwoord wachtwoorden wachtwoort wagtwoord", "brief brieven", "stem stemmen", "naam namen",
                  "bericht berichten", "huis huizen", "phishing fishing", "privacy privasi"):  # fmt: skip
        assert len(set(keys_of(forms.split()).values())) == 1, forms


def test_the_nearest_word_is_one_that_finds_something():
    assert INDEX.nearest("wekwoort") == "wachtwoord"
    assert INDEX.nearest("wekwoort", among=["B"]) == ""
    assert INDEX.search("wekwoort") == []


def test_only_eighty_visible_characters_are_used():
    assert clean("a" * 10_000) == "a" * 80
    assert clean("  wacht\t\nwoord\u202e\x00\u200b  ") == "wacht woord"
    assert INDEX.search("x" * 80 + " wachtwoord") == []


def test_an_index_of_nothing_finds_nothing():
    assert (Index([]).search("wachtwoord"), Index([]).nearest("wachtwoord")) == ([], "")


def test_a_hostile_question_costs_next_to_nothing(curriculum):
    worst = [" ".join(["aaaa", "wachtwoortd"] * 1000), "é" * 10_000, "\u0344" * 10_000, "'-" * 5_000, "ﷺ" * 10_000]
    start = time.perf_counter()
    for typed in worst:
        curriculum.search(typed)
        curriculum.nearest(typed)
    assert time.perf_counter() - start < 2


def test_the_index_is_made_once_until_a_lesson_changes(lesson, django_assert_num_queries):
    search_index(catalogue())
    with django_assert_num_queries(1):
        assert search_index(catalogue()).search("olifant") == []
    lesson.title = "Een olifant in de kamer"
    lesson.save_revision().publish()
    assert search_index(catalogue()).search("olifanten") == ["E99"]
    lesson.unpublish()
    assert search_index(catalogue()).search("olifanten") == []


def test_the_learners_text_in_both_variants_words_facts_and_trades_are_searched(lesson):
    index = search_index(catalogue())
    for typed in ("proeft", "proefwoord", "vak", "feit", "nakijken"):
        assert "E99" in index.search(typed), typed
    lesson.trades = ["horeca"]
    lesson.save_revision().publish()
    assert "E99" in search_index(catalogue()).search("horeca")


def test_the_text_of_a_draft_is_not_found(lesson, tmp_path):
    from tests.conftest import load_lesson

    load_lesson(tmp_path, status="announced")
    type(lesson).objects.filter(code="E99").update(live=False, announced=True)
    index = search_index(catalogue())
    assert "E99" in index.search("proefles")
    assert "E99" not in index.search("nakijken")


def test_search_knows_no_django():
    code = "import sys, modules.search; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
