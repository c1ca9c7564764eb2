"""A phone gets the smallest form and width that it can use, within its budget, and keeps the place free for it."""

import re

import pytest
from PIL import Image
from wagtail.images.models import Filter

from media.models import Rendition
from media.pictures.rendering import make_renditions, picture_tag
from media.pictures.services import make_renditions as make_by_id
from media.pictures.sizes import BUDGETS, WIDTHS, budget_of, lighter_specs, spec_for, widths_for
from tests.media import photos

pytestmark = pytest.mark.django_db


def made(picture) -> dict[tuple[str, int], Rendition]:
    """By form and width."""
    return {(one.file.name.rpartition(".")[2], one.width): one for one in make_renditions(picture).values()}


@pytest.fixture
def wide(new_picture):
    return new_picture(photos.saved(photos.scene(1400, 800), quality=95))


def test_there_is_avif_and_webp_in_each_width_and_a_jpeg_for_who_has_neither(wide):
    assert set(made(wide)) == {(form, width) for form in ("avif", "webp") for width in WIDTHS} | {("jpg", 720)}


def test_a_rendition_is_what_it_says_and_tells_nothing_else(wide):
    for (ending, width), rendition in made(wide).items():
        with rendition.file.open() as file:
            content = file.read()
        found = Image.open(photos.io.BytesIO(content))
        assert found.format == {"jpg": "JPEG"}.get(ending, ending.upper())
        assert found.size == (rendition.width, rendition.height)
        assert width == rendition.width
        assert photos.traces(content) == []


def test_nothing_is_made_wider_than_the_photo(new_picture):
    small = new_picture(photos.saved(photos.scene(500, 300)))
    assert widths_for(small) == [360, 500]
    assert {width for _, width in made(small)} == {360, 500}
    assert widths_for(new_picture(photos.saved(photos.scene(360, 200)))) == [360]


def test_a_tall_photo_is_cut_around_what_matters(new_picture):
    tall = Image.new("RGB", (600, 1200), "white")
    tall.paste("red", (0, 1000, 600, 1200))
    picture = new_picture(photos.saved(tall))
    assert {(one.width, one.height) for one in made(picture).values()} == {(360, 270), (600, 450)}
    picture.focal_point_x, picture.focal_point_y = 300, 1100
    picture.focal_point_width = picture.focal_point_height = 100
    picture.save()
    with made(picture)["jpg", 600].file.open() as file:
        red, green, _ = Image.open(file).convert("RGB").getpixel((300, 440))
    assert red > 200
    assert green < 60


def test_a_grainy_photo_is_made_less_sharp_to_stay_within_its_budget(new_picture):
    grain = Image.frombytes("L", (360, 270), photos.random.Random(1).randbytes(360 * 270)).convert("RGB")
    grainy = Image.blend(photos.scene(360, 270), grain, 0.2)
    sharp = spec_for(grainy, 360, "webp")
    picture = new_picture(photos.saved(grainy, quality=95))
    assert super(type(picture), picture).generate_rendition_file(Filter(spec=sharp)).size > BUDGETS[360]
    made = [one for one in make_renditions(picture).values() if budget_of(one.filter_spec)]
    assert len(made) == 2
    assert [(one.file.name, one.file.size) for one in made if one.file.size > BUDGETS[360]] == []


def test_a_budget_is_known_for_our_widths_only():
    assert [budget_of(f"width-{width}|format-avif|avifquality-55") for width in WIDTHS] == list(BUDGETS.values())
    assert budget_of("fill-200x150|format-webp|webpquality-72") == BUDGETS[360]
    jpeg, huge = "width-720|format-jpeg|jpegquality-75", "width-4000|format-avif|avifquality-9"
    for other in ("max-165x165", "original", jpeg, huge):
        assert budget_of(other) is None
    assert list(lighter_specs("original")) == []


def test_the_page_names_every_width_and_keeps_the_place_free(wide):
    html = picture_tag(wide, 'Een "balie" <b>')
    kinds = re.findall(r'<source type="image/(\w+)" srcset="([^"]+)" sizes="([^"]+)">', html)
    assert [kind for kind, *_ in kinds] == ["avif", "webp"]
    for _, srcset, sizes in kinds:
        assert re.findall(r" (\d+)w", srcset) == ["360", "720", "1080"]
        assert "100vw" in sizes
    assert 'width="720" height="411"' in html
    assert 'decoding="async" loading="lazy"' in html
    assert 'alt="Een &quot;balie&quot; &lt;b&gt;"' in html
    assert "loading" not in picture_tag(wide, "", eager=True)
    assert 'alt=""' in picture_tag(wide, "", eager=True)


def test_what_is_there_is_not_made_again(wide, monkeypatch, django_assert_max_num_queries):
    make_by_id(picture_id=wide.pk)
    make_by_id(picture_id=0)
    names = {one.file.name for one in Rendition.objects.all()}
    monkeypatch.setattr(type(wide), "generate_rendition_file", lambda *_, **__: pytest.fail("it was made again"))
    with django_assert_max_num_queries(1):
        make_renditions(type(wide).objects.get(pk=wide.pk))
    assert {one.file.name for one in Rendition.objects.all()} == names


def test_another_file_gets_other_names_so_that_a_phone_may_keep_what_it_has(new_picture, files):
    one, two = new_picture(), new_picture(photos.saved(photos.scene(640, 480, 2)))
    first, second = ({r.file.name for r in make_renditions(picture).values()} for picture in (one, two))
    assert not first & second
    assert spec_for(one, 360, "avif") == spec_for(two, 360, "avif")
    assert all(re.fullmatch(r"beeld/[0-9a-f]{16,24}\.[\w.-]+", name) for name in first)


def test_deleting_a_picture_takes_its_files_along(new_picture, files, django_capture_on_commit_callbacks):
    picture = new_picture()
    make_renditions(picture)
    with django_capture_on_commit_callbacks(execute=True):
        picture.delete()
    assert [file for file in files.rglob("*") if file.is_file()] == []
