"""Every way to upload: one form, many at once, from a lesson. Only clean pictures are kept; nothing typed is lost."""

import io
import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.utils import timezone
from PIL import Image as Pillow
from wagtail.models import UploadedFile

from media.models import Picture
from media.pictures import intake
from media.pictures.services import forget_unfinished_uploads
from tests.media import photos

pytestmark = pytest.mark.django_db

ADD = "/admin/images/add/"
MANY = "/admin/images/multiple/add/"
CHOOSER = "/admin/images/chooser/create/"
FIELDS = {"title": "Balie", "alt": "Een medewerker helpt een klant.", "licence": "eigen", "kept": "", "tags": ""}


def upload(content: bytes | None = None, name: str = "IMG_2041.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photos.with_secrets() if content is None else content)


def add(client, address: str = ADD, prefix: str = "", **changes):
    data = {f"{prefix}{name}": value for name, value in {**FIELDS, "file": upload(), **changes}.items()}
    return client.post(address, {name: value for name, value in data.items() if value is not None})


def complaints(reply, form: str = "form") -> dict[str, list[str]]:
    return reply.context[form].errors.get_json_data() and {
        name: [str(line) for line in lines] for name, lines in reply.context[form].errors.items()
    }


def page_of(reply) -> str:
    """What the author sees: a page, or what the chooser puts in its dialog."""
    if reply["Content-Type"].startswith("text/html"):
        return reply.content.decode()
    return next(part for part in json.loads(reply.content).values() if "<form" in part)


def everything_in(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.rglob("*") if file.is_file()]


def test_what_is_stored_of_an_upload_says_nothing_about_who_and_where(author, files):
    assert add(author).status_code == 302
    picture = Picture.objects.get()
    assert picture.uploaded_by_user.username == "eva"
    assert (picture.width, picture.height) == (800, 600)
    assert picture.file.name.startswith("beeld/origineel/")
    assert "IMG_2041" not in picture.file.name
    assert [photos.traces(content) for content in everything_in(files)] == [[]]


def test_a_large_upload_that_waits_in_a_file_is_cleaned_too(files):
    """Django keeps an upload above 2.5 MB in a temporary file."""
    waiting = TemporaryUploadedFile("IMG.png", "image/png", 0, None)
    waiting.write(photos.with_secrets("PNG"))
    waiting.size = waiting.tell()
    picture = Picture(title="Groot", licence="eigen", is_decorative=True, file=waiting)
    picture.save()
    assert [photos.traces(content) for content in everything_in(files)] == [[]]


def test_a_picture_made_by_code_is_cleaned_too(new_picture, files):
    picture = new_picture(photos.with_secrets("HEIF"))
    assert picture.file.name.endswith(".jpg")
    assert len(picture.origin_digest) == 64
    assert [photos.traces(content) for content in everything_in(files)] == [[]]
    with pytest.raises(ValidationError, match="SVG"):
        picture.file.save("x.jpg", ContentFile(photos.SVG))


def test_a_heic_of_a_phone_can_be_used_right_away(author):
    assert add(author, file=upload(photos.with_secrets("HEIF"), "IMG_1.HEIC")).status_code == 302
    picture = Picture.objects.get()
    with picture.file.open() as file:
        assert Pillow.open(file).format == "JPEG"


@pytest.mark.parametrize("name", ["foto", "foto.exe", "foto.svg", "foto.png", "x" * 150 + ".jpg", "../../etc/foto.jpg"])
def test_the_name_of_a_file_makes_no_difference(author, name, files):
    assert add(author, file=upload(name=name)).status_code == 302
    assert Picture.objects.get().file.name.endswith(".jpg")
    assert {file.parent.name for file in files.rglob("*.jpg")} == {"origineel"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (photos.SVG, intake.VECTOR),
        (b"MZ\x90\x00" * 99, intake.OTHER_KIND),
        (photos.with_secrets()[:9000], intake.BROKEN),
    ],
)
@pytest.mark.parametrize(("address", "prefix"), [(ADD, ""), (CHOOSER, "image-chooser-upload-")])
def test_each_form_says_what_is_wrong_and_keeps_what_was_typed(author, files, address, prefix, content, sentence):
    reply = add(author, address, prefix, file=upload(content))
    assert reply.status_code == 200
    page = page_of(reply)
    assert sentence in page
    assert "Een medewerker helpt een klant." in page
    assert not Picture.objects.exists()
    assert everything_in(files) == []


