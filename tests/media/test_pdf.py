"""Documents: readable by a screen reader, the same every time, and what was typed stands there literally."""

import io
from datetime import date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from time_machine import travel

from media import pdf
from media.pdf import draw_svg, render_pdf

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="5" height="5"/></svg>'
PROBE = """
#import "document.typ": data, paper
#show: paper
#data.typed
#figure(image(bytes(data.picture), format: "svg", alt: data.alt))
#table(columns: 2, table.header[Vraag][Punten], [Inlog], [2])
"""
HOSTILE = [
    "#let x = 1 #x $x^2$ *b* _c_ @ref <label> `code` // weg /* ook */",
    "\\ #sys.inputs #read(\"/etc/passwd\") #image(\"x\") [inhoud] {code}",
    "= Geen kop\n- geen lijst\n+ niets\n/ term: niets",
    "a ~ b -- c ... d 'e' \"f\"",
]  # fmt: skip


@pytest.fixture
def data(monkeypatch, tmp_path: Path) -> dict[str, object]:
    """What the probe needs, with its template in a folder of its own."""
    (tmp_path / "probe").mkdir()
    (tmp_path / "probe" / "probe.typ").write_text(PROBE)
    (tmp_path / "probe" / "drawing.typ").write_text('#import "document.typ": data\n#data.typed')
    monkeypatch.setattr(pdf, "get_app_template_dirs", lambda _: (str(tmp_path),))
    return {"title": "Proef", "date": date(2026, 11, 22), "typed": "Tekst", "alt": "Een blok.", "picture": PICTURE}


def read(document: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(document))


def words(document: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(document).pages).split())


def elements(node, found=None):
    """Every element of the structure tree."""
    found = [] if found is None else found
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, dict):
        if "/S" in node:
            found.append(node)
        kids = node.get("/K", [])
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        for kid in kids if isinstance(kids, list) else [kids]:
            elements(kid, found)
    return found


def test_a_document_says_that_it_is_made_for_screen_readers(data):
    found = read(render_pdf("probe/probe.typ", data))
    root = found.trailer["/Root"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).lower().startswith("nl")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert found.metadata.title == "Proef"


def test_a_document_has_a_structure_with_headings_a_table_and_the_picture_in_words(data):
    tree = elements(read(render_pdf("probe/probe.typ", data)).trailer["/Root"]["/StructTreeRoot"])
    kinds = [str(node["/S"]) for node in tree]
    assert {"/H1", "/Table", "/TH", "/TD"} <= set(kinds)
    assert kinds.count("/H1") == 1
    assert "Een blok." in [str(node.get("/Alt")) for node in tree]


def test_the_same_data_give_the_same_bytes_on_another_day(data):
    first = render_pdf("probe/probe.typ", data)
    with travel("2031-05-05"):
        assert render_pdf("probe/probe.typ", data) == first
    assert render_pdf("probe/probe.typ", {**data, "typed": "Anders"}) != first


def test_a_document_is_dated_by_its_data(data):
    made = read(render_pdf("probe/probe.typ", data)).metadata.creation_date
    assert made is not None
    assert made.date() == date(2026, 11, 22)
    for wrong in ("2026-11-22", None, datetime(2026, 11, 22)):
        with pytest.raises(ValueError, match="date"):
            render_pdf("probe/probe.typ", {**data, "date": wrong})
    with pytest.raises(ValueError, match="title"):
        render_pdf("probe/probe.typ", {**data, "title": " "})


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_was_typed_stands_there_literally(data, typed):
    shown = words(render_pdf("probe/probe.typ", {**data, "typed": typed, "title": typed, "alt": typed}))
    assert shown.count(" ".join(typed.split())) == 2  # the heading and the text


@pytest.mark.parametrize("typed", ["שלום עולם", "مرحبا", "\u202eomgekeerd\u202c", "Ελλάς Жук ğ ş ı Łódź"])
def test_other_scripts_are_shown(data, typed):
    assert pdf.STAND_IN not in words(render_pdf("probe/probe.typ", {**data, "typed": typed}))


@pytest.mark.parametrize("typed", ["Bakker 😀 Henk", "日本 Henk", "Henk\x00\x1b", "\udc80 Henk", "\u0e01\ue000 Henk"])
def test_what_no_letter_shows_keeps_nobody_from_the_document(data, typed):
    assert "Henk" in words(render_pdf("probe/probe.typ", {**data, "typed": typed, "title": typed}))


def test_a_huge_text_runs_over_pages(data):
    made = render_pdf("probe/probe.typ", {**data, "typed": "woord " * 20_000})
    assert len(read(made).pages) > 20
    assert "bladzijde 2 van" in words(made)


def test_only_templates_of_rooms_are_found(data, tmp_path):
    (tmp_path.parent / "buiten.typ").write_text("weg")
    for name in ("probe/nee.typ", "../buiten.typ", "/etc/passwd"):
        with pytest.raises(KeyError):
            render_pdf(name, data)


def test_a_drawing_is_the_same_every_time_and_runs_nothing(data):
    made = draw_svg("probe/drawing.typ", {"typed": "<script>alert(1)</script>"})
    assert made == draw_svg("probe/drawing.typ", {"typed": "<script>alert(1)</script>"})
    assert made.startswith(b"<svg")
    assert b"<script" not in made
    assert b"http" not in made.replace(b"http://www.w3.org/", b"")
