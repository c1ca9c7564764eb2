"""What every page promises: its policy, no other host, no token, no inline script, a way on when it fails."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
PAGES = (
    "/", "/mijn/", "/lessen/", "/les/proefles/", "/les/proefles/e-keuze/", "/les/laat-het-weg/", "/vak/", "/hulp/",
    "/startmeting/", "/herhalen/", "/herhalen/instellen/", "/woord/", "/woord/datalek/", "/wie-ziet-wat/",
    "/bestaat-niet/",
    "/beeld/", "/routes/", "/routes/zorg/",
    "/digiscan/", "/bedrijf/", "/inloggen/code/", "/onderweg/", "/zonder-internet/",
)  # fmt: skip


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture(params=PAGES)
def opened(request, lesson, as_user, anna):
    return as_user(anna).get(request.param)


def test_a_learner_page_lets_no_inline_script_or_style_run(opened):
    policy = opened.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert "object-src 'none'" in policy
    assert "http" not in policy


def test_a_learner_page_holds_no_inline_script_no_token_and_no_style_but_what_its_policy_names(opened):
    text = opened.content.decode()
    assert "csrf" not in text.lower()
    assert "csrftoken" not in opened.cookies
    for style in re.findall(r"<style\b[^>]*>(.*?)</style>", text, re.DOTALL):
        known = b64encode(sha256(style.encode()).digest()).decode()
        assert f"style-src 'self' 'sha256-{known}'" in opened.headers["Content-Security-Policy"], "only what is named"
    for tag, attributes in Tags(text).found:
        assert tag != "script" or attributes.get("src")
        assert not [name for name in attributes if name.startswith("on") or name == "style"]


def test_a_page_asks_nothing_of_another_host(opened):
    for tag, attributes in Tags(opened.content.decode()).found:
        for name in ("src", "href", "action", "srcset", "data", "poster"):
            value = attributes.get(name) or ""
            assert not re.match(r"(?i)(https?:)?//", value), (tag, value)


def test_our_style_and_script_ask_nothing_of_another_host():
    from lms.bundles import BUNDLES, BundleStorage

    for name in BUNDLES:
        if name.startswith("h5p/"):
            continue  # names verbs and licences by address; its frame lets it ask nothing (media/h5p/play_views.py)
        text = BundleStorage().collected_bundle(name)
        hosts = set(re.findall(r"https?://([\w.-]+)", text)) - {"www.w3.org"}
        assert hosts == set(), name


def test_a_page_is_dutch_has_one_title_and_one_heading(opened):
    tags = [tag for tag, _ in Tags(opened.content.decode()).found]
    assert tags.count("h1") == tags.count("title") == tags.count("main") == 1
    assert '<html lang="nl"' in opened.content.decode()


def test_no_id_stands_twice_in_a_page(opened):
    ids = [attributes["id"] for _, attributes in Tags(opened.content.decode()).found if attributes.get("id")]
    assert sorted(set(ids)) == sorted(ids)


def test_signing_in_has_a_token_for_it_is_no_lesson(client):
    page = client.get("/inloggen/")
    assert "csrfmiddlewaretoken" in page.content.decode()
    assert "unsafe" not in page.headers["Content-Security-Policy"]


def test_the_admin_has_a_policy_of_its_own(admin_client):
    policy = admin_client.get(reverse("wagtailadmin_home")).headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "object-src 'none'" in policy
    assert "http" not in policy


def test_json_has_no_page_policy(client):
    assert "Content-Security-Policy" not in client.get("/healthz").headers


def test_healthz_says_ok_and_is_not_kept(client):
    reply = client.get("/healthz")
    assert reply.json() == {"status": "ok"}
    assert "no-store" in reply.headers["Cache-Control"]


def test_healthz_fails_when_the_database_does(client):
    from django.db import connection

    def refuse(*_):
        raise RuntimeError("no database")

    client.raise_request_exception = False
    with connection.execute_wrapper(refuse):
        assert client.get("/healthz").status_code == 500


def test_a_page_that_is_not_there_says_so_in_plain_words(client):
    reply = client.get("/bestaat/niet/")
    assert reply.status_code == 404
    assert "Deze pagina is er niet" in reply.content.decode()
    assert 'href="/lessen/"' in reply.content.decode()


def test_an_error_says_that_nothing_is_lost(client, rf):
    from lms.health import server_error

    reply = server_error(rf.get("/"))
    assert reply.status_code == 500
    assert "Wat je deed, staat op je telefoon." in reply.content.decode()


def test_pages_say_how_they_may_be_framed_and_sniffed(opened):
    assert opened.headers["X-Content-Type-Options"] == "nosniff"
    assert opened.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert opened.headers["Referrer-Policy"] == "same-origin"
