"""What lies in a package is what it says it is; what would run in a text or drawing is not kept."""

import json
from typing import Any

import pytest

from media.h5p.core.code import runs_text_as_code, sites_of_style
from media.h5p.core.content import clean_texts, hints_in, sites_in
from media.h5p.core.content_types import CONTENT, LIBRARY, NOT_KEPT, clean_file
from media.h5p.core.errors import Code, PackageError
from media.h5p.core.limits import DEFAULT, Limits
from media.h5p.core.package import Package, resolve
from media.h5p.core.parsing import parse_json
from media.h5p.core.svg import clean_svg
from tests.media.h5p.packages import PNG, package, zipped

HTML = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%s<path d="M0 0h9"/></svg>'


def refused(files: dict[str, bytes], limits: Limits = DEFAULT) -> PackageError:
    with pytest.raises(PackageError) as error:
        resolve(Package(zipped(files), limits=limits), lambda _: None)
    return error.value


@pytest.mark.parametrize("extension", sorted(LIBRARY - {"js", "css", "txt"} - NOT_KEPT))
def test_html_under_another_extension_is_refused(extension):
    path = f"content/bestand.{extension}" if extension in CONTENT else f"H5P.Proef-1.0/bestand.{extension}"
    error = refused(package() | {path: HTML})
    assert error.code in (Code.OTHER_KIND, Code.NOT_JSON, Code.SVG)
    assert error.path == path


@pytest.mark.parametrize(
    ("extension", "content"),
    [
        ("png", PNG),
        ("jpg", b"\xff\xd8\xff\xe0" + b"x" * 20),
        ("gif", b"GIF89a"),
        ("webp", b"RIFF\0\0\0\0WEBPVP8 "),
        ("wav", b"RIFF\0\0\0\0WAVEfmt "),
        ("mp4", b"\0\0\0\x18ftypmp42"),
        ("mp3", b"\0\0\0\xff\xfb\x90\0"),
        ("mp3", b"ID3\4"),
        ("ogg", b"OggS"),
        ("webm", b"\x1a\x45\xdf\xa3"),
        ("vtt", b"\xef\xbb\xbfWEBVTT\n"),
        ("glb", b"glTF"),
        ("gltf", b'{"asset": {"version": "2.0"}}'),
        ("eot", bytes(34) + b"LP"),
        ("otf", b"OTTO"),
        ("woff2", b"wOF2"),
    ],
)
def test_a_file_that_is_what_it_says_is_kept_as_it_is(extension, content):
    assert clean_file(content, f"bestand.{extension}", DEFAULT) == content
    with pytest.raises(PackageError):
        clean_file(b"\0" + content, f"bestand.{extension}", DEFAULT) if extension != "mp3" else clean_file(
            b"x" + content, "bestand.mp3", DEFAULT
        )


@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_a_picture_under_the_extension_of_another_kind_is_refused(kind):
    other = {"png": b"\xff\xd8\xff\xe0", "jpg": PNG}[kind]
    assert refused(package() | {f"content/plaat.{kind}": other}).code == Code.OTHER_KIND


def test_bytes_that_no_text_holds_are_no_text():
    assert refused(package() | {"content/lees.txt": b"MZ\0\0"}).code == Code.OTHER_KIND
    assert refused(package() | {"H5P.Proef-1.0/proef.js": b"\0asm"}).code == Code.OTHER_KIND


@pytest.mark.parametrize(
    "part",
    [
        b"<script>alert(1)</script>",
        b'<path onclick="alert(1)" d="M0 0"/>',
        b'<a href="javascript:alert(1)"><path d="M0 0"/></a>',
        b"<foreignObject><iframe src='https://kwaad.nl'/></foreignObject>",
        b'<image href="https://kwaad.nl/x.png"/>',
        b'<use href="data:image/svg+xml;base64,PHN2Zz4="/>',
        b"<style>@import 'https://kwaad.nl/x.css'; path{fill:url(https://kwaad.nl/y)}</style>",
    ],
)
def test_a_drawing_keeps_what_draws_and_loses_what_runs(part):
    clean = clean_svg(SVG % part, "x.svg", DEFAULT)
    assert b"M0 0h9" in clean
    for hostile in (b"alert", b"javascript", b"https://kwaad.nl", b"foreignObject", b"data:image/svg", b"<script"):
        assert hostile not in clean.replace(b"<style>https://kwaad.nl", b"<style>")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg",
        b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
        b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>',
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
        SVG % b'<set attributeName="onmouseover" to="alert(1)"/>',
        SVG % b'<a><animate attributeName="xlink:href" values="javascript:alert(1)"/></a>',
        SVG % (b"<g>" * 100_000),
        SVG % (b"<g>" * 100 + b"</g>" * 100),
        SVG % (b"<g/>" * 20_001),
        SVG % (b"<!--" + b"x" * 2_000_000 + b"-->"),
        b"\xff\xfe" + (SVG % b"").decode().encode("utf-16-le")[:-7],
    ],
)
def test_a_drawing_that_is_none_or_would_fill_the_memory_is_refused(content):
    with pytest.raises(PackageError):
        clean_svg(content, "x.svg", DEFAULT)


