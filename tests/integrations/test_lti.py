"""Kortwijs in a school's own learning system. The learning system is a real one (lti1p3platform), started here."""

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as site
from django.core.cache import cache
from django.utils import timezone
from lti_tool.models import Key, LtiDeployment, LtiRegistration, LtiUser
from pylti1p3.exception import LtiException

from courses.models import CoursePath, Sharing
from integrations.lti.services import (
    MOST_PAGES,
    end_platform,
    forget_who_left,
    invite_platform,
    register_platform,
    send_completions,
)
from integrations.models import LtiCompletion, LtiNonce, LtiPlatform
from learning.models import Progress
from people.models import Membership, Role, User
from people.queries import organisations_led_by
from people.services import erase_person, export_person
from people.tasks import apply_retention
from people.visibility import sight_of
from tests.factories import OrganisationFactory, nobody_came_since
from tests.integrations.lti_platform import (
    BASE,
    CLAIM,
    KEY,
    OTHER_KEY,
    TOOL_KEY,
    School,
    begin,
    forge,
    minutes_ago,
    school_runs,
)
from tests.learning.test_routes import did

pytestmark = pytest.mark.django_db
A1 = f"{BASE}/lti/les/A1/"


@pytest.fixture(scope="module")
def running():
    with school_runs() as school:
        yield school


@pytest.fixture
def moodle(running, school) -> School:
    """Registered for Voorbeeldschool."""
    cache.clear()
    Key.objects.create_from_jwk(TOOL_KEY)  # making one takes half a second
    running.scores, running.registered, running.authorized, running.down = [], [], [], False
    platform = invite_platform(organisation=school, name="Moodle", address=running.address, actor=None)
    register_platform(platform=platform, values=running.values(), actor=None)
    running.tool_keys = Key.objects.as_jwks()
    return running


@pytest.fixture
def tab(as_user):
    return as_user(None)


def who_is_here(client) -> User | None:
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


# A launch


def test_a_learner_comes_in_without_a_name_at_the_lesson_of_the_link(moodle, tab, school):
    reply = moodle.launch(tab)
    assert reply.status_code == 302
    assert reply["Location"].startswith("/les/")
    user = who_is_here(tab)
    assert tab.get(reply["Location"]).status_code == 200
    assert (user.first_name, user.last_name, user.email, user.login_email) == ("", "", "", None)
    known = LtiUser.objects.get()
    assert (known.sub, known.name, known.given_name, known.family_name, known.email) == ("leerling-7", "", "", "", "")
    assert list(Membership.objects.filter(user=user).values_list("organisation", "role")) == [(school.pk, Role.LEARNER)]


def test_the_same_person_is_the_same_learner_on_another_day_and_device(moodle, tab, as_user):
    moodle.launch(tab)
    other = as_user(None)
    moodle.launch(other)
    assert who_is_here(tab) == who_is_here(other)
    third = as_user(None)
    moodle.launch(third, who="leerling-8")
    assert who_is_here(third) != who_is_here(tab)


def test_a_teacher_of_the_platform_gets_no_rights_here(moodle, tab):
    moodle.launch(tab, role="Instructor", who="docent-1")
    user = who_is_here(tab)
    assert {one.role for one in user.memberships.all()} == {Role.LEARNER}
    assert not organisations_led_by(user).exists()


def test_the_cookies_of_a_launch_stay_lax(moodle, tab):
    moodle.launch(tab)
    assert {cookie["samesite"] for cookie in tab.cookies.values() if cookie.value} == {"Lax"}
    assert site.SESSION_COOKIE_SAMESITE == "Lax"


def test_what_the_platform_posts_is_passed_on_by_our_own_page_only(moodle, tab):
    began = begin(tab, moodle.preflight())
    posted = moodle.answer(began["Location"])
    page = tab.post("/lti/start", posted, headers={"sec-fetch-site": "cross-site"})
    assert 'action="/lti/start/verder"' in page.content.decode()
    assert who_is_here(tab) is None
    refused = tab.post("/lti/start/verder", posted, headers={"sec-fetch-site": "cross-site"})
    assert refused.status_code == 403


