"""The list of photos says where they are; one that a lesson shows stays; makers are named."""

import pytest
from wagtail.images.models import Image as WagtailImage
from wagtail.models import ReferenceIndex

from media.models import Picture
from media.pictures.credits import fixed_credits, photo_credits
from modules.models import ModulePage
from people.models import User
from tests.media import photos

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(as_user, files):
    """Who may do everything in the admin."""
    return as_user(User.objects.create_superuser("beheer"))


def put_in(lesson: ModulePage, picture: Picture, *, publish: bool = True, **changes) -> None:
    raw = lesson.steps.get_prep_value()
    step = next(step for step in raw if step["type"] == "screen")
    step["value"]["picture"] = {"scene": "", "pictograms": [], "photo": picture.pk, "alt": "", **changes}
    page = ModulePage.objects.get(pk=lesson.pk)
    page.steps = page.steps.stream_block.to_python(raw)
    revision = page.save_revision()
    if publish:
        revision.publish()


@pytest.mark.parametrize("publish", [True, False])
def test_a_photo_that_a_lesson_shows_is_not_deleted_and_the_lesson_is_named(lesson, new_picture, keeper, publish):
    used, free = new_picture(title="In de les"), new_picture(photos.saved(photos.scene(seed=3)), title="Vrij")
    put_in(lesson, used, publish=publish)
    reply = keeper.post(f"/admin/images/{used.pk}/delete/", follow=True)
    assert "Deze foto staat in: E99 " in reply.content.decode()
    many = f"/admin/bulk/media/picture/delete/?next=/admin/images/&id={used.pk}&id={free.pk}"
    assert "Deze foto staat in: E99 " in keeper.post(many, follow=True).content.decode()
    assert "Deze foto staat in" in keeper.post(f"/admin/images/multiple/{used.pk}/delete/").json()["error_message"]
    assert Picture.objects.count() == 2
    keeper.post(f"/admin/images/{free.pk}/delete/")
    assert list(Picture.objects.all()) == [used]


def test_a_photo_that_no_lesson_shows_any_more_can_go(lesson, new_picture, keeper):
    picture, other = new_picture(), new_picture(photos.saved(photos.scene(seed=3)))
    put_in(lesson, picture)
    put_in(lesson, other)
    keeper.post(f"/admin/images/{picture.pk}/delete/")
    assert list(Picture.objects.all()) == [other]


def test_the_list_says_where_a_photo_is_used(lesson, new_picture, keeper):
    picture = new_picture()
    put_in(lesson, picture)
    assert ReferenceIndex.get_count_references_to_in_bulk([picture])[picture] == 1
    assert lesson.title in keeper.get(f"/admin/images/usage/{picture.pk}/").content.decode()
    listed = keeper.get("/admin/images/?layout=list").content.decode()
    assert "Balie" in listed


def test_photos_that_miss_their_words_are_found(new_picture, keeper):
    new_picture(title="Heeft woorden")
    new_picture(photos.saved(photos.scene(seed=3)), title="Mist woorden", alt="")
    new_picture(photos.saved(photos.scene(seed=4)), title="Voor de sier", alt="", is_decorative=True)
    for address in ("/admin/images/", "/admin/images/results/"):
        missing = keeper.get(address, {"words": "mist"}).content.decode()
        assert "Mist woorden" in missing
        assert "Heeft woorden" not in missing
        assert "Voor de sier" not in missing
        assert "Voor de sier" in keeper.get(address, {"words": "versiering"}).content.decode()
        assert keeper.get(address, {"words": "'; DROP TABLE"}).status_code == 200


def test_deleting_stays_for_who_may(as_user, anna, driss, author, lesson, new_picture):
    picture = new_picture()
    for client in (as_user(anna), as_user(driss), as_user(None), author):
        client.post(f"/admin/images/{picture.pk}/delete/")
        client.post(f"/admin/images/multiple/{picture.pk}/delete/")
        client.post(f"/admin/bulk/media/picture/delete/?next=/admin/images/&id={picture.pk}")
    assert Picture.objects.filter(pk=picture.pk).exists()
    assert as_user(driss).get("/admin/images/").status_code == 302


def test_makers_of_photos_in_lessons_are_named_and_of_others_not(lesson, new_picture, client):
    shown = new_picture(title="a", maker="Jo <b>Bos</b>", licence="cc-by-4.0", source="https://voorbeeld.nl/1")
    new_picture(photos.saved(photos.scene(seed=3)), title="b", maker="Niet Getoond", licence="toestemming")
    assert photo_credits() == []
    assert "Foto’s" not in client.get("/beeld/").content.decode()
    put_in(lesson, shown)
    page = client.get("/beeld/").content.decode()
    assert "Jo &lt;b&gt;Bos&lt;/b&gt;" in page
    assert "CC BY 4.0" in page
    assert "https://voorbeeld.nl/1" in page
    assert "Niet Getoond" not in page


def test_what_comes_with_kortwijs_is_named_with_maker_and_licence(client):
    page = client.get("/beeld/").content.decode()
    for group in fixed_credits():
        for part in group.parts:
            assert part.name in page
            assert part.licence
            assert part.source.startswith("https://")
    for name in ("Atkinson Hyperlegible Next", "wordfreq", "SUBTLEX-NL", "Pictogrammen en tekeningen"):
        assert name in page
    assert 'href="/beeld/"' in client.get("/hulp/").content.decode()


def test_the_tables_of_wagtail_itself_stay_empty(new_picture):
    new_picture()
    assert WagtailImage.objects.count() == 0
