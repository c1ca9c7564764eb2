"""In the editor: a photo or pictograms beside a text, and a sheet to find a pictogram in."""

import re

import pytest
from django.core.exceptions import ValidationError

from media.blocks import PictogramBlock, PictureBlock
from media.drawings import content_pictograms
from media.widgets import PictogramSelect
from modules.models import ModulePage

pytestmark = pytest.mark.django_db
SHEET = "/admin/pictogrammen/"


def value(**fields) -> dict:
    return {"scene": "", "pictograms": [], "alt": "", **fields}


def test_a_photo_brings_its_own_words_unless_others_are_said_here(new_picture):
    block, photo = PictureBlock(), new_picture()
    own = block.clean(block.to_python(value(photo=photo.pk)))
    assert 'alt="Een medewerker helpt een klant."' in block.render(own)
    here = block.clean(block.to_python(value(photo=photo.pk, alt="Een balie.")))
    assert 'alt="Een balie."' in block.render(here)
    none = block.clean(block.to_python(value(photo=photo.pk, decorative=True)))
    assert 'alt=""' in block.render(none)


def test_a_photo_and_a_drawing_are_not_shown_at_once(new_picture):
    block = PictureBlock()
    both = block.to_python(value(photo=new_picture().pk, scene="naam-weg", alt="Een gum."))
    with pytest.raises(ValidationError) as caught:
        block.clean(both)
    assert "Kies één soort" in str(caught.value.block_errors)


def test_a_photo_that_is_gone_leaves_a_picture_that_must_be_chosen_again(new_picture):
    block, photo = PictureBlock(), new_picture()
    raw = value(photo=photo.pk, alt="Een balie.")
    photo.delete()
    gone = block.to_python(raw)
    assert gone["photo"] is None
    with pytest.raises(ValidationError):
        block.clean(gone)
    assert "<img" not in block.render(gone)


def test_only_the_first_screen_does_not_wait_with_its_photo(new_picture):
    block = PictureBlock()
    photo = block.to_python(value(photo=new_picture().pk))
    assert "lazy" not in block.render(photo, {"forloop": {"first": True}})
    assert 'loading="lazy"' in block.render(photo, {"forloop": {"first": False}})
    assert 'loading="lazy"' in block.render(photo)


def test_the_list_has_every_pictogram_by_its_dutch_name():
    html = PictogramSelect().render("p", "warn")
    assert html.startswith("<kw-pictogram ")
    assert f'data-sheet="{SHEET}"' in html
    assert '<option value="warn" selected>Waarschuwing</option>' in html
    assert html.count("<option ") == len(content_pictograms())
    assert '<optgroup label="Veilig">' in html


def test_a_pictogram_in_a_lesson_is_chosen_with_the_sheet():
    assert isinstance(PictogramBlock().field.widget, PictogramSelect)
    assert PictogramBlock().field.widget.media._js == ["media/pictogram.js"]
    with pytest.raises(ValidationError):
        PictogramBlock().clean("weg")
    with pytest.raises(ValidationError):
        PictogramBlock().clean("")
    assert PictogramBlock(required=False).clean("") == ""


def test_the_sheet_shows_every_pictogram_with_the_words_it_is_found_by(author):
    page = author.get(SHEET)
    assert page.status_code == 200
    html = page.content.decode()
    assert set(re.findall(r'data-pictogram="([a-z]+)"', html)) == {one.key for one in content_pictograms()}
    assert 'data-words="Waarschuwing gevaar let op' in html
    assert html.count("<svg ") == len(content_pictograms())
    assert "<script" not in html


def test_only_who_may_edit_sees_the_sheet(as_user, anna, bram, chantal, driss):
    for user in (anna, bram, chantal, driss, None):
        assert as_user(user).get(SHEET).status_code == 302


@pytest.mark.parametrize("address", ["/admin/pages/{}/edit/", "/admin/snippets/language/glossaryterm/add/"])
def test_lessons_and_words_have_the_sheet_too(author, address):
    page = author.get(address.format(ModulePage.objects.get(code="A1").pk)).content.decode()
    assert '<kw-pictogram data-sheet="/admin/pictogrammen/">' in page
    assert re.search(r"media/pictogram[.\w]*\.js", page)
