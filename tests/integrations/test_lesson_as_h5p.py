"""Exercises of a lesson go out as one .h5p of approved standard content types, and come in again the same."""

import json
import zipfile
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from integrations.h5p.packages import CannotExport, export_lesson
from language.variant import Variant
from media.h5p.export import export_version
from media.h5p.models import H5PLibrary
from media.h5p.registry import approve_library
from media.h5p.services import LibrariesLacking, import_package
from modules.authors import EDITORS, ensure_editor_groups
from modules.models import CataloguePage, ModulePage
from people.models import User
from tests.media.h5p.packages import library, package, zipped

pytestmark = pytest.mark.django_db
TYPES = {
    "H5P.Question 1.5": (),
    "H5P.MultiChoice 1.16": ("H5P.Question 1.5",),
    "H5P.TrueFalse 1.8": ("H5P.Question 1.5",),
    "H5P.DragText 1.10": ("H5P.Question 1.5",),
    "H5P.QuestionSet 1.20": (),
}


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def jan(lesson) -> User:
    """In the group of administrators of lessons."""
    user = User.objects.create_user("jan", first_name="Jan")
    user.groups.add(ensure_editor_groups(CataloguePage.objects.get())[EDITORS])
    return user


@pytest.fixture
def standard_types(own_files) -> None:
    """Libraries by the names of H5P's own, approved."""
    made = tuple(library(name, depends=needs) for name, needs in TYPES.items())
    try:
        import_package(file=zipped(package("H5P.QuestionSet 1.20", libraries=made, depends=tuple(TYPES)[:-1])))
    except LibrariesLacking as lacking:
        for row in lacking.libraries:
            approve_library(library=row, by=None, now=timezone.now())


def exported(lesson: ModulePage, variant: Variant = Variant.STANDAARD) -> bytes:
    out = BytesIO()
    export_lesson(lesson=lesson, variant=variant, out=out)
    return out.getvalue()


def content_of(raw: bytes) -> Any:
    return json.loads(zipfile.ZipFile(BytesIO(raw)).read("content/content.json"))


def test_each_exercise_that_h5p_can_hold_is_there(lesson, standard_types):
    questions = content_of(exported(lesson))["questions"]
    libraries = [question["library"] for question in questions]
    kinds = [step.type for step in lesson.outline.all]
    cards = [len(step.value["cards"]) for step in lesson.outline.all if step.type == "sorteer"]
    reasons = [step for step in lesson.outline.all if step.type == "waar_onwaar" and step.value["reasons"]]
    assert libraries.count("H5P.TrueFalse 1.8") == kinds.count("waar_onwaar")
    assert libraries.count("H5P.DragText 1.10") == kinds.count("volgorde")
    assert libraries.count("H5P.MultiChoice 1.16") == kinds.count("keuze") + len(reasons) + sum(cards)
    assert len({question["subContentId"] for question in questions}) == len(questions)


def test_what_is_right_stays_right_and_says_why(lesson, standard_types):
    keuze = next(step for step in lesson.outline.all if step.id == "e-keuze")
    questions = content_of(exported(lesson))["questions"]
    asked = keuze.value["question"]["standaard"]
    found = next(one["params"] for one in questions if asked in one["params"].get("question", ""))
    assert [answer["correct"] for answer in found["answers"]] == [
        bool(option["value"].get("right")) for option in keuze.value["options"]
    ]
    assert all(answer["tipsAndFeedback"]["chosenFeedback"] != "<div></div>" for answer in found["answers"])
    assert found["behaviour"]["type"] == "single"


def test_makkelijk_leaves_out_what_only_gewoon_has(lesson, standard_types):
    gewoon, makkelijk = (content_of(exported(lesson, variant))["questions"] for variant in Variant)
    assert len(json.dumps(makkelijk)) != len(json.dumps(gewoon))
    assert "{F901}" not in json.dumps(gewoon)


@pytest.mark.parametrize("variant", Variant)
def test_it_comes_in_again_as_the_same(lesson, standard_types, variant):
    raw = exported(lesson, variant)
    assert exported(lesson, variant) == raw
    version = import_package(file=BytesIO(raw))
    out = BytesIO()
    export_version(version=version, out=out)
    assert content_of(out.getvalue()) == content_of(raw)
    assert version.cleaned == 0
    assert import_package(file=BytesIO(raw)) == version
    assert not H5PLibrary.objects.requested().exists()


def test_without_approved_types_it_says_which_one_is_missing(lesson):
    with pytest.raises(CannotExport, match=r"H5P.QuestionSet is hier nog niet goedgekeurd"):
        exported(lesson)


def test_signs_that_mean_something_in_h5p_mean_nothing_here(lesson, standard_types):
    raw = lesson.steps.get_prep_value()
    order = next(step for step in raw if step["type"] == "volgorde")
    order["value"]["items"][0]["value"]["text"] = {"standaard": "Lees: *alles*\\+ <b>", "makkelijk": "Lees"}
    lesson.steps = lesson.steps.stream_block.to_python(raw)
    lesson.__dict__.pop("outline", None)
    text = next(
        one["params"]["textField"] for one in content_of(exported(lesson))["questions"] if "DragText" in one["library"]
    )
    assert text.splitlines()[0] == "1. *Lees – alles+ <b>*"


class TestTheButton:
    def test_an_author_gets_the_file(self, lesson, standard_types, as_user, jan):
        reply = as_user(jan).get(f"/admin/h5p/les/{lesson.pk}/makkelijk/")
        assert reply.status_code == 200
        assert reply.headers["Content-Disposition"] == 'attachment; filename="proefles-makkelijk.h5p"'
        assert b"".join(reply.streaming_content) == exported(lesson, Variant.MAKKELIJK)

    def test_who_may_not_edit_gets_nothing(self, lesson, standard_types, as_user, anna, bram, chantal, driss):
        for other in (None, anna, bram, chantal, driss):
            assert as_user(other).get(f"/admin/h5p/les/{lesson.pk}/makkelijk/").status_code in (302, 403)

    def test_what_cannot_be_is_said(self, lesson, as_user, jan):
        reply = as_user(jan).get(f"/admin/h5p/les/{lesson.pk}/gewoon/", follow=True)
        assert "nog niet goedgekeurd" in reply.content.decode()

    @pytest.mark.parametrize("path", ["999999/gewoon", "0/anders", "x/gewoon"])
    def test_another_address_is_none(self, lesson, as_user, jan, path):
        assert as_user(jan).get(f"/admin/h5p/les/{path}/").status_code == 404


def test_the_command_writes_a_file(lesson, standard_types, tmp_path):
    file = tmp_path / "les.h5p"
    call_command("export_h5p", "E99", str(file), "--gewoon", stdout=StringIO())
    assert file.read_bytes() == exported(lesson)
    with pytest.raises(CommandError, match="deze les is er niet"):
        call_command("export_h5p", "ZZ", str(file))
