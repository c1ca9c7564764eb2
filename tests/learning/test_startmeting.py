"""The startmeting: kept once, for the learner alone; it proposes a route that home follows when the learner wants."""

import json
import re
import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from assessments.models import QuestionnaireAnswers
from assessments.questionnaires import questionnaire
from learning.models import OwnRoute, Progress
from modules.models import ModulePage
from people.models import User
from people.services import erase_person, export_person, merge_people
from people.tasks import apply_retention
from tests.factories import CohortFactory, CohortMemberFactory, nobody_came_since
from tests.learning.test_query_counts import queries
from xapi.models import Statement

pytestmark = pytest.mark.django_db
FORM = questionnaire("startmeting")
RIGHT = {"assistent": "past", "gegevens": "tips", "controle": "label", "bericht": "zelf", "stem": "belt-terug",
         "melden": "meldt"}  # fmt: skip
TOLD = {"vak": "zorg", "gebruik": "soms", "nieuw": "zelf", "afspraken": "ja-ken", "wens": "weet-niet"}


def answers(right: int = 6, **changes: str) -> dict[str, str]:
    """Posted fields with so many right answers, counted from the first."""
    known = {key: good if place < right else "weet-niet" for place, (key, good) in enumerate(RIGHT.items())}
    return {f"vraag-{key}": value for key, value in {**TOLD, **known, **changes}.items() if value is not None}


def fill_in(client, right: int = 6, address: str = "/startmeting/", **changes: str):
    """As a form, without our script."""
    return client.post(address, {"key": str(uuid.uuid4()), **answers(right, **changes)})


def send(client, *, key: str = "", right: int = 6, address: str = "/startmeting/", **changes: str):
    """As the phone's script does."""
    fields = {"key": key or str(uuid.uuid4()), **answers(right), **changes}
    return client.post(address, fields, headers={"Accept": "application/json"})


def after(right: int) -> dict[str, str]:
    """Right answers of set B, so many of them, under the names of the fields."""
    form = questionnaire("startmeting-na")
    best = {key: max(form.item(key).answers, key=lambda answer: answer.points).id for key in RIGHT}
    return {f"vraag-{key}": best[key] if place < right else "weet-niet" for place, key in enumerate(RIGHT)}


def page(client, address: str) -> str:
    return client.get(address).content.decode()


def next_lesson(client) -> str:
    return re.search(r'class="nowcard" href="([^"]+)"', page(client, "/mijn/"))[1]


def proposed(client, address: str = "/startmeting/uitslag/") -> list[str]:
    """The titles of the proposal, in order."""
    route = page(client, address).split('<ol class="route">')[1].split("</ol>")[0]
    return [re.sub(r"<[^>]+>", "", title).strip() for title in re.findall(r"<b>(.*?)</b>", route, re.DOTALL)]


# What is asked


def test_the_page_says_what_it_is_and_asks_twelve_questions(as_user):
    found = page(as_user(None), "/startmeting/")
    for line in ("Dit is geen toets.", "Alleen jij ziet de uitslag.", "“Weet ik niet” mag altijd."):
        assert line in found
    assert found.count("<fieldset") == 12
    assert found.count('value="weet-niet"') == 12


def test_looking_makes_nobody(as_user):
    client = as_user(None)
    before = User.objects.count()
    for address in ("/startmeting/", "/startmeting/na/", "/startmeting/uitslag/", "/startmeting/na/uitslag/"):
        assert client.get(address).status_code in (200, 302)
    assert User.objects.count() == before
    assert not client.cookies


# What is kept


def test_a_form_leads_to_the_result_and_makes_a_nameless_learner(as_user):
    client = as_user(None)
    reply = fill_in(client)
    assert reply.url == "/startmeting/uitslag/"
    made = QuestionnaireAnswers.objects.get()
    assert made.user.is_nameless
    assert made.answers == {**TOLD, **RIGHT}
    assert "Verder" in page(client, "/startmeting/uitslag/")


