"""Who finds a hole in the security finds whom to tell, where RFC 9116 says; an address nobody set is not made up."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured

from lms import env

PLACE = "/.well-known/security.txt"


def fields(client) -> dict[str, str]:
    reply = client.get(PLACE)
    assert reply["Content-Type"] == "text/plain; charset=utf-8"
    return dict(line.split(": ", 1) for line in reply.content.decode().splitlines())


def test_without_a_contact_there_is_no_such_page(client, db):
    assert client.get(PLACE).status_code == 404


def test_it_names_the_contact_and_holds_for_half_a_year_from_when_it_is_asked(client, db, settings):
    settings.SECURITY_CONTACT = "mailto:veilig@voorbeeld.nl"
    for day in (datetime(2026, 1, 5, 12, tzinfo=UTC), datetime(2029, 7, 1, tzinfo=UTC)):
        with time_machine.travel(day, tick=False):
            found = fields(client)
            until = datetime.fromisoformat(found["Expires"])
            assert timedelta(178) < until - day < timedelta(365)
    assert found["Contact"] == "mailto:veilig@voorbeeld.nl"
    assert found["Canonical"] == f"{settings.BASE_URL}{PLACE}"
    assert client.post(PLACE).status_code == 405


@pytest.mark.parametrize(
    ("given", "kept"),
    [("", ""), ("veilig@voorbeeld.nl", "mailto:veilig@voorbeeld.nl"), ("mailto:a@b.nl", "mailto:a@b.nl"),
     ("https://voorbeeld.nl/melden?x=1", "https://voorbeeld.nl/melden?x=1")],
)  # fmt: skip
def test_a_contact_is_an_address_that_a_browser_opens(monkeypatch, given, kept):
    monkeypatch.setenv("SECURITY_CONTACT", given)
    assert env.contact("SECURITY_CONTACT") == kept


@pytest.mark.parametrize("given", ["x", "http://voorbeeld.nl/", "a@b", "javascript:x", "a@b.nl\nX: y", "https://x y/"])
def test_what_is_none_stops_the_start(monkeypatch, given):
    monkeypatch.setenv("SECURITY_CONTACT", given)
    with pytest.raises(ImproperlyConfigured, match="SECURITY_CONTACT"):
        env.contact("SECURITY_CONTACT")
