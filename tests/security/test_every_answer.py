"""Every address as everybody: what comes along with an answer, what a foreign page can do, where `next` leads."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.security.addresses import addresses, examples
from tests.security.place import Place, writes
from tests.security.tally import tally
from tests.security.test_idor import text_of

pytestmark = pytest.mark.django_db
FOREIGN = "https://kwaad.example"
# What a page of another site sends: a modern browser, one of a place beside ours, one in a frame without an origin,
# and browsers that send one header or none.
FROM_ELSEWHERE = (
    {"sec-fetch-site": "cross-site", "origin": FOREIGN, "referer": f"{FOREIGN}/x"},
    {"sec-fetch-site": "same-site", "origin": "https://ander.testserver"},
    {"sec-fetch-site": "cross-site", "origin": "null"},
    {"origin": FOREIGN},
    {"origin": "null"},
    {"referer": f"{FOREIGN}/testserver/"},
    {},
)
# Where other sites may post: machines with a key or a signature of their own, and a mail program.
FROM_ANYWHERE = {
    "/lti/inloggen": "a learning system begins a launch; the answer is checked by state, nonce and signature",
    "/lti/start": "the signed launch itself",
    "/herhalen/geen-mail/<str:token>/": "a mail program, with the signed address (RFC 8058)",
}
NO_PERSON = ("/xapi/", "/healthz", "/readyz", "/metrics")  # machines: no session is looked at there


def places(place: Place, *, most: int = 1) -> list[tuple[str, str]]:
    """Each address with how it can be filled in by B."""
    found = []
    for address in dict.fromkeys(addresses()):
        try:
            filled = [one for one, of_a in examples(address, place) if not of_a][:most]
        except AssertionError:
            filled = []
        found += [(address, one) for one in filled]
    return found


def from_elsewhere(client: Client, headers: dict[str, str]) -> Client:
    """The same cookies, and what another page makes a browser send."""
    other = Client(headers=headers, raise_request_exception=False, enforce_csrf_checks=True)
    other.cookies = client.cookies
    return other


def test_no_page_of_another_site_can_change_anything(place):
    with tally("CSRF: elke POST vanaf een andere site", "verzoeken", at_least=2000) as line:
        for who in place.people:
            client = place.browser(who)
            for address, example in places(place):
                if address in FROM_ANYWHERE or address.startswith(NO_PERSON):
                    continue
                for headers in FROM_ELSEWHERE:
                    for kind in ("application/x-www-form-urlencoded", "text/plain"):
                        if kind == "text/plain" and address != "/leren/events":
                            continue
                        with place.undone(), writes() as seen:
                            reply = from_elsewhere(client, headers).post(example, "a=1", content_type=kind)
                        line.count()
                        what = f"POST {example} as {who} with {headers}"
                        if seen:
                            line.found(f"wrote: {what}: {seen[0][0][:60]}")
                        refused = reply.status_code in (400, 401, 403, 404, 405, 410)
                        to_sign_in = reply.status_code == 302 and reply.url.startswith("/inloggen/")
                        if not refused and not to_sign_in:
                            line.found(f"{reply.status_code}: {what}")


def test_looking_changes_nothing(place):
    """A picture or a link on another site makes a browser GET: then nothing may change."""
    with tally("CSRF: GET verandert niets", "verzoeken", at_least=1000) as line:
        for who in place.people:
            client = place.browser(who)
            for _, example in places(place):
                for method in ("get", "head"):
                    with place.undone(), writes() as seen:
                        getattr(client, method)(example)
                    line.count()
                    for sql, _given in seen:
                        if not EXPECTED.search(sql):
                            line.found(f"{method.upper()} {example} as {who} wrote: {sql[:90]}")


# Kept beside what one looks at: what was drawn or said, that a page was opened by name, when a device was here last.
EXPECTED = re.compile(r'INTO "(media_clip|media_script|wagtailimages|people_pseudonym)|UPDATE "media_')

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def check_headers(line: Any, address: str, what: str, reply: Any) -> None:
    for name, value in ALWAYS.items():
        if not address.startswith("/xapi/") and reply.get(name) != value:
            line.found(f"{name}={reply.get(name)}: {what}")
    kind = reply.get("Content-Type", "")
    if kind.startswith("text/html"):
        policy = reply.get("Content-Security-Policy", "")
        for rule in ("default-src", "object-src 'none'", "base-uri 'none'", "form-action", "frame-ancestors"):
            if rule not in policy and not policy.startswith(("default-src 'none'", "sandbox")):
                line.found(f"policy without {rule}: {what}")
        if (
            ("unsafe-inline" in policy and not address.startswith("/admin/"))
            or "unsafe-eval" in policy
            or re.search(r"script-src[^;]*\*", policy)
        ):
            line.found(f"policy {policy}: {what}")
        if not reply.get("X-Frame-Options") and "frame-ancestors" not in policy:
            line.found(f"can be framed: {what}")
        if not reply.get("Permissions-Policy"):
            line.found(f"no Permissions-Policy: {what}")
    elif kind.startswith(("image/svg", "application/xml", "text/xml")) and reply.status_code == 200:
        harmless = "sandbox" in reply.get("Content-Security-Policy", "")
        if not harmless and "attachment" not in reply.get("Content-Disposition", ""):
            line.found(f"a drawing that could run scripts: {what}")


def check_cookies(line: Any, what: str, reply: Any) -> None:
    for name, cookie in reply.cookies.items():
        if cookie["max-age"] == 0:
            continue
        if cookie["samesite"] not in ("Lax", "Strict"):
            line.found(f"cookie {name} without SameSite: {what}")
        if not cookie["secure"]:
            line.found(f"cookie {name} without Secure: {what}")
        # The CSRF cookie is for our own scripts to send along (docs/decisions/0005-no-token-on-learner-pages.md).
        if name in (settings.SESSION_COOKIE_NAME, "komt") and not cookie["httponly"]:
            line.found(f"cookie {name} can be read by scripts: {what}")


def test_every_answer_has_its_headers_and_cookies_their_flags(place, settings):
    """As on a site with https, which is how it is in production."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    with tally("Kopregels en cookies van elk antwoord", "antwoorden", at_least=1500) as line:
        for who in place.people:
            client = place.browser(who)
            for address, example in places(place):
                for method in ("get", "post"):
                    with place.undone():
                        reply = getattr(client, method)(example)
                    line.count()
                    what = f"{method.upper()} {address}"
                    if reply.status_code >= 500:
                        line.found(f"{reply.status_code}: {what} as {who}")
                    check_headers(line, address, what, reply)
                    check_cookies(line, what, reply)


