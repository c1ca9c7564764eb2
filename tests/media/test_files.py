"""Pictures are given to browsers; nothing else that stands beside them is."""

import io
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from tests.media import photos

pytestmark = pytest.mark.django_db
PLACE = "/bestanden/beeld/"


def put(files: Path, name: str, content: bytes = b"x" * 600) -> None:
    file = files / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def test_a_picture_is_given_to_anyone_and_asked_for_once(client, new_picture, django_assert_num_queries):
    picture = new_picture()
    assert picture.file.url.startswith(f"{django_settings.MEDIA_URL}beeld/")
    with django_assert_num_queries(0):  # no session, no user
        reply = client.get(picture.file.url)
    assert reply.status_code == 200
    assert reply["Content-Type"] == "image/jpeg"
    assert reply["Cache-Control"] == "public, max-age=31536000, immutable"
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert reply["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert reply["Content-Disposition"].startswith("inline")
    assert "Set-Cookie" not in reply
    assert photos.Image.open(io.BytesIO(reply.getvalue())).size == (640, 480)


@pytest.mark.parametrize(
    ("ending", "kind"), [("avif", "image/avif"), ("webp", "image/webp"), ("png", "image/png"), ("JPG", "image/jpeg")]
)
def test_each_form_says_what_it_is_and_is_not_packed_again(client, files, ending, kind):
    put(files, f"beeld/a.{ending}")
    reply = client.get(f"{PLACE}a.{ending}", headers={"accept-encoding": "gzip, br"})
    assert reply["Content-Type"] == kind
    assert "Content-Encoding" not in reply
    assert reply["Content-Length"] == "600"


@pytest.mark.parametrize("name", ["a.svg", "a.html", "a.js", "a", "a.jpg.exe"])
def test_what_is_no_picture_is_never_shown(client, files, name):
    """No upload makes such a file; should one ever stand there, no browser runs it."""
    put(files, f"beeld/{name}", b"<script>alert(1)</script>")
    reply = client.get(PLACE + name)
    assert reply["Content-Type"] == "application/octet-stream"
    assert reply["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "path",
    ["weg.jpg", "", "origineel", "origineel/", "../documents/geheim.jpg", "..%2fdocuments%2fgeheim.jpg", "%00.jpg",
     "..\\documents\\geheim.jpg", "x" * 5000 + ".jpg", "//etc/passwd", "%2e%2e/documents/geheim.jpg"],
)  # fmt: skip
def test_what_is_not_there_or_stands_elsewhere_is_not_given(client, files, path):
    put(files, "documents/geheim.jpg")
    put(files, "beeld/origineel/a.jpg")
    assert client.get(PLACE + path).status_code == 404


@pytest.mark.parametrize("path", ["documents/geheim.jpg", "wagtail_uploads/half.jpg", "geheim.jpg"])
def test_documents_and_half_finished_uploads_have_no_address(client, files, path):
    put(files, path)
    assert client.get(django_settings.MEDIA_URL + path).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_file_is_only_read(client, new_picture, method):
    assert getattr(client, method)(new_picture().file.url).status_code in (403, 405)


def test_a_head_tells_the_size(client, files):
    put(files, "beeld/a.png")
    assert client.head(f"{PLACE}a.png")["Content-Length"] == "600"