def test_the_same_answers_sent_twice_are_kept_once(as_user):
    client, key = as_user(None), str(uuid.uuid4())
    first = send(client, key=key)
    again = send(client, key=key, right=0)
    assert first.json() == again.json() == {"owner": first.json()["owner"], "to": "/startmeting/uitslag/"}
    assert QuestionnaireAnswers.objects.get().result["points"] == 6


def test_an_id_of_someone_else_shows_and_changes_nothing(as_user, anna, chantal):
    key = str(uuid.uuid4())
    send(as_user(anna), key=key, right=6)
    reply = send(as_user(chantal), key=key, right=0)
    assert reply.status_code == 409
    assert reply.json() == {"error": "of_another"}
    kept = QuestionnaireAnswers.objects.get()
    assert (kept.user, kept.result["points"]) == (anna, 6)
    assert as_user(chantal).get("/startmeting/uitslag/").url == "/startmeting/"


def test_answers_made_as_someone_else_on_a_shared_phone_stay_theirs(as_user, anna, chantal):
    reply = send(as_user(chantal), owner=str(anna.owner_key))
    assert reply.status_code == 409
    assert not QuestionnaireAnswers.objects.exists()


def test_a_phone_that_lost_its_key_loses_no_answers(as_user, anna):
    client, made = as_user(anna), uuid.uuid4()
    client.cookies["eigenaar"] = str(made)
    assert send(client, owner=str(made)).json()["owner"] == str(anna.owner_key)
    assert QuestionnaireAnswers.objects.get().user == anna


def test_the_phone_of_someone_with_a_name_who_is_signed_out_asks_who_it_is(as_user, anna):
    client = as_user(None)
    client.cookies["eigenaar"] = str(anna.owner_key)
    assert send(client).status_code == 401
    assert fill_in(client).url.startswith("/wie/?next=")
    assert not QuestionnaireAnswers.objects.exists()


def test_the_variant_and_the_trade_are_set_by_the_own_choice_and_the_variant_is_stored_nowhere(as_user, anna):
    client = as_user(anna)
    fill_in(client, tekst="gewoon", vak="bouw")
    assert client.cookies["soort"].value == "gewoon"
    assert client.cookies["vak"].value == "bouw"
    assert "tekst" not in json.dumps(list(QuestionnaireAnswers.objects.values("answers", "result")))
    fill_in(client, tekst="voorlezen", vak="ander")
    assert client.cookies["soort"].value == "makkelijk"
    assert client.cookies["vak"].value == ""


@pytest.mark.parametrize("right", range(7))
def test_the_variant_is_never_inferred(as_user, right):
    client = as_user(None)
    fill_in(client, right, tekst="weet-niet", vak="weet-niet")
    assert "soort" not in client.cookies
    assert "vak" not in client.cookies


def test_no_statement_is_written_and_no_lesson_is_begun(as_user, anna):
    client = as_user(anna)
    fill_in(client)
    client.post("/startmeting/route/")
    assert not Statement.objects.exists()
    assert not Progress.objects.exists()


# What is wrong


@pytest.mark.parametrize(
    "changes",
    [
        {"stem": None}, {"vak": "piloot"}, {"vak": ""}, {"niets": "x"}, {"stem": "x" * 100_000}, {"stem": "\x00"},
        {"stem": "<script>"}, {"stem": "belt-terug\n"},
    ],
)  # fmt: skip
def test_answers_that_cannot_be_are_refused_and_the_rest_stays_chosen(as_user, changes):
    client = as_user(None)
    before = User.objects.count()
    reply = fill_in(client, **changes)
    assert reply.status_code == 422
    found = reply.content.decode()
    assert "Kies bij elke vraag een antwoord." in found
    assert found.count(" checked") >= 10
    assert "<script>" not in found
    assert "x" * 1000 not in found
    assert send(client, **{f"vraag-{key}": value or "" for key, value in changes.items()}).status_code == 422
    assert not QuestionnaireAnswers.objects.exists()
    assert User.objects.count() == before


