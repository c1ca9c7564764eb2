"""What a provider, or who stands between, must not get in with: nothing of it signs anybody in, or keeps us waiting."""

import time

import pytest
from django.conf import settings as site
from django.core.cache import cache

from integrations.single_sign_on import fetch
from integrations.single_sign_on.fetch import NotAsked, ask, checked_url, until_when
from integrations.single_sign_on.models import SignOnIdentity, SignOnProvider
from people.models import User
from tests.integrations.single_sign_on.conftest import door, who_is_here
from tests.integrations.single_sign_on.provider import (
    CLIENT,
    KEY,
    NEXT_KEY,
    STRANGE_KEY,
    TENANT,
    signed,
    signed_with_public_key,
    to_provider,
    unsigned,
    way_back,
)
from tests.people.test_keeping_an_email import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]
OTHER_TENANT = "0" * 8 + TENANT[8:]


def refused(client, row, come_in, status: int = 400) -> None:
    reply = come_in(client, row)
    assert (reply.status_code, who_is_here(client)) == (status, None)
    assert "Inloggen lukte niet" in text(reply)
    assert not SignOnIdentity.objects.exists()
    assert not User.objects.exists()


def in_time(**moved: int):
    return lambda claims: {**claims, **{name: int(time.time()) + seconds for name, seconds in moved.items()}}


def without(name: str):
    return lambda claims: {key: value for key, value in claims.items() if key != name}


def other(**changes):
    return lambda claims: {**claims, **changes}


@pytest.mark.parametrize(
    "tampers",
    [
        other(nonce="een-andere"), other(nonce=["x"]), other(nonce=None), other(nonce="\ud800"), without("nonce"),
        other(aud="een-ander"), other(aud=[]), other(aud=["een-ander"]), other(aud=None), other(aud={}), without("aud"),
        other(aud=[CLIENT, "een-ander"]), other(aud=[CLIENT, "een-ander"], azp="een-ander"), other(azp="een-ander"),
        other(iss="https://elders.nl"), other(iss=None), other(iss=["x"]), without("iss"),
        in_time(exp=-120), in_time(exp=-120, iat=-600), other(exp="morgen"), other(exp=True), other(exp=None),
        without("exp"), in_time(iat=-1200), in_time(iat=600), other(iat="nu"), without("iat"),
        in_time(nbf=600), other(nbf="x"),
        other(sub=""), other(sub=None), other(sub=5), other(sub=["a"]), other(sub="x" * 256), other(sub="a\x00b"),
        other(sub="\ud800"), without("sub"),
    ],
)  # fmt: skip
def test_a_token_with_a_claim_that_does_not_hold_is_refused(idp, provider, tab, come_in, tampers):
    idp.tampers = tampers
    refused(tab, provider, come_in)


@pytest.mark.parametrize(
    "signs",
    [
        unsigned,
        signed_with_public_key,
        lambda claims: signed(claims, STRANGE_KEY),
        lambda claims: signed(claims, NEXT_KEY),
        lambda claims: signed(claims)[:-6] + "AAAAAA",
        lambda claims: signed(claims).rsplit(".", 1)[0] + ".",
        lambda claims: ".".join([signed(claims).split(".")[0], unsigned({**claims, "sub": "x"}).split(".")[1], "x"]),
        lambda _: "", lambda _: "x", lambda _: "a.b.c", lambda _: None, lambda _: ["x"], lambda _: "é.é.é",
        lambda claims: signed(claims) + "x" * 60_000,
    ],
)  # fmt: skip
def test_a_token_that_the_provider_did_not_sign_is_refused(idp, provider, tab, come_in, signs):
    idp.signs = signs
    refused(tab, provider, come_in)


def test_a_provider_that_changed_its_keys_is_read_again(idp, provider, tab, as_user, come_in):
    assert come_in(tab, provider).status_code == 302
    idp.keys, idp.signs = [NEXT_KEY], lambda claims: signed(claims, NEXT_KEY)
    assert come_in(as_user(None), provider).status_code == 302
    idp.signs = lambda claims: signed(claims, KEY)
    assert come_in(as_user(None), provider).status_code == 400


def test_a_token_for_more_than_one_that_says_it_is_for_us_is_taken(idp, provider, tab, come_in):
    idp.tampers = other(aud=[CLIENT, "een-ander"], azp=CLIENT)
    assert come_in(tab, provider).status_code == 302


# Entra: one service for all directories


@pytest.fixture
def entra(idp, register, school) -> SignOnProvider:
    idp.path = f"/{TENANT}/v2.0"
    return register(school, kind="entra", second_claim="oid")


def test_entra_signs_in_who_is_of_the_own_directory(idp, entra, tab, come_in):
    idp.claims = {"tid": TENANT, "oid": "o-1"}
    assert come_in(tab, entra).status_code == 302
    assert who_is_here(tab) is not None


@pytest.mark.parametrize(
    "claims", [{}, {"tid": OTHER_TENANT}, {"tid": None}, {"tid": [TENANT]}, {"tid": TENANT.upper()}]
)
def test_who_is_of_another_directory_does_not_come_in(idp, entra, tab, come_in, claims):
    idp.claims = claims
    refused(tab, entra, come_in)


def test_the_issuer_for_all_directories_is_refused_also_when_it_got_into_a_row(idp, register, school, tab, come_in):
    idp.path = "/common/v2.0"
    idp.claims = {"tid": TENANT}
    refused(tab, register(school, kind="entra"), come_in)
    assert SignOnProvider(issuer="https://login.microsoftonline.com/common/v2.0").tenant == ""
    assert SignOnProvider(issuer="https://login.microsoftonline.com/{tenantid}/v2.0").tenant == ""
    assert SignOnProvider(issuer=f"https://login.microsoftonline.com/{TENANT}/v2.0").tenant == TENANT


