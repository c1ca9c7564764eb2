"""A zip that would escape, hide, burst or deceive is refused before anything of it is unpacked."""

import io
import stat
import struct
import unicodedata
import zipfile

import pytest

from media.h5p.core.archive import Archive
from media.h5p.core.errors import Code, PackageError
from media.h5p.core.limits import DEFAULT, Limits
from media.h5p.core.package import Package
from tests.media.h5p.packages import PNG, package, patched, zip_entries, zipped, zipped_with

CONTENT = "content/content.json"


def refused(file: io.BytesIO, limits: Limits = DEFAULT) -> PackageError:
    with pytest.raises(PackageError) as error:
        Package(file, limits=limits)
    return error.value


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../buiten.png", Code.NAME_ESCAPES),
        ("content/../../buiten.png", Code.NAME_ESCAPES),
        ("/etc/plaat.png", Code.NAME_ESCAPES),
        ("C:/plaat.png", Code.NAME_ESCAPES),
        ("c:plaat.png", Code.NAME_ESCAPES),
        ("content\\plaat.png", Code.NAME_ESCAPES),
        ("..\\plaat.png", Code.NAME_ESCAPES),
        ("//server/plaat.png", Code.NAME_ESCAPES),
        ("content//plaat.png", Code.NAME_ESCAPES),
        ("content/./plaat.png", Code.NAME_ESCAPES),
        ("content/plaat.png:stroom", Code.NAME_ESCAPES),
        ("content/gnp.\u202etaalp.png", Code.NAME_CHARACTERS),
        ("content/pla\u200dat.png", Code.NAME_CHARACTERS),
        ("content/plaat\x07.png", Code.NAME_CHARACTERS),
        ("content/plaat\n.png", Code.NAME_CHARACTERS),
        ("content/plaat.php\x00.png", Code.NAME_CHARACTERS),
        ("content/plaat?.png", Code.NAME_CHARACTERS),
        ("content/plaat.png.", Code.NAME_CHARACTERS),
        ("content/plaat.png ", Code.NAME_CHARACTERS),
        ("content/map./plaat.png", Code.NAME_CHARACTERS),
        ("content/" + "a" * 250 + ".png", Code.NAME_TOO_LONG),
        ("content/" + "é" * 125 + ".png", Code.NAME_TOO_LONG),
        ("content/" + "a/" * 21 + "b.png", Code.NAME_TOO_LONG),
        ("content/.htaccess", Code.NAME_HIDDEN),
        (".git/config.json", Code.NAME_HIDDEN),
        ("content/.verborgen/plaat.png", Code.NAME_HIDDEN),
        ("content/plaat", Code.EXTENSION),
        ("content/plaat.php", Code.EXTENSION),
        ("content/plaat.png.exe", Code.EXTENSION),
        ("content/blad.html", Code.EXTENSION),
        ("content/tekening.svg", Code.EXTENSION),
        ("content/programma.js", Code.EXTENSION),
        ("H5P.Proef-1.0/achterdeur.php", Code.EXTENSION),
        ("H5P.Proef-1.0/LICENSE", Code.EXTENSION),
        ("H5P.Ander-9.9/achterdeur.phtml", Code.EXTENSION),
    ],
)
def test_a_name_that_escapes_hides_or_deceives_is_refused(name, code):
    error = refused(zipped_with(name))
    assert error.code == code
    assert not any(unicodedata.category(letter).startswith("C") for letter in error.path)


@pytest.mark.parametrize(
    "names",
    [
        ("content/plaat.png", "content/PLAAT.png"),
        ("content/images/a.png", "content/Images/b.png"),
        ("content/straße.png", "content/STRASSE.png"),
        ("content/caf\u00e9.png", "content/cafe\u0301.png"),
        ("content/plaat.png", "content/plaat.png"),
        ("content/a.png", "content/a.png/b.png"),
        ("content/a.png/b.png", "content/a.png"),
        ("Content/plaat.png", "content/plaat.png"),
    ],
)
def test_names_that_are_one_on_another_computer_are_refused(names):
    entries = [*package().items(), *((name, PNG) for name in names)]
    assert refused(zip_entries(entries)).code == (Code.NAME_TWICE if names[0] == names[1] else Code.NAME_TWINS)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFDIR])
def test_what_is_no_plain_file_is_refused(kind):
    error = refused(zipped_with("content/koppeling.png", b"/etc/passwd", mode=kind | 0o777))
    assert (error.code, error.path) == (Code.SPECIAL_FILE, "content/koppeling.png")


def test_folders_and_what_a_mac_leaves_behind_do_no_harm():
    entries = [("content/", b""), *package().items(), ("__MACOSX/content/._content.json", b"\0"), (".DS_Store", b"\0")]
    assert "content/.DS_Store" not in Package(zip_entries(entries)).files


def test_a_bomb_is_refused_without_being_unpacked():
    assert refused(zipped_with("content/leeg.bmp", b"BM" + bytes(15_000_000))).code == Code.BOMB
    assert refused(zipped_with("content/leeg.bmp", b"BM" + bytes(17_000_000))).code == Code.FILE_TOO_BIG


def test_many_small_bombs_are_one_bomb():
    entries = [(f"content/{number}.txt", bytes(900_000)) for number in range(80)]
    assert refused(zip_entries([*package().items(), *entries])).code == Code.TOO_BIG_INSIDE
    assert refused(zip_entries([*package().items(), *entries[:60]])).code == Code.BOMB


