"""A photo beside module.yaml: loaded once, said back, and refused with file, field and remedy."""

from copy import deepcopy
from pathlib import Path

import pytest

from media.models import Picture
from modules.curriculum.export import export_curriculum
from modules.curriculum.problems import CurriculumError
from modules.models import ModulePage
from modules.services import load_curriculum
from tests.factories import curriculum_folder, lesson_file
from tests.media import photos
from tests.media.conftest import files, new_picture  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]

PHOTO = {"file": "Balie.JPG", "alt": "Een medewerker helpt een klant.", "licence": "eigen"}


def folder_with(tmp_path: Path, picture: dict | None = None, content: bytes | None = None, **photo) -> Path:
    """A folder with one lesson, with this picture in its first screen, and the photo beside it."""
    lesson = lesson_file()
    given = picture or {"photo": {**PHOTO, **photo}}
    next(step for step in lesson["steps"] if step["type"] == "screen")["picture"] = deepcopy(given)
    folder = curriculum_folder(tmp_path, lesson)
    place = folder / "modules" / "E99"
    for name in {"Balie.JPG", given.get("photo", {}).get("file", "Balie.JPG")}:
        if "/" not in name:
            (place / name).write_bytes(photos.with_secrets() if content is None else content)
    return folder


def picture_of(page: ModulePage) -> dict:
    return next(step for step in page.steps.get_prep_value() if step["type"] == "screen")["value"]["picture"]


def lesson() -> ModulePage:
    return ModulePage.objects.get(code="E99")


def problems(folder: Path) -> str:
    with pytest.raises(CurriculumError) as caught:
        load_curriculum(folder)
    assert not ModulePage.objects.filter(code="E99").exists()
    assert not Picture.objects.exists()
    return str(caught.value)


def test_a_photo_beside_a_lesson_is_loaded_clean_and_once(tmp_path, client):
    folder = folder_with(tmp_path)
    assert load_curriculum(folder) == 1
    picture = Picture.objects.get()
    assert (picture.title, picture.alt, picture.licence) == ("Balie", PHOTO["alt"], "eigen")
    with picture.file.open() as file:
        assert photos.traces(file.read()) == []
    assert picture_of(lesson())["photo"] == picture.pk
    assert load_curriculum(folder) == 0
    assert Picture.objects.count() == 1
    page = client.get("/les/proefles/").content.decode()
    assert 'type="image/avif"' in page
    assert f'alt="{PHOTO["alt"]}"' in page


def test_another_photo_under_the_same_name_is_a_change(tmp_path):
    folder = folder_with(tmp_path)
    load_curriculum(folder)
    first = picture_of(lesson())["photo"]
    (folder / "modules/E99/Balie.JPG").write_bytes(photos.saved(photos.scene(seed=9)))
    assert load_curriculum(folder) == 1
    assert picture_of(lesson())["photo"] != first


def test_the_same_photo_under_another_name_is_none(tmp_path):
    load_curriculum(folder_with(tmp_path))
    other = tmp_path / "other"
    other.mkdir()
    assert load_curriculum(folder_with(other, file="loket.jpg")) == 0
    assert Picture.objects.count() == 1


def test_what_is_said_of_a_photo_follows_its_file(tmp_path):
    folder = folder_with(tmp_path)
    load_curriculum(folder)
    folder_with(folder, alt="Een balie.", licence="cc-by-4.0", maker="Jo Bos", source="https://voorbeeld.nl/1")
    assert load_curriculum(folder) == 1
    picture = Picture.objects.get()
    assert (picture.alt, picture.licence, picture.maker) == ("Een balie.", "cc-by-4.0", "Jo Bos")


def test_what_an_author_said_of_a_photo_meanwhile_stays(tmp_path):
    folder = folder_with(tmp_path)
    load_curriculum(folder)
    Picture.objects.update(alt="Wat een schrijver schreef.")
    assert load_curriculum(folder) == 0
    folder_with(folder, alt="Een balie.")
    conflicts = []
    assert load_curriculum(folder, on_conflict=conflicts.append) == 0
    assert [conflict.code for conflict in conflicts] == ["E99"]
    assert Picture.objects.get().alt == "Wat een schrijver schreef."


