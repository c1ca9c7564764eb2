"""Words are marked once per screen, at their first place, and marking never changes what is read."""

import html as htmllib
import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from language.marking import render_text
from language.markup import parse, plain
from language.matching import Matcher
from language.models import Fact, GlossaryTerm
from language.queries import WordsAndFacts
from language.variant import Variant


class Texts(WordsAndFacts):
    """Words and facts without a database."""

    terms = {
        name.lower(): GlossaryTerm(term=name, slug=name.lower().replace(" ", "-"), explanation="Een <uitleg>.")
        for name in ("AI", "bron", "datalek", "generatieve AI", "b")
    }
    matcher = Matcher(
        [("AI", "ai"), ("bron", "bron"), ("bronnen", "bron"), ("datalek", "datalek"), ("b", "b"),
         ("generatieve AI", "generatieve ai")]
    )  # fmt: skip
    facts = {"F1": Fact(code="F1", text_standaard="Feit over [[AI]].", text_makkelijk="Een **AI** feit.")}


class Checker(HTMLParser):
    """Reads HTML as a browser does; what is opened must be closed, in order, and a link holds no link."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        assert tag in ("a", "b")
        assert tag not in self.open
        assert tag != "a" or [name for name, _ in attrs] == ["class", "href"]
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def read(made: str) -> str:
    checker = Checker()
    checker.feed(made)
    checker.close()
    assert checker.open == []
    return checker.text


def marked(*lines: str, before: set[str] | None = None) -> list[str]:
    seen = set() if before is None else before
    return re.findall(r'<a class="word"[^>]*>(.*?)</a>', "".join(render_text(lines, Texts(), lambda _: None, seen)))


PARTS = st.sampled_from(
    ["AI", "bron", "bronnen", "b", "datalek", "generatieve AI", "[[", "]]", "|", "**", "*", "[[AI]]", "[[-AI]]", "é",
     "[[bron|Bronnen]]", "[[bestaat niet]]", " ", ". ", "<b>", "</a>", "&amp;", "&", '"', "'", "-", "’", "\u0301", "İ",
     "ß", "<!--", "{F1}"]
)  # fmt: skip
TEXT = st.one_of(st.text(max_size=40), st.lists(PARTS, max_size=14).map("".join))


@settings(max_examples=400, deadline=None)
@given(TEXT, st.sampled_from([None, set(), {"ai"}, {"ai", "bron", "b"}]))
def test_marking_never_changes_what_is_read_and_never_breaks_html(text, before):
    line = " ".join(text.replace("\x00", "").splitlines())
    [made] = render_text([line], Texts(), lambda _: None, set(before) if before is not None else None)
    assert read(made) == parse(line).text
    assert htmllib.unescape(re.sub(r"</?[ab](?: [^>]*)?>", "", made)) == parse(line).text


@settings(max_examples=200, deadline=None)
@given(TEXT)
def test_what_is_seen_is_what_is_read_aloud(text):
    line = " ".join(text.splitlines()).replace("{", "")
    assert parse(line).text == plain(line, Variant.STANDAARD, Texts())


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXT, max_size=5))
def test_by_itself_a_word_is_marked_once(texts):
    lines = [" ".join(text.splitlines()).replace("[", "") for text in texts]
    heard: list[str] = []
    render_text(lines, Texts(), lambda term: heard.append(term.slug), set())
    assert len(heard) == len(set(heard))


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(["standaard", "makkelijk"]), TEXT), st.booleans())
def test_twin_texts_are_whole_html_whatever_they_hold(value, on_a_screen):
    context = Context({"text": value, "request": SimpleNamespace(words_and_facts=Texts())})
    source = "{% load twin %}{% screen %}" if on_a_screen else "{% load twin %}"
    for tag in ("twin", "twin_line"):
        made = Template(f"{source}{{% {tag} text %}}").render(context)
        opened = re.findall(r"<(\w+)", re.sub(r"&lt;", "", made))
        assert sorted(opened) == sorted(re.findall(r"</(\w+)", made))


def test_the_first_place_in_reading_order_is_marked_and_no_other():
    assert marked("De bron.", "Twee bronnen en AI.", "AI en bron.") == ["bron", "AI"]


def test_what_is_marked_on_the_screen_already_is_not_marked_again():
    seen = {"ai"}
    assert marked("AI en een bron.", before=seen) == ["bron"]
    assert seen == {"ai", "bron"}


def test_what_an_author_refers_to_is_marked_there_and_goes_before_the_first_place():
    assert marked("AI is [[AI]].", "AI!") == ["AI"]
    [made] = render_text(["AI is [[AI]]."], Texts(), lambda _: None, set())
    assert made == 'AI is <a class="word" href="/woord/ai/">AI</a>.'
    assert marked("[[AI]] en [[ai|het]] en AI") == ["AI", "het"]
    assert marked("Een [[bron]].", before={"bron"}) == ["bron"]


def test_a_word_can_be_kept_from_being_marked_at_one_place():
    assert marked("[[-AI]] en AI") == ["AI"]
    [made] = render_text(["[[-AI]] en [[- bron]]"], Texts(), lambda _: None, set())
    assert made == "AI en  bron"
    assert marked("[[-AI|AI]]") == []


def test_without_a_screen_only_what_an_author_refers_to_is_marked():
    [made] = render_text(["AI en [[bron]]"], Texts(), lambda _: None)
    assert re.findall(r">(.*?)</a>", made) == ["bron"]


def test_strong_and_marked_go_together():
    [made] = render_text(["**De AI** en **AI** [[bron|een **bron]] x**"], Texts(), lambda _: None, set())
    assert made == (
        '<b>De </b><a class="word" href="/woord/ai/"><b>AI</b></a> en <b>AI</b> '
        '<a class="word" href="/woord/bron/">een <b>bron</b></a><b> x</b>'
    )


def render(source: str, **context) -> str:
    request = SimpleNamespace(words_and_facts=Texts())
    return Template("{% load twin %}" + source).render(Context({"request": request, **context}))


AI = {"standaard": "Dit is AI.", "makkelijk": "AI. En AI."}


def test_each_variant_has_its_own_first_place():
    made = render("{% screen %}{% twin text %}{% twin text %}", text=AI)
    assert made.count("/woord/ai/") == 2
    assert '<p>Dit is <a class="word" href="/woord/ai/">AI</a>.</p>' in made
    assert '<li><a class="word" href="/woord/ai/">AI</a>. En AI.</li>' in made


def test_a_new_screen_begins_anew():
    assert render("{% screen %}{% twin text %}{% screen %}{% twin text %}", text=AI).count("/woord/ai/") == 4


def test_feedback_apart_counts_by_itself_and_knows_the_question():
    seen = render(
        "{% screen %}{% apart %}{% twin text %}{% endapart %}{% apart %}{% twin text %}{% endapart %}", text=AI
    )
    assert seen.count("/woord/ai/") == 4
    known = render("{% screen %}{% twin text %}{% apart %}{% twin text %}{% endapart %}", text=AI)
    assert known.count("/woord/ai/") == 2
    assert "/woord/" not in render("{% apart %}{% twin text %}{% endapart %}", text=AI)


def test_titles_and_answers_have_no_links_even_from_a_fact():
    for text in (AI, {"standaard": "{F1}", "makkelijk": "{F1}"}, {"standaard": "[[AI]]", "makkelijk": "[[AI]]"}):
        assert "<a" not in render("{% screen %}{% twin_line text %}", text=text)


def test_a_strong_text_over_two_sentences_stays_whole_per_line():
    made = render("{% twin_line text %}", text={"standaard": "x", "makkelijk": "**Een. Twee.** Drie."})
    assert '<span class="line"><b>Een.</b></span><span class="line"><b>Twee.</b></span>' in made


def test_words_in_a_fact_are_marked_too():
    made = render("{% screen %}{% twin text %}", text={"standaard": "{F1}", "makkelijk": "{F1}"})
    assert '<a class="word" href="/woord/ai/"><b>AI</b></a>' in made


@pytest.mark.django_db
def test_no_lesson_has_a_link_inside_a_control(client):
    from modules.models import ModulePage

    controls = re.compile(
        r"<(button|label|legend|summary|option|h[1-6]|title)\b[^>]*>(?:(?!</\1>).)*?<a class=\"word\"", re.DOTALL
    )
    for lesson in ModulePage.objects.live():
        page = client.get(f"/les/{lesson.slug}/").content.decode()
        assert 'class="word"' in page
        assert not controls.search(page)
