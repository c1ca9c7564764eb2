"""Files in a real S3: the object storage of docker-compose.yml, started here."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile

from lms import env
from lms.object_storage import ObjectStorage
from media.h5p.files import delete_files
from tests.e2e.serving import free_port

IDENTITY = """{"identities": [{"name": "kortwijs", "credentials": [{"accessKey": "kortwijs", "secretKey": "geheim"}],
"actions": ["Admin", "Read", "Write", "List", "Tagging"]}]}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("objects")
    (folder / "identity.json").write_text(IDENTITY)
    ports = {name: free_port() for name in ("master.port", "volume.port", "filer.port", "s3.port")}
    grpc = {f"{name}.grpc": free_port() for name in ports}
    process = subprocess.Popen(
        [
            Path(sys.executable).parent / "weed", "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
            "-s3", "-s3.port.iceberg=0", "-s3.port.lance=0",
            f"-s3.config={folder / 'identity.json'}", "-master.volumeSizeLimitMB=64",
            *(f"-{name}={port}" for name, port in (ports | grpc).items()),
        ],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    found = f"http://127.0.0.1:{ports['s3.port']}"
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{found}/healthz", timeout=2).close()
            break
        except OSError:
            time.sleep(0.1)
    yield found
    process.kill()
    process.wait(30)


@pytest.fixture
def storage(address: str) -> ObjectStorage:
    made = ObjectStorage(
        endpoint_url=address, bucket_name="kortwijs", access_key="kortwijs", secret_key="geheim",
        region_name="us-east-1", location="media", base_url="/bestanden/",
    )  # fmt: skip
    made.make_bucket()
    return made


def test_the_bucket_is_made_once(storage: ObjectStorage):
    assert storage.make_bucket() is False


def test_a_file_comes_back_as_it_went(storage: ObjectStorage):
    name = storage.save("beeld/één foto.jpg", ContentFile(b"\x00\xff" * 4_000_000))
    with storage.open(name) as file:
        assert file.read() == b"\x00\xff" * 4_000_000
    storage.delete(name)
    assert not storage.exists(name)


def test_a_second_file_of_one_name_gets_another_name(storage: ObjectStorage):
    first = storage.save("a.txt", ContentFile(b"een"))
    second = storage.save("a.txt", ContentFile(b"twee"))
    assert first != second
    assert storage.open(first).read() == b"een"


def test_people_meet_an_address_of_our_own_site(storage: ObjectStorage):
    assert storage.url("beeld/één foto.jpg") == "/bestanden/beeld/%C3%A9%C3%A9n%20foto.jpg"


def test_what_is_not_public_has_no_address(address: str):
    private = ObjectStorage(endpoint_url=address, bucket_name="kortwijs", access_key="kortwijs", secret_key="geheim")
    with pytest.raises(ValueError, match="not accessible"):
        private.url("geheim.pdf")


def test_a_stranger_without_the_key_gets_nothing(storage: ObjectStorage, address: str):
    storage.save("geheim.txt", ContentFile(b"van Anna"))
    with pytest.raises(OSError, match="403"):
        urllib.request.urlopen(f"{address}/kortwijs/media/geheim.txt", timeout=5)


def test_a_folder_of_h5p_is_taken_away_whole(storage: ObjectStorage, monkeypatch):
    monkeypatch.setattr("media.h5p.files.default_storage", storage)
    for name in ("h5p/1/a.js", "h5p/1/deep/b.js", "h5p/2/c.js"):
        storage.save(name, ContentFile(b"x"))
    delete_files("h5p/1")
    assert not storage.exists("h5p/1/a.js")
    assert not storage.exists("h5p/1/deep/b.js")
    assert storage.exists("h5p/2/c.js")


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"S3_URL": "objects:8333", "S3_BUCKET": "kortwijs", "S3_KEY": "a", "S3_SECRET": "b"}, "S3_URL"),
        ({"S3_URL": "http://objects:8333", "S3_BUCKET": "Kort Wijs", "S3_KEY": "a", "S3_SECRET": "b"}, "S3_BUCKET"),
        ({"S3_URL": "http://objects:8333", "S3_BUCKET": "kortwijs", "S3_SECRET": "b"}, "S3_KEY"),
        ({"S3_URL": "http://objects:8333", "S3_BUCKET": "kortwijs", "S3_KEY": "a"}, "S3_SECRET"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(monkeypatch, given: dict[str, str], named: str):
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=named):
        env.objects("S3")


def test_without_an_address_files_stay_in_the_folder(monkeypatch):
    monkeypatch.delenv("S3_URL", raising=False)
    assert env.objects("S3") == {}
