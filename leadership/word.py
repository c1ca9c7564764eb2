"""A sheet as a Word document (Office Open XML): headings that are headings, tables whose heads repeat, Dutch."""

import re
import zipfile
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Row

from leadership.blocks import Block
from leadership.sheet import Sheet

UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")  # no XML 1.0
ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # a zip file cannot be older
LONG_SIDE, SHORT_SIDE, MARGIN = Cm(29.7), Cm(21), Cm(2)


def docx_of(sheet: Sheet) -> bytes:
    """The document; nobody's name is in it but the one on the sheet."""
    document = Document()
    _prepare(document, sheet)
    document.add_heading(_clean(sheet.title), 1)
    document.add_paragraph(_clean(" · ".join(sheet.about)))
    for block in sheet.blocks:
        if block.is_wide:
            _turn(document, on_its_side=True)
        document.add_heading(_clean(block.label), 2)
        for line in block.lines:
            document.add_paragraph(_clean(line))
        if block.rows:
            _add_table(document, block)
        if block.is_wide and block is not sheet.blocks[-1]:
            _turn(document, on_its_side=False)
    if not sheet.blocks:
        document.add_paragraph("Hier staat nog niets.")
    made = BytesIO()
    document.save(made)
    return _same_bytes(made)


def _prepare(document: DocxDocument, sheet: Sheet) -> None:
    """Metadata, letters and paper. The template of python-docx names itself as author and has paper of another size."""
    said, day = document.core_properties, datetime.combine(sheet.day, time(12), UTC)
    said.title, said.language = _clean(sheet.title), "nl-NL"
    said.author, said.last_modified_by, said.comments = _clean(sheet.author), "", ""
    said.created = said.modified = day
    said.revision = 1
    for name, size in (("Normal", 11), ("Heading 1", 20), ("Heading 2", 13)):
        _set_letters(document.styles[name], size)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "nl-NL")
    _turn(document, on_its_side=False)


def _set_letters(style: Any, size: int) -> None:
    style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[theme]  # else a theme has the last word


def _turn(document: DocxDocument, *, on_its_side: bool) -> None:
    """From here on A4 that stands or lies; the first time for the document as a whole."""
    is_empty = not document.paragraphs and not document.tables
    section = document.sections[0] if is_empty else document.add_section(WD_SECTION.NEW_PAGE)
    sides = (LONG_SIDE, SHORT_SIDE) if on_its_side else (SHORT_SIDE, LONG_SIDE)
    section.page_width, section.page_height = sides
    section.orientation = WD_ORIENT.LANDSCAPE if on_its_side else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN


def _add_table(document: DocxDocument, block: Block) -> None:
    table = document.add_table(rows=0, cols=len(block.heads), style="Table Grid")
    for number, texts in enumerate((block.heads, *block.rows)):
        _add_row(table, texts, is_head=number == 0)
    document.add_paragraph()


def _add_row(table: Table, texts: tuple[str, ...], *, is_head: bool) -> None:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    for cell, text in zip(row.cells, texts, strict=True):
        cell.paragraphs[0].add_run(_clean(text)).bold = is_head or None
    marks = row._tr.get_or_add_trPr()  # python-docx has no word for these two
    marks.append(OxmlElement("w:cantSplit"))
    if is_head:
        marks.append(OxmlElement("w:tblHeader"))


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return UNFIT.sub("", text)


def _same_bytes(made: BytesIO) -> bytes:
    """The same file whenever it is made: a zip file says of each part when that was."""
    packed = BytesIO()
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(zipfile.ZipInfo(name, ZIP_DAY), before.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
