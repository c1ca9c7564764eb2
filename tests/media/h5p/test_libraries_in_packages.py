"""h5p.json and library.json are held to their form, and every library that is needed is there and in order."""

import json

import pytest

from media.h5p.core.errors import Code, PackageError
from media.h5p.core.libraries import LibraryName
from media.h5p.core.package import Installed, Package, Resolution, header_for_player, resolve
from tests.media.h5p.packages import as_json, library, name_of, needs, package, zipped


def resolved(files: dict[str, bytes], *installed: Installed) -> Resolution:
    here = {one.name: one for one in installed}
    return resolve(Package(zipped(files)), here.get)


def refused(files: dict[str, bytes], *installed: Installed) -> PackageError:
    with pytest.raises(PackageError) as error:
        resolved(files, *installed)
    return error.value


def changed(path: str, **fields) -> dict[str, bytes]:
    files = package()
    files[path] = as_json({**json.loads(files[path]), **fields})
    return files


def without(*paths: str) -> dict[str, bytes]:
    return {path: content for path, content in package().items() if path not in paths}


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("h5p.json", Code.NO_H5P_JSON),
        ("content/content.json", Code.NO_CONTENT),
        ("H5P.Proef-1.0/library.json", Code.DEPENDENCY_MISSING),
        ("H5P.Proef-1.0/proef.js", Code.CODE_MISSING),
        ("H5P.Proef-1.0/proef.css", Code.CODE_MISSING),
    ],
)
def test_a_package_of_which_a_part_is_not_there_is_refused(path, code):
    assert refused(without(path)).code == code


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": 5}, "title"),
        ({"mainLibrary": "H5P Proef"}, "mainLibrary"),
        ({"mainLibrary": "H5P.Proef\n"}, "mainLibrary"),
        ({"mainLibrary": "H5P.Ander"}, "mainLibrary"),
        ({"mainLibrary": "../../x"}, "mainLibrary"),
        ({"language": ["nl"]}, "language"),
        ({"preloadedDependencies": []}, "mainLibrary"),
        ({"preloadedDependencies": {}}, "preloadedDependencies"),
        ({"preloadedDependencies": [{"machineName": "H5P.Proef"}]}, "preloadedDependencies.0"),
        (
            {"preloadedDependencies": [{"machineName": "H5P.Proef", "majorVersion": -1, "minorVersion": 0}]},
            "preloadedDependencies.0.majorVersion",
        ),
        ({"preloadedDependencies": needs("H5P.Proef 1.0") * 301}, "preloadedDependencies"),
        ({"authors": "Eva"}, "authors"),
    ],
)
def test_an_h5p_json_that_does_not_fit_is_refused_with_the_field(fields, field):
    error = refused(changed("h5p.json", **fields))
    assert (error.code, error.path) == (Code.H5P_JSON, "h5p.json")
    assert field in str(error.parameters["field"])


@pytest.mark.parametrize("content", [b"[]", b"5", b'"x"'])
def test_an_h5p_json_that_is_no_object_is_refused(content):
    assert refused(package() | {"h5p.json": content}).code == Code.H5P_JSON


@pytest.mark.parametrize(
    "fields",
    [
        {"majorVersion": "een"},
        {"patchVersion": 1.5},
        {"runnable": 7},
        {"machineName": "a/b"},
        {"preloadedJs": "proef.js"},
        {"preloadedJs": [{"file": "proef.js"}]},
        {"coreApi": {"majorVersion": 1}},
        {"preloadedDependencies": [None]},
    ],
)
def test_a_library_json_that_does_not_fit_is_refused(fields):
    error = refused(changed("H5P.Proef-1.0/library.json", **fields))
    assert (error.code, error.path) == (Code.LIBRARY_JSON, "H5P.Proef-1.0/library.json")


@pytest.mark.parametrize("fields", [{"machineName": "H5P.Ander"}, {"majorVersion": 2}, {"minorVersion": 7}])
def test_a_folder_that_is_called_otherwise_than_its_library_is_refused(fields):
    error = refused(changed("H5P.Proef-1.0/library.json", **fields))
    assert (error.code, error.path) == (Code.LIBRARY_FOLDER, "H5P.Proef-1.0")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("../H5P.Ander-1.0/x.js", Code.CODE_MISSING),
        ("/etc/passwd", Code.CODE_MISSING),
        ("er/niet.js", Code.CODE_MISSING),
        ("PROEF.js", Code.CODE_MISSING),
        ("https://kwaad.nl/x.js", Code.REMOTE_CODE),
        ("//kwaad.nl/x.js", Code.REMOTE_CODE),
        ("data:text/javascript,alert(1)", Code.REMOTE_CODE),
    ],
)
@pytest.mark.parametrize("kind", ["preloadedJs", "preloadedCss"])
def test_code_outside_the_folder_or_from_elsewhere_is_refused(kind, path, code):
    error = refused(changed("H5P.Proef-1.0/library.json", **{kind: [{"path": path}]}))
    assert (error.code, error.parameters["file"]) == (code, path)


@pytest.mark.parametrize("api", [(1, 29), (2, 0), (1, "99")])
def test_a_library_for_a_later_player_is_refused(api):
    error = refused(changed("H5P.Proef-1.0/library.json", coreApi={"majorVersion": api[0], "minorVersion": api[1]}))
    assert error.code == Code.CORE_TOO_OLD
    assert error.parameters["has"] == "1.28"