def test_a_frame_of_the_platform_holds_a_button_to_a_tab_and_nothing_else(moodle, tab):
    reply = begin(tab, moodle.preflight(), **{"sec-fetch-dest": "iframe"})
    found = reply.content.decode()
    assert 'target="_blank"' in found
    assert 'href="/les/' not in found
    assert found.count("<button") == 1
    policy = reply["Content-Security-Policy"]
    assert f"frame-ancestors {moodle.address};" in policy + ";"
    assert f"form-action 'self' {moodle.address}" in policy
    assert "X-Frame-Options" not in reply
    assert not reply.cookies
    hints = {name: values[0] for name, values in parse_qs(urlsplit(moodle.preflight()).query).items()}
    again = tab.post("/lti/inloggen", hints, headers={"sec-fetch-dest": "document"})
    assert again["Location"].startswith(f"{moodle.address}/auth?")


def test_no_other_page_may_stand_in_a_frame_and_no_other_site_may_frame(moodle, tab):
    for address in ("/", "/lti/uitleg/", "/mijn/"):
        assert "frame-ancestors 'self'" in tab.get(address)["Content-Security-Policy"]
    strange = moodle.preflight().replace(moodle.client_id, "van-een-ander")
    reply = begin(tab, strange, **{"sec-fetch-dest": "iframe"})
    assert reply.status_code == 400
    assert "frame-ancestors 'self'" in reply["Content-Security-Policy"]


# Hostile launches


def refused(client, posted) -> bool:
    """Whether this is not taken, and nobody came in by it."""
    before = (User.objects.count(), LtiUser.objects.count())
    reply = client.post("/lti/start/verder", posted)
    assert "<h1>De les gaat niet open</h1>" in reply.content.decode()
    return reply.status_code == 400 and (User.objects.count(), LtiUser.objects.count()) == before


@pytest.fixture
def message(moodle, tab) -> dict[str, str]:
    """What the platform posts, for this browser, not used yet."""
    return moodle.answer(begin(tab, moodle.preflight())["Location"])


def test_a_launch_works_once(tab, message, as_user):
    cookies = {name: cookie.value for name, cookie in tab.cookies.items()}
    assert tab.post("/lti/start/verder", message).status_code == 302
    tab.cookies.load(cookies)
    assert refused(tab, message)
    assert LtiNonce.objects.count() == 1


def test_a_launch_of_another_browser_is_refused_before_and_after_it_was_used(tab, message, as_user):
    thief = as_user(None)
    assert refused(thief, message)
    tab.post("/lti/start/verder", message)
    assert refused(thief, message)


CLAIMS = {
    "for another tool": {"aud": "een-ander"},
    "for nobody": {"aud": None},
    "for many, and not said for whom": {"aud": ["kortwijs-1", "een-ander"], "azp": None},
    "for many, asked by another": {"aud": ["kortwijs-1", "een-ander"], "azp": "een-ander"},
    "for an object": {"aud": {"a": 1}},
    "expired": {"exp": minutes_ago(20), "iat": minutes_ago(25)},
    "never expires": {"exp": None},
    "old": {"iat": minutes_ago(60)},
    "without time": {"iat": None},
    "time is no number": {"iat": "gisteren"},
    "another nonce": {"nonce": "x" * 32},
    "no nonce": {"nonce": None},
    "nonce is a list": {"nonce": ["a"]},
    "another issuer": {"iss": "https://kwaad.example"},
    "no issuer": {"iss": None},
    "nobody": {"sub": None},
    "a long nobody": {"sub": "x" * 5000},
    "a null in it": {"sub": "a\x00b"},
    "an object as person": {"sub": {"id": 1}},
    "another version": {f"{CLAIM}version": "1.1"},
    "no kind": {f"{CLAIM}message_type": None},
    "another kind": {f"{CLAIM}message_type": "Iets"},
    "no deployment": {f"{CLAIM}deployment_id": None},
    "no roles": {f"{CLAIM}roles": None},
    "no link": {f"{CLAIM}resource_link": None},
    "link is a word": {f"{CLAIM}resource_link": "x"},
}


@pytest.mark.parametrize("changes", CLAIMS.values(), ids=CLAIMS)
def test_a_message_with_wrong_claims_is_refused(tab, message, changes):
    assert refused(tab, forge(message, **changes))