def test_many_at_once_says_what_is_wrong_per_file(author, files):
    reply = author.post(MANY, {"title": "x", "files[]": upload(photos.SVG, "tekening.jpg")})
    assert json.loads(reply.content) == {"success": False, "error_message": intake.VECTOR}
    assert everything_in(files) == []


def test_many_at_once_asks_for_the_words_and_keeps_no_raw_file_meanwhile(author, files):
    reply = json.loads(author.post(MANY, {"title": "Balie", "files[]": upload()}).content)
    assert reply["success"]
    assert not Picture.objects.exists()
    waiting = UploadedFile.objects.get()
    assert [photos.traces(content) for content in everything_in(files)] == [[]]
    address, prefix = (
        f"/admin/images/multiple/create_from_uploaded_image/{waiting.pk}/",
        f"uploaded-image-{waiting.pk}-",
    )
    assert 'name="uploaded-image' in reply["form"]

    no_words = {f"{prefix}title": "Balie", f"{prefix}licence": "eigen", f"{prefix}tags": ""}
    refused = json.loads(author.post(address, no_words).content)
    assert not refused["success"]
    assert "Schrijf wat er te zien is" in refused["form"]
    done = json.loads(author.post(address, {**no_words, f"{prefix}alt": "Een balie."}).content)
    assert done["success"], done
    picture = Picture.objects.get()
    assert picture.alt == "Een balie."
    assert not UploadedFile.objects.exists()
    assert [photos.traces(content) for content in everything_in(files)] == [[]]


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"alt": ""}, "alt", "Schrijf wat er te zien is, of kies"),
        ({"is_decorative": "on"}, "alt", "Kies één van de twee"),
        ({"alt": "een twee drie vier vijf zes zeven acht negen tien elf"}, "alt", "Zeg het in hoogstens 10 woorden."),
        ({"licence": "cc-by-4.0", "source": "https://voorbeeld.nl/1"}, "maker", "Schrijf hier wie de foto maakte."),
        ({"licence": "toestemming"}, "maker", "Schrijf hier wie de foto maakte."),
        ({"licence": "cc0"}, "source", "Schrijf hier het adres"),
        ({"licence": "gestolen"}, "licence", ""),
        ({"source": "javascript:alert(1)"}, "source", ""),
    ],
)
def test_what_must_be_said_of_a_picture_is_asked_for(author, change, field, sentence):
    reply = add(author, **change)
    assert reply.status_code == 200
    assert sentence in " ".join(complaints(reply)[field])


def test_a_picture_of_only_decoration_needs_no_words(author):
    assert add(author, alt="", is_decorative="on").status_code == 302
    assert Picture.objects.get().default_alt_text == ""


@pytest.mark.parametrize(("address", "prefix"), [(ADD, ""), (CHOOSER, "image-chooser-upload-")])
def test_a_good_photo_is_kept_while_its_words_are_mended(author, files, address, prefix):
    first = add(author, address, prefix, alt="")
    form = first.context["creation_form" if prefix else "form"]
    page = page_of(first)
    assert "is bewaard" in page
    kept = form["kept"].value()
    assert UploadedFile.objects.get().pk == int(kept)
    again = add(author, address, prefix, alt="", kept=kept, file=None)  # still no words: still kept, once
    assert "is bewaard" in page_of(again)
    assert UploadedFile.objects.count() == 1
    done = add(author, address, prefix, kept=kept, file=None)
    assert done.status_code == (302 if not prefix else 200)
    assert Picture.objects.get().width == 800
    assert not UploadedFile.objects.exists()
    assert [photos.traces(content) for content in everything_in(files)] == [[]] * len(everything_in(files))


