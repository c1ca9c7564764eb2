"""Words in other languages: for everybody the same answer, in their own script, in the right direction."""

import pytest

from language.languages import LANGUAGES, text_problem
from language.models import GlossaryTerm, WordTranslation

pytestmark = pytest.mark.django_db
ADDRESS = "/woord/talen.json"


@pytest.fixture
def word() -> GlossaryTerm:
    term = GlossaryTerm.objects.create(term="kluis", slug="kluis", explanation="Een kast met een slot.")
    WordTranslation.objects.create(term=term, language="ar", text="خزنة", explanation="شرح قصير.")
    WordTranslation.objects.create(term=term, language="ti", text="ሳንዱቕ")
    return term


def test_all_words_come_in_all_languages_with_their_direction(client, word):
    answer = client.get(ADDRESS).json()
    assert answer["words"]["kluis"] == {"ar": ["خزنة", "شرح قصير."], "ti": ["ሳንዱቕ"]}
    assert answer["languages"]["ar"] == {"name": "العربية", "dir": "rtl"}
    assert answer["languages"]["ti"] == {"name": "ትግርኛ", "dir": "ltr"}


def test_a_language_without_words_is_not_offered(client):
    WordTranslation.objects.filter(language="tr").delete()
    assert "tr" not in client.get(ADDRESS).json()["languages"]
    WordTranslation.objects.all().delete()
    assert client.get(ADDRESS).json() == {"languages": {}, "words": {}}


def test_the_answer_is_the_same_for_everybody_and_may_be_kept(client, anna, as_user, word, django_assert_num_queries):
    signed_in = as_user(anna)
    with django_assert_num_queries(1):
        reply = signed_in.get(ADDRESS)
    assert reply.content == client.get(ADDRESS).content
    assert "public" in reply.headers["Cache-Control"]
    assert "Cookie" not in reply.headers.get("Vary", "")
    assert not reply.cookies
    assert client.get(ADDRESS, headers={"if-none-match": reply.headers["ETag"]}).status_code == 304
    assert client.post(ADDRESS).status_code == 405


def test_nothing_is_told_of_who_looks_up_what(client, word):
    """The address holds no word and no language, so a log of addresses holds none either."""
    assert client.get(f"{ADDRESS}?taal=ar").content == client.get(ADDRESS).content


@pytest.mark.parametrize("address", ["/woord/", "/woord/kluis/"])
def test_without_script_a_word_stands_in_all_its_languages(client, word, address):
    page = client.get(address).content.decode()
    assert '<div class="other" data-language="ar" lang="ar" dir="rtl">' in page
    assert '<div class="other" data-language="ti" lang="ti" dir="ltr">' in page
    assert "خزنة" in page
    assert "شرح قصير." in page


def test_a_lesson_carries_no_other_languages(client, lesson):
    term = GlossaryTerm.objects.get(slug="proefwoord")
    WordTranslation.objects.create(term=term, language="ar", text="خزنة")
    page = client.get("/les/proefles/").content.decode()
    assert 'data-languages="/woord/talen.json"' in page
    assert "خزنة" not in page


def test_a_text_with_html_in_it_is_shown_and_not_run(client, word):
    WordTranslation.objects.create(term=word, language="en", text="<script>x</script>", explanation="<img src=x>")
    for address in ("/woord/", "/woord/kluis/"):
        page = client.get(address).content.decode()
        assert "<script>x" not in page
        assert "<img src=x" not in page
    assert client.get(ADDRESS).headers["Content-Type"] == "application/json"


def test_the_list_goes_by_letter_with_pictures(client, word):
    GlossaryTerm.objects.create(term="ëëntje", slug="eentje", explanation="x")
    page = client.get("/woord/").content.decode()
    assert '<a href="#letter-k">K</a>' in page
    assert 'id="letter-k"' in page
    assert page.index('id="letter-k"') < page.index('id="kluis"') < page.index('id="letter-ë"')
    GlossaryTerm.objects.all().delete()
    assert "Er staan nog geen woorden in de lijst." in client.get("/woord/").content.decode()


def test_the_list_asks_a_fixed_number_of_queries(client, word, django_assert_max_num_queries):
    for number in range(30):
        term = GlossaryTerm.objects.create(term=f"woord{number}", slug=f"w{number}", explanation="x")
        WordTranslation.objects.create(term=term, language="en", text="word")
    with django_assert_max_num_queries(3):
        client.get("/woord/")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "data breach"), ("tr", "yapay zekâ, İstanbul"), ("pl", "źródło"), ("ar", "الذكاء الاصطناعي (AI)"),
        ("ar", "می\u200cخواهم"), ("uk", "чат-бот"), ("uk", "Їжак і ґава"), ("ti", "ትግርኛ"), ("uk", "AI: програма 3.0"),
    ],
)  # fmt: skip
def test_a_text_in_its_own_script_is_fine(code, text):
    assert text_problem(text, code) is None


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ar", "privacy"), ("ar", "приватність"), ("ti", "العربية"), ("uk", "ትግርኛ"), ("pl", "приват"), ("en", "١٢٣"),
        ("en", "a\u202eb"), ("ar", "\u2067خزنة\u2069"), ("en", "a\x00b"), ("en", "a\ufeffb"), ("en", "!?"),
        ("en", "日本"), ("nl", "woord"), ("", "x"), ("xx", "x"), ("<b>", "x"), ("en", "раypal"),
    ],
)  # fmt: skip
def test_a_text_in_another_script_or_with_hidden_signs_is_refused(code, text):
    assert text_problem(text, code)


def test_the_first_six_are_there_in_order():
    assert list(LANGUAGES) == ["en", "ar", "tr", "pl", "uk", "ti"]
    assert [code for code, language in LANGUAGES.items() if language.direction == "rtl"] == ["ar"]


def test_every_word_of_the_curriculum_has_english_and_what_is_there_is_in_its_script():
    for term in GlossaryTerm.objects.prefetch_related("translations"):
        said = {row.language: row for row in term.translations.all()}
        assert "en" in said, term
        for code, row in said.items():
            assert text_problem(row.text, code) is None
            assert not row.explanation or text_problem(row.explanation, code) is None
