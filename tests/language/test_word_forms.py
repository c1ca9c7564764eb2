"""Words of the list are found by their forms, as whole words, and never inside another word."""

import pytest

from language.compounds import compounds_in, first_sentences
from language.inflections import inflections
from language.matching import Matcher, matcher_of
from language.models import GlossaryTerm, Origin, WordForm
from language.queries import WordsAndFacts

FORMS = [
    ("AI", "ai"), ("AI's", "ai"), ("AI-assistent", "ai-assistent"), ("generatieve AI", "generatieve ai"),
    ("AI-programma", "ai"), ("bron", "bron"), ("bronnen", "bron"), ("BSN", "bsn"), ("datalek", "datalek"),
    ("datalekken", "datalek"), ("link", "link"), ("Tikkie", "tikkie"),
]  # fmt: skip


def found(text: str) -> list[str]:
    return [text[place.start : place.end] for place in Matcher(FORMS).find(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("De bron klopt.", ["bron"]),
        ("Twee bronnen, één bron.", ["bronnen", "bron"]),
        ("Bron: de gemeente.", ["Bron"]),
        ("Goed. Datalek melden!", ["Datalek"]),
        ("Hij zei: ‘Datalekken zijn erg.’", ["Datalekken"]),
        ("Wat is AI?", ["AI"]),
        ("‘AI’ en 'AI' en (AI) en “AI”", ["AI", "AI", "AI", "AI"]),
        ("AI’s en AI's", ["AI’s", "AI's"]),
        ("De AI-assistent helpt.", ["AI-assistent"]),
        ("Een AI-programma.", ["AI-programma"]),
        ("Een AI‑programma.", ["AI‑programma"]),
        ("Met generatieve\n AI maak je tekst.", ["generatieve\n AI"]),
        ("Generatieve AI maakt tekst.", ["Generatieve AI"]),
        ("Is dat een datalek?Ja.", ["datalek"]),
        ("Wat een datalek…", ["datalek"]),
    ],
)
def test_a_word_is_found_in_each_of_its_forms(text, words):
    assert found(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "Bronchitis en bronzen en hulpbron en bron-onderzoek",  # another word
        "Ga naar links. Zet het recht.",
        "ai, Ai, aI, bsn, Bsn",  # an abbreviation has its capitals
        "BRON, DATALEK",
        "Meneer Bron van Stichting Datalek",  # a name
        "AI-les, non-AI, AI- en dataregels",  # compounds that nobody confirmed
        "www.bron.nl, ai.nl, info@bron.nl, bron@ai.nl, /bron/, #bron, bron_1, C:\\bron",
        "bro\u00adn bron\u00ad bron\u0301 één-bron",
        "bron's l'AI",
        "tikkie",
    ],
)
def test_a_word_is_never_found_inside_another_or_with_other_capitals(text):
    assert found(text) == []


def test_the_longest_form_goes_first():
    assert found("generatieve AI-assistent") == ["AI-assistent"]
    assert found("generatieve AI is AI") == ["generatieve AI", "AI"]


@pytest.mark.parametrize("edition", [[], [("", "x")], [("  ", "x")]])
def test_a_list_without_words_finds_nothing(edition):
    assert list(Matcher(edition).find("Een bron.")) == []


@pytest.mark.parametrize("form", ["a.c", "(x)", "[y", "\\d+", "*", "ßa", "İx", "é", "3D", "-", "a|b", "x\\ y"])
def test_a_form_is_taken_as_it_stands(form):
    matcher = Matcher([(form, "k")])
    assert [place.key for place in matcher.find(f"Een {form} hier")] == ["k"]
    assert list(matcher.find("Een abc 55 xx hier")) == []


def test_a_long_text_takes_no_long_time():
    text = "AI-" * 20_000 + "bron " * 20_000 + "'" * 20_000
    assert len(list(Matcher(FORMS).find(text))) == 19_999


@pytest.mark.parametrize(
    ("term", "forms"),
    [
        ("bron", {"bronnen"}),
        ("datalek", {"datalekken"}),
        ("patroon", {"patronen"}),
        ("hallucinatie", {"hallucinaties"}),
        ("algoritme", {"algoritmes", "algoritmen"}),
        ("goedgekeurd", {"goedgekeurde"}),
        ("anoniem", {"anonieme"}),
        ("automatisch", {"automatische"}),
        ("BSN", {"BSN's"}),
        ("foto", {"foto's"}),
        ("chatbot", {"chatbots"}),
        ("AI-assistent", {"AI-assistenten"}),
        ("kluis", {"kluizen"}),
        ("brief", {"brieven"}),
        ("prijs", {"prijzen"}),
        ("gezondheid", {"gezondheden"}),
        ("bijlage", {"bijlagen", "bijlages"}),
        ("link", set()),  # 'links' is the other side of 'rechts'
        ("persoonsgegevens", set()),
        ("generatieve AI", set()),
        ("bijzondere persoonsgegevens", set()),
    ],
)
def test_inflections_are_made_by_rule(term, forms):
    assert set(inflections(term)) == forms