def test_another_photo_can_be_chosen_instead_of_the_one_that_was_kept(author, files):
    kept = add(author, alt="").context["form"]["kept"].value()
    assert add(author, kept=kept, file=upload(photos.saved(photos.scene(500, 400, 7)))).status_code == 302
    assert Picture.objects.get().width == 500
    assert not UploadedFile.objects.exists()


@pytest.mark.parametrize("kept", ["999999", "-1", "x", "9" * 40, "1; DROP TABLE", "\x00"])
def test_a_kept_photo_that_is_not_there_is_simply_asked_for_again(author, kept):
    reply = add(author, kept=kept, file=None)
    assert reply.status_code == 200
    assert "file" in complaints(reply)


def test_nobody_gets_a_photo_that_another_kept(author, as_user, eva):
    from modules.authors import ensure_author_group
    from modules.models import CataloguePage
    from people.models import User

    kept = add(author, alt="").context["form"]["kept"].value()
    farid = User.objects.create_user("farid")
    farid.groups.add(ensure_author_group(CataloguePage.objects.get()))
    assert "file" in complaints(add(as_user(farid), kept=kept, file=None))
    assert UploadedFile.objects.filter(uploaded_by_user=eva).count() == 1


def test_what_was_never_finished_goes_after_a_day(author, files):
    add(author, alt="")
    assert forget_unfinished_uploads(now=timezone.now()) == 0
    assert forget_unfinished_uploads(now=timezone.now() + timezone.timedelta(hours=25)) == 1
    assert everything_in(files) == []
    assert forget_unfinished_uploads(now=timezone.now() + timezone.timedelta(hours=25)) == 0


def test_another_file_for_a_picture_is_cleaned_too_and_the_old_one_goes(author, files):
    add(author)
    picture = Picture.objects.get()
    reply = add(author, f"/admin/images/{picture.pk}/", file=upload(photos.with_secrets("PNG")))
    assert reply.status_code == 302
    picture.refresh_from_db()
    assert picture.file.name.endswith(".png")
    assert [photos.traces(content) for content in everything_in(files)] == [[]]


def test_changing_only_the_words_keeps_the_file(author, files):
    add(author)
    picture = Picture.objects.get()
    name = picture.file.name
    assert add(author, f"/admin/images/{picture.pk}/", alt="Iets anders.", file=None).status_code == 302
    picture.refresh_from_db()
    assert (picture.alt, picture.file.name) == ("Iets anders.", name)


@pytest.mark.parametrize("address", [ADD, MANY, CHOOSER, "/admin/images/", "/admin/images/chooser/"])
def test_learners_teachers_and_leads_upload_nothing(as_user, anna, bram, chantal, driss, files, address):
    for user in (anna, bram, chantal, driss, None):
        client = as_user(user)
        assert client.get(address).status_code == 302
        assert add(client, address).status_code == 302
        assert client.post(address, {"files[]": upload()}).status_code == 302
    assert not Picture.objects.exists()
    assert everything_in(files) == []


def test_an_author_changes_and_deletes_own_pictures_and_not_those_of_others(author, new_picture):
    picture = new_picture()
    for address in (f"/admin/images/{picture.pk}/", f"/admin/images/{picture.pk}/delete/"):
        assert author.get(address).status_code in (302, 403)
        author.post(address, FIELDS)
    assert Picture.objects.get().title == "Balie"


def test_the_size_that_may_be_uploaded_is_a_setting(author, settings):
    settings.PICTURE_MAX_BYTES = 20_000
    reply = add(author)
    assert "Deze foto is te groot" in complaints(reply)["file"][0]
    assert io.BytesIO(upload().read()).getbuffer().nbytes > 20_000