def test_no_page_of_a_person_is_kept_by_a_cache_in_between(place):
    """What differs by person is private; what shows something of others is not kept at all."""
    with tally("Bladen van iemand blijven nergens liggen", "antwoorden", at_least=1000) as line:
        for who in place.people:
            client = place.browser(who)
            for address, example in places(place):
                reply = client.get(example)
                kept = reply.get("Cache-Control", "")
                line.count()
                if reply.status_code != 200:
                    continue
                is_page = "html" in reply.get("Content-Type", "")
                personal = is_page and re.search(r"\bB \w+|Leerling \d|b-\w+", text_of(reply))
                of_others = address.startswith(
                    ("/docent/", "/programma/", "/mijn/gegevens", "/mijn/inloggen", "/wie-keek")
                )
                if (of_others and "no-store" not in kept) or (personal and not re.search("private|no-store", kept)):
                    line.found(f"Cache-Control: {kept or 'none'}: {address} as {who}")
                if "public" in kept and personal:
                    line.found(f"public, with something of a person: {address} as {who}")


ELSEWHERE = (
    "https://kwaad.example/", "//kwaad.example/", "///kwaad.example", "/\\kwaad.example", "\\\\kwaad.example",
    "https:kwaad.example", "http:///kwaad.example", "javascript:alert(1)", "data:text/html,x", "/\t/kwaad.example",
    "//kwaad.example\\@testserver", "https://testserver@kwaad.example/", "https://testserver.kwaad.example/",
    "\x01https://kwaad.example", " https://kwaad.example", "/%09/kwaad.example", "kwaad.example", "70780001",
    "people:who", "https://kwaad.example#@testserver/", "/\r\nX-Kwaad: 1", "//[kwaad", "/mijn/\x00", "1" * 20_000,
)  # fmt: skip
NEXT = ("next", "then", "terug", "naar", "redirect", "url", "return")


def leads_away(url: str) -> bool:
    from urllib.parse import urljoin, urlsplit

    try:
        seen = urlsplit(urljoin("http://testserver/x/", url.strip().replace("\\", "/")))
    except ValueError:
        return True
    return seen.scheme not in ("http", "https") or seen.netloc not in ("testserver", "")


def test_next_never_leads_to_another_site(place):
    with tally("Open redirect: elke next", "verzoeken", at_least=2000) as line:
        pages = ("/wie/", "/wie/wissen/", "/verder/lamp-1-boom/", "/inloggen/", "/inloggen/code/", "/admin/login/",
                 "/plaatjes/", "/plaatjes/kiezen/", "/bedrijf/", "/mijn/inloggen/met/", "/uitloggen/", "/vak/",
                 "/woord/", "/inloggen/met/", "/hulp/vragen/", "/samenvoegen/", "/inloggen/sleutel/", "/mijn/e-mail/",
                 "/herhalen/aan/", "/herhalen/stop/", "/meedoen/", "/telefoon/")  # fmt: skip
        for who in ("learner", "teacher", "not signed in"):
            for page in pages:
                for wanted in ELSEWHERE:
                    for method in ("get", "post", "sign in"):
                        client = place.browser(who)
                        user = place.people["teacher"]
                        with place.undone():
                            if method == "get":
                                reply = client.get(page, dict.fromkeys(NEXT, wanted), headers={"referer": wanted[:200]})
                            else:
                                data = dict.fromkeys(NEXT, wanted) | {"wie": "iemand anders"}
                                if method == "sign in":
                                    from tests.security.place import PASSWORD

                                    data |= {"username": user.username, "password": PASSWORD}
                                    if page != "/inloggen/":
                                        continue
                                reply = client.post(page, data)
                        line.count()
                        what = f"{method} {page} next={wanted[:40]!r} as {who}"
                        if reply.status_code >= 500:
                            line.found(f"{reply.status_code}: {what}")
                        if reply.status_code in (301, 302, 303, 307, 308) and leads_away(reply.url):
                            line.found(f"leads to {reply.url[:60]!r}: {what}")
                        text = text_of(reply)
                        for link in re.findall(r'(?:href|action|formaction)="([^"]*)"', text):
                            if "kwaad" in link and leads_away(link):
                                line.found(f"a link to {link[:60]!r}: {what}")
