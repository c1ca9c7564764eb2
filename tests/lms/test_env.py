"""A value that makes no sense stops the start with the name of the variable, and never repeats a secret."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from lms import env

NAME = "PROEF"


def complaint(monkeypatch, read, value: str) -> str:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured) as caught:
        read()
    said = str(caught.value)
    assert said.startswith(f"Instelling {NAME}")
    assert "verwacht" in said
    return said


@pytest.mark.parametrize("value", ["productie", "EMBEDDED", "a,b", "geheim"])
def test_a_choice_names_the_options(monkeypatch, value):
    said = complaint(monkeypatch, lambda: env.choice(NAME, ("embedded", "production"), "embedded"), value)
    assert "embedded, production" in said
    assert value not in said.replace("embedded", "")


@pytest.mark.parametrize("value", ["ja", "2", "waar", "nope", "geheim", "1 0"])
def test_a_flag_is_yes_or_no(monkeypatch, value):
    assert "geheim" not in complaint(monkeypatch, lambda: env.flag(NAME, False), value)


@pytest.mark.parametrize(
    ("value", "read"),
    [("1", True), ("0", False), ("TRUE", True), ("no", False), ("on", True), ("Off", False), ("", True), (" 1 ", True)],
)
def test_a_flag_reads_the_usual_words(monkeypatch, value, read):
    monkeypatch.setenv(NAME, value)
    assert env.flag(NAME, default=True) is read


@pytest.mark.parametrize(
    "value", ["x", "0", "65536", "-1", "--5", "80.0", "8 0", "²", "9" * 5000, "1e3", "0x50", "80;", "\u0668x"]
)
def test_a_number_lies_within_its_bounds(monkeypatch, value):
    assert "van 1 tot en met 65535" in complaint(monkeypatch, lambda: env.number(NAME, 8000, 1, 65535), value)


@pytest.mark.parametrize(
    "value",
    [
        "kortwijs.nl", "ftp://kortwijs.nl", "https://", "https://a b", "https://a/b/c", "://x", "https:/x", "geheim",
        "https://leren.nl:poort", "https://leren.nl:99999", "https://:80", "https://?x=1",
    ],
)  # fmt: skip
def test_an_address_is_that_of_a_site(monkeypatch, value):
    assert "geheim" not in complaint(monkeypatch, lambda: env.address(NAME, "http://x"), value)


@pytest.mark.parametrize(
    "value", ["https://leren.nl", "https://leren.nl/", "http://localhost:8000", "http://[::1]:8000"]
)
def test_a_good_address_is_taken_without_its_last_slash(monkeypatch, value):
    monkeypatch.setenv(NAME, value)
    assert env.address(NAME, "http://x") == value.rstrip("/")


@pytest.mark.parametrize(
    "value",
    [
        "geheim", "mysql://u:geheim@host/db", "postgres://u:geheim@host:poort/db", "postgres://u:geheim@host:5432/",
        "postgres://u:geheim@host", "postgres://u:ge/heim@host:5432/db", "oracle://u:geheim@host/db", "://",
    ],
)  # fmt: skip
def test_a_database_is_postgres_or_sqlite(monkeypatch, value):
    said = complaint(monkeypatch, lambda: env.database(NAME, "sqlite:////tmp/x"), value)
    assert "geheim" not in said
    assert "heim@" not in said


@pytest.mark.parametrize("value", ["localhost:6379", "http://redis", "memcached://x", "geheim"])
def test_redis_has_its_own_kind_of_address(monkeypatch, value):
    assert "geheim" not in complaint(monkeypatch, lambda: env.redis(NAME), value)


def test_without_a_value_the_default_is_used(monkeypatch):
    monkeypatch.delenv(NAME, raising=False)
    assert env.text(NAME, "x") == "x"
    assert env.redis(NAME) == ""
    assert env.number(NAME, 5, 1, 9) == 5
    monkeypatch.setenv(NAME, "")
    assert env.choice(NAME, ("a", "b"), "b") == "b"
    assert env.number(NAME, 5, 1, 9) == 5
    assert env.words(NAME, "") == []


def test_words_are_separated_by_commas(monkeypatch):
    monkeypatch.setenv(NAME, " leren.nl , ,www.leren.nl,")
    assert env.words(NAME) == ["leren.nl", "www.leren.nl"]


def test_a_folder_becomes_absolute(monkeypatch):
    monkeypatch.setenv(NAME, "~/kortwijs")
    assert env.folder(NAME, Path("x")) == Path.home().resolve() / "kortwijs"


def test_a_secret_can_come_from_a_file(monkeypatch, tmp_path):
    file = tmp_path / "secret"
    file.write_text("uit een bestand\n")
    monkeypatch.setenv("PROEF_GOED_FILE", str(file))
    assert env.text("PROEF_GOED") == "uit een bestand"


@pytest.mark.parametrize("kind", ["WEG", "MAP", "BYTES"])
def test_a_secret_file_that_cannot_be_read_is_named(monkeypatch, tmp_path, kind):
    place = {"WEG": tmp_path / "weg", "MAP": tmp_path, "BYTES": tmp_path / "bytes"}[kind]
    (tmp_path / "bytes").write_bytes(b"\xff\xfegeheim")
    monkeypatch.setenv(f"PROEF_{kind}_FILE", str(place))
    with pytest.raises(ImproperlyConfigured) as caught:
        env.text(f"PROEF_{kind}")
    assert f"PROEF_{kind}_FILE" in str(caught.value)
    assert "geheim" not in str(caught.value)


def test_a_mail_server_is_an_address(monkeypatch):
    assert env.mail(NAME, "") == {}
    assert env.mail(NAME, "consolemail://")["EMAIL_BACKEND"].endswith("console.EmailBackend")
    monkeypatch.setenv(NAME, "smtp+tls://leren:ge%40heim@post.voorbeeld.nl:587")
    found = env.mail(NAME, "")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("post.voorbeeld.nl", 587)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("leren", "ge@heim")
    assert found["EMAIL_USE_TLS"] is True


@pytest.mark.parametrize("value", ["smtp", "geheim", "http://u:geheim@h", "smtp+tls://", "smtp+tls://u:geheim@h:poort"])
def test_what_is_no_mail_server_is_refused_without_repeating_it(monkeypatch, value):
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured) as caught:
        env.mail(NAME, "")
    assert "geheim" not in str(caught.value)
