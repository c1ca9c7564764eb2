"""A sheet as a file: PDF for screen readers and paper, Word to go on working in. The same sheet, the same bytes."""

from collections.abc import Callable

from leadership.sheet import Sheet, breakable
from leadership.word import docx_of
from media.pdf import render_pdf


def pdf_of(sheet: Sheet) -> bytes:
    """A tagged PDF (PDF/UA-1): the texts on A4, a wide table on a page of its own on its side."""
    blocks = [
        {
            "label": block.label,
            "lines": [breakable(line) for line in block.lines],
            "heads": block.heads,
            "rows": [[breakable(cell) for cell in row] for row in block.rows],
            "wide": block.is_wide,
        }
        for block in sheet.blocks
    ]
    about = " · ".join(sheet.about)
    return render_pdf(
        "leadership/product.typ", {"title": sheet.title, "date": sheet.day, "about": about, "blocks": blocks}
    )


KINDS: dict[str, tuple[str, Callable[[Sheet], bytes]]] = {
    "pdf": ("application/pdf", pdf_of),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx_of),
}
"""Per ending of a file its media type, and what makes it."""