def test_a_drawing_in_a_library_is_kept_clean():
    files = package() | {"H5P.Proef-1.0/pijl.svg": SVG % b"<script>alert(1)</script>"}
    opened = Package(zipped(files))
    kept = dict(opened.library_files(opened.main))
    assert b"script" not in kept["pijl.svg"]
    assert b"M0 0h9" in kept["pijl.svg"]


def test_notes_of_who_made_a_library_are_not_kept():
    files = package() | {"H5P.Proef-1.0/README.md": b"# \0", "H5P.Proef-1.0/na-bijwerken.diff": b"+"}
    opened = Package(zipped(files))
    assert set(opened.library(opened.main).files) == {"library.json", "proef.js", "proef.css"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"[" * 100_000 + b"]" * 100_000, Code.JSON_TOO_DEEP),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, Code.JSON_TOO_DEEP),
        (b"[" * 65 + b"]" * 65, Code.JSON_TOO_DEEP),
        (b'{"a": NaN}', Code.NOT_JSON),
        (b'{"a": Infinity}', Code.NOT_JSON),
        (b'{"a": -Infinity}', Code.NOT_JSON),
        (b"{'a': 1}", Code.NOT_JSON),
        (b'{"a": 1', Code.NOT_JSON),
        (b"\xff\xfe{\0}\0", Code.NOT_JSON),
        (b"", Code.NOT_JSON),
        (b"[1, 2]", Code.NOT_JSON),
        (b"null", Code.NOT_JSON),
        (b'{"a": ' + b"9" * 5000 + b"}", Code.NOT_JSON),
        (b'{"a": "\\ud800"}', Code.NOT_JSON),
    ],
)
def test_content_that_is_no_sound_json_is_refused(content, code):
    error = refused(package() | {"content/content.json": content})
    assert (error.code, error.path) == (code, "content/content.json")


@pytest.mark.parametrize("content", [b"[" + b"{}," * 400_000 + b"{}]", b'"' + b"a" * 4_000_000 + b'"'])
def test_json_that_a_parser_would_make_too_much_of_is_refused_before_it_is_parsed(content):
    with pytest.raises(PackageError) as error:
        parse_json(content, "x", DEFAULT)
    assert error.value.code == Code.JSON_TOO_LARGE


def test_brackets_in_a_text_are_text():
    assert parse_json(b'{"a": "' + b"[" * 500 + b'\\"]", "b": 1}', "x", DEFAULT)["b"] == 1
    assert parse_json(b"\xef\xbb\xbf{}", "x", DEFAULT) == {}


@pytest.mark.parametrize(
    "text",
    [
        "<p>Hoi<script>alert(1)</script></p>",
        "<p onclick='alert(1)'>Hoi</p>",
        '<img src="x" onerror="alert(1)">Hoi',
        '<a href="javascript:alert(1)">Hoi</a>',
        '<iframe src="https://kwaad.nl"></iframe>Hoi',
        "<svg><script>alert(1)</script></svg>Hoi",
        "<ScRiPt\n>alert(1)</script>Hoi",
    ],
)
def test_what_would_run_in_a_text_is_taken_out(text):
    clean, count = clean_texts({"vragen": [{"tekst": text}]})
    said = clean["vragen"][0]["tekst"]
    assert "Hoi" in said
    assert count == 1
    assert not any(part in said for part in ("alert", "kwaad", "javascript", "onerror"))