# SURFconext: one service for all schools


@pytest.fixture
def surfconext(register, school) -> SignOnProvider:
    return register(school, kind="surfconext", home_claim="schac_home_organization", home_value="voorbeeldschool.nl")


@pytest.mark.parametrize("given", ["voorbeeldschool.nl", ["voorbeeldschool.nl"]])
def test_who_is_of_the_school_comes_in_by_a_service_of_many_schools(idp, surfconext, tab, come_in, given):
    idp.person = {"schac_home_organization": given, "mail": "anna@voorbeeldschool.nl"}
    assert come_in(tab, surfconext).status_code == 302
    assert idp.fetched[-1] == "/userinfo"


@pytest.mark.parametrize("given", ["elders.nl", "xvoorbeeldschool.nl", "", None, [], {"voorbeeldschool.nl": 1}, 5])
def test_driss_of_another_school_does_not(idp, surfconext, tab, come_in, given):
    idp.person = {"schac_home_organization": given}
    refused(tab, surfconext, come_in)


def test_a_page_about_another_person_is_not_believed(idp, surfconext, tab, come_in):
    idp.person = {"sub": "paar-driss-9", "schac_home_organization": "voorbeeldschool.nl"}
    refused(tab, surfconext, come_in)


def test_what_the_page_says_does_not_go_before_what_was_signed(idp, surfconext, tab, come_in):
    idp.claims = {"schac_home_organization": "elders.nl"}
    idp.person = {"schac_home_organization": "voorbeeldschool.nl"}
    refused(tab, surfconext, come_in)


# A provider that is away, slow, or too much


@pytest.mark.parametrize("path", ["/token", "/keys", "/userinfo"])
@pytest.mark.parametrize("how", ["broken", "huge"])
def test_an_answer_that_is_broken_or_huge_is_a_calm_page(idp, surfconext, tab, come_in, path, how):
    setattr(idp, how, {path})
    refused(tab, surfconext, come_in, status=503)


def test_a_provider_that_is_away_says_so_before_anyone_leaves_and_is_not_asked_at_each_press(idp, provider, tab):
    idp.broken = {"/.well-known/openid-configuration"}
    for _ in range(5):
        reply = tab.get(door(provider))
        assert (reply.status_code, "gaat nu niet" in text(reply)) == (503, True)
    assert len(idp.fetched) == 1


@pytest.mark.parametrize("path", ["/token", "/keys", "/.well-known/openid-configuration"])
def test_an_answer_that_drips_in_is_cut_off_in_time(idp, provider, tab, monkeypatch, path):
    monkeypatch.setattr(fetch, "SECONDS", 1)
    idp.slow = {path}
    began = time.monotonic()
    reply = tab.get(door(provider))
    if reply.status_code == 302:
        reply = tab.get(way_back(reply["Location"]))
    assert reply.status_code == 503
    assert time.monotonic() - began < 5
    assert who_is_here(tab) is None


@pytest.mark.parametrize(
    "says",
    [
        {"issuer": "https://elders.nl"}, {"issuer": None}, {"token_endpoint": None}, {"token_endpoint": "ftp://x/"},
        {"jwks_uri": ["x"]}, {"authorization_endpoint": "javascript:alert(1)"}, {"userinfo_endpoint": "//x"},
        {"authorization_endpoint": "https://a:b@elders.nl/"}, {"token_endpoint": "https://x/#a"},
    ],
)  # fmt: skip
def test_a_provider_that_says_strange_things_of_itself_is_not_asked(idp, provider, tab, says):
    idp.says = says
    assert tab.get(door(provider)).status_code == 503


@pytest.mark.parametrize("body", ["[]", "null", '"x"', "{", "[" * 100_000, '{"a": ' + "9" * 5000 + "}"])
def test_what_is_no_json_object_is_no_answer(body):
    with pytest.raises(NotAsked):
        fetch._object(200, body.encode())


def test_keys_that_are_none_are_left_out(idp, provider, tab, come_in, monkeypatch):
    class Odd:
        def as_dict(self, **_):
            return {"kty": "oct", "k": "AAAA", "kid": "sleutel-1"}

    class Broken:
        def as_dict(self, **_):
            return {"kty": "RSA", "n": 5}

    idp.keys = [Odd(), Broken(), KEY]
    assert come_in(tab, provider).status_code == 302


def test_a_provider_that_wants_the_secret_in_the_form_gets_it_there(idp, provider, tab, come_in):
    idp.says = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert come_in(tab, provider).status_code == 302


def test_a_secret_kept_under_another_key_of_the_site_signs_nobody_in(idp, provider, tab, come_in):
    SignOnProvider.objects.update(sealed="x")
    refused(tab, provider, come_in, status=503)


def test_in_production_nothing_on_our_own_network_is_asked(idp, provider, tab, settings):
    settings.SIGN_ON_PRIVATE_HOSTS = False
    cache.clear()
    assert tab.get(door(provider)).status_code == 503
    assert idp.fetched == []
    for address in (
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.0.0.1/x",
        "https://[::1]/",
        "https://224.0.0.1/",
    ):
        with pytest.raises(NotAsked):
            ask(address, until=until_when())
    with pytest.raises(ValueError, match="web address"):
        checked_url("http://connect.surfconext.nl")
    assert site.SIGN_ON_PRIVATE_HOSTS is False


def test_what_is_sent_back_for_another_issuer_is_refused(idp, provider, tab):
    place = way_back(to_provider(tab, door(provider)))
    mixed = place.split("&iss=")[0] + "&iss=https%3A%2F%2Felders.nl"
    assert tab.get(mixed).status_code == 400
    assert who_is_here(tab) is None
