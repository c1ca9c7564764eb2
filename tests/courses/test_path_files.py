"""Ready routes as files: loaded with the lessons, refused with file, field and remedy, and out again as they came."""

import json

import pytest

from courses.files import FOLDER, path_data
from courses.models import CoursePath
from courses.queries import by_group, ready_paths
from learning.models import OwnRoute
from modules.curriculum.export import export_curriculum
from modules.curriculum.problems import CurriculumError
from modules.curriculum.reader import read_curriculum, read_file
from modules.models import ModulePage
from modules.services import load_curriculum
from tests.conftest import CURRICULUM
from tests.factories import OrganisationFactory, curriculum_folder, lesson_file, twin

pytestmark = pytest.mark.django_db
FILES = sorted((CURRICULUM / FOLDER).glob("*.yaml"))


def path_file(**changes) -> dict:
    return {
        "slug": "proef", "title": twin("De proefroute", "Proefroute"), "intro": twin("Je leert iets.", "Je leert."),
        "levels": ["W"], "pictogram": "book", "lessons": ["E98", "E99"], **changes,
    }  # fmt: skip


def with_path(folder, **changes):
    """Two lessons, of which E99 asks for E98 first, one that is planned, and a path."""
    if not (folder / "facts.yaml").exists():
        second = lesson_file(prerequisites=["E98"])
        curriculum_folder(folder, lesson_file(id="E98", slug="eerste-les"), second)
        planned = {"id": "E97", "slug": "gepland", "title": twin("Gepland"), "track": "E", "levels": ["W"],
                   "pictogram": "book"}  # fmt: skip
        (folder / "coming.yaml").write_text(json.dumps([planned]))
    (folder / FOLDER).mkdir(exist_ok=True)
    (folder / FOLDER / "proef.yaml").write_text(json.dumps(path_file(**changes)))
    return folder


def loaded(folder, **changes) -> CoursePath:
    load_curriculum(with_path(folder, **changes))
    return CoursePath.objects.get(slug="proef")


# What stands in curriculum/