def test_an_address_that_would_run_is_taken_out():
    links = {
        "a": "javascript:alert(1)",
        "b": " JavaScript :x",
        "c": "data:text/html,<script>",
        "d": "https://voorbeeld.nl",
    }
    assert clean_texts(links) == ({"a": "", "b": "", "c": "", "d": "https://voorbeeld.nl"}, 3)


@pytest.mark.parametrize(
    "text", ["a < b en b > c", "<p>Vul <strong>in</strong>: *antwoord*</p>", r"\(x<y\)", "Klik op de on-knop = aan"]
)
def test_other_texts_stay_as_they_are(text):
    assert clean_texts({"a": text}) == ({"a": text}, 0)


def test_what_is_kept_of_content_json_is_clean():
    opened = Package(zipped(package(content={"a": "<b>x</b><script>alert(1)</script>"})))
    assert json.loads(dict(opened.content_files())["content.json"]) == {"a": "<b>x</b>"}
    assert opened.description.cleaned == 1


def test_other_sites_in_content_are_named_and_links_are_not():
    content = {
        "video": [{"path": "https://www.youtube.com/watch?v=x", "mime": "video/YouTube"}],
        "tekst": '<img src="//cdn.voorbeeld.nl/x.png"> <a href="https://lezen.voorbeeld.nl">lees</a>',
        "plaat": {"path": "images/x.png", "mime": "image/png", "copyright": {"source": "https://flickr.com/x"}},
        "stuk": "http://[::1",
    }
    assert sites_in(content) == ("cdn.voorbeeld.nl", "www.youtube.com")


def test_what_to_mind_for_who_cannot_see_or_hear_it_is_counted():
    picture: dict[str, Any] = {"path": "images/x.png", "mime": "image/png"}
    film = {"files": [{"path": "x.mp4", "mime": "video/mp4"}]}
    content = {
        "a": {"file": picture},
        "b": {"file": picture, "alt": "Een balie"},
        "c": {"file": picture, "decorative": True},
        "film": film,
        "film2": {**film, "textTracks": {"videoTrack": [{"track": {"path": "x.vtt", "mime": "text/webvtt"}}]}},
        "geluid": {"audio": [{"path": "x.mp3", "mime": "audio/mp3"}]},
    }
    found = {hint.code: hint.count for hint in hints_in(content)}
    assert found == {"picture-without-words": 1, "film-without-subtitles": 1, "sound-without-text": 1}


@pytest.mark.parametrize(
    ("script", "runs"),
    [
        (b"var f = new Function('a', 'return a');", True),
        (b"eval(text)", True),
        (b"root = new Function('return this')();", False),
        (b"this.eval(x); medieval(x); // evaluate", False),
        (b"H5P.Proef = function () {};", False),
    ],
)
def test_code_that_makes_code_of_text_is_marked(script, runs):
    assert runs_text_as_code(script) is runs


@pytest.mark.parametrize(
    ("style", "sites"),
    [
        (b"@import url('https://fonts.googleapis.com/css');", {"fonts.googleapis.com"}),
        (b"a { background: url(//Kwaad.nl/x.png) }", {"kwaad.nl"}),
        (b"/* from https://voorbeeld.nl url(https://x.nl) */ a { background: url(../x.png) }", set()),
        (b"a { background: url(data:image/png;base64,AA) }", set()),
    ],
)
def test_the_sites_that_a_style_sheet_would_call_are_named(style, sites):
    assert sites_of_style(style) == sites


@pytest.mark.parametrize("content", [b"/*/ " * 300_000, b"url(" + b" " * 1_000_000, b"@import " * 200_000])
def test_a_style_sheet_that_never_ends_is_read_once(content):
    """A pattern that goes back over what it read would be at it for hours (make bench-h5p has the times)."""
    assert sites_of_style(content) == set()


@pytest.mark.parametrize(
    "text", ["<a " * 300_000, "<" + " " * 1_000_000 + "x", " on" + "x" * 1_000_000, "java" * 300_000]
)
def test_a_text_that_never_ends_is_read_once(text):
    assert "script" not in clean_texts({"a": text})[0]["a"]
    assert sites_in({"a": text}) == ()


def test_json_with_a_text_that_never_ends_is_read_once():
    with pytest.raises(PackageError):
        parse_json(b'"' + b'\\"' * 1_000_000, "x", DEFAULT)
