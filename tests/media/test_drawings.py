"""Pictograms and scenes: our own drawings, clean, and each page carries only those it uses."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template import Context, RequestContext, Template

from media.blocks import PictureBlock
from media.drawings import content_pictograms, drawing, pictogram_choices, pictogram_names, scene_names

FILES = sorted((Path(settings.BASE_DIR) / "media").glob("*/*.svg"))
SHAPES = {"path", "circle", "rect", "g", "ellipse", "line", "polyline", "polygon", "text", "tspan", "use", "defs"}


def local(name: str) -> str:
    return name.split("}")[-1]


def test_every_picture_that_a_template_names_is_there():
    """For a name that is not there a page shows a book, so that it never breaks; nobody would notice."""
    root = Path(settings.BASE_DIR)
    rooms = [folder for folder in root.iterdir() if (folder / "apps.py").exists()]
    templates = [file for room in rooms for file in room.rglob("templates/**/*.html")]
    named = {(file.name, name) for file in templates for name in re.findall(r'{% picto "([^"]+)"', file.read_text())}
    assert len(named) > 50
    assert {(file, name) for file, name in named if name not in pictogram_names()} == set()


def test_there_are_drawings():
    assert len(content_pictograms()) > 100
    assert scene_names()


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_drawing_parses_and_holds_only_shapes(file):
    root = ET.fromstring(file.read_text(encoding="utf-8"))
    assert local(root.tag) == "svg"
    assert re.fullmatch(r"-?\d+ -?\d+ \d+ \d+", root.attrib["viewBox"])
    for element in root.iter():
        assert local(element.tag) in SHAPES | {"svg"}
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on")
            assert local(name) not in ("href", "style", "src") or value.startswith("#")
            assert not re.search(r"https?:|javascript:|data:|url\((?!#)", value)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_drawing_can_be_put_in_a_page(file):
    box, shapes = drawing(file.parent.name, file.stem)
    assert box
    ET.fromstring(f"<svg>{shapes}</svg>")


def test_what_authors_choose_from_exists_and_can_be_told_apart():
    chosen = content_pictograms()
    assert {one.key for one in chosen} <= pictogram_names()
    assert len({one.name for one in chosen}) == len({one.key for one in chosen}) == len(chosen)
    for one in chosen:
        assert re.fullmatch(r"[A-Z][\w -]*", one.name), one
        assert one.words, f"{one.name} is found by its name only"
    groups = [group for group, _ in pictogram_choices()]
    assert len(groups) == len(set(groups)), "the pictograms of one group stand together"


def test_what_the_parts_of_the_curriculum_name_has_a_pictogram():
    """Of the symbols in section 3 of the brief, those that are things; metaphors are left out on purpose."""
    words = " ".join(" ".join((one.name, *one.words)) for one in content_pictograms()).lower()
    things = """
        chip telefoon tandwiel puzzelstuk tekstballon kalender doel persoon papier vergrootglas boek weegschaal
        groep hand vinkje kruis stekker camera label potlood megafoon tafel oog pasje huis hart gum slot sleutel
        vingerafdruk mail klok stop microfoon dossier helm sensor vrachtauto route bord kassa rekenmachine
        schoolbord gemeentehuis brief register trap trechter contract oor koptelefoon lijst meter winkel deur back-
        up waarschuwing gereedschap laptop map schild vinger stem link update wifi pleister geld winkelwagen
        koe blad tekening schijven luikje ster pen handen stopknop vakken gezicht
    """
    for thing in things.split():
        assert thing in words, thing


@pytest.mark.parametrize("name", ["", "weg", "../scenes/naam-weg", "/etc/passwd", "ai.svg", "\x00"])
def test_a_name_that_is_not_there_opens_no_file(name):
    with pytest.raises(KeyError):
        drawing("pictograms", name)
    with pytest.raises(KeyError):
        drawing("scenes", name)


def render(text: str, rf=None, **context) -> str:
    if rf is None:
        return Template(text).render(Context(context))
    return Template(text).render(RequestContext(rf.get("/"), context))


def test_a_page_holds_each_pictogram_it_uses_once_and_no_other(rf):
    page = render('{% picto "ai" %}{% picto "ai" "i-l" %}{% picto "book" %}{% picto_symbols %}', rf)
    assert page.count('<use href="#i-ai"/>') == 2
    assert re.findall(r'<symbol id="i-([a-z]+)"', page) == ["ai", "book"]


@pytest.mark.parametrize("with_request", [True, False])
def test_an_unknown_pictogram_falls_back_to_one_that_is_there(rf, with_request):
    page = render("{% picto name %}{% picto_symbols %}", rf if with_request else None, name='"><script>')
    assert '<use href="#i-book"/>' in page
    assert '<symbol id="i-book"' in page
    assert "script" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/mijn/", "/lessen/", "/les/laat-het-weg/", "/hulp/", "/vak/", "/woord/"])
def test_every_pictogram_named_in_a_page_is_in_it_and_no_more(client, address):
    page = client.get(address).content.decode()
    used = set(re.findall(r'href="#i-([a-z]+)"', page))
    assert used
    assert set(re.findall(r'<symbol id="i-([a-z]+)"', page)) == used


def test_a_scene_says_in_words_what_it_shows():
    page = render('{% scene "naam-weg" alt %}', alt='Een "gum" <b>')
    assert 'role="img"' in page
    assert 'aria-label="Een &quot;gum&quot; &lt;b&gt;"' in page


PICTOGRAMS = [{"type": "item", "value": name, "id": name} for name in ("letter", "warn")]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"scene": "", "pictograms": []}, "Kies een tekening, een foto, of 1 tot 3 pictogrammen."),
        ({"pictograms": PICTOGRAMS}, "Kies één soort"),
        ({"scene": "", "pictograms": PICTOGRAMS[:1], "arrow": True}, "Kies er precies twee."),
        ({"arrow": True}, "Kies er precies twee."),
        ({"alt": "een twee drie vier vijf zes zeven acht negen tien elf"}, "Zeg het in hoogstens 10 woorden."),
        ({"alt": ""}, "Schrijf wat er te zien is"),
        ({"decorative": True}, "Kies één van de twee"),
        ({"scene": "weg"}, None),
        ({"pictograms": [{"type": "item", "value": "weg", "id": "p"}]}, None),
        ({"pictograms": [{"type": "item", "value": "ai", "id": f"p{n}"} for n in range(4)]}, None),
    ],
)
def test_a_picture_that_cannot_be_is_refused_in_dutch(change, sentence):
    block = PictureBlock()
    raw = {"scene": "naam-weg", "pictograms": [], "alt": "Een gum haalt een naam weg."}
    assert block.clean(block.to_python(raw))
    with pytest.raises(ValidationError) as caught:
        block.clean(block.to_python({**raw, **change}))
    if sentence:
        assert sentence in str(caught.value.block_errors)


def shown(**value) -> str:
    block = PictureBlock()
    return block.render(block.to_python({"scene": "", "pictograms": [], "alt": "", **value}))


def test_two_pictograms_can_have_an_arrow_between_them():
    page = shown(pictograms=PICTOGRAMS, arrow=True, alt="Een mail is gevaarlijk.")
    assert re.findall(r"#i-([a-z]+)", page) == ["letter", "next", "warn"]
    assert 'aria-label="Een mail is gevaarlijk."' in page
    assert re.findall(r"#i-([a-z]+)", shown(pictograms=PICTOGRAMS, alt="Mail en let op.")) == ["letter", "warn"]


@pytest.mark.parametrize("value", [{"scene": "naam-weg"}, {"pictograms": PICTOGRAMS}])
def test_what_is_only_decoration_is_hidden_from_who_cannot_see_it(value):
    page = shown(**value, decorative=True)
    assert "aria-label" not in page
    assert 'role="img"' not in page


def test_a_picture_from_before_there_were_photos_is_still_one():
    """As lessons stored it before: without photo, arrow and 'alleen versiering'."""
    block = PictureBlock()
    old = block.to_python({"scene": "naam-weg", "pictograms": [], "alt": "Een gum haalt een naam weg."})
    assert block.clean(old)
    assert 'aria-label="Een gum haalt een naam weg."' in block.render(old)
