"""An OpenID provider that a test starts itself: discovery, keys, authorize, token, userinfo. It is strict where the
specification is, and does wrong on purpose where a test says so."""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

import requests
from django.test import Client
from joserfc import jws
from joserfc.jwk import RSAKey

KEY = RSAKey.generate_key(2048, {"kid": "sleutel-1", "use": "sig", "alg": "RS256"})
NEXT_KEY = RSAKey.generate_key(2048, {"kid": "sleutel-2", "use": "sig", "alg": "RS256"})
STRANGE_KEY = RSAKey.generate_key(2048, {"kid": "sleutel-1", "use": "sig", "alg": "RS256"})
TENANT = "3f2b1c66-0a7d-4d53-9a6e-0d4b6a1c9e77"
CLIENT, SECRET = "kortwijs:1", "een geheim / van +4 woorden"


def encoded(data: Any) -> str:
    return (
        base64.urlsafe_b64encode(data if isinstance(data, bytes) else json.dumps(data).encode()).rstrip(b"=").decode()
    )


def unsigned(claims: dict[str, Any]) -> str:
    return f"{encoded({'alg': 'none', 'typ': 'JWT'})}.{encoded(claims)}."


def signed_with_public_key(claims: dict[str, Any]) -> str:
    """What fools a reader that lets the token choose: the public key taken for a secret."""
    head = f"{encoded({'alg': 'HS256', 'kid': 'sleutel-1'})}.{encoded(claims)}"
    return f"{head}.{encoded(hmac.digest(KEY.as_pem(private=False), head.encode(), 'sha256'))}"


def signed(claims: dict[str, Any], key: RSAKey = KEY) -> str:
    return jws.serialize_compact({"alg": "RS256", "kid": key.kid}, json.dumps(claims).encode(), key)


@dataclass
class Grant:
    """What was given out for one code."""

    query: dict[str, str]
    claims: dict[str, Any]


@dataclass
class Provider:
    """The provider: where it is, who is signed in there, what it was asked, and what it does wrong."""

    address: str = ""
    path: str = ""  # of the issuer, after the address
    subject: str = "paar-anna-1"
    claims: dict[str, Any] = field(default_factory=dict)
    person: dict[str, Any] = field(default_factory=dict)  # what the page about the person adds
    tampers: Callable[[dict[str, Any]], dict[str, Any]] = dict
    signs: Callable[[dict[str, Any]], str] = signed
    keys: list[RSAKey] = field(default_factory=lambda: [KEY])
    says: dict[str, Any] = field(default_factory=dict)  # other words in its discovery
    slow: set[str] = field(default_factory=set)  # paths that drip
    huge: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    asked: list[dict[str, str]] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    grants: dict[str, Grant] = field(default_factory=dict)
    tokens: dict[str, Grant] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        return self.address + self.path

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "end_session_endpoint": f"{self.address}/logout",
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            **self.says,
        }

    def grant(self, query: dict[str, str]) -> str:
        """Whoever is signed in there says yes; gives the address to go back to."""
        self.asked.append(query)
        code = secrets.token_urlsafe(16)
        self.grants[code] = Grant(query, {"sub": self.subject, **self.claims})
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state'], 'iss': self.issuer})}"

    def exchange(self, asked: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The token endpoint: one time per code, for who has the secret and the verifier."""
        grant = self.grants.pop(asked.get("code", ""), None)
        both = base64.b64decode(authorization.removeprefix("Basic ") or "").decode()
        name, secret = (
            (unquote(one) for one in both.split(":")) if both else (asked["client_id"], asked["client_secret"])
        )
        verifier = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        if (
            grant is None
            or (name, secret) != (CLIENT, SECRET)
            or asked.get("redirect_uri") != grant.query["redirect_uri"]
            or grant.query.get("code_challenge_method") != "S256"
            or encoded(verifier) != grant.query["code_challenge"]
        ):
            return None
        token, now = secrets.token_urlsafe(16), int(time.time())
        self.tokens[token] = grant
        times = {"iat": now, "exp": now + 300}
        claims = {"iss": self.issuer, "aud": CLIENT, **times, "nonce": grant.query["nonce"], **grant.claims}
        return {"access_token": token, "token_type": "Bearer", "id_token": self.signs(self.tampers(claims))}


def to_provider(client: Client, place: str) -> str:
    """A press on the button; gives where the browser is sent."""
    reply = client.get(place)
    assert reply.status_code == 302, reply.content.decode()
    return str(reply["Location"])


def way_back(address: str) -> str:
    """What the provider does with the browser: where it is sent back to, without the host."""
    reply = requests.get(address, allow_redirects=False, timeout=20)
    assert reply.status_code == 302, reply.text
    parts = urlsplit(reply.headers["Location"])
    return f"{parts.path}?{parts.query}"


@contextmanager
def provider_runs(*, asks: bool = False) -> Iterator[Provider]:
    """The provider on a port of its own; with `asks` it shows a page with a button first, as for a person."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def _reply(self, body: Any, status: int = 200) -> None:
            data = json.dumps(body).encode()
            path = urlsplit(self.path).path
            if path in provider.huge:
                data = b'{"a": "' + b"a" * 3_000_000 + b'"}'
            self.send_response(500 if path in provider.broken else status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            with suppress(OSError):  # who asked may have gone
                if path in provider.slow:
                    for byte in data[:200]:
                        self.wfile.write(bytes([byte]))
                        time.sleep(0.1)
                else:
                    self.wfile.write(data)

        def _sent(self, address: str) -> None:
            self.send_response(302)
            self.send_header("Location", address)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _page(self, html: str) -> None:
            data = f"<!doctype html><html lang=nl><title>Voorbeeldschool</title>{html}".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            provider.fetched.append(parts.path)
            if parts.path.endswith("/.well-known/openid-configuration"):
                self._reply(provider.discovery())
            elif parts.path == "/keys":
                self._reply({"keys": [key.as_dict(private=False) for key in provider.keys]})
            elif parts.path == "/authorize":
                query = dict(parse_qsl(parts.query))
                if asks:
                    fields = "".join(
                        f'<input type=hidden name="{escape(k)}" value="{escape(v)}">' for k, v in query.items()
                    )
                    self._page(f"<form method=post action=/yes>{fields}<button>Ja, dat ben ik</button></form>")
                else:
                    self._sent(provider.grant(query))
            elif parts.path == "/userinfo":
                grant = provider.tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
                found = {**grant.claims, **provider.person} if grant else {}
                self._reply(found, 200 if grant else 401)
            elif parts.path == "/logout":
                self._page("<h1>Uitgelogd bij Voorbeeldschool</h1>")
            else:
                self._reply({}, 404)

        def do_POST(self) -> None:
            asked = {
                k: v[0] for k, v in parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()).items()
            }
            if self.path == "/yes":
                self._sent(provider.grant(asked))
                return
            found = provider.exchange(asked, self.headers.get("Authorization", ""))
            self._reply(found or {"error": "invalid_grant"}, 200 if found else 400)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    provider.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
