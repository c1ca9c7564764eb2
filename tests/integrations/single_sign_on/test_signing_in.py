"""Signing in with an account of one's school: the whole way, with a provider that runs here."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth import BACKEND_SESSION_KEY
from django.utils import timezone

from integrations.single_sign_on.models import SignOnIdentity, SignOnProvider
from learning.models import Progress
from people.limits import SIGN_ONS_FROM
from people.models import Membership, Role, User
from people.queries import organisations_led_by
from people.second_step import STEP_ELSEWHERE
from tests.factories import MembershipFactory, OrganisationFactory
from tests.integrations.single_sign_on.conftest import door, who_is_here
from tests.integrations.single_sign_on.provider import TENANT, to_provider, way_back
from tests.people.test_keeping_an_email import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]
STEP = "http://surfconext.nl/assurance/loa2"


def asked_for(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def test_someone_comes_in_as_a_learner_of_that_school_without_a_name(idp, provider, tab, school, come_in):
    reply = come_in(tab, provider)
    assert (reply.status_code, reply["Location"]) == (302, "/mijn/")
    user = who_is_here(tab)
    assert (user.first_name, user.last_name, user.email, user.login_email) == ("", "", "", None)
    assert list(Membership.objects.values_list("user", "organisation", "role")) == [(user.pk, school.pk, "learner")]
    assert tab.get("/mijn/").status_code == 200
    assert "Mijn account" in text(tab.get("/mijn/"))


def test_only_who_it_is_is_asked_with_pkce_a_state_and_a_nonce(idp, provider, tab):
    asked = asked_for(to_provider(tab, door(provider)))
    assert asked["scope"] == "openid"
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"].endswith(f"/inloggen/met/{provider.key}/terug/")
    assert all(len(asked[name]) >= 43 for name in ("state", "nonce", "code_challenge"))
    other = asked_for(to_provider(tab, door(provider)))
    assert not {asked[name] for name in ("state", "nonce", "code_challenge")} & set(other.values())
    assert "acr_values" not in asked


def test_of_what_a_provider_tells_more_nothing_is_kept(idp, provider, tab, come_in):
    idp.claims = {"name": "Anna de Vries", "email": "anna@school.nl", "email_verified": True, "oid": "x"}
    come_in(tab, provider)
    kept = str(list(User.objects.values())) + str(list(SignOnIdentity.objects.values()))
    assert "anna" not in kept.lower().replace("paar-anna-1", "")
    assert "/userinfo" not in idp.fetched


def test_a_name_and_address_come_along_only_where_an_administrator_chose_so(idp, register, school, tab, come_in):
    row = register(school, asks_name=True, asks_email=True)
    idp.person = {"given_name": "Anna", "family_name": "de Vries", "email": "Anna@school.nl"}
    come_in(tab, row)
    assert idp.asked[-1]["scope"] == "openid profile email"
    user = who_is_here(tab)
    assert (user.first_name, user.last_name, user.email, user.login_email) == ("Anna", "", "anna@school.nl", None)


@pytest.mark.parametrize(
    "name", [["Anna"], {"x": 1}, 5, "\u202eannA", "A\x00", "\ud800", "<script>", "", None, "x" * 10_000]
)
def test_a_strange_name_is_no_name(idp, register, school, tab, come_in, name):
    row = register(school, asks_name=True)
    idp.claims = {"given_name": name}
    assert come_in(tab, row).status_code == 302
    assert who_is_here(tab).first_name in ("", "Anna")


def test_the_same_person_is_the_same_on_another_device(idp, provider, tab, as_user, come_in):
    come_in(tab, provider)
    come_in(other := as_user(None), provider)
    assert who_is_here(tab) == who_is_here(other)
    idp.subject = "paar-driss-9"
    come_in(third := as_user(None), provider)
    assert who_is_here(third) not in (None, who_is_here(tab))


def test_the_button_is_on_the_sign_in_page_and_leads_on_to_where_one_was_going(idp, provider, tab, come_in):
    page = text(tab.get("/inloggen/?next=/mijn/groepen/"))
    assert "Log in met <bdi>Voorbeeldschool</bdi>" in page
    assert f'href="{door(provider)}?next=/mijn/groepen/"' in page
    assert come_in(tab, provider, next="/mijn/groepen/")["Location"] == "/mijn/groepen/"


def test_many_organisations_stand_on_a_page_of_their_own_and_some_nowhere(idp, register, tab):
    rows = [register(OrganisationFactory(name=f"School {n}")) for n in range(5)]
    SignOnProvider.objects.filter(pk=rows[0].pk).update(shown=False)
    assert 'href="/inloggen/met/"' in text(tab.get("/inloggen/"))
    page = text(tab.get("/inloggen/met/"))
    assert all((f"School {n}" in page) is (n > 0) for n in range(5))
    assert tab.get(door(rows[0])).status_code == 302


@pytest.mark.parametrize("target", ["https://elders.nl/", "//elders.nl", "javascript:alert(1)", "/\\elders.nl"])
def test_it_leads_to_no_other_site(idp, provider, tab, come_in, target):
    assert come_in(tab, provider, next=target)["Location"] == "/mijn/"


@pytest.mark.parametrize("site", ["cross-site", "none", "same-site"])
def test_no_other_site_can_begin_it_and_a_link_from_an_intranet_gets_the_button(idp, provider, tab, site):
    reply = tab.get(door(provider), headers={"sec-fetch-site": site})
    assert (reply.status_code, "Ga verder" in text(reply)) == (200, True)
    assert not reply.cookies
    assert idp.fetched == []


def test_lessons_of_nobodys_name_on_this_phone_come_along(idp, provider, phone, come_in):
    phone.keep(phone.event("e-haakje"))
    before = who_is_here(phone.client)
    come_in(phone.client, provider)
    user = who_is_here(phone.client)
    assert not User.objects.filter(pk=before.pk).exists()
    assert Progress.objects.get().user == user
    assert "Van deze telefoon meegenomen" in user.notices.get().text


def test_lessons_of_someone_with_a_name_are_asked_about_first(idp, provider, phone_of, anna, come_in):
    anna.set_unusable_password()
    anna.save()
    phone = phone_of(anna)
    phone.keep(phone.event("e-haakje"))
    assert come_in(phone.client, provider)["Location"] == "/samenvoegen/"
    user = who_is_here(phone.client)
    assert Progress.objects.get().user == anna
    phone.client.post("/samenvoegen/", {"van_mij": "ja"})
    assert Progress.objects.get().user == user


def test_a_phone_that_knew_someone_does_not_open_their_account_without_signing_in(idp, provider, tab, come_in):
    come_in(tab, provider)
    tab.post("/uitloggen/")
    assert text(tab.get("/wie/")).count('name="wie"') <= 1
    assert who_is_here(tab) is None


# A second step


@pytest.fixture
def teacher(idp, provider, as_user, school, come_in) -> User:
    """Someone who came in by the school before, and was made a teacher there."""
    come_in(client := as_user(None), provider)
    user = who_is_here(client)
    MembershipFactory(user=user, organisation=school, role=Role.TEACHER)
    return user


def test_the_provider_gives_no_role_and_who_has_one_is_asked_our_second_step(
    idp, provider, teacher, tab, settings, come_in
):
    settings.SECOND_STEP_FROM = date.min
    idp.claims = {"roles": ["teacher", "admin"], "acr": STEP, "amr": ["mfa"]}
    come_in(tab, provider)
    assert who_is_here(tab) == teacher
    assert tab.get("/docent/").url == "/mijn/inloggen/"


@pytest.mark.parametrize("claim", [{"acr": STEP}, {"amr": ["pwd", STEP]}, {"acrs": [STEP]}])
def test_where_it_was_agreed_the_step_at_the_school_counts(idp, provider, teacher, tab, settings, come_in, claim):
    settings.SECOND_STEP_FROM = date.min
    SignOnProvider.objects.update(step_value=STEP)
    come_in(tab, provider)
    assert idp.asked[-1]["acr_values"] == STEP
    assert tab.get("/docent/").url == "/mijn/inloggen/"
    idp.claims = claim
    come_in(tab, provider)
    assert tab.get("/docent/").status_code == 200
    assert tab.session[BACKEND_SESSION_KEY] == STEP_ELSEWHERE
    assert tab.session.get_expiry_age() <= 12 * 3600


@pytest.mark.parametrize(
    "claim", [{"acr": STEP + "0"}, {"acr": [[STEP]]}, {"acr": None}, {"amr": STEP[:-1]}, {"ACR": STEP}]
)
def test_another_value_is_no_second_step(idp, provider, teacher, tab, settings, come_in, claim):
    settings.SECOND_STEP_FROM = date.min
    SignOnProvider.objects.update(step_value=STEP)
    idp.claims = claim
    come_in(tab, provider)
    assert tab.get("/docent/").url == "/mijn/inloggen/"


def test_a_step_at_one_school_opens_nothing_at_another_and_never_the_editor(
    idp, provider, teacher, as_user, employer, settings, come_in
):
    settings.SECOND_STEP_FROM = date.min
    SignOnProvider.objects.update(step_value=STEP)
    idp.claims = {"acr": STEP}
    role = MembershipFactory(user=teacher, organisation=employer, role=Role.HR_LEAD)
    come_in(tab := as_user(None), provider)
    assert tab.get("/docent/").url == "/mijn/inloggen/"
    role.delete()
    come_in(tab := as_user(None), provider)
    assert tab.get("/docent/").status_code == 200
    User.objects.filter(pk=teacher.pk).update(is_staff=True, is_superuser=True)
    come_in(tab := as_user(None), provider)
    assert tab.get("/admin/").url == "/mijn/inloggen/"


def test_who_has_a_second_step_here_is_asked_it_on_the_way_in(idp, provider, teacher, tab, come_in):
    Authenticator.objects.create(user=teacher, type="totp", data={"secret": "x"})
    assert come_in(tab, provider)["Location"] == "/inloggen/tweede-stap/"
    assert who_is_here(tab) is None


def test_entra_is_asked_for_its_own_kind_of_second_step(idp, register, school, tab):
    idp.path = f"/{TENANT}/v2.0"
    row = register(school, kind="entra", step_value="c1")
    assert (
        asked_for(to_provider(tab, door(row)))["claims"] == '{"id_token": {"acrs": {"essential": true, "value": "c1"}}}'
    )


# Out


def test_signing_out_ends_our_session_and_says_how_to_end_the_one_at_the_school(idp, provider, tab, come_in):
    come_in(tab, provider)
    reply = tab.post("/uitloggen/")
    assert reply["Location"] == f"{door(provider)}uit/"
    assert who_is_here(tab) is None
    page = text(tab.get(reply["Location"]))
    assert f"{idp.address}/logout?client_id=kortwijs%3A1" in page
    assert 'rel="noreferrer"' in page


def test_who_came_in_otherwise_just_goes_out(provider, as_user, bram):
    assert as_user(bram).post("/uitloggen/")["Location"] == "/"


# What goes wrong


def test_who_says_no_over_there_reads_so_and_can_begin_again(idp, provider, tab):
    state = asked_for(to_provider(tab, door(provider)))["state"]
    reply = tab.get(f"{door(provider)}terug/?error=access_denied&state={state}")
    assert reply.status_code == 400
    assert "Je stopte met inloggen." in text(reply)
    assert 'href="/inloggen/"' in text(reply)


def test_another_error_is_told_in_plain_words_and_what_it_says_is_not_shown(idp, provider, tab):
    state = asked_for(to_provider(tab, door(provider)))["state"]
    sent = f"error=server_error&error_description=<b>Anna+bestaat+niet</b>&state={state}"
    page = text(tab.get(f"{door(provider)}terug/?{sent}"))
    assert "niet gelukt" in page
    assert "bestaat" not in page


def test_a_way_back_works_once(idp, provider, tab, as_user, come_in):
    place = way_back(to_provider(tab, door(provider)))
    assert tab.get(place).status_code == 302
    reply = tab.get(place)
    assert reply.status_code == 400
    assert "Je bent nog steeds ingelogd." in text(reply)
    assert as_user(None).get(place).status_code == 400


def test_a_used_state_with_a_fresh_code_is_refused(idp, provider, tab):
    """Someone keeps the cookie of the first time and tries it once more."""
    began = to_provider(tab, door(provider))
    kept = tab.cookies.copy()
    assert tab.get(way_back(began)).status_code == 302
    tab.cookies.update(kept)
    assert tab.get(way_back(began)).status_code == 400


def test_a_way_back_of_another_browser_signs_nobody_in(idp, provider, tab, as_user):
    """A stranger cannot make Anna use the account of the stranger."""
    place = way_back(to_provider(as_user(None), door(provider)))
    assert tab.get(place).status_code == 400
    to_provider(tab, door(provider))
    assert tab.get(place).status_code == 400
    assert who_is_here(tab) is None


def test_after_ten_minutes_it_begins_again(idp, provider, tab):
    place = way_back(to_provider(tab, door(provider)))
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        reply = tab.get(place)
    assert (reply.status_code, "Begin opnieuw." in text(reply)) == (400, True)


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "state=x",
        "code=x",
        "state=&code=",
        "state=%00&code=x",
        "state=" + "x" * 5000,
        "code=%ff&state=%ff",
        "state[]=x",
    ],
)
def test_a_half_way_back_is_a_calm_page(idp, provider, tab, sent):
    reply = tab.get(f"{door(provider)}terug/?{sent}")
    assert reply.status_code == 400
    assert "Begin opnieuw." in text(reply)


def test_a_code_for_one_organisation_works_at_no_other(idp, register, school, employer, tab):
    first, second = register(school), register(employer)
    place = way_back(to_provider(tab, door(first)))
    assert tab.get(place.replace(str(first.key), str(second.key))).status_code == 400
    assert who_is_here(tab) is None


def test_too_many_ways_back_that_do_not_hold_make_it_rest(idp, provider, tab):
    for _ in range(60):
        tab.get(f"{door(provider)}terug/?state=x&code=x")
    assert tab.get(f"{door(provider)}terug/?state=x&code=x").status_code == 429
    reply = tab.get(door(provider))
    assert (reply.status_code, "Wacht 10 minuten." in text(reply)) == (429, True)


def test_too_many_that_begin_make_it_rest(idp, provider, tab):
    for _ in range(SIGN_ONS_FROM.most):
        SIGN_ONS_FROM.count("127.0.0.1")
    assert tab.get(door(provider)).status_code == 429


def test_an_account_that_is_off_stays_off(idp, provider, tab, as_user, come_in):
    come_in(tab, provider)
    User.objects.update(is_active=False)
    reply = come_in(other := as_user(None), provider)
    assert (reply.status_code, who_is_here(other)) == (403, None)


def test_an_ended_provider_lets_nobody_in(idp, provider, tab, school):
    place = way_back(to_provider(tab, door(provider)))
    SignOnProvider.objects.update(ended_at=timezone.now())
    assert (tab.get(place).status_code, tab.get(door(provider)).status_code) == (404, 404)
    assert "Voorbeeldschool" not in text(tab.get("/inloggen/"))


def test_nothing_of_a_sign_in_is_in_the_log_or_readable_in_a_cookie(idp, provider, tab, caplog):
    idp.tampers = lambda claims: {**claims, "aud": "een-ander"}
    began = to_provider(tab, door(provider))
    cookie = next(morsel for name, morsel in tab.cookies.items() if name.startswith("sso-"))
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    place = way_back(began)
    tab.get(place)
    told = caplog.text
    for secret in (*asked_for(place).values(), asked_for(began)["nonce"], "paar-anna-1"):
        assert secret not in told
    assert "InvalidClaimError" in told


def test_a_learner_who_came_in_by_school_leads_nothing(idp, provider, tab, come_in):
    idp.claims = {"eduperson_affiliation": ["employee", "staff"], "roles": ["Administrator"]}
    come_in(tab, provider)
    assert not organisations_led_by(who_is_here(tab)).exists()
    assert Membership.objects.get().role == Role.LEARNER