def test_an_empty_form_says_what_to_do(as_user):
    reply = as_user(None).post("/startmeting/", {})
    assert reply.status_code == 422
    assert reply.content.decode().count("Kies hier een antwoord") == 12


@pytest.mark.parametrize("key", ["", "geen-id", "0" * 500, "'; DROP TABLE"])
def test_an_id_that_is_none_is_replaced(as_user, key):
    reply = as_user(None).post("/startmeting/", {"key": key, **answers()})
    assert reply.status_code == 302


@pytest.mark.parametrize("at", ["", "gisteren", "-1", "9" * 14, "9" * 400, "NaN", "1e9"])
def test_an_odd_clock_changes_nothing(as_user, at):
    assert send(as_user(None), at=at).status_code == 200


def test_another_site_cannot_fill_it_in(as_user, anna):
    client = as_user(anna)
    headers = {"Sec-Fetch-Site": "cross-site"}
    for address in ("/startmeting/", "/startmeting/na/", "/startmeting/route/", "/startmeting/route/weg/"):
        assert client.post(address, answers(), headers=headers).status_code == 403
    assert not QuestionnaireAnswers.objects.exists()


def test_only_so_many_are_kept(as_user, anna):
    client = as_user(anna)
    for _ in range(25):
        send(client)
    assert QuestionnaireAnswers.objects.count() == 20


# What it means


def test_the_result_says_the_level_in_words_and_never_as_a_mark(as_user):
    for right, level in ((1, "Begin"), (3, "Op weg"), (6, "Verder")):
        client = as_user(None)
        fill_in(client, right)
        found = page(client, "/startmeting/uitslag/")
        assert f"<h2>{level}</h2>" in found
        assert not re.search(r"\d+ (punt|van de 6)", found)
        assert "Alleen jij ziet dit." in found


def test_the_proposal_stands_in_order_with_why(as_user):
    client = as_user(None)
    fill_in(client, 6, gegevens="rooster", bericht="klikt", vak="bouw")  # op weg
    found = page(client, "/startmeting/uitslag/")
    codes = QuestionnaireAnswers.objects.get().result["lessons"]
    shown = proposed(client)
    assert len(shown) == len(codes)
    for title, code in zip(shown[:2], ("B1", "B2"), strict=True):
        assert ModulePage.objects.get(code=code).title in title
    assert "Nepberichten" in shown[2]
    assert "Hier leer je wat je niet in AI typt." in found
    assert "Komt nog" not in found
    assert "Samen ongeveer" in found
    assert "Deze lessen sla je over" in found


def test_a_proposed_lesson_that_is_not_there_yet_is_said_to_come(as_user):
    ModulePage.objects.filter(code="B4").update(live=False, announced=True)
    client = as_user(None)
    fill_in(client, 6, gegevens="rooster", bericht="klikt", vak="bouw")
    assert any("Nepberichten" in shown for shown in proposed(client))
    assert "Komt nog" in page(client, "/startmeting/uitslag/")


def test_who_knows_much_is_led_to_the_first_check_question(as_user):
    client = as_user(None)
    fill_in(client, 6)
    found = page(client, "/startmeting/uitslag/")
    for code in ("A4", "A6", "B2"):
        lesson = ModulePage.objects.get(code=code)
        number = lesson.step_ids.index(f"{code.lower()}-check-1") + 1
        assert f'href="/les/{lesson.slug}/#stap-{number}"' in found
    assert found.count("Alleen de vragen") == 3


def test_who_waits_for_something_new_reads_of_short_sessions_and_of_people_who_help(as_user):
    client = as_user(None)
    fill_in(client, 2, nieuw="wacht")
    assert "Korte stukjes mogen." in page(client, "/startmeting/uitslag/")
    assert "Korte stukjes mogen." not in page(client, "/mijn/"), "not before the proposal was taken"
    client.post("/startmeting/route/")
    home = page(client, "/mijn/")
    assert "Korte stukjes mogen." in home
    assert "Samen gaat ook." in home


