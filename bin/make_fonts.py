"""Makes the font files from the npm package: two small ones for pages, with only the letters that Dutch needs
(8 kB each), and two whole ones for documents (media/pdf.py), which cannot read what browsers read."""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "node_modules/@fontsource/atkinson-hyperlegible-next/files"
TARGET = ROOT / "var/fonts/fonts"
FOR_DOCUMENTS = ROOT / "var/document_fonts"
LETTERS = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "áàâäãåéèêëíìîïóòôöõúùûüýÿçñøæœÁÀÂÄÉÈÊËÍÌÎÏÓÒÔÖÚÙÛÜÇÑß"
    + "‘’‚“”„–—…•·€£°×→←½¼«»§©\u00a0\u00ad\u2011"
)


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    FOR_DOCUMENTS.mkdir(parents=True, exist_ok=True)
    for weight in (400, 700):
        options = subset.Options(flavor="woff2", hinting=False, layout_features=["kern", "liga"])
        source = str(SOURCE / f"atkinson-hyperlegible-next-latin-{weight}-normal.woff2")
        font = subset.load_font(source, options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=LETTERS)
        subsetter.subset(font)
        subset.save_font(font, str(TARGET / f"atkinson-{weight}.woff2"), options)
        whole = TTFont(source, recalcTimestamp=False)
        whole.flavor = None
        whole.save(FOR_DOCUMENTS / f"atkinson-{weight}.ttf")


if __name__ == "__main__":
    main()
