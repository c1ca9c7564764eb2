"""The monitor of the region is for everybody, and says the same on the page, in the file and in the data dictionary."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.conf import settings

from insight.registry import indicators, region_indicators
from insight.services import release_region
from insight.tables import DIMENSIONS
from insight.views.monitor import HEAD
from tests.insight.teams import BEFORE, QUARTER, answer, employer, team

PAGE, FILE = "/monitor/", "/monitor/monitor.csv"
DICTIONARY = Path(settings.BASE_DIR) / "docs/reference/monitor.md"


@pytest.fixture
def region(db):
    for number, yes in enumerate((10, 20, 30)):
        firm = employer(f"Firma {number}", in_monitor_since=BEFORE, sector="zorg", size="10-49", province="drenthe")
        answer(team(firm, "Team Geheim", 40), yes=yes)
    return release_region(quarter=QUARTER)


def rows(reply) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig")), delimiter=";"))


def test_everybody_reads_it_without_signing_in(region, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = client.get(PAGE).content.decode()
    assert "kwartaal 3 van 2026" in page
    assert "<b>50%</b>" in page
    for never in ("steekproef", "banen", "incidenten", "3D-print", "Te weinig antwoorden om te tonen"):
        assert never in page


def test_it_names_no_firm_and_no_team(region, client):
    for address in (PAGE, FILE):
        text = client.get(address).content.decode()
        assert "Firma" not in text
        assert "Geheim" not in text


def test_a_picture_has_its_number_beside_it_and_is_no_picture_for_a_reader(region, client):
    page = client.get(PAGE).content.decode()
    for bar in re.findall(r"<svg class=\"bar-of.*?</dd>", page):
        assert 'aria-hidden="true"' in bar
        width, told = re.findall(r'width="(\d+)"|<b>(?:&[lg]t;)?(\d+)%</b>', bar)
        assert abs(int(width[0]) - int(told[1])) <= 5


def test_the_file_says_what_the_page_shows_and_says_what_is_hidden(region, client):
    found = rows(client.get(FILE))
    page = client.get(PAGE).content.decode()
    assert tuple(found[0]) == HEAD
    assert {row["kwartaal"] for row in found} == {"2026-K3"}
    for row in found:
        assert bool(row["waarde"]) != bool(row["verborgen"])
        assert row["omschrijving"].split(",")[0] in page
    whole = next(row for row in found if (row["indicator"], row["groep"]) == ("afspraken-start", "alles"))
    assert whole["waarde"] == "50%"


def test_the_file_may_be_read_by_other_sites(region, client):
    assert client.get(FILE).headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.django_db
def test_before_there_are_figures_it_says_when_they_come(client):
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "Nog geen cijfers" in page.content.decode()
    assert rows(client.get(FILE)) == []


@pytest.mark.parametrize("wanted", ["2020-01-01", "x", "2026-07-01;"])
def test_a_quarter_that_is_not_there_is_no_page(region, client, wanted):
    assert client.get(PAGE, {"kwartaal": wanted}).status_code == 404
    assert client.get(FILE, {"kwartaal": wanted}).status_code == 404


def test_the_data_dictionary_names_every_column_indicator_and_category():
    text = DICTIONARY.read_text()
    for column in HEAD:
        assert f"`{column}`" in text
    for one in region_indicators():
        row = f"| `{one.code}` | {one.title} | {' / '.join(one.told.values())} | {one.shown} | {one.what} |"
        assert row in text, row
    assert set(re.findall(r"^\| `([\w-]+)` \|.*\|.*\|.*\|.*\|$", text, re.MULTILINE)) == {
        one.code for one in region_indicators()
    }
    for dimension, (_, values) in DIMENSIONS.items():
        for value in values:
            assert f"`{dimension}:{value}`" in text


def test_every_code_is_used_once_and_fits():
    codes = [one.code for one in indicators()]
    assert len(set(codes)) == len(codes)
    for one in indicators():
        assert len(one.code) <= 40
        assert one.told