def test_an_old_result_can_be_shown_when_the_file_says_something_else_now(as_user, anna):
    client = as_user(anna)
    fill_in(client, 1)
    kept = QuestionnaireAnswers.objects.get()
    kept.version = 99
    kept.answers = {"vroeger": "anders"}
    kept.result["level"] = {"id": "oud", "name": {"standaard": "Oud", "makkelijk": "Oud"},
                            "meaning": {"standaard": "Zo was het.", "makkelijk": "Zo was het."}}  # fmt: skip
    kept.result["lessons"].append({"code": "Z9", "only_check": False, "why": None})
    kept.save()
    found = page(client, "/startmeting/uitslag/")
    assert "Zo was het." in found
    assert "Les Z9" in found
    (told,) = export_person(user=anna)["assessments"]["vragenlijsten"]
    assert told["antwoorden"] == [{"vraag": "vroeger", "antwoord": "anders"}]


# The route


def test_home_follows_the_route_only_after_it_was_taken(as_user):
    client = as_user(None)
    first = next_lesson(client)
    fill_in(client, 6, gegevens="rooster")
    assert next_lesson(client) == first
    assert client.post("/startmeting/route/").url == "/mijn/"
    assert next_lesson(client) == f"/les/{ModulePage.objects.get(code='B1').slug}/"


def test_the_rest_stays_choosable_and_the_catalogue_keeps_its_order(as_user):
    client = as_user(None)
    lessons = page(client, "/lessen/")
    order = re.findall(r'class="stop" href="(/les/[^"#]+)', lessons)
    fill_in(client, 6, gegevens="rooster", vak="ander")  # a trade would leave out those of others
    client.post("/startmeting/route/")
    assert re.findall(r'class="stop" href="(/les/[^"#]+)', page(client, "/lessen/")) == order
    home = page(client, "/mijn/")
    assert all(f'href="{address}' in home for address in order)


def test_a_lesson_that_comes_later_joins_in_at_its_place(as_user, tmp_path):
    from modules.services import load_curriculum
    from tests.factories import curriculum_folder, lesson_file

    client = as_user(None)
    fill_in(client, 6, bericht="klikt")
    client.post("/startmeting/route/")
    assert "/les/nepbericht" not in next_lesson(client)
    load_curriculum(curriculum_folder(tmp_path, lesson_file(id="B4", slug="nepbericht", track="B")))
    assert next_lesson(client).startswith("/les/nepbericht/")


def test_checks_that_are_right_make_room_for_the_next(as_user):
    client = as_user(None)
    fill_in(client, 6, vak="ander")
    client.post("/startmeting/route/")
    learner = User.objects.get(questionnaires__isnull=False)
    a4 = ModulePage.objects.get(code="A4")
    assert next_lesson(client) == f"/les/{a4.slug}/#stap-{a4.step_ids.index('a4-check-1') + 1}"
    right = {step: {"": True} for step in a4.check_ids}
    row = Progress.objects.create(
        user=learner, module="A4", attempt=uuid.uuid4(), revision=1, step="x", saved_at=timezone.now(), results=right
    )
    assert next_lesson(client).startswith(f"/les/{ModulePage.objects.get(code='A6').slug}/#stap-")
    row.results = {**right, a4.check_ids[-1]: {"": False}}
    row.save()
    assert next_lesson(client).startswith(f"/les/{a4.slug}/")


def test_a_route_can_be_dropped_and_redone(as_user):
    client = as_user(None)
    first = next_lesson(client)
    fill_in(client, 6, gegevens="rooster")
    client.post("/startmeting/route/")
    assert "Stop met mijn route" in page(client, "/startmeting/uitslag/")
    client.post("/startmeting/route/weg/")
    assert next_lesson(client) == first
    fill_in(client, 6, gegevens="rooster")
    client.post("/startmeting/route/")
    fill_in(client, 6, afspraken="nee", vak="ander")
    client.post("/startmeting/route/", {"van": "startmeting"})
    assert OwnRoute.objects.get().lessons == ["A6", "A4", "B2", "A5", "A7", "B8"]


