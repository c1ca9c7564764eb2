"""An upload becomes a clean picture or a sentence that says what to do; whatever it is called, whatever is in it."""

import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from media.pictures import intake
from media.pictures.intake import clean_picture
from tests.media import photos


def clean(content: bytes) -> intake.CleanPicture:
    return clean_picture(io.BytesIO(content), len(content))


def opened(picture: intake.CleanPicture) -> Image.Image:
    return Image.open(io.BytesIO(picture.content))


def refused(content: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        clean(content)
    return caught.value.messages[0]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
def test_nothing_is_left_of_where_and_by_whom_a_photo_was_made(form):
    given = photos.with_secrets(form)
    assert photos.traces(given), "the test photo must hold secrets, else this proves nothing"
    kept = clean(given)
    assert photos.traces(kept.content) == []
    assert opened(kept).size == (800, 600)


@pytest.mark.parametrize(("form", "ending"), [("JPEG", "jpg"), ("HEIF", "jpg"), ("WEBP", "jpg"), ("PNG", "png")])
def test_a_photo_is_kept_as_jpeg_and_a_drawing_as_png(form, ending):
    kept = clean(photos.saved(photos.scene(), form))
    assert kept.ending == ending
    assert opened(kept).format == {"jpg": "JPEG", "png": "PNG"}[ending]
    assert opened(kept).mode == "RGB"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_however_the_phone_was_held(orientation):
    picture = Image.new("RGB", (800, 400), "white")
    picture.paste("red", (0, 0, 200, 200))  # top left
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    sideways = picture.transpose(Image.Transpose(back[orientation])) if orientation in back else picture
    kept = opened(clean(photos.saved(sideways, exif=photos.exif(orientation), quality=95)))
    assert kept.size == (800, 400)
    red, green, _ = kept.getpixel((50, 50))
    assert red > 200
    assert green < 60
    assert kept.getpixel((700, 300))[1] > 200


def test_colours_for_print_become_colours_for_a_screen():
    kept = opened(clean(photos.saved(Image.new("CMYK", (400, 300), (0, 255, 255, 0)))))
    assert kept.mode == "RGB"
    assert kept.getpixel((10, 10))[0] > 200


def test_colours_of_another_profile_are_converted_and_the_profile_goes():
    kept = opened(clean(photos.with_profile()))
    assert "icc_profile" not in kept.info
    assert kept.getpixel((10, 10)) != pytest.approx(photos.PLAIN, abs=3)


def test_a_profile_that_does_not_fit_keeps_nobody_from_a_photo():
    assert opened(clean(photos.saved(photos.scene(), icc_profile=b"geen profiel" * 20))).mode == "RGB"


def test_what_is_see_through_stays_so():
    picture = photos.scene(400, 300).convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize((400, 300)))
    kept = opened(clean(photos.saved(picture, "WEBP")))
    assert (kept.format, kept.mode) == ("PNG", "RGBA")


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "I;16"])
def test_every_kind_of_png_can_be_used(mode):
    base = photos.scene(400, 300)
    picture = Image.new("I;16", (400, 300), 40_000) if mode == "I;16" else base.convert(mode)
    kept = opened(clean(photos.saved(picture, "PNG")))
    assert kept.mode in ("RGB", "RGBA")
    if mode == "I;16":
        assert kept.getpixel((5, 5)) == (156, 156, 156)


def test_a_large_photo_is_made_smaller_and_a_small_one_stays_as_it_is():
    assert opened(clean(photos.saved(photos.scene(2520, 1680)))).size == (2400, 1600)
    assert opened(clean(photos.saved(photos.scene(500, 400)))).size == (500, 400)


def test_a_clean_picture_stays_as_it_is_so_that_it_never_gets_worse():
    for content in (photos.with_secrets(), photos.with_secrets("PNG"), photos.saved(photos.scene(2500, 900))):
        once = clean(content)
        again = clean(once.content)
        assert again.content == once.content
        assert again.name == once.name


def test_the_same_upload_gives_the_same_picture_under_a_name_that_tells_nothing():
    one, two = clean(photos.with_secrets()), clean(photos.with_secrets())
    assert one == two
    assert one.name.endswith(".jpg")
    assert len(one.name) == 28
    assert clean(photos.saved(photos.scene(seed=2))).name != one.name


def test_a_second_picture_behind_the_first_is_gone():
    """Phones put a depth map or a film behind a photo (MPO)."""
    first, second = photos.scene(640, 480), photos.scene(640, 480, 2)
    both = photos.saved(first, "MPO", save_all=True, append_images=[second])
    kept = clean(both)
    assert kept.content.count(b"\xff\xd8\xff") == 1
    assert getattr(opened(kept), "n_frames", 1) == 1


REFUSED = [
    (photos.SVG, intake.VECTOR),
    (b"\xef\xbb\xbf  <SVG xmlns='x'>" + b" " * 99, intake.VECTOR),
    (b"", intake.OTHER_KIND),
    (b"MZ\x90\x00" + b"\x00" * 400, intake.OTHER_KIND),
    (b"%PDF-1.7 " + b"x" * 400, intake.OTHER_KIND),
    (b"<html><script>alert(1)</script>" * 20, intake.OTHER_KIND),
    (b"GIF89a" + b"<script>alert(1)</script>" * 9, intake.BROKEN),
    (b"\xff\xd8\xff\xe0" + b"\x00" * 200, intake.BROKEN),
    (b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 99, intake.BROKEN),
    (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 99, intake.BROKEN),
]


@pytest.mark.parametrize(("content", "sentence"), REFUSED)
def test_what_is_no_picture_is_refused_with_what_to_do(content, sentence):
    assert refused(content) == sentence


@pytest.mark.parametrize("form", ["TIFF", "BMP", "ICO", "TGA", "PCX", "PPM", "EPS", "JPEG2000"])
def test_other_forms_are_refused_though_they_could_be_opened(form):
    assert refused(photos.saved(photos.scene(256, 256), form)) == intake.OTHER_KIND


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF"])
@pytest.mark.parametrize("part", [0.02, 0.3, 0.9])
def test_half_a_photo_is_refused(form, part):
    whole = photos.saved(photos.scene(400, 300), form)
    assert refused(whole[: int(len(whole) * part)]) in (intake.BROKEN, intake.OTHER_KIND)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "AVIF"])
def test_what_moves_is_refused(form):
    assert refused(photos.moving(form)) == intake.MOVES


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda _: pytest.fail("it was unpacked"))
    assert "hoogstens 50 miljoen punten" in refused(photos.bomb())
    assert "56 miljoen punten" in refused(photos.bomb(8000, 7000))


def test_a_bomb_in_the_text_of_a_picture_is_refused():
    assert refused(photos.text_bomb()) == intake.BROKEN


def test_a_file_that_is_too_big_is_not_even_read(settings):
    settings.PICTURE_MAX_BYTES = 1_500_000

    class Unread(io.BytesIO):
        def read(self, *_: int) -> bytes:
            pytest.fail("it was read")

    with pytest.raises(ValidationError) as caught:
        clean_picture(Unread(), 2_345_678)
    assert caught.value.messages == ["Deze foto is te groot: 2,3 MB. Kies een foto van hoogstens 1,5 MB."]


@pytest.mark.parametrize(
    ("size", "words"), [((100, 100), "te klein"), ((330, 90), "te klein"), ((2000, 200), "te smal")]
)
def test_what_shows_nothing_on_a_phone_is_refused(size, words):
    assert words in refused(photos.saved(photos.scene(*size), "PNG"))
