"""Makkelijk or Gewoon: the learner's own choice, kept on the phone, never beside a person."""

import re

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.template import Context, Template

from language.blocks import TwinLineBlock, TwinTextBlock
from language.models import Fact

pytestmark = pytest.mark.django_db
LES = "/les/laat-het-weg/"


def shown(reply) -> str:
    return re.search(r'<html lang="nl" data-variant="(\w+)"', reply.content.decode())[1]


def test_who_chose_nothing_gets_makkelijk(client):
    assert shown(client.get(LES)) == "makkelijk"


@pytest.mark.parametrize(("choice", "variant"), [("gewoon", "standaard"), ("makkelijk", "makkelijk")])
def test_a_choice_in_the_address_is_shown_and_remembered(client, choice, variant):
    assert shown(client.get(f"{LES}?soort={choice}")) == variant
    assert client.cookies["soort"].value == choice
    assert client.cookies["soort"]["samesite"] == "Lax"
    assert shown(client.get(LES)) == variant
    assert shown(client.get("/lessen/")) == variant


def test_the_address_goes_before_what_was_remembered(client):
    client.cookies["soort"] = "gewoon"
    assert shown(client.get(f"{LES}?soort=makkelijk")) == "makkelijk"


@pytest.mark.parametrize("garbage", ["", "standaard", "GEWOON", "<script>", "x" * 4000, "\x00", "gewoon,makkelijk"])
def test_a_choice_that_means_nothing_is_makkelijk_and_not_kept(client, garbage):
    reply = client.get(LES, {"soort": garbage})
    assert shown(reply) == "makkelijk"
    assert "soort" not in reply.cookies
    client.cookies["soort"] = garbage.replace("\x00", "")
    assert shown(client.get(LES)) == "makkelijk"


def test_a_page_that_depends_on_the_cookie_says_so_to_caches(client):
    assert "Cookie" in client.get(LES).headers["Vary"]


def test_no_table_has_a_place_for_which_variant_someone_read():
    ours = ("learning", "assessments", "xapi", "people")
    names = [field.name for model in apps.get_models() if model._meta.app_label in ours for field in model._meta.fields]
    assert [name for name in names if re.search("variant|soort_tekst|makkelijk|speech|glossary", name)] == []


def render(text: str, /, **context) -> str:
    return Template(text).render(Context(context))


def test_both_variants_stand_in_the_page():
    made = render("{% twin text %}", text={"standaard": "Een.\nTwee.", "makkelijk": "Een.\nTwee.\nDrie."})
    assert made.count("<p>") == 2
    assert made.count("<li>") == 3
    assert 'data-v="standaard"' in made
    assert 'data-v="makkelijk"' in made


def test_one_line_that_is_the_same_in_both_is_written_once():
    assert render("{% twin_line text %}", text={"standaard": "Mag dit?", "makkelijk": "Mag dit?"}) == "Mag dit?"
    made = render("{% twin_line text %}", text={"standaard": "A <b>", "makkelijk": "B"})
    assert made == '<span data-v="standaard">A &lt;b&gt;</span><span data-v="makkelijk">B</span>'


@pytest.mark.parametrize("tag", ["twin", "twin_line"])
@pytest.mark.parametrize("value", [None, {}, {"standaard": "", "makkelijk": "x"}])
def test_a_text_that_is_not_there_is_nothing(tag, value):
    assert render(f"{{% {tag} text %}}", text=value) == ""


@pytest.mark.parametrize("tag", ["twin", "twin_line", "twin_plain"])
def test_a_draft_without_makkelijk_shows_gewoon_in_its_place(tag):
    made = render(f"{{% {tag} text %}}", text={"standaard": "Alleen dit.", "makkelijk": ""})
    assert "Alleen dit." in made


def test_a_title_is_plain_in_the_shown_variant():
    text = {"standaard": "**Lek** [[datalek]]", "makkelijk": 'Een "lek" <b>'}
    assert render("{% twin_plain text %}", text=text, variant="standaard") == "Lek datalek"
    assert render("{% twin_plain text %}", text=text) == "Een &quot;lek&quot; &lt;b&gt;"


def test_one_edit_of_a_fact_changes_every_text_that_refers_to_it(client):
    before = client.get(LES).content.decode()
    fact = Fact.objects.get(code="F9")
    fact.text_standaard = "Dit is nieuw."
    fact.save()
    assert "Dit is nieuw." not in before
    assert "Dit is nieuw." in client.get(LES).content.decode()


@pytest.mark.parametrize("block", [TwinLineBlock(), TwinTextBlock()])
@pytest.mark.parametrize(
    ("value", "fields"),
    [
        ({"standaard": "Een", "makkelijk": ""}, {"makkelijk"}),
        ({"standaard": "", "makkelijk": "Een"}, {"standaard"}),
        ({"standaard": "[[bestaatniet]]", "makkelijk": "{F999}"}, {"standaard", "makkelijk"}),
    ],
)
def test_the_editor_points_at_the_variant_that_is_wrong(block, value, fields):
    with pytest.raises(ValidationError) as caught:
        block.clean(block.to_python(value))
    assert set(caught.value.block_errors) == fields
    assert block.clean(block.to_python({"standaard": "Gewoon", "makkelijk": "{F9}"}))


def test_a_title_or_an_answer_holds_no_link_to_a_word():
    """It stands inside a button or a link itself."""
    value = {"standaard": "Een [[datalek]]", "makkelijk": "Lek"}
    assert TwinTextBlock().clean(TwinTextBlock().to_python(value))
    with pytest.raises(ValidationError) as caught:
        TwinLineBlock().clean(TwinLineBlock().to_python(value))
    assert set(caught.value.block_errors) == {"standaard"}
