"""The word list: what a hard word means, in A2 words."""

import pytest
from django.db import IntegrityError, transaction
from django.utils.html import escape

from language.models import GlossaryTerm

pytestmark = pytest.mark.django_db


def test_a_word_says_what_it_means(client):
    term = GlossaryTerm.objects.get(slug="datalek")
    page = client.get("/woord/datalek/").content.decode()
    assert f"<h1>{term.term}</h1>" in page
    assert term.explanation in page


def test_the_list_has_every_word(client):
    page = client.get("/woord/").content.decode()
    assert GlossaryTerm.objects.count() > 3
    for term in GlossaryTerm.objects.all():
        assert escape(term.term) in page


@pytest.mark.parametrize("slug", ["bestaatniet", "DATALEK", "%00", "..", "datalek/x"])
def test_a_word_that_is_not_there_is_404(client, slug):
    assert client.get(f"/woord/{slug}/").status_code == 404


def test_sluit_leads_back_to_where_one_came_from(client):
    page = client.get("/woord/datalek/", headers={"referer": "http://testserver/les/laat-het-weg/"}).content.decode()
    assert page.count('href="http://testserver/les/laat-het-weg/"') == 2


@pytest.mark.parametrize(
    "referer",
    [
        "https://elders.nl/", "//elders.nl/", "javascript:alert(1)", "http://testserver@elders.nl/", "http:///elders.nl",
        "http://testserver.elders.nl/", "data:text/html,x", "\\\\elders.nl", "http://[", "",
    ],
)  # fmt: skip
def test_a_hostile_referer_is_not_followed(client, referer):
    reply = client.get("/woord/datalek/", headers={"referer": referer})
    assert reply.status_code == 200
    page = reply.content.decode()
    assert "elders" not in page
    assert "javascript:" not in page
    assert page.count('href="/lessen/"') >= 2


def test_a_referer_with_html_in_it_is_shown_and_not_run(client):
    page = client.get("/woord/datalek/", headers={"referer": '/"><script>x</script>'}).content.decode()
    assert "<script>x" not in page


def test_a_word_with_html_in_it_is_shown_and_not_run(client):
    GlossaryTerm.objects.create(term="<script>x</script>", slug="hostiel", explanation="<img src=x>")
    for address in ("/woord/", "/woord/hostiel/"):
        page = client.get(address).content.decode()
        assert "<script>x" not in page
        assert "<img" not in page


def test_one_word_has_one_explanation_whatever_its_capitals():
    with pytest.raises(IntegrityError), transaction.atomic():
        GlossaryTerm.objects.create(term="DataLek", slug="ander", explanation="x")


def test_a_lesson_carries_the_meanings_of_its_own_words_only(client):
    page = client.get("/les/laat-het-weg/").content.decode()
    assert 'data-word="anoniem"' in page
    GlossaryTerm.objects.create(term="nergens", slug="nergens", explanation="Staat nergens.")
    assert "nergens" not in client.get("/les/laat-het-weg/").content.decode()
