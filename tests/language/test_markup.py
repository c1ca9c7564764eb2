"""The light markup of lesson texts: words, facts, strong; everything else is plain text."""

import re

import pytest

from language.marking import render_text
from language.markup import lines, missing_references, plain, references
from language.matching import Matcher
from language.models import Fact, GlossaryTerm
from language.queries import Known, WordsAndFacts, known_references
from language.variant import Variant


class Texts(WordsAndFacts):
    """Words and facts without a database."""

    terms = {"datalek": GlossaryTerm(term="datalek", slug="datalek"), "ai": GlossaryTerm(term="AI", slug="ai")}
    matcher = Matcher([("datalek", "datalek"), ("AI", "ai")])
    facts = {"F1": Fact(code="F1", text_standaard="Een <feit>.\nEn nog een.", text_makkelijk="Feit.\nEn meer.")}


def html(line: str) -> str:
    return str(render_text([line], Texts(), lambda _: None)[0])


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "**<b onclick=x>**",
        "[[<script>]]",
        "[[datalek|<img src=x>]]",
        '[[datalek" onclick="x]]',
        "[[onbekend|<script>]]",
        "&lt;script&gt;",
        "'\"<>&",
    ],
)
def test_html_typed_by_an_author_is_shown_and_not_run(hostile):
    made = html(hostile)
    assert set(re.findall(r"<(/?[a-z]+)[ >]", made)) <= {"a", "/a", "b", "/b"}
    assert set(re.findall(r" ([a-z]+)=", re.sub(r">[^<]*<", "><", f">{made}<"))) <= {"class", "href"}


def test_html_inside_a_fact_is_shown_and_not_run():
    [first, _] = lines("{F1}", Variant.STANDAARD, Texts())
    assert html(first) == "Een &lt;feit&gt;."


def test_a_word_becomes_a_link_with_what_stands_there():
    assert html("Een [[datalek]].") == 'Een <a class="word" href="/woord/datalek/">datalek</a>.'
    assert html("[[datalek|Datalekken]]") == '<a class="word" href="/woord/datalek/">Datalekken</a>'
    assert html("[[ Datalek ]]") == '<a class="word" href="/woord/datalek/"> Datalek </a>'


def test_a_word_that_is_gone_stays_readable():
    assert html("Een [[weggehaald]] en [[weg|ander]] woord") == "Een weggehaald en ander woord"


def test_the_page_hears_which_words_it_uses():
    heard = []
    render_text(["[[AI]] en [[datalek]] en [[ai]]"], Texts(), heard.append)
    assert [term.slug for term in heard] == ["ai", "datalek", "ai"]


def test_strong_is_strong_and_single_stars_are_stars():
    assert html("a **b** c **d**") == "a <b>b</b> c <b>d</b>"
    assert html("2 * 3 ** 4") == "2 * 3 ** 4"


def test_a_fact_gives_each_variant_its_own_text():
    assert lines("Weet: {F1}", Variant.MAKKELIJK, Texts()) == ["Weet: Feit.", "En meer."]
    assert lines("Weet: {F1}", Variant.STANDAARD, Texts())[0] == "Weet: Een <feit>."
    assert lines("Weet: {F77} klaar", Variant.STANDAARD, Texts()) == ["Weet:  klaar"]


def test_plain_text_has_no_marks():
    text = "Een [[datalek|lek]] is **erg**. {F1} {geen} [gewoon]"
    assert plain(text, Variant.MAKKELIJK, Texts()) == "Een lek is erg. Feit.\nEn meer. {geen} [gewoon]"


def test_references_are_found_once_in_small_letters():
    text = "[[AI]] [[ai]] [[Datalek|x]] {F1}{F1} {F22} {F2a} {F2A} {F2ab} {f3} {F} [[]] [[a|b|c]]"
    assert references(text) == ({"ai", "datalek"}, {"F1", "F22", "F2a"})


def test_missing_references_are_said_in_dutch():
    known = Known(frozenset({"ai"}), frozenset({"F1"}))
    assert missing_references("[[AI]] {F1}", known) == []
    assert missing_references("[[z]] [[b]] {F9}", known) == [
        "Het woord 'b' staat niet in de woordenlijst.",
        "Het woord 'z' staat niet in de woordenlijst.",
        "Feit F9 bestaat niet.",
    ]


@pytest.mark.django_db
def test_all_words_and_facts_cost_two_queries(django_assert_num_queries):
    texts = WordsAndFacts()
    with django_assert_num_queries(2):
        for _ in range(3):
            assert texts.terms["datalek"].slug == "datalek"
            assert "F9" in texts.facts
    assert "datalek" in known_references().terms


@pytest.mark.parametrize("text", ["[[" * 5000, "**" * 5001, "[[a|" * 5000, "{F" * 5000, "[" * 50_000])
def test_unfinished_marks_are_plain_text(text):
    assert html(text).replace("<b>", "").replace("</b>", "").strip("*") in (text.strip("*"), "")
