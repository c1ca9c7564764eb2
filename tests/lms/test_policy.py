"""The content policy is written out once per kind, and each page still gets its own."""

import pytest
from csp.constants import NONCE
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from lms.middleware import PolicyByPlace

HEADER = "Content-Security-Policy"


def page(path: str = "/les/x/", **marks: object) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("<p>")
        for name, value in marks.items():
            setattr(response, name, value)
        return response

    reply = PolicyByPlace(view)(RequestFactory().get(path))
    assert isinstance(reply, HttpResponse)
    return reply


def rules(reply: HttpResponse) -> dict[str, str]:
    return dict(rule.partition(" ")[::2] for rule in reply[HEADER].split("; "))


def as_rules(policy: str) -> dict[str, str]:
    return dict(rule.partition(" ")[::2] for rule in policy.split("; "))


def test_a_page_of_people_has_the_strict_policy_and_the_admin_its_own(settings):
    for _ in range(2):
        assert rules(page()) == as_rules(build_policy())
        admin = rules(page("/admin/x/"))
        assert admin == as_rules(build_policy(replace=settings.ADMIN_CONTENT_SECURITY_POLICY))
    assert "unsafe-inline" in admin["script-src"]
    assert "script-src" not in rules(page())


def test_what_one_page_asks_for_is_not_given_to_the_next():
    asked = {"frame-ancestors": ["https://elo.voorbeeld.nl"]}
    for name in ("_csp_replace", "_csp_update"):
        assert "https://elo.voorbeeld.nl" in rules(page(**{name: asked}))["frame-ancestors"]
        assert rules(page()) == as_rules(build_policy())


def test_a_page_without_policy_stays_so_and_one_with_its_own_keeps_it():
    assert HEADER not in page(_csp_exempt=True)

    def own(request: HttpRequest) -> HttpResponse:
        return HttpResponse("<p>", headers={HEADER: "default-src 'none'"})

    assert PolicyByPlace(own)(RequestFactory().get("/"))[HEADER] == "default-src 'none'"


def test_data_gets_no_policy():
    def data(request: HttpRequest) -> HttpResponse:
        return HttpResponse("{}", content_type="application/json")

    assert HEADER not in PolicyByPlace(data)(RequestFactory().get("/"))


def test_a_policy_that_cannot_be_kept_as_text_is_not_passed_over_in_silence():
    with pytest.raises(TypeError):
        page(_csp_update={"script-src": [NONCE]})
