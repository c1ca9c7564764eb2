"""A product on screen, on paper and as a file: for its author alone, whole whatever was typed, the same bytes twice."""

import io
import re
import zipfile
from datetime import UTC, datetime

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from leadership.documents import KINDS
from leadership.models import Programme, Shared, WorkProduct
from leadership.services import share_product
from leadership.sheet import Sheet, sheet_of
from modules.choices import Trade
from people.services import close_cohort

AT = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # already the third of March here
HOSTILE = (
    "#import \"x.typ\" #pagebreak() \\ *b* $x$ = kop <script>alert(1)</script> {{7*7}} {% csrf %} &amp; @label "
    "\u202eomgekeerd\u202c \u0000\u0007\ufffe\U0001fffe مرحبا بالعالم שלום Ελλάδα 😀👩‍👩‍👧 \u200b\u2028 e\u0301"
)  # fmt: skip


@pytest.fixture
def text(programme: Programme):
    return programme.text


def sheet(text, template: str, **changes) -> Sheet:
    made = sheet_of(text, template, {**text.templates[template].examples["zorg"], **changes}, AT, version=3)
    assert made is not None
    return made


def pages(made: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]


def words(made: bytes) -> str:
    """Everything in a Word document, tables too."""
    return " ".join("".join(node.text or "" for node in Document(io.BytesIO(made)).element.iter(qn("w:t"))).split())


def written(ending: str, one: Sheet) -> bytes:
    return KINDS[ending][1](one)


def test_a_sheet_has_its_questions_choices_in_words_and_nothing_that_is_empty(text):
    made = sheet(text, "taakscan", minder="", team="  Team A\n\nen B ")
    assert made.about == ("Leidinggeven met AI, week 2", "3 maart 2026", "versie 3")
    labels = [block.label for block in made.blocks]
    assert "Wat als er iets minder routinewerk is?" not in labels
    assert made.blocks[0].lines == ("Team A", "en B")
    [table, _] = [block for block in made.blocks if block.rows]
    assert table.heads == ("Taak", "Wat verandert er?", "Leren starters hiervan?")
    assert table.rows[0] == ("Wensen voor het rooster ophalen", "AI helpt", "Ja")
    assert made.by("Chantal").about[-1] == "gemaakt door Chantal"


def test_a_form_that_left_the_programme_gives_no_sheet_and_a_kind_that_changed_breaks_none(text):
    assert sheet_of(text, "weg", {}, AT) is None
    odd = sheet_of(text, "taakscan", {"team": [{"x": "y"}], "taken": "tekst", "overstap": [{"oud": "vak"}]}, AT)
    assert odd is not None
    assert [block.label for block in odd.blocks] == ["Kwetsbare functies"]


@pytest.mark.parametrize("trade", Trade.values)
def test_the_policy_fills_one_a4_and_its_dossier_lies_on_the_next(text, trade):
    made = pages(written("pdf", sheet(text, "beleid", **text.templates["beleid"].examples[trade])))
    assert len(made) == 2
    assert "7. Wie kijkt dit na, en wanneer?" in made[0]
    assert "Dossier" not in made[0].replace("met dossier", "")


def test_a_policy_in_which_every_block_is_full_still_fits_on_one_a4(text):
    full = ("De planner kijkt elk rooster na. Daar is op donderdag een uur voor. " * 6)[:400]
    blocks = {field.id: full for field in text.templates["beleid"].fields if field.kind == "text"}
    assert len(blocks) == 7
    made = pages(written("pdf", sheet(text, "beleid", **blocks).by("Chantal van der Voorbeelden")))
    assert len(made) == 2
    assert "Dossier:" in made[1]


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_the_same_product_gives_the_same_bytes(text, ending):
    one = sheet(text, "processchets")
    assert written(ending, one) == written(ending, one)


def test_a_pdf_is_tagged_dutch_and_names_nobody(text):
    made = PdfReader(io.BytesIO(written("pdf", sheet(text, "taakscan"))))
    catalogue = made.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert str(catalogue["/Lang"]).lower().startswith("nl")
    assert made.metadata is not None
    assert (made.metadata.title, made.metadata.author) == ("Taakscan van één team", "Kortwijs")