def test_a_message_without_a_signature_or_by_an_unknown_key_is_refused(tab, message):
    assert refused(tab, forge(message, key=None))
    assert refused(tab, forge(message, key=OTHER_KEY))
    assert refused(tab, forge(message, key=OTHER_KEY, kid=OTHER_KEY.thumbprint()))
    head, body, _ = message["id_token"].split(".")
    for token in (f"{head}.{body}.", f"{head}.{body}.AAAA", "a.b.c", "....", "x", f"{head}.{'A' * 60_000}.x"):
        assert refused(tab, {**message, "id_token": token})
    assert tab.post("/lti/start/verder", message).status_code == 302  # and the real one still works


def test_a_public_key_as_shared_secret_is_refused(tab, message):
    import base64
    import hashlib
    import hmac

    head = base64.urlsafe_b64encode(json.dumps({"alg": "HS256", "kid": KEY.thumbprint()}).encode()).rstrip(b"=")
    body = message["id_token"].split(".")[1].encode()
    mark = hmac.new(KEY.export_to_pem(), head + b"." + body, hashlib.sha256).digest()
    token = b".".join([head, body, base64.urlsafe_b64encode(mark).rstrip(b"=")]).decode()
    assert refused(tab, {**message, "id_token": token})


@pytest.mark.parametrize("posted", [{}, {"state": "x"}, {"id_token": "x"}, {"state": "x" * 500, "id_token": "x"}])
def test_half_a_message_is_refused(moodle, tab, posted):
    assert tab.post("/lti/start", posted).status_code == 400
    assert refused(tab, posted)


def test_what_is_passed_on_is_no_way_in_for_a_script(moodle, tab):
    reply = tab.post("/lti/start", {"state": '"><script>x</script>', "id_token": '"><script>y</script>'})
    assert "<script>x" not in reply.content.decode()
    assert "<script>y" not in reply.content.decode()


HINTS = [{}, {"iss": "x"}, {"iss": "https://kwaad.example", "login_hint": "x"}, {"login_hint": "x" * 9000}]


@pytest.mark.parametrize("hints", HINTS)
def test_a_platform_that_nobody_registered_begins_nothing(moodle, tab, hints):
    for send in (tab.get, tab.post):
        reply = send("/lti/inloggen", hints)
        assert reply.status_code == 400
        assert not reply.cookies


def test_a_platform_that_stopped_opens_nothing_also_halfway(moodle, tab, message):
    end_platform(platform=LtiPlatform.objects.get(), actor=None)
    assert refused(tab, message)
    assert begin(tab, moodle.preflight()).status_code == 400


def test_another_place_in_the_platform_waits_for_an_administrator(moodle, tab, as_user, admin_user, monkeypatch):
    moodle.launch(tab)
    monkeypatch.setattr(moodle, "deployment", "2")
    assert moodle.launch(as_user(None), who="vreemd").status_code == 400
    assert not LtiUser.objects.filter(sub="vreemd").exists()
    second = LtiDeployment.objects.get(deployment_id="2")
    place = f"/admin/leeromgevingen/{LtiPlatform.objects.get().pk}/plek/{second.pk}/"
    assert as_user(admin_user).post(place).status_code == 302
    assert moodle.launch(as_user(None), who="vreemd").status_code == 302


# Whose it is


def test_a_launch_opens_paths_of_its_own_organisation_only(moodle, tab, school):
    other = CoursePath.objects.create(
        organisation=OrganisationFactory(), slug="geheim", title="Geheim", sharing=Sharing.EDIT
    )
    alone = CoursePath.objects.create(organisation=school, slug="alleen", title="Alleen", sharing=Sharing.ALONE)
    for path in (other, alone):
        assert moodle.launch(tab, target=f"{BASE}/lti/route/{path.pk}/").status_code == 404
    ready = CoursePath.objects.get(organisation=None, slug="zorg")
    assert moodle.launch(tab, target=f"{BASE}/lti/route/{ready.pk}/")["Location"] == "/routes/zorg/"


TARGETS = [
    "https://kwaad.example/lti/les/A1/",
    f"{BASE}/admin/",
    f"{BASE}/lti/les/BESTAATNIET/",
    f"{BASE}//kwaad/",
    "x",
]


@pytest.mark.parametrize("target", TARGETS)
def test_a_link_to_something_else_leads_nowhere(moodle, tab, target):
    reply = moodle.launch(tab, target=target)
    assert reply.status_code == 404
    assert not LtiUser.objects.exists()


