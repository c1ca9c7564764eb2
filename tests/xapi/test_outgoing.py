"""The one way out: where no request of ours goes, whoever gave the address and whatever a name server answers."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from xapi.outgoing import NotReached, ask, is_public, web_address

PUBLIC = ("1.1.1.1", "185.199.108.153", "2606:4700::1111", "64:ff9b::101:101")
OURS = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "192.88.99.1", "198.18.0.1", "::1", "::", "fe80::1", "fec0::1", "fd00::1", "ff0e::1",
    "::ffff:127.0.0.1", "::127.0.0.1", "::ffff:0:7f00:1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:a00:1::", "2001:0:7f00:1::", "2001:db8::1",
)  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_a_machine_on_the_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("address", OURS)
def test_what_leads_to_our_own_network_is_not_public_however_it_is_written(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "given",
    ["", "x", "http://e.nl/", "ftp://e.nl/", "file:///etc/passwd", "gopher://e.nl/", "https://", "https://a@e.nl/",
     "https://a:b@e.nl/", "https://e.nl\r\nX: y/", "https://e.nl/\t", "https://e.nl\\@x/", "https://[::1]/",
     "https://e.nl:99999/", "https://é.nl/", "https://e.nl/ x", None, 5, ["https://e.nl/"],
     "https://e.nl/" + "x" * 1000],
)  # fmt: skip
def test_what_is_no_address_that_we_may_ask_is_refused(given):
    with pytest.raises(ValueError, match="web address"):
        web_address(given, private=False)


def seconds(number: float) -> float:
    return time.monotonic() + number


@contextmanager
def standing(answer: bytes) -> Iterator[tuple[int, list[str]]]:
    """Something of our own network that would answer."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.wfile.write(answer)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server.server_port, asked
    server.shutdown()
    server.server_close()


def names(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """A name server that answers these, one after another; gives what was asked of it."""
    asked, left = [], list(answers)

    def getaddrinfo(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        asked.append(host)
        address = left.pop(0) if len(left) > 1 else left[0]
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.mark.parametrize("address", OURS)
def test_a_name_that_leads_to_our_own_network_is_not_asked(monkeypatch, address):
    names(monkeypatch, address)
    with pytest.raises(NotReached, match="public internet"):
        ask("GET", "https://leren.voorbeeld.nl/", until=seconds(2), private=False)


def test_a_name_is_looked_up_once_so_that_a_second_answer_changes_nothing(monkeypatch):
    went: list[tuple[str, int]] = []

    def create_connection(place: tuple[str, int], *_: object) -> socket.socket:
        went.append(place)
        raise OSError("nobody there")

    asked = names(monkeypatch, "1.1.1.1", "127.0.0.1")
    monkeypatch.setattr(socket, "create_connection", create_connection)
    with pytest.raises(NotReached):
        ask("GET", "https://leren.voorbeeld.nl/", until=seconds(2), private=False)
    assert asked == ["leren.voorbeeld.nl"]
    assert went == [("1.1.1.1", 443)]


def test_a_redirect_is_an_answer_and_is_not_followed():
    with standing(b"HTTP/1.1 302 Found\r\nLocation: /elders\r\nContent-Length: 0\r\n\r\n") as (port, asked):
        assert ask("GET", f"http://localhost:{port}/x", until=seconds(5), private=True).status == 302
        assert asked == ["/x"]


@pytest.mark.parametrize("answer", [b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 2_100_000, b"onzin\r\n\r\n", b""])
def test_an_answer_that_is_too_large_or_none_is_not_taken(answer):
    with standing(answer) as (port, _), pytest.raises(NotReached):
        ask("GET", f"http://localhost:{port}/", until=seconds(5), private=True)


def test_a_proxy_of_the_environment_is_not_used(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with standing(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") as (port, _):
        assert ask("GET", f"http://localhost:{port}/", until=seconds(5), private=True).body == b"ok"
        from integrations.lti.fetch import GuardedSession

        assert GuardedSession().get(f"http://localhost:{port}/").text == "ok"