@pytest.mark.parametrize("van", ["", "startmeting-na", "digiscan", "x" * 5000, "\x00"])
def test_a_route_without_a_measurement_is_none(as_user, anna, van):
    for client in (as_user(None), as_user(anna)):
        assert client.post("/startmeting/route/", {"van": van}).url.startswith("/startmeting/")
        assert client.post("/startmeting/route/weg/").url == "/mijn/"
    assert not OwnRoute.objects.exists()


def test_it_is_offered_where_someone_begins_and_not_after(as_user, phone):
    client = as_user(None)
    for address in ("/", "/mijn/"):
        assert "Doe de startmeting." in page(client, address)
        assert "4 minuten" in page(client, address)
    fill_in(client)
    assert "Doe de startmeting." not in page(client, "/mijn/")
    phone.keep(phone.event("e-haakje"))
    assert "Doe de startmeting." not in page(phone.client, "/mijn/")


# Afterwards


def _done(user: User, count: int) -> None:
    for number in range(count):
        Progress.objects.create(
            user=user, module=f"A{number}", attempt=uuid.uuid4(), revision=1, step="x", saved_at=timezone.now(),
            completed_at=timezone.now(),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (3, 5, "Je hebt veel geleerd."),
        (4, 4, "Je weet het nog."),
        (5, 3, "Een les nog eens doen helpt."),
    ],
)
def test_the_difference_is_told_in_small_numbers_and_never_unkindly(as_user, before, now, words):
    client = as_user(None)
    fill_in(client, before)
    send(client, address="/startmeting/na/", **after(now))
    found = page(client, "/startmeting/na/uitslag/")
    assert re.search(rf"Eerst wist je {before} van de 6\.\s*<br>Nu {now} van de 6\.", found)
    assert words in found
    told = found.split("<main")[1].split('class="route"')[0]
    assert not re.search(r"(?i)minder|achteruit|fout|slecht|gezakt|helaas", told)


def test_it_is_offered_after_eight_lessons_and_can_always_be_asked_for(as_user, anna, monkeypatch):
    from learning import queries

    client = as_user(anna)
    fill_in(client)
    assert 'href="/startmeting/na/"' in page(client, "/startmeting/uitslag/")
    monkeypatch.setattr(queries, "AFTER_LESSONS", 3)  # fewer lessons are loaded than the eight of the brief
    for number, code in enumerate(["A1", "A2", "A3"]):
        assert "Doe de nameting." not in page(client, "/mijn/"), number
        Progress.objects.create(
            user=anna, module=code, attempt=uuid.uuid4(), revision=1, step="x", saved_at=timezone.now(),
            completed_at=timezone.now(),
        )  # fmt: skip
    assert "Doe de nameting." in page(client, "/mijn/")
    send(client, address="/startmeting/na/", **after(5))
    assert "Doe de nameting." not in page(client, "/mijn/")


def test_the_nameting_without_a_startmeting_compares_nothing(as_user):
    client = as_user(None)
    send(client, address="/startmeting/na/", **after(5))
    found = page(client, "/startmeting/na/uitslag/")
    assert "Eerst wist je" not in found
    client.post("/startmeting/route/", {"van": "startmeting-na"})
    assert 'href="/startmeting/na/uitslag/"' in page(client, "/mijn/")


# Who sees it


def test_a_teacher_and_a_lead_see_nothing_of_it(as_user, anna, bram, chantal, driss, school_class, employer):
    team = CohortFactory(organisation=employer, name="Team Noord")
    CohortMemberFactory(cohort=team, user=chantal, leads=True)
    CohortMemberFactory(cohort=team, user=anna)
    addresses = [(bram, school_class, "/"), (bram, school_class, "/voortgang.csv"), (chantal, team, "/")]

    def seen() -> list[str]:
        return [page(as_user(lead), f"/docent/klassen/{cohort.pk}{rest}") for lead, cohort, rest in addresses]

    before = seen()
    client = as_user(anna)
    fill_in(client, 3, gegevens="rooster")
    client.post("/startmeting/route/")
    send(client, address="/startmeting/na/", **after(6))
    assert seen() == before
    assert all(text.strip() for text in before)
    for other in (bram, chantal, driss, None):
        assert as_user(other).get("/startmeting/uitslag/").url == "/startmeting/"