def test_what_was_loaded_goes_out_and_comes_back_as_it_was(tmp_path):
    load_curriculum(folder_with(tmp_path, {"photo": PHOTO, "alt": "Hier iets anders."}))
    out = tmp_path / "uit"
    done = export_curriculum(out, ["E99"])
    assert done.problems == []
    [name] = [file.name for file in (out / "modules/E99").iterdir() if file.suffix == ".jpg"]
    assert name.startswith("balie-")
    before = {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    assert f"photo: {{file: {name}, alt: " in (out / "modules/E99/module.yaml").read_text()
    assert "digest" not in (out / "modules/E99/module.yaml").read_text()
    assert load_curriculum(out) == 0
    assert Picture.objects.count() == 1
    assert export_curriculum(out, ["E99"]).written == []
    assert {file: file.read_bytes() for file in out.rglob("*") if file.is_file()} == before


def test_an_export_into_the_folder_it_came_from_leaves_lesson_and_photo_as_they_are(tmp_path):
    folder = folder_with(tmp_path)
    load_curriculum(folder)
    lessons = folder / "modules"
    before = {file: file.read_bytes() for file in lessons.rglob("*") if file.is_file()}
    written = export_curriculum(folder, ["E99"]).written
    assert [file for file in written if file.is_relative_to(lessons)] == []
    assert {file: file.read_bytes() for file in lessons.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize(
    "picture",
    [
        {"pictograms": ["letter", "warn"], "arrow": True, "alt": "Een mail is gevaarlijk."},
        {"pictograms": ["phone", "lock"], "alt": "Een telefoon met slot."},
        {"scene": "naam-weg", "decorative": True},
        {"photo": PHOTO, "decorative": True},
        {"photo": {"file": "Balie.JPG", "decorative": True, "licence": "eigen"}},
    ],
)
def test_every_kind_of_picture_goes_in_and_out(tmp_path, picture):
    load_curriculum(folder_with(tmp_path, picture))
    out = tmp_path / "uit"
    assert export_curriculum(out, ["E99"]).problems == []
    assert load_curriculum(out) == 0


SVG = b"<svg onload='alert(1)'></svg>"


@pytest.mark.parametrize(
    ("picture", "content", "said"),
    [
        ({"photo": {**PHOTO, "file": "weg.jpg"}}, None, ""),
        ({"photo": {**PHOTO, "file": "../../etc/passwd.jpg"}}, None, "photo.file"),
        ({"photo": {**PHOTO, "file": "balie.svg"}}, None, "photo.file"),
        ({"photo": {**PHOTO, "licence": "gestolen"}}, None, "licence"),
        ({"photo": {"file": "Balie.JPG", "licence": "eigen"}}, None, "Schrijf wat er te zien is"),
        ({"photo": {**PHOTO, "decorative": True}}, None, "Kies één van de twee"),
        ({"photo": {**PHOTO, "alt": "een " * 11}}, None, "hoogstens 10 woorden"),
        ({"photo": {**PHOTO, "licence": "cc-by-4.0"}}, None, "maker: Schrijf hier wie de foto maakte"),
        ({"photo": PHOTO}, SVG, "Balie.JPG: Een SVG kan hier niet"),
        ({"photo": PHOTO}, b"tekst" * 50, "Dit bestand is geen foto"),
        ({"photo": PHOTO}, photos.bomb(), "te groot"),
        ({"photo": PHOTO, "scene": "naam-weg"}, None, "picture"),
        ({"photo": PHOTO, "alt": "een " * 11}, None, "hoogstens 10 woorden"),
        (
            {"pictograms": ["letter"], "arrow": True, "alt": "Een mail."},
            None,
            "Een pijl staat tussen twee pictogrammen",
        ),
        ({"pictograms": ["letter"]}, None, "picture"),
        ({"pictograms": ["letter"], "alt": "Een mail.", "decorative": True}, None, "Kies één van de twee"),
        ({"alt": "Niets."}, None, "picture"),
    ],
)
def test_a_picture_that_cannot_be_is_refused_before_anything_is_kept(tmp_path, picture, content, said):
    folder = folder_with(tmp_path, picture, content)
    if picture.get("photo", {}).get("file") == "weg.jpg":
        (folder / "modules/E99/weg.jpg").unlink()
        said = "'weg.jpg' staat niet naast module.yaml"
    assert said in problems(folder)


def test_a_link_out_of_the_folder_is_no_photo_of_the_lesson(tmp_path):
    (tmp_path / "in").mkdir()
    folder = folder_with(tmp_path / "in")
    (tmp_path / "buiten.jpg").write_bytes(photos.with_secrets())
    place = folder / "modules/E99/Balie.JPG"
    place.unlink()
    place.symlink_to(tmp_path / "buiten.jpg")
    assert "staat niet naast module.yaml" in problems(folder)


def test_a_photo_over_the_limit_is_refused(tmp_path, settings):
    settings.PICTURE_MAX_BYTES = 30_000
    assert "Deze foto is te groot" in problems(folder_with(tmp_path))


def test_one_file_says_one_thing(tmp_path):
    lesson = lesson_file()
    screens = [step for step in lesson["steps"] if "picture" in step]
    assert len(screens) > 1
    for number, step in enumerate(screens):
        step["picture"] = {"photo": {**PHOTO, "alt": f"Balie {number}."}}
    folder = curriculum_folder(tmp_path, lesson)
    (folder / "modules/E99/Balie.JPG").write_bytes(photos.with_secrets())
    assert "wordt op een andere plaats iets anders gezegd" in problems(folder)


def test_a_lesson_of_which_the_photo_is_gone_is_named_and_not_exported(tmp_path):
    load_curriculum(folder_with(tmp_path))
    Picture.objects.all().delete()
    done = export_curriculum(tmp_path / "uit", ["E99"])
    assert done.problems
    assert not (tmp_path / "uit/modules/E99").exists()
