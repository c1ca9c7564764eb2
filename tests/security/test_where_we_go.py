"""Every address that somebody gives and the server asks: none leads to a machine of our own network."""

import re
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site

from tests.security.tally import Tally, tally
from xapi.outgoing import NotReached, is_public

pytestmark = pytest.mark.django_db
OURS = (
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "localhost", "localhost.", "10.0.0.1",
    "172.16.0.1", "192.168.0.1", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "[fd00::1]",
    "[fe80::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "127.0.0.1.", "①②⑦.⓪.⓪.①", "user@127.0.0.1",
    "1.1.1.1@127.0.0.1", "127.0.0.1#@1.1.1.1", "127.0.0.1\\@1.1.1.1", "metadata.google.internal", "100.64.0.1",
)  # fmt: skip
SCHEMES = ("https://{}/", "https://{}:8443/x?y", "http://{}/", "file://{}/etc/passwd", "gopher://{}/", "ftp://{}/",
           "//{}/", "HTTPS://{}/", " https://{}/", "https:{}", "dict://{}/", "https://{}%00.nl/")  # fmt: skip
NAMES = ("10.0.0.1", "127.0.0.1", "::1", "169.254.169.254", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::",
         "fec0::1", "224.0.0.1", "0.0.0.0")  # fmt: skip


@pytest.fixture
def lines(monkeypatch, settings) -> list[Any]:
    """As in production. What was connected to; nothing really is."""
    settings.XAPI_PRIVATE_HOSTS = settings.LTI_PRIVATE_HOSTS = settings.SIGN_ON_PRIVATE_HOSTS = False
    went: list[Any] = []

    def connect(place: Any, *_: Any, **__: Any) -> socket.socket:
        went.append(place)
        raise OSError("nobody there")

    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(socket.socket, "connect", lambda _, place: connect(place))
    return went


def ways() -> dict[str, Any]:
    """What asks an address: (how, what it raises when it may not)."""
    from pylti1p3.exception import LtiException

    from integrations.lti.fetch import GuardedSession
    from integrations.single_sign_on.fetch import NotAsked, ask, until_when
    from xapi.forwarding.client import Lrs

    return {
        "a record store": (lambda url: Lrs(url, "1.0.3", "k", "s", 2).post(b"[]", "application/json"), NotReached),
        "an OpenID provider": (lambda url: ask(url, until=until_when()), NotAsked),
        "a learning system, asked": (lambda url: GuardedSession().get(url), LtiException),
        "a learning system, told": (lambda url: GuardedSession().post(url, json={}), LtiException),
    }


def ask_all(line: Tally, url: str, went: list[Any]) -> None:
    for name, (way, refusal) in ways().items():
        line.count()
        before = len(went)
        try:
            way(url)
            line.found(f"{name} was asked at {url!r}")
        except refusal:
            pass
        except Exception as error:
            line.found(f"{name} with {url!r}: {type(error).__name__}: {error}"[:200])
        for place in went[before:]:
            if not isinstance(place, tuple) or not is_public(place[0]):
                line.found(f"{name} with {url!r} went to {place}")


def test_no_address_leads_to_our_own_network(lines):
    with tally("SSRF: adressen die mensen en systemen opgeven", "adressen", at_least=1000) as line:
        for host in OURS:
            for scheme in SCHEMES:
                ask_all(line, scheme.format(host), lines)


def name_server(answers: list[Any]) -> Any:
    """It gives these one after another, and the last for ever."""
    left = list(answers)

    def getaddrinfo(*_: Any, **__: Any) -> Any:
        return left.pop(0) if len(left) > 1 else left[0]

    return getaddrinfo


CLIENTS = re.compile(
    r"^\s*(import|from) (urllib\.request|urllib3|requests|http\.client|httpx|aiohttp|socket|ftplib)\b", re.MULTILINE
)


def test_no_name_leads_to_our_own_network_also_not_at_the_second_look(monkeypatch, lines):
    """A name server that answers with a place of ours, beside a public one, and only the second time (rebinding)."""

    def row(address: str) -> Any:
        return (socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))

    with tally("SSRF: namen, ook die later anders antwoorden", "vragen", at_least=100) as line:
        for address in NAMES:
            for answers in ([[row(address)]], [[row("1.1.1.1"), row(address)]], [[row("1.1.1.1")], [row(address)]]):
                for name, (way, refusal) in ways().items():
                    monkeypatch.setattr(socket, "getaddrinfo", name_server(answers))
                    before = len(lines)
                    line.count()
                    try:
                        way("https://leren.voorbeeld.nl/x")
                        line.found(f"{name} got an answer of {address}")
                    except refusal:
                        pass
                    for place in lines[before:]:
                        if not is_public(place[0]):
                            line.found(f"{name} went to {place}")


def test_nothing_else_in_our_code_goes_out():
    """Whoever imports a client of the web is named here; the address in it is ours or of a setting."""
    known = {
        "xapi/outgoing.py": "the one way out", "integrations/lti/fetch.py": "by xapi/outgoing",
        "integrations/lti/registration.py": "by GuardedSession", "integrations/lti/services.py": "by GuardedSession",
        "lms/start.py": "our own /healthz", "bin/without_containers.py": "our own processes",
        "bin/bootstrap.py": "looks whether a port is free",
    }  # fmt: skip
    with tally("SSRF: geen andere weg naar buiten in de code", "bestanden", at_least=500) as line:
        root = Path(site.BASE_DIR)
        listed = subprocess.run(["git", "ls-files", "*.py"], cwd=root, capture_output=True, text=True, check=True)
        for name in listed.stdout.split():
            if not name.startswith("tests/"):
                line.count()
                if CLIENTS.search((root / name).read_text()) and name not in known:
                    line.found(f"{name} has a way out of its own")