def test_there_are_thirteen_one_per_trade_two_for_the_mbo_one_for_leads_and_one_for_owners():
    groups = {group.value: [path.slug for path in paths] for group, paths in by_group(list(ready_paths()))}
    assert groups == {
        "vak": ["zorg", "bouw", "logistiek", "horeca", "kantoor", "winkel", "agro", "onderwijs", "overheid"],
        "mbo": ["mbo-entree-en-2", "mbo-3-en-4"],
        "leiding": ["leidinggevenden"],
        "bedrijf": ["ondernemers"],
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_lesson_of_a_route_is_there_or_planned(file):
    known = read_curriculum(CURRICULUM).codes
    path = CoursePath.objects.get(slug=file.stem)
    assert path.codes
    assert set(path.codes) <= known


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_route_has_six_to_eight_lessons_and_what_a_lesson_asks_for_comes_before_it(file):
    codes = CoursePath.objects.get(slug=file.stem).codes
    assert 6 <= len(codes) <= 8
    for place, code in enumerate(codes):
        page = ModulePage.objects.filter(code=code).first()
        first = page.prerequisites.values_list("code", flat=True) if page else []
        assert not set(first) & set(codes[place + 1 :])


def test_a_route_for_a_trade_has_the_lesson_of_that_trade_and_its_basis():
    for path in ready_paths():
        if path.trade:
            assert {"A3", "A4", "A6", "B1", "B2"} <= set(path.required_codes)
            assert [code for code in path.required_codes if code[0] == "C"] == path.required_codes[-1:]


def test_only_entree_and_level_2_is_proposed_in_makkelijk():
    assert [path.slug for path in ready_paths() if path.easy_first] == ["mbo-entree-en-2"]


# Loading


def test_a_file_becomes_a_path_with_its_lessons_in_order(tmp_path):
    more = {"code": "E97", "optional": True, "note": twin("Voor later.", "Later.")}
    path = loaded(tmp_path, lessons=["E98", "E99", more], trade="zorg", easy_first=True)
    assert path.codes == ["E98", "E99", "E97"]
    assert path.required_codes == ["E98", "E99"]
    assert path.lessons.last().note_twin == {"standaard": "Voor later.", "makkelijk": "Later."}
    assert (path.organisation, path.origin, path.trade, path.easy_first) == (None, None, "zorg", True)


def test_the_file_always_wins_and_loading_it_again_changes_nothing(tmp_path):
    first = loaded(tmp_path)
    said: list[str] = []
    load_curriculum(tmp_path, report=said.append)
    assert not [line for line in said if "route" in line]
    load_curriculum(with_path(tmp_path, lessons=["E99"], archived=True), report=said.append)
    assert "route proef: De proefroute" in said
    path = CoursePath.objects.get(slug="proef")
    assert (path.pk, path.codes, path.archived) == (first.pk, ["E99"], True)
    assert path not in ready_paths()


def test_who_follows_a_path_keeps_following_it_when_its_file_changes(tmp_path, anna):
    from learning.services import follow_path

    follow_path(user=anna, path=loaded(tmp_path))
    load_curriculum(with_path(tmp_path, title=twin("Anders", "Iets anders"), lessons=["E99"]))
    route = OwnRoute.objects.get()
    assert route.path.title == "Anders"
    assert route.lessons == ["E98", "E99"], "what was chosen stays as it was chosen"


def test_a_path_of_an_organisation_may_have_the_same_address_and_is_never_loaded_over(tmp_path):
    own = CoursePath.objects.create(organisation=OrganisationFactory(), slug="proef", title="Van ons")
    ready = loaded_ready(tmp_path)
    own.refresh_from_db()
    assert own.title == "Van ons"
    assert ready.pk != own.pk
    assert own not in ready_paths()


def loaded_ready(folder) -> CoursePath:
    load_curriculum(with_path(folder))
    return CoursePath.objects.get(slug="proef", organisation=None)


def test_files_without_paths_leave_the_paths_alone(tmp_path):
    before = ready_paths().count()
    load_curriculum(curriculum_folder(tmp_path, lesson_file()))
    assert ready_paths().count() == before


# What is wrong


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"slug": "anders"}, "proef.yaml: slug: is 'anders', maar het bestand heet 'proef.yaml'"),
        ({"lessons": ["E98", "E55"]}, "proef.yaml: lessons: les 'E55' bestaat niet; kies er een uit modules/"),
        ({"lessons": ["E99", "E98"]}, "proef.yaml: lessons: zet 'E98' vóór 'E99': die les komt eerst"),
        ({"lessons": ["E98", "E98"]}, "proef.yaml: lessons: les 'E98' staat er 2 keer; laat er één staan"),
        ({"lessons": [{"code": "E98", "optional": True}]}, "proef.yaml: lessons: elke les is extra; haal bij"),
        ({"lessons": []}, "proef.yaml: lessons"),
        ({"lessons": ["les 1"]}, "proef.yaml: lessons.0"),
        ({"pictogram": "eenhoorn"}, "proef.yaml: pictogram: pictogram 'eenhoorn' is er niet"),
        ({"trade": "piloot"}, "proef.yaml: trade"),
        ({"title": {"standaard": "Alleen dit"}}, "proef.yaml: title"),
        ({"intro": twin("Kijk bij {F777}.", "Kijk.")}, "proef.yaml: intro.standaard"),
        ({"variant": "makkelijk"}, "proef.yaml"),
        (
            {"intro": twin("Goed.", "Deze buitengewoon ingewikkelde zin heeft veel meer dan twaalf woorden achter "
                           "elkaar staan, dus hij is te moeilijk.")},
            "proef.yaml: intro.makkelijk",
        ),
    ],
)  # fmt: skip
def test_a_wrong_file_is_named_with_its_field_and_nothing_is_loaded(tmp_path, changes, said):
    with pytest.raises(CurriculumError) as caught:
        load_curriculum(with_path(tmp_path, **changes))
    assert said in str(caught.value)
    assert not ModulePage.objects.filter(code="E99").exists()
    assert not CoursePath.objects.filter(slug="proef").exists()


def test_wrong_lessons_and_wrong_routes_are_told_together(tmp_path):
    with_path(tmp_path, pictogram="eenhoorn")
    curriculum_folder(tmp_path, lesson_file(pictogram="draak"))
    with pytest.raises(CurriculumError) as caught:
        load_curriculum(tmp_path)
    assert "'draak' is er niet" in str(caught.value)
    assert "'eenhoorn' is er niet" in str(caught.value)


# Exporting


def test_what_is_exported_is_what_people_wrote(tmp_path):
    export_curriculum(tmp_path)
    for file in FILES:
        assert (tmp_path / FOLDER / file.name).read_text() == file.read_text()


def test_one_route_can_be_exported_and_loading_it_changes_nothing(tmp_path):
    note = {"code": "E97", "optional": True, "note": twin("Voor later.", "Later.")}
    path = loaded(tmp_path, lessons=["E98", note])
    out = tmp_path / "uit"
    export_curriculum(out, ["route:proef"])
    assert [file.name for file in out.rglob("*.yaml")] == ["proef.yaml"]
    data = read_file(out / FOLDER / "proef.yaml", "path")
    assert data == path_data(path)
    assert not export_curriculum(out, ["route:proef"]).written
    with pytest.raises(CurriculumError, match="route:niets"):
        export_curriculum(out, ["route:niets"])