def test_who_was_signed_in_on_a_shared_computer_is_not_who_comes_in(moodle, as_user, anna):
    client = as_user(anna)
    did(anna, "A1")
    moodle.launch(client)
    assert who_is_here(client) != anna
    assert Progress.objects.get().user == anna


def test_two_platforms_with_one_key_for_a_learner_are_two_learners(moodle, tab, as_user):
    moodle.launch(tab)
    first = LtiRegistration.objects.get()
    LtiRegistration.objects.filter(pk=first.pk).update(client_id="eerder")
    LtiPlatform.objects.update(name="Eerste")
    other = invite_platform(organisation=OrganisationFactory(), name="Tweede", address=moodle.address, actor=None)
    register_platform(platform=other, values=moodle.values(), actor=None)
    second = as_user(None)
    moodle.launch(second)
    assert who_is_here(second) != who_is_here(tab)
    assert {one.organisation for one in who_is_here(second).memberships.all()} == {other.organisation}


# Choosing


def choosing(moodle, client, **options):
    return moodle.launch(
        client, target=f"{BASE}/lti/", choosing=True, who="docent-1", **{"role": "Instructor", **options}
    )


def ticket_of(reply) -> str:
    return reply.content.decode().split('name="kaartje" value="')[1].split('"')[0]


def test_a_teacher_chooses_and_the_platform_reads_what(moodle, tab):
    page = choosing(moodle, tab)
    assert page.status_code == 200
    zorg = CoursePath.objects.get(organisation=None, slug="zorg")
    reply = tab.post("/lti/kies", {"kaartje": ticket_of(page), "keuze": ["les:A1", f"route:{zorg.pk}"]})
    found = reply.content.decode()
    assert f'action="{moodle.address}/back"' in found
    assert f"form-action 'self' {moodle.address}" in reply["Content-Security-Policy"]
    message = found.split('name="JWT" value="')[1].split('"')[0]
    from tests.integrations.lti_platform import Conf

    items = Conf(registration=moodle.registration(BASE)).validate_deeplinking_resp({"JWT": message})
    assert [item["url"] for item in items] == [A1, f"{BASE}/lti/route/{zorg.pk}/"]
    assert {item["lineItem"]["scoreMaximum"] for item in items} == {1}
    assert not User.objects.filter(username__startswith="lti-").exists()  # choosing makes nobody


def test_a_learner_cannot_choose(moodle, tab):
    assert choosing(moodle, tab, role="Learner").status_code == 400


@pytest.mark.parametrize(
    "chosen",
    [[], ["les:GEEN"], ["x"], ["route:999999"], ["les:A1", "les:GEEN"], ["<script>"], ["les:A1"] * 500 + ["x"]],
)
def test_a_strange_choice_asks_again(moodle, tab, chosen):
    reply = tab.post("/lti/kies", {"kaartje": ticket_of(choosing(moodle, tab)), "keuze": chosen})
    assert reply.status_code == 422
    assert 'role="alert"' in reply.content.decode()


def test_where_one_may_be_chosen_two_are_refused(moodle, tab):
    ticket = ticket_of(choosing(moodle, tab, many=False))
    assert tab.post("/lti/kies", {"kaartje": ticket, "keuze": ["les:A1", "les:A2"]}).status_code == 422
    assert tab.post("/lti/kies", {"kaartje": ticket, "keuze": ["les:A1"]}).status_code == 200


@pytest.mark.parametrize("ticket", ["", "x", "a:b:c", "x" * 100_000])
def test_a_ticket_of_nobody_is_refused(moodle, tab, ticket):
    assert tab.post("/lti/kies", {"kaartje": ticket, "keuze": "les:A1"}).status_code == 400


# Telling that it is done


def test_the_platform_hears_once_that_a_lesson_is_done_and_no_more_than_that(moodle, tab):
    moodle.launch(tab, line_item=f"{moodle.address}/items/1")
    user, now = who_is_here(tab), timezone.now()
    assert send_completions(now=now) == 0
    did(user, "A1", done=False)
    assert send_completions(now=now) == 0
    Progress.objects.update(completed_at=now)
    assert send_completions(now=now) == 1
    assert send_completions(now=now + timedelta(days=1)) == 0
    [score] = moodle.scores
    assert (score["scoreGiven"], score["scoreMaximum"], score["userId"]) == (1, 1, "leerling-7")
    assert (score["activityProgress"], score["gradingProgress"]) == ("Completed", "FullyGraded")
    assert set(score) == {"scoreGiven", "scoreMaximum", "userId", "activityProgress", "gradingProgress", "timestamp"}
    assert moodle.authorized[0].startswith("Bearer ")


