"""Ready routes on screen: anyone can look, following one makes it the own line, and progress is the learner's alone."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from assessments.models import QuestionnaireAnswers
from courses.models import CoursePath
from learning.models import OwnRoute, Progress
from learning.services import drop_route, follow_path, take_route
from modules.models import ModulePage
from people.models import User
from people.services import erase_person, export_person, merge_people
from people.tasks import apply_retention
from tests.factories import OrganisationFactory
from tests.learning.test_query_counts import queries
from tests.learning.test_startmeting import fill_in, next_lesson, page

pytestmark = pytest.mark.django_db
ZORG = "/routes/zorg/"
HOSTILE = [
    "bestaat-niet",
    "ZORG",
    "zorg'--",
    "%00",
    "..%2f..%2fadmin",
    "<script>",
    "zorg%0a",
    "٣",
    "x" * 5000,
    "zorg;id",
]


def did(user: User, code: str, *, done: bool = True) -> Progress:
    now = timezone.now()
    return Progress.objects.create(
        user=user, module=code, attempt=uuid.uuid4(), revision=1, step="x", step_number=2, step_count=8, saved_at=now,
        completed_at=now if done else None,
    )  # fmt: skip


def zorg() -> CoursePath:
    return CoursePath.objects.get(slug="zorg")


def shown(found: str) -> list[str]:
    """The titles of the lessons in order."""
    route = found.split('<ol class="route">')[1].split("</ol>")[0]
    return re.findall(r'<span data-v="makkelijk">(.*?)</span>|<b>([^<]+)</b>', route)


def dock(found: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", found.split('<footer class="dock">')[1].split("</footer>")[0]).split())


# What there is


def test_all_routes_stand_per_trade_mbo_leads_and_owners_with_their_minutes(as_user):
    found = page(as_user(None), "/routes/")
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", found)
    assert headings == ["Voor jouw vak", "Voor het mbo", "Voor leidinggevenden", "Voor ondernemers"]
    assert len(re.findall(r'href="/routes/[a-z0-9-]+/"', found)) == 13
    assert re.search(r"8 lessen · \d+ minuten", found)


@pytest.mark.parametrize("trade", ["", "piloot", "<b>", "x" * 2000])
def test_a_trade_nobody_has_changes_nothing(as_user, trade):
    client = as_user(None)
    client.cookies["vak"] = trade
    assert "Jouw vak" not in page(client, "/routes/")


def test_the_route_for_the_own_trade_stands_first(as_user):
    client = as_user(None)
    client.cookies["vak"] = "winkel"
    found = page(client, "/routes/")
    assert re.findall(r'href="/routes/([a-z]+)/"', found)[:2] == ["winkel", "zorg"]
    assert found.count("Jouw vak") == 1


def test_a_route_shows_its_lessons_in_order_in_both_texts_and_what_comes(as_user, tmp_path):
    found = page(as_user(None), ZORG)
    places = [
        found.index(f'href="/les/{ModulePage.objects.get(code=code).slug}/"') for code in ("A1", "A6", "B1", "A3")
    ]
    assert places == sorted(places)
    for text in ("Veilig werken met AI in de zorg", "Werken met AI in de zorg", "Je werkt met cliënten."):
        assert text in found
    known = set(ModulePage.objects.live().values_list("code", flat=True))
    missing = [code for code in zorg().codes if code not in known]
    assert found.count("Komt nog") == len(missing)
    assert dock(found) == "Begin met les 1"


def test_an_extra_lesson_says_so_with_its_note(as_user):
    found = page(as_user(None), "/routes/logistiek/")
    assert found.count("Extra les. Je mag hem overslaan.") == 1
    assert "Over meten op je werk." in found
    assert "7 lessen, samen ongeveer" in found


def test_makkelijk_is_only_proposed_and_the_text_shown_stays_as_chosen(as_user):
    client = as_user(None)
    client.cookies["soort"] = "gewoon"
    reply = client.get("/routes/mbo-entree-en-2/")
    found = reply.content.decode()
    assert "Bij deze route past Makkelijk." in found
    assert "Je kiest zelf je tekst." in found
    assert 'data-variant="standaard"' in found
    client.post("/routes/mbo-entree-en-2/volg/")
    assert client.cookies["soort"].value == "gewoon"
    assert "Bij deze route past Makkelijk." not in page(client, ZORG)


def test_looking_makes_nobody_and_leaves_nothing(as_user):
    client, before = as_user(None), User.objects.count()
    for address in ("/routes/", ZORG):
        assert client.get(address).status_code == 200
    assert User.objects.count() == before
    assert not client.cookies


@pytest.mark.parametrize("slug", HOSTILE)
def test_an_address_of_no_route_is_not_there(as_user, anna, slug):
    for client in (as_user(None), as_user(anna)):
        assert client.get(f"/routes/{slug}/").status_code == 404
        assert client.post(f"/routes/{slug}/volg/").status_code == 404
    assert not OwnRoute.objects.exists()


def test_a_route_of_an_organisation_or_one_no_longer_offered_is_not_there(as_user, anna):
    CoursePath.objects.create(organisation=OrganisationFactory(), slug="eigen", title="Van een school")
    CoursePath.objects.create(slug="oud", title="Oud", title_makkelijk="Oud", intro="Oud.", archived=True)
    client = as_user(anna)
    for slug in ("eigen", "oud"):
        assert client.get(f"/routes/{slug}/").status_code == 404
        assert client.post(f"/routes/{slug}/volg/").status_code == 404
    assert "Van een school" not in page(client, "/routes/")
    assert "/routes/oud/" not in page(client, "/routes/")


def test_following_by_looking_or_from_another_site_is_not_possible(as_user, anna):
    client = as_user(anna)
    assert client.get(f"{ZORG}volg/").status_code == 405
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        assert client.post(f"{ZORG}volg/", headers=headers).status_code == 403
    assert not OwnRoute.objects.exists()


# How far


def test_anna_sees_where_she_is(as_user, anna):
    client = as_user(anna)
    did(anna, "A1")
    found = page(client, ZORG)
    assert "1 van 8 lessen klaar" in found
    assert dock(found) == "Ga verder"
    assert f'href="/les/{ModulePage.objects.get(code="A6").slug}/"' in found.split('class="dock"')[1]
    did(anna, "B1", done=False)
    found = page(client, ZORG)
    assert "Hier ben je" in found
    assert f'href="/les/{ModulePage.objects.get(code="B1").slug}/"' in found.split('class="dock"')[1]
    assert re.search(r"8 lessen · \d+ minuten · 1 klaar", page(client, "/routes/"))


def test_nobody_else_sees_anything_of_it(as_user, anna, bram, driss):
    did(anna, "A1")
    did(anna, "A6", done=False)
    follow_path(user=anna, path=zorg())
    for other in (bram, driss, None):
        client = as_user(other)
        for address in ("/routes/", ZORG, "/mijn/"):
            found = page(client, address)
            for trace in ("Anna", "klaar", "Hier ben je", "Jouw route", "jouw route", "Stop met mijn route"):
                assert trace not in found, (other, address, trace)
        assert dock(page(client, ZORG)) == "Begin met les 1"


def test_who_did_all_there_is_reads_so_and_is_led_on(as_user, anna):
    live = set(ModulePage.objects.live().values_list("code", flat=True))
    codes = zorg().required_codes
    for code in codes:
        if code in live:
            did(anna, code)
    found = page(as_user(anna), ZORG)
    assert ("Je bent klaar met wat er is." in found) is (not set(codes) <= live)
    assert ("Je hebt deze route gedaan." in found) is (set(codes) <= live)
    assert dock(found) == "Mijn lessen"


# Following


def test_following_makes_a_nameless_learner_whose_home_begins_with_the_route(as_user):
    client, before = as_user(None), User.objects.count()
    assert client.post("/routes/ondernemers/volg/").url == "/mijn/"
    learner = User.objects.get(own_route__isnull=False)
    assert (User.objects.count(), learner.is_nameless) == (before + 1, True)
    assert client.cookies["eigenaar"].value == str(learner.owner_key)
    codes = CoursePath.objects.get(slug="ondernemers").required_codes
    live = {lesson.code: lesson.slug for lesson in ModulePage.objects.live()}
    first = next(code for code in codes if code in live)
    assert next_lesson(client) == f"/les/{live[first]}/"
    home = page(client, "/mijn/")
    assert "Jouw route:" in home
    assert 'href="/routes/ondernemers/"' in home
    assert "Dit is jouw route." in page(client, "/routes/ondernemers/")
    assert page(client, "/routes/").count("Jouw route") == 1


def test_the_phones_own_key_is_kept_and_two_taps_make_one_route(as_user):
    client, key = as_user(None), uuid.uuid4()
    client.cookies["eigenaar"] = str(key)
    for _ in range(2):
        client.post(f"{ZORG}volg/")
    assert OwnRoute.objects.get().user.owner_key == key
    again = as_user(None)  # the session ended; the phone is key enough
    again.cookies["eigenaar"] = str(key)
    again.post("/routes/bouw/volg/")
    assert OwnRoute.objects.get().path.slug == "bouw"


def test_the_phone_of_someone_with_a_name_who_is_signed_out_asks_who_it_is(as_user, anna):
    client = as_user(None)
    client.cookies["eigenaar"] = str(anna.owner_key)
    assert client.post(f"{ZORG}volg/").url == "/wie/?next=/routes/zorg/"
    assert not OwnRoute.objects.exists()


def test_extra_lessons_are_not_asked_for_on_home(anna):
    route = follow_path(user=anna, path=CoursePath.objects.get(slug="logistiek"))
    assert "A8" not in route.lessons
    assert route.lessons[-1] == "C3"


def test_a_route_can_be_left_and_the_progress_stays(as_user, anna):
    did(anna, "A1")
    client = as_user(anna)
    client.post(f"{ZORG}volg/")
    assert "Stop met mijn route" in page(client, ZORG)
    assert client.post("/startmeting/route/weg/").url == "/mijn/"
    assert "Volg deze route" in page(client, ZORG)
    assert Progress.objects.count() == 1


def test_one_route_takes_the_place_of_the_other_and_what_the_startmeting_marked_stays(as_user):
    client = as_user(None)
    fill_in(client, 6, nieuw="wacht")
    client.post("/startmeting/route/")
    assert "Dan stopt je andere route." in page(client, ZORG)
    client.post(f"{ZORG}volg/")
    route = OwnRoute.objects.get()
    assert (route.path.slug, route.checks) == ("zorg", [])
    assert "Korte stukjes mogen." in page(client, "/mijn/")
    take_route(answers=QuestionnaireAnswers.objects.get())
    route.refresh_from_db()
    assert route.path is None
    assert 'href="/startmeting/uitslag/"' in page(client, "/mijn/")


def test_a_route_that_changed_is_offered_anew(as_user, anna):
    client = as_user(anna)
    client.post(f"{ZORG}volg/")
    zorg().lessons.filter(module="B7").delete()
    found = page(client, ZORG)
    assert "Volg de nieuwe route" in found
    assert "Stop met mijn route" in found
    client.post(f"{ZORG}volg/")
    assert "B7" not in OwnRoute.objects.get().lessons
    assert "Dit is jouw route." in page(client, ZORG)


def test_who_follows_a_route_that_is_no_longer_offered_still_has_it(as_user, anna, driss):
    client = as_user(anna)
    client.post(f"{ZORG}volg/")
    CoursePath.objects.filter(slug="zorg").update(archived=True)
    assert client.get(ZORG).status_code == 200
    assert "Jouw route:" in page(client, "/mijn/")
    assert as_user(driss).get(ZORG).status_code == 404
    zorg().delete()
    assert OwnRoute.objects.get().lessons[0] == "A1"
    assert client.get("/mijn/").status_code == 200


# The person's own data


def test_a_followed_route_is_exported_merged_and_erased(driss):
    nameless = User.objects.new_nameless(uuid.uuid4())
    follow_path(user=nameless, path=zorg())
    (told,) = export_person(user=nameless)["learning"]["eigen route"]
    assert told["route"] == "Veilig werken met AI in de zorg"
    merge_people(source=nameless, target=driss)
    assert OwnRoute.objects.get().user == driss
    erase_person(user=driss, actor=None)
    assert not OwnRoute.objects.exists()
    assert not drop_route(user=User(pk=0))
    assert zorg().codes


def test_a_nameless_learner_who_only_chose_a_route_is_kept_as_long_as_others(settings):
    learner = User.objects.new_nameless(uuid.uuid4())
    learner.save()
    long_ago = timezone.now() - timedelta(days=settings.RETENTION_NAMELESS_DAYS + 1)
    User.objects.filter(pk=learner.pk).update(date_joined=long_ago)
    route = follow_path(user=learner, path=zorg())
    apply_retention()
    assert User.objects.filter(pk=learner.pk).exists()
    OwnRoute.objects.filter(pk=route.pk).update(made_at=long_ago)
    apply_retention()
    assert not User.objects.filter(pk=learner.pk).exists()


# How much is asked of the database


@pytest.mark.parametrize(("address", "most"), [("/routes/", 8), (ZORG, 8), ("/mijn/", 10)])
def test_routes_ask_a_fixed_number_of_queries(as_user, anna, address, most):
    follow_path(user=anna, path=zorg())
    did(anna, "A1", done=False)
    client = as_user(anna)
    page(client, address)
    cache.clear()
    few = queries(lambda: page(client, address))
    assert few <= most
    for code in ModulePage.objects.live().exclude(code="A1").values_list("code", flat=True):
        did(anna, code, done=False)
    for number in range(10):
        more = CoursePath.objects.create(slug=f"meer-{number}", title="Meer", title_makkelijk="Meer", levels=["W"])
        more.lessons.create(place=1, module="A1")
    cache.clear()
    assert queries(lambda: page(client, address)) == few


def test_home_shows_the_route_and_folds_the_rest_away(as_user, anna):
    client = as_user(anna)
    client.post(f"{ZORG}volg/")
    did(anna, "A1")
    did(anna, "A2")  # not of this route
    home = page(client, "/mijn/")
    on_line, rest = home.split('<ol class="route">')[1].split("</ol>")[0], home.split('<details class="fold card">')[1]
    assert "1 van 8 lessen van je route klaar" in home
    for lesson in ModulePage.objects.live():
        link = f'href="/les/{lesson.slug}/'
        if lesson.code in zorg().codes:
            assert link in on_line
            assert link not in rest.split("</details>")[0]
        elif lesson.code != "A2":
            assert link in rest.split("</details>")[0]
    assert "Eerst:" not in on_line
