"""A learning system that a test starts itself: lti1p3platform behind a small web server."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from django.test import Client
from jwcrypto.jwk import JWK
from lti1p3platform.ltiplatform import LTI1P3PlatformConfAbstract
from lti1p3platform.message_launch import LTIAdvantageMessageLaunchAbstract
from lti1p3platform.oidc_login import OIDCLoginAbstract
from lti1p3platform.registration import Registration
from lti1p3platform.request import Request

BASE = "http://localhost:8000"
ROLE = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
KEY = JWK.generate(kty="RSA", size=2048)
OTHER_KEY = JWK.generate(kty="RSA", size=2048)
TOOL_KEY = JWK.generate(kty="RSA", size=2048)


def pem(key: JWK) -> str:
    return key.export_to_pem(private_key=True, password=None).decode()


class Conf(LTI1P3PlatformConfAbstract):
    def init_platform_config(self, registration: Registration) -> None:
        self._registration = registration

    def get_registration_by_params(self, **_: Any) -> Registration:
        return self._registration


class Asked(Request):
    def build_metadata(self, request: dict[str, str]) -> Any:
        return {"method": "GET", "form_data": {}, "get_data": request, "headers": {}, "path": "", "json": None}


class Launch(LTIAdvantageMessageLaunchAbstract):
    def render_launch_form(self, launch_data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return launch_data


class Login(OIDCLoginAbstract):
    def set_lti_message_hint(self, **_: Any) -> None:
        self._lti_message_hint = "hint"

    def get_redirect(self, url: str) -> str:
        return url


@dataclass
class School:
    """The learning system: its address, what it was sent, and what it does wrong on purpose."""

    address: str = ""
    tool: str = BASE
    target: str = ""  # of the link in the course
    client_id: str = "kortwijs-1"
    deployment: str = "1"
    scores: list[dict[str, Any]] = field(default_factory=list)
    registered: list[dict[str, Any]] = field(default_factory=list)
    authorized: list[str] = field(default_factory=list)
    members: list[dict[str, Any]] = field(default_factory=list)
    page_size: int = 0  # of the list of members; 0 gives all at once
    next_link: str = ""  # what it says of the next page, in place of the truth
    asked_for: list[str] = field(default_factory=list)
    down: bool = False
    configuration: dict[str, Any] = field(default_factory=dict)
    tool_keys: dict[str, Any] = field(default_factory=dict)

    def registration(self, target: str, choosing: bool = False) -> Registration:
        made = Registration()
        made.set_iss(self.address).set_client_id(self.client_id).set_deployment_id(self.deployment)
        made.set_oidc_login_url(f"{self.tool}/lti/inloggen").set_launch_url(target)
        made.set_platform_private_key(pem(KEY)).set_platform_public_key(KEY.export_to_pem().decode())
        if choosing:
            made.set_deeplink_launch_url(f"{self.tool}/lti/")
        if self.tool_keys:
            made.set_tool_key_set(self.tool_keys)
        return made

    def values(self) -> dict[str, str]:
        """What an administrator would copy."""
        return {
            "issuer": self.address,
            "client_id": self.client_id,
            "auth_url": f"{self.address}/auth",
            "token_url": f"{self.address}/token",
            "keyset_url": f"{self.address}/keys",
        }

    # A launch in steps

    def preflight(self, target: str = f"{BASE}/lti/les/A1/", who: str = "leerling-7") -> str:
        login = Login(Asked({}), Conf(registration=self.registration(target)))
        login.set_lti_message_hint()
        return login.initiate_login(who)

    def answer(
        self, location: str, *, target: str = f"{BASE}/lti/les/A1/", who: str = "leerling-7", role: str = "Learner",
        choosing: bool = False, line_item: str = "", many: bool = True, **claims: Any,
    ) -> dict[str, str]:  # fmt: skip
        """What the platform posts after the browser came to its sign-in."""
        launch = Launch(
            Asked(dict(parse_qsl(urlsplit(location).query))), Conf(registration=self.registration(target, choosing))
        )
        launch.set_user_data(who, [ROLE + role], full_name="Anna de Vries", email_address="anna@school.nl")
        launch.set_resource_link_claim("link-1")
        launch.set_launch_context_claim("cursus-1", context_title="Zorg 2A")
        if line_item:
            launch.set_ags(f"{self.address}/items", line_item)
        if self.members:
            launch.set_nrps(f"{self.address}/members")
        if choosing:
            launch.set_dl(f"{self.address}/back", accept_types={"ltiResourceLink"}, extra_data={"x": "1"})
            launch._deep_linking_launch_data["https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"][
                "accept_multiple"
            ] = many
        launch.set_extra_claims(claims)
        made = launch.lti_launch()
        return {"state": made["state"], "id_token": made["id_token"]}

    def launch(self, client: Client, **options: Any) -> Any:
        """All of it, as a browser does; gives our last answer."""
        target = options.get("target", f"{BASE}/lti/les/A1/")
        began = begin(client, self.preflight(target, options.get("who", "leerling-7")))
        posted = self.answer(began["Location"], **options)
        passed = client.post("/lti/start", posted, headers={"sec-fetch-site": "cross-site"})
        assert passed.status_code == 200, passed.content
        return client.post("/lti/start/verder", posted)


def begin(client: Client, preflight: str, **headers: str) -> Any:
    parts = urlsplit(preflight)
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-dest": "document", **headers}
    return client.get(f"{parts.path}?{parts.query}", headers=headers)


def forge(posted: dict[str, str], key: JWK | None = KEY, kid: str = "", **changes: Any) -> dict[str, str]:
    """The same message with other claims (None takes one away), signed anew."""
    claims = jwt.decode(posted["id_token"], options={"verify_signature": False})
    claims = {name: value for name, value in {**claims, **changes}.items() if value is not None}
    headers = {"kid": kid or KEY.thumbprint()}
    if key is None:
        return {**posted, "id_token": jwt.encode(claims, "", algorithm="none", headers=headers)}
    return {**posted, "id_token": jwt.encode(claims, pem(key), algorithm="RS256", headers=headers)}


@contextmanager
def school_runs() -> Iterator[School]:
    """The learning system on a port of its own."""
    school = School()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def _reply(self, body: Any, status: int = 200, link: str = "") -> None:
            data = json.dumps(body).encode()
            self.send_response(503 if school.down else status)
            if link:
                self.send_header("Link", f'<{school.address}/members>; rel="differences", <{link}>; rel="next"')
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def _page(self, html: str) -> None:
            data = f"<!doctype html><title>Cursus</title>{html}".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def do_GET(self) -> None:
            if self.path.startswith("/course"):
                self._page(
                    f'<iframe width="400" height="400" src="{escape(school.preflight(school.target))}"></iframe>'
                )
                return
            if self.path.startswith("/auth"):
                posted = school.answer(f"{school.address}{self.path}", target=school.target)
                fields = "".join(f'<input name="{name}" value="{value}">' for name, value in posted.items())
                form = f'<form method="post" action="{school.tool}/lti/start">{fields}</form>'
                self._page(f"{form}<script>document.forms[0].submit()</script>")
                return
            public = json.loads(KEY.export_public()) | {"alg": "RS256", "use": "sig", "kid": KEY.thumbprint()}
            pages = {"/keys": {"keys": [public]}, "/config": school.configuration}
            parts = urlsplit(self.path)
            if parts.path == "/members" and self.headers.get("Authorization", "").startswith("Bearer "):
                self._members(int(dict(parse_qsl(parts.query)).get("VanafNummer", 0)))
                return
            self._reply(pages.get(self.path, {}), 200 if self.path in pages else 404)

        def _members(self, start: int) -> None:
            """A page of the list; the address of the next one has capitals, as real ones do."""
            school.asked_for.append(self.path)
            end = start + (school.page_size or len(school.members))
            there_is_more = f"{school.address}/members?VanafNummer={end}" if end < len(school.members) else ""
            link = school.next_link.format(end=end) or there_is_more
            self._reply({"members": school.members[start:end]}, link=link)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            conf = Conf(registration=school.registration(BASE))
            if self.path == "/token":
                asked = {name: values[0] for name, values in parse_qs(body.decode()).items()}
                try:
                    self._reply(conf.get_access_token(asked))
                except Exception:  # whatever it is, the tool is refused
                    self._reply({"error": "invalid_client"}, 401)
            elif self.path.endswith("/scores"):
                school.authorized.append(self.headers["Authorization"])
                school.scores.append(json.loads(body))
                self._reply({})
            elif self.path == "/register":
                school.authorized.append(self.headers.get("Authorization", ""))
                school.registered.append(json.loads(body))
                tool = {"deployment_id": school.deployment}
                self._reply(
                    {"client_id": school.client_id, "https://purl.imsglobal.org/spec/lti-tool-configuration": tool}
                )
            else:
                self._reply({}, 404)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    school.address = f"http://127.0.0.1:{server.server_port}"
    school.configuration = {
        "issuer": school.address,
        "authorization_endpoint": f"{school.address}/auth",
        "token_endpoint": f"{school.address}/token",
        "jwks_uri": f"{school.address}/keys",
        "registration_endpoint": f"{school.address}/register",
    }
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield school
    finally:
        server.shutdown()
        server.server_close()


def minutes_ago(minutes: int) -> int:
    return int(time.time()) - 60 * minutes