def test_a_path_is_told_when_all_that_belongs_to_it_is_done(moodle, tab):
    path = CoursePath.objects.get(organisation=None, slug="zorg")
    moodle.launch(tab, target=f"{BASE}/lti/route/{path.pk}/", line_item=f"{moodle.address}/items/2")
    user = who_is_here(tab)
    for code in path.required_codes[:-1]:
        did(user, code)
    assert send_completions(now=timezone.now()) == 0
    did(user, path.required_codes[-1])
    assert send_completions(now=timezone.now()) == 1


def test_a_platform_that_is_away_is_asked_again_later_and_hears_it_once(moodle, tab):
    moodle.launch(tab, line_item=f"{moodle.address}/items/1")
    did(who_is_here(tab), "A1")
    now = timezone.now()
    moodle.down = True
    assert send_completions(now=now) == 0
    moodle.down = False
    assert send_completions(now=now) == 0  # not at once
    assert send_completions(now=now + timedelta(minutes=2)) == 1
    assert LtiCompletion.objects.get().tries == 2


def test_who_did_not_ask_or_stopped_hears_nothing(moodle, tab):
    moodle.launch(tab)
    assert not LtiCompletion.objects.exists()
    moodle.launch(tab, line_item="file:///etc/passwd")
    assert not LtiCompletion.objects.exists()
    moodle.launch(tab, line_item=f"{moodle.address}/items/1")
    did(who_is_here(tab), "A1")
    end_platform(platform=LtiPlatform.objects.get(), actor=None)
    assert send_completions(now=timezone.now()) == 0
    assert moodle.scores == []


def test_nothing_is_told_about_who_left_the_course_and_no_name_is_kept(moodle, tab, as_user, monkeypatch):
    people = [
        {"user_id": "leerling-7", "status": "Active", "roles": ["Learner"], "name": "Anna de Vries"},
        {"user_id": "leerling-8", "status": "Inactive", "roles": ["Learner"], "name": "Bas"},
    ]
    monkeypatch.setattr(moodle, "members", people)
    for who, client in (("leerling-7", tab), ("leerling-8", as_user(None)), ("leerling-9", as_user(None))):
        moodle.launch(client, who=who, line_item=f"{moodle.address}/items/{who}")
    assert LtiCompletion.objects.count() == 3
    assert forget_who_left() == 2
    assert LtiCompletion.objects.get().who.sub == "leerling-7"
    assert set(LtiUser.objects.values_list("name", "email")) == {("", "")}


def test_a_list_that_is_empty_or_strange_or_not_there_forgets_nobody(moodle, tab, monkeypatch):
    monkeypatch.setattr(moodle, "members", [{"user_id": "leerling-7"}])
    moodle.launch(tab, line_item=f"{moodle.address}/items/1")
    for strange in ([], [{"status": "Active"}], ["x"], [{"user_id": "x", "status": "Deleted"}]):
        monkeypatch.setattr(moodle, "members", strange)
        assert forget_who_left() == 0
    monkeypatch.setattr(moodle, "down", True)
    assert forget_who_left() == 0
    assert LtiCompletion.objects.count() == 1


@pytest.mark.parametrize(("size", "pages"), [(2, 2), (1, 3)])
def test_a_list_of_more_pages_is_read_to_its_end(moodle, tab, as_user, monkeypatch, size, pages):
    monkeypatch.setattr(moodle, "members", [{"user_id": f"leerling-{number}"} for number in (5, 6, 7)])
    monkeypatch.setattr(moodle, "page_size", size)
    monkeypatch.setattr(moodle, "asked_for", [])
    for who, client in (("leerling-7", tab), ("leerling-9", as_user(None))):
        moodle.launch(client, who=who, line_item=f"{moodle.address}/items/{who}")
    assert forget_who_left() == 1
    assert len(moodle.asked_for) == pages
    assert LtiCompletion.objects.get().who.sub == "leerling-7"  # who stands on the last page


@pytest.mark.parametrize("link", ["{address}/members?VanafNummer={end}", "{address}/members", "{other}/members",
                                  "http://leden@127.0.0.1/", "file:///etc/passwd", "%%%"])  # fmt: skip