def test_a_word_document_has_headings_repeating_heads_dutch_and_names_nobody(text):
    made = Document(io.BytesIO(written("docx", sheet(text, "beleid"))))
    said = made.core_properties
    assert (said.title, said.language, said.author) == ("AI-beleid op één A4, met dossier", "nl-NL", "")
    assert said.last_modified_by == ""
    assert {mark.get(qn("w:val")) for mark in made.styles.element.iter(qn("w:lang"))} == {"nl-NL"}
    heads = [one.text for one in made.paragraphs if one.style and one.style.name == "Heading 2"]
    assert heads[0] == "1. Welke programma’s mogen?"
    assert [one.text for one in made.paragraphs if one.style and one.style.name == "Heading 1"] == [said.title]
    [table] = made.tables
    first, *rows = [bool(row.findall(f".//{qn('w:tblHeader')}")) for row in table._tbl.tr_lst]
    assert first
    assert rows == [False] * len(text.templates["beleid"].examples["zorg"]["dossier"])
    assert [round(part.page_width.cm) for part in made.sections if part.page_width] == [21, 30]


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_whatever_was_typed_stands_there_as_text_and_breaks_nothing(text, ending):
    rows = [{"taak": (HOSTILE * 9)[:1500], "soort": "helpt", "starter": "ja"}, {"taak": "x" * 1500}]
    rows += [{"taak": f"Taak {number}", "soort": "<b>", "starter": ""} for number in range(28)]
    made = written(ending, sheet(text, "taakscan", team=HOSTILE, taken=rows, minder="y" * 1500).by(HOSTILE))
    if ending == "pdf":
        found = " ".join(pages(made))
        assert "/JavaScript" not in made.decode("latin-1")
    else:
        found = words(made)
        for name in zipfile.ZipFile(io.BytesIO(made)).namelist():
            assert not name.endswith(("vbaProject.bin", ".js"))
    for literal in ("#import", "#pagebreak()", "<script>alert(1)</script>", "{{7*7}}", "&amp;", "Taak 27"):
        assert literal in found
    assert "\u202e" not in found
    assert re.sub(r"\W", "", found).count("y") >= 1500


def test_a_file_has_a_dutch_name_that_is_safe(text):
    assert sheet(text, "beleid").file_name("pdf") == "ai-beleid-op-een-a4-met-dossier-2026-03-03.pdf"
    odd = sheet(text, "beleid")
    assert Sheet('../\r\n"☃', *list(vars(odd).values())[1:]).file_name("docx") == "stuk-2026-03-03.docx"


@pytest.fixture
def product(group, chantal) -> WorkProduct:
    values = dict(group.programme.text.templates["taakscan"].examples["kantoor"], team="<b>Klantenservice</b>")
    return WorkProduct.objects.create(
        programme=group.programme, group=group, owner=chantal, template="taakscan", values=values, version=2
    )


ENDINGS = ("", "stuk.pdf", "stuk.docx")


def test_its_author_reads_prints_and_keeps_a_product_also_when_the_group_ended(as_user, product, chantal, cohort):
    close_cohort(cohort=cohort, actor=None)
    browser, place = as_user(chantal), f"/programma/stuk/{product.pk}/"
    page = browser.get(place).text
    assert "&lt;b&gt;Klantenservice&lt;/b&gt;" in page
    assert "versie 2" in page
    for ending in ("pdf", "docx"):
        reply = browser.get(f"{place}stuk.{ending}")
        assert reply["Content-Disposition"].startswith('attachment; filename="taakscan-van-een-team-2')
        assert "no-store" in reply["Cache-Control"]
        assert "Chantal" not in (words(reply.content) if ending == "docx" else " ".join(pages(reply.content)))
    assert "gemaakt door Chantal" in words(browser.get(f"{place}stuk.docx?naam=ja").content)
    assert browser.get(f"{place}stuk.exe").status_code == 404


@pytest.mark.parametrize("who", ["gijs", "hilde", "fenna", "anna", "bram", "driss", "jorrit", "petra", "piet"])
def test_for_anybody_else_a_product_is_not_there_shared_or_not(as_user, product, chantal, who, request):
    someone = request.getfixturevalue(who)
    share_product(product_id=product.pk, owner=chantal, shared_with=Shared.GROUP)
    for ending in ENDINGS:
        assert as_user(someone).get(f"/programma/stuk/{product.pk}/{ending}").status_code == 404


def test_who_is_not_signed_in_is_asked_to(as_user, product):
    for ending in ENDINGS:
        assert as_user(None).get(f"/programma/stuk/{product.pk}/{ending}").url.startswith("/inloggen/")


def test_a_product_whose_form_left_the_programme_is_not_there(as_user, product, chantal):
    WorkProduct.objects.update(template="weg")
    assert as_user(chantal).get(f"/programma/stuk/{product.pk}/").status_code == 404