def test_a_bomb_that_lies_about_its_size_is_held_to_it():
    small = struct.pack("<L", 100)
    file = patched(zipped_with("content/leeg.txt", bytes(5_000_000)), "content/leeg.txt", place=24, value=small)
    error = refused(file)
    assert (error.code, error.path) == (Code.CORRUPT, "content/leeg.txt")


def test_an_entry_that_says_it_is_longer_than_it_is_is_broken():
    file = zipped_with("content/kort.txt", b"kort")
    assert refused(patched(file, "content/kort.txt", place=24, value=struct.pack("<L", 4000))).code == Code.CORRUPT


@pytest.mark.parametrize("flag", [b"\x01", b"\x41"])
def test_an_encrypted_entry_is_refused(flag):
    error = refused(patched(zipped(package()), CONTENT, place=8, value=flag, local=6))
    assert (error.code, error.path) == (Code.ENCRYPTED, CONTENT)


def test_an_entry_that_is_encrypted_only_in_its_own_head_is_refused():
    content = bytearray(zipped(package()).getvalue())
    content[6] |= 1
    assert refused(io.BytesIO(bytes(content))).code == Code.ENCRYPTED


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_compression_is_refused(method):
    entry = zipfile.ZipInfo("content/plaat.png")
    out = zipped(package())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(entry, PNG, method)
    assert refused(out).code == Code.COMPRESSION


def test_entries_in_each_others_bytes_are_refused():
    """As in a zip quine or D. Fifield's bomb: one piece of packed data under many names."""
    files = package() | {"content/a.txt": b"a" * 5000, "content/b.txt": b"a" * 5000}
    file = zipped(files, store=True)
    first = file.getvalue().index(b"content/a.txt") - 30
    file = patched(file, "content/b.txt", place=42, value=struct.pack("<L", first))
    assert refused(file).code in (Code.OVERLAP, Code.CORRUPT)
    content = bytearray(zipped(package()).getvalue())
    content[18:22] = struct.pack("<L", 60_000)
    listed = content.rindex(b"h5p.json") - 46
    content[listed + 20 : listed + 24] = struct.pack("<L", 60_000)
    assert refused(io.BytesIO(bytes(content))).code == Code.OVERLAP


def test_a_name_that_differs_between_list_and_entry_is_refused():
    content = bytearray(zipped(package() | {"content/plaat.png": PNG}).getvalue())
    at = content.index(b"content/plaat.png")
    content[at : at + 17] = b"content/plaat.php"
    assert refused(io.BytesIO(bytes(content))).code == Code.CORRUPT


@pytest.mark.parametrize("content", [b"", b"PK", b"dit is geen pakket", b"PK\x03\x04" + bytes(100), b"%PDF-1.4"])
def test_what_is_no_zip_is_refused(content):
    assert refused(io.BytesIO(content)).code == Code.NOT_A_ZIP


@pytest.mark.parametrize("cut", [10, 60, 200])
def test_half_a_package_is_refused(cut):
    whole = zipped(package()).getvalue()
    assert refused(io.BytesIO(whole[:-cut])).code in (Code.NOT_A_ZIP, Code.CORRUPT)
    assert refused(io.BytesIO(whole[cut:])).code == Code.CORRUPT


def test_a_package_behind_another_file_is_refused():
    """A picture or a page that is a package too."""
    assert refused(io.BytesIO(b"<html></html>" + zipped(package()).getvalue())).code == Code.CORRUPT
    assert refused(io.BytesIO(zipped(package()).getvalue() + b"<html></html>")).code == Code.CORRUPT


def test_broken_bytes_in_an_entry_are_noticed():
    content = bytearray(zipped(package() | {"content/lang.txt": b"abc" * 5000}, store=True).getvalue())
    at = content.index(b"abcabc")
    content[at + 50] ^= 0xFF
    error = refused(io.BytesIO(bytes(content)))
    assert (error.code, error.path) == (Code.CORRUPT, "content/lang.txt")


def test_sixty_thousand_entries_are_refused_by_the_count_alone(monkeypatch):
    entries = {f"content/{number}.txt": b"" for number in range(60_000)}
    file = zipped(entries, store=True)
    monkeypatch.setattr(zipfile, "ZipFile", None)  # nothing is made of them
    error = refused(file)
    assert (error.code, error.parameters) == (Code.TOO_MANY_FILES, {"most": 10_000})


def test_a_list_that_says_it_is_short_is_counted_all_the_same(monkeypatch):
    file = zipped({f"content/{number}.txt": b"" for number in range(300)}, store=True)
    content = bytearray(file.getvalue())
    content[-14:-10] = struct.pack("<2H", 3, 3)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert refused(io.BytesIO(bytes(content))).code == Code.CORRUPT
    assert refused(io.BytesIO(bytes(content)), Limits(files=100)).code == Code.TOO_MANY_FILES


def test_a_zip64_list_that_says_something_else_is_refused():
    content = zipped(package()).getvalue()
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    assert refused(io.BytesIO(content[:-22] + locator + content[-22:])).code == Code.CORRUPT


def test_a_file_that_is_too_big_is_refused_by_its_size():
    assert refused(zipped(package()), Limits(archive_bytes=100)).code == Code.TOO_BIG


def test_an_entry_is_read_to_the_limit_and_no_further():
    archive = Archive(zipped({"lang.txt": b"a" * 1000}), DEFAULT)
    with pytest.raises(PackageError) as error:
        archive.read("lang.txt", most=999)
    assert error.value.code == Code.FILE_TOO_BIG
    assert len(archive.read("lang.txt", most=1000)) == 1000