def test_a_list_that_never_ends_or_goes_on_elsewhere_forgets_nobody(moodle, tab, monkeypatch, link):
    monkeypatch.setattr(moodle, "members", [{"user_id": "leerling-5"}])
    monkeypatch.setattr(moodle, "asked_for", [])
    moodle.launch(tab, line_item=f"{moodle.address}/items/1")
    with school_runs() as other:
        told = link.replace("{address}", moodle.address).replace("{other}", other.address)
        monkeypatch.setattr(moodle, "next_link", told)
        assert forget_who_left() == 0
        assert other.asked_for == []  # our key to this platform goes to no other
    assert len(moodle.asked_for) <= MOST_PAGES
    assert LtiCompletion.objects.count() == 1


def test_who_came_from_a_platform_can_show_a_credential(moodle, tab):
    moodle.launch(tab)
    path = CoursePath.objects.get(organisation=None, slug="zorg")
    for code in path.required_codes:
        did(who_is_here(tab), code)
    own = tab.post("/bewijzen/nieuw/", {"route": path.pk})["Location"]
    assert tab.post(f"{own}laat-zien/").status_code == 302


# Registering


@pytest.fixture
def invited(running, school) -> LtiPlatform:
    cache.clear()
    Key.objects.create_from_jwk(TOOL_KEY)
    running.registered, running.authorized, running.down = [], [], False
    return invite_platform(organisation=school, name="Moodle", address=f"{running.address}/x", actor=None)


def register(client, platform, running, config="/config", token="geheim"):
    place = f"/lti/aanmelden/{platform.invitation}/"
    sent = {"openid_configuration": f"{running.address}{config}", "registration_token": token}
    assert client.get(place, sent).status_code == 200
    return client.post(place, sent)


def test_a_platform_registers_itself_once_and_is_asked_for_no_name(running, invited, tab, as_user):
    reply = register(tab, invited, running)
    assert "De koppeling is gemaakt." in reply.content.decode()
    assert f"frame-ancestors {running.address}" in reply["Content-Security-Policy"]
    [told] = running.registered
    assert running.authorized == ["Bearer geheim"]
    tool = told["https://purl.imsglobal.org/spec/lti-tool-configuration"]
    assert tool["claims"] == ["iss", "sub"]
    assert {scope.rpartition("/")[2] for scope in told["scope"].split()} == {"score", "contextmembership.readonly"}
    assert tab.get(f"/lti/aanmelden/{invited.invitation}/").status_code == 404
    running.tool_keys = json.loads(tab.get("/lti/sleutels.json").content)
    assert running.launch(as_user(None)).status_code == 302


def test_an_invitation_ends_and_one_of_nobody_is_not_there(running, invited, tab):
    LtiPlatform.objects.update(invited_until=timezone.now() - timedelta(seconds=1))
    assert tab.get(f"/lti/aanmelden/{invited.invitation}/").status_code == 404
    assert tab.get("/lti/aanmelden/00000000-0000-0000-0000-000000000000/").status_code == 404


STRANGE = {
    "issuer elsewhere": {"issuer": "https://kwaad.example"},
    "no issuer": {"issuer": None},
    "registration elsewhere": {"registration_endpoint": "https://kwaad.example/register"},
    "keys in a file": {"jwks_uri": "file:///etc/passwd"},
    "token is a list": {"token_endpoint": ["x"]},
    "very long": {"authorization_endpoint": "https://x.example/" + "x" * 9000},
}


@pytest.mark.parametrize("changes", STRANGE.values(), ids=STRANGE)
def test_a_platform_that_says_strange_things_is_not_registered(running, invited, tab, changes, monkeypatch):
    monkeypatch.setattr(running, "configuration", {**running.configuration, **changes})
    reply = register(tab, invited, running)
    assert reply.status_code == 422
    assert not LtiRegistration.objects.exists()


@pytest.mark.parametrize(
    "address", ["", "x", "https://kwaad.example/config", "file:///etc/passwd", "http://a@b/", "x" * 9000]
)
def test_a_configuration_elsewhere_is_not_asked_for(running, invited, tab, address):
    place = f"/lti/aanmelden/{invited.invitation}/"
    assert tab.post(place, {"openid_configuration": address}).status_code == 422
    assert not LtiRegistration.objects.exists()