def test_numbers_may_be_texts_as_in_old_packages():
    files = package(libraries=(library(majorVersion="1", minorVersion="0", runnable="1"),))
    assert [str(one) for one in resolved(files).lacking.values()] == ["H5P.Proef 1.0.0"]


def test_a_library_that_is_nowhere_is_named_with_who_needs_it():
    error = refused(package(libraries=(library(depends=("H5P.Weg 1.3",)),)))
    assert (error.code, error.path, error.parameters) == (
        Code.DEPENDENCY_MISSING,
        "H5P.Proef-1.0/library.json",
        {"library": "H5P.Weg 1.3"},
    )


def test_a_library_inside_the_content_must_be_there_too():
    content = {"vraag": {"library": "H5P.Binnen 1.1", "params": {}}}
    assert refused(package(content=content)).parameters == {"library": "H5P.Binnen 1.1"}
    both = package(content=content, libraries=(library(), library("H5P.Binnen 1.1")))
    assert name_of("H5P.Binnen 1.1") in resolved(both).lacking


def test_libraries_stand_after_what_they_need():
    files = package(
        libraries=(
            library(depends=("H5P.Midden 1.0", "H5P.Onder 1.0")),
            library("H5P.Midden 1.0", depends=("H5P.Onder 1.0",), runnable=0),
            library("H5P.Onder 1.0", runnable=0),
        )
    )
    assert [name.machine_name for name in resolved(files).order] == ["H5P.Onder", "H5P.Midden", "H5P.Proef"]


@pytest.mark.parametrize(
    "libraries",
    [
        (library(depends=("H5P.Proef 1.0",)),),
        (library(depends=("H5P.B 1.0",)), library("H5P.B 1.0", depends=("H5P.Proef 1.0",))),
        (
            library(depends=("H5P.B 1.0",)),
            library("H5P.B 1.0", depends=("H5P.C 1.0",)),
            library("H5P.C 1.0", depends=("H5P.B 1.0",)),
        ),
    ],
)
def test_libraries_that_need_each_other_are_refused(libraries):
    error = refused(package(libraries=libraries))
    assert error.code == Code.DEPENDENCY_CYCLE
    assert "→" in str(error.parameters["circle"])


def test_a_long_chain_of_libraries_is_followed_to_its_end():
    chain = [library(f"H5P.K{at} 1.0", depends=(f"H5P.K{at + 1} 1.0",)) for at in range(1100)]
    files = package("H5P.K0 1.0", libraries=(*chain, library("H5P.K1100 1.0")))
    assert len(resolved(files).order) == 1101


def test_what_only_an_editor_needs_is_left_where_it_is():
    files = package(
        libraries=(
            library(editorDependencies=needs("H5PEditor.Proef 1.0")),
            {"H5PEditor.Proef-1.0/library.json": b"{"},
        ),
        editorDependencies=needs("H5PEditor.Proef 1.0"),
    )
    assert list(resolved(files).lacking) == [name_of("H5P.Proef 1.0")]


def test_a_library_that_is_here_is_used_and_what_the_package_brings_is_not_read():
    here = Installed(name_of("H5P.Proef 1.0"), 3, (), ())
    files = {path: content for path, content in package().items() if "H5P." not in path}
    assert resolved(files, here).installed == {here.name: here}
    assert resolved(package(), here).lacking == {}


def test_a_later_patch_in_the_package_is_pointed_out():
    here = Installed(name_of("H5P.Proef 1.0"), 3, (), ())
    found = resolved(package(libraries=(library(patch=5),)), here)
    assert [str(one) for one in found.newer.values()] == ["H5P.Proef 1.0.5"]
    assert resolved(package(libraries=(library(patch=2),)), here).newer == {}


def test_a_library_that_cannot_be_played_by_itself_is_no_main_library():
    assert refused(package(libraries=(library(runnable=0),))).code == Code.NOT_RUNNABLE


def test_the_same_code_has_the_same_digest_and_other_code_another():
    def digest(**fields) -> str:
        opened = Package(zipped(package(libraries=(library(**fields),))))
        return opened.library(opened.main).digest

    assert digest() == digest()
    assert len({digest(), digest(code="anders()"), digest(patch=1)}) == 3


def test_the_player_is_told_the_main_library_first_and_nothing_for_an_editor():
    opened = Package(zipped(package(editorDependencies=needs("H5PEditor.Proef 1.0"))))
    said = json.loads(header_for_player(opened, [LibraryName("H5P.Onder", 1, 0), opened.main]))
    assert [one["machineName"] for one in said["preloadedDependencies"]] == ["H5P.Proef", "H5P.Onder"]
    assert "editorDependencies" not in said


def test_what_a_package_calls_itself_is_one_plain_line():
    said = Package(
        zipped(package(title="Wat\u202e deel\x00\n je?", authors=[{"name": "Klas\x07 2A"}, {}], license="CC\u0000"))
    ).description
    assert (said.title, said.makers, said.licence) == ("Wat deel je?", ("Klas 2A",), "CC")
    assert Package(zipped(package(title="\u202e\x00"))).description.title == "H5P.Proef 1.0"