@pytest.mark.parametrize("term", ["?!", "<b>", "", "a" * 60, "1", "ë", "AI2", "x-", " ", "é's"])
def test_a_strange_term_has_no_strange_forms(term):
    assert all(form.startswith(term[:-4]) for form in inflections(term))


@pytest.mark.django_db
class TestForms:
    def forms(self, term: GlossaryTerm, **fields) -> set[str]:
        return set(WordForm.objects.filter(term=term, **fields).values_list("form", flat=True))

    def make(self, term: str = "kluis", slug: str = "kluis") -> GlossaryTerm:
        return GlossaryTerm.objects.create(term=term, slug=slug, explanation="x")

    def test_saving_a_word_makes_its_forms(self):
        term = self.make()
        assert self.forms(term, origin=Origin.OWN) == {"kluis"}
        assert self.forms(term, origin=Origin.INFLECTION) == {"kluizen"}
        term.save()
        assert self.forms(term) == {"kluis", "kluizen"}

    def test_another_spelling_makes_other_forms_and_keeps_what_an_author_did(self):
        term = self.make()
        WordForm.objects.create(term=term, form="geldkluis", origin=Origin.COMPOUND)
        WordForm.objects.filter(term=term, form="kluizen").update(refused=True)
        term = GlossaryTerm.objects.get(pk=term.pk)
        term.term = "slot"
        term.save()
        assert self.forms(term, refused=False) == {"slot", "slotten", "geldkluis"}
        assert self.forms(term, refused=True) == {"kluizen"}

    def test_a_refused_form_is_not_found_and_does_not_come_back(self):
        term = self.make()
        WordForm.objects.filter(term=term, form="kluizen").update(refused=True)
        GlossaryTerm.objects.get(pk=term.pk).save()
        assert self.forms(term, refused=True) == {"kluizen"}
        assert [place.key for place in WordsAndFacts().matcher.find("Twee kluizen, een kluis.")] == ["kluis"]

    def test_words_that_came_without_forms_are_found_by_rule(self):
        GlossaryTerm.objects.bulk_create([GlossaryTerm(term="kluis", slug="kluis", explanation="x")])
        assert len(list(WordsAndFacts().matcher.find("Twee kluizen, een kluis."))) == 2

    def test_a_word_goes_before_the_same_form_of_another(self):
        self.make("kluis", "kluis")
        self.make("kluizen", "kluizen")
        assert [place.key for place in WordsAndFacts().matcher.find("Twee kluizen.")] == ["kluizen"]

    def test_words_facts_and_forms_cost_two_queries(self, django_assert_num_queries):
        texts = WordsAndFacts()
        with django_assert_num_queries(2):
            assert texts.terms
            assert texts.facts
            assert texts.matcher
            assert texts.edition

    def test_the_matcher_is_made_once_per_edition(self):
        assert WordsAndFacts().matcher is WordsAndFacts().matcher
        before = matcher_of(WordsAndFacts().edition)
        self.make()
        assert WordsAndFacts().matcher is not before


@pytest.mark.parametrize(
    ("text", "term", "compounds"),
    [
        ("Een AI-programma. De AI-app werkt.", "AI", ["AI-programma", "AI-app"]),
        ("Non-AI en AIDS en AI en AI's", "AI", ["Non-AI"]),
        (
            "Een wachtwoordkluis, je wachtwoorden, hoofdwachtwoord.",
            "wachtwoord",
            ["wachtwoordkluis", "hoofdwachtwoord"],
        ),
        ("Een appel in de app-winkel", "app", ["app-winkel"]),
        ("Bron. Bronnen. Bronchitis!", "bron", ["Bronnen", "Bronchitis"]),
        ("", "bron", []),
        ("<b>AI-x</b>", "AI", ["AI-x"]),
    ],
)
def test_compounds_are_found_to_be_asked_about(text, term, compounds):
    assert [form for form, _ in compounds_in(text, term)] == compounds


def test_a_compound_is_asked_once_with_its_first_sentence_and_never_when_known():
    texts = ["Hier staat een bronvermelding. En daar.", "Nog een Bronvermelding."]
    assert first_sentences(texts, "bron", []) == {"bronvermelding": "Hier staat een bronvermelding."}
    assert first_sentences(texts, "bron", ["BronVermelding"]) == {}