def test_in_production_a_platform_on_our_own_network_is_not_asked(settings, running, invited, tab):
    settings.LTI_PRIVATE_HOSTS = False
    assert register(tab, invited, running).status_code == 422
    from integrations.lti.fetch import GuardedSession

    for address in (
        "http://leren.school.nl/",
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://x y/",
        "file:///etc/passwd",
        "ftp://leren.school.nl/",
    ):
        with pytest.raises(LtiException):
            GuardedSession().get(address)


# The pages of an administrator


def test_an_administrator_connects_a_platform_by_hand(as_user, admin_user, school, running):
    client = as_user(admin_user)
    made = client.post(
        "/admin/leeromgevingen/nieuw/",
        {"organisation": school.pk, "name": "Moodle", "address": f"{running.address}/moodle/"},
    )
    page = client.get(made["Location"]).content.decode()
    assert f"{BASE}/lti/aanmelden/{LtiPlatform.objects.get().invitation}/" in page
    assert f"{BASE}/lti/sleutels.json" in page
    assert client.post(made["Location"], {**running.values(), "deployment": "1"}).status_code == 302
    assert LtiDeployment.objects.get().is_active
    assert "Gekoppeld" in client.get("/admin/leeromgevingen/").content.decode()
    client.post(f"{made['Location']}stop/")
    assert "Gestopt" in client.get("/admin/leeromgevingen/").content.decode()


def test_what_is_no_address_is_refused(as_user, admin_user, school):
    client = as_user(admin_user)
    for address in ("", "x", "javascript:alert(1)", "https://", "https://a b/", "https://x;y/", "x" * 500):
        sent = {"organisation": school.pk, "name": "M", "address": address}
        assert client.post("/admin/leeromgevingen/nieuw/", sent).status_code == 200
    assert not LtiPlatform.objects.exists()


def test_nobody_else_sees_or_changes_platforms(moodle, as_user, anna, bram, chantal, driss):
    pk = LtiPlatform.objects.get().pk
    for user in (None, anna, bram, chantal, driss):
        client = as_user(user)
        for place in ("", "nieuw/", f"{pk}/"):
            assert client.get(f"/admin/leeromgevingen/{place}").status_code in (302, 403)
        assert client.post(f"/admin/leeromgevingen/{pk}/stop/").status_code in (302, 403)
    assert LtiPlatform.objects.get().ended_at is None


def test_the_page_for_a_school_says_what_to_fill_in_and_no_secret(tab, moodle):
    found = tab.get("/lti/uitleg/").content.decode()
    for address in ("/lti/", "/lti/inloggen", "/lti/start", "/lti/sleutels.json"):
        assert f"{BASE}{address}" in found
    keys = tab.get("/lti/sleutels.json").json()["keys"]
    assert keys
    assert all("d" not in key for key in keys)
    assert str(LtiPlatform.objects.get().invitation) not in found


def test_a_link_that_is_opened_without_the_platform_leads_to_the_lesson(tab, moodle):
    assert tab.get("/lti/les/A1/")["Location"].startswith("/les/")
    for address in ("/lti/les/GEEN/", "/lti/x/y/", "/lti/"):
        assert tab.get(address)["Location"] == "/lti/uitleg/"


# Rights


def test_what_is_kept_is_exported_shown_and_erased(moodle, tab):
    moodle.launch(tab, line_item=f"{moodle.address}/items/1")
    user = who_is_here(tab)
    found = export_person(user=user)["integrations"]
    assert found["bekend in een leeromgeving"] == [{"leeromgeving": "Moodle", "kenmerk": "leerling-7"}]
    assert sight_of(user).platforms == ["Moodle"]
    assert "Hoort of een les klaar is." in tab.get("/wie-ziet-wat/").content.decode()
    erase_person(user=user, actor=None)
    assert not LtiUser.objects.exists()
    assert not LtiCompletion.objects.exists()


def test_who_never_comes_back_is_forgotten(moodle, tab):
    moodle.launch(tab)
    long_ago = timezone.now() - timedelta(days=site.RETENTION_NAMELESS_DAYS + 1)
    nobody_came_since(long_ago)
    apply_retention()
    assert User.objects.filter(username__startswith="lti-").exists()  # it named them since
    LtiUser.objects.update(datetime_modified=long_ago)
    apply_retention()
    assert not User.objects.filter(username__startswith="lti-").exists()