def test_who_sees_what_names_nobody_for_it(as_user, anna):
    client = as_user(anna)
    before = page(client, "/wie-ziet-wat/")
    fill_in(client, 3)
    client.post("/startmeting/route/")
    assert page(client, "/wie-ziet-wat/") == before
    assert "Je startmeting en je route" in before


# Rights


def test_an_export_can_be_read(as_user, anna):
    client = as_user(anna)
    fill_in(client, 3)
    client.post("/startmeting/route/")
    export = export_person(user=anna)
    (kept,) = export["assessments"]["vragenlijsten"]
    assert {"vraag": "Waar werk of leer je?", "antwoord": "Zorg"} in kept["antwoorden"]
    assert kept["niveau"] == "Op weg"
    assert export["learning"]["eigen route"][0]["lessen"]


def test_erasing_leaves_nothing(as_user, anna):
    client = as_user(anna)
    fill_in(client)
    client.post("/startmeting/route/")
    erase_person(user=anna, actor=None)
    assert not QuestionnaireAnswers.objects.exists()
    assert not OwnRoute.objects.exists()


def test_two_who_are_one_keep_both_and_follow_the_route_chosen_last(as_user, anna):
    mine, phone = as_user(anna), as_user(None)
    fill_in(phone, 6, gegevens="rooster")
    phone.post("/startmeting/route/")
    OwnRoute.objects.update(made_at=timezone.now() + timedelta(minutes=1))
    newest = OwnRoute.objects.get().lessons
    fill_in(mine, 1)
    mine.post("/startmeting/route/")
    merge_people(source=OwnRoute.objects.get(lessons=newest).user, target=anna)
    assert QuestionnaireAnswers.objects.filter(user=anna).count() == 2
    assert OwnRoute.objects.get(user=anna).lessons == newest


def test_what_a_nameless_learner_filled_in_comes_along_when_they_sign_in(as_user):
    from people.registry import holdings_of

    client = as_user(None)
    fill_in(client)
    assert holdings_of(User.objects.get(questionnaires__isnull=False)) == ["1 vragenlijst"]


def test_who_filled_it_in_of_late_is_not_taken_for_gone(as_user, settings):
    client = as_user(None)
    fill_in(client)
    old = timezone.now() - timedelta(days=settings.RETENTION_NAMELESS_DAYS + 1)
    nobody_came_since(old)
    apply_retention()
    assert QuestionnaireAnswers.objects.exists()
    QuestionnaireAnswers.objects.update(received_at=old)
    apply_retention()
    assert not QuestionnaireAnswers.objects.exists()


# Figures


def test_home_asks_one_query_more_at_most_and_no_more_with_a_route(as_user, anna):
    from learning.queries import home_of, line_of

    assert queries(lambda: home_of(anna)) <= queries(lambda: line_of(anna)) + 1
    client = as_user(anna)
    cache.clear()
    before = queries(lambda: client.get("/mijn/"))
    fill_in(client, 2, nieuw="wacht")
    client.post("/startmeting/route/")
    client.get("/mijn/")  # the message is gone
    cache.clear()
    assert queries(lambda: client.get("/mijn/")) <= before


def test_the_pages_ask_few_queries(as_user, anna, django_assert_max_num_queries):
    client = as_user(anna)
    fill_in(client, 2)
    for address in ("/startmeting/", "/startmeting/uitslag/", "/startmeting/na/"):
        cache.clear()
        with django_assert_max_num_queries(12):
            client.get(address)
