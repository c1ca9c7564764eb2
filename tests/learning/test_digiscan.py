"""The digiscan: what the answers mean, in which order it is told, and that it is its owner's alone."""

import io
import re
import uuid
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from time_machine import travel

from assessments.models import QuestionnaireAnswers
from assessments.questionnaires import questionnaire
from learning.digiscan import CODE, history, letter_of, scan_of
from learning.models import DeskMessage
from learning.services import deliver_to_desk, send_to_desk
from learning.tasks import mail_to_desks
from modules import front_door as front_door_module
from modules.front_door import front_door
from modules.models import ModulePage
from people.models import Membership, Organisation, Role, User
from people.services import erase_person, export_person, merge_people, register_firm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]
SCALE = ("nog-niet", "beetje", "grotendeels", "elk-jaar")
BASIC = ("inlog", "updates", "hack")
SCORED = [item.id for item in questionnaire(CODE).items if item.id != "drie-d-printen"]


def answers(points: int = 2, **other: int) -> dict[str, str]:
    """Every statement with so many points; `other` for some of them."""
    given = dict.fromkeys(SCORED, points) | other
    return {f"vraag-{item}": SCALE[value] for item, value in given.items()}


def fill_in(client, points: int = 2, **other: int):
    """Fill in and come to the result; gives its address."""
    reply = client.post("/digiscan/", answers(points, **other))
    assert reply.status_code == 302, reply.content.decode()
    reply = client.get(reply.url)
    assert reply.status_code == 302
    return reply.url


def text_of(reply) -> str:
    """What stands on the page, without tags and in one line."""
    assert reply.status_code == 200, reply.status_code
    main = reply.content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def scan_at(place: str) -> QuestionnaireAnswers:
    return QuestionnaireAnswers.objects.get(pk=place.strip("/").split("/")[-1])


@pytest.fixture
def desk(settings, tmp_path):
    """A front door where Groningen has a desk that said that its address is right."""
    file = tmp_path / "front_door.yaml"
    file.write_text(
        f"""
regions:
  - id: groningen
    name: Groningen
    desk: Het Loket
    does: {{standaard: Denkt mee., makkelijk: Denkt mee.}}
    email: loket@groningen.example
    checked_on: "{timezone.localdate()}"
    verified: true
    source: de test
  - id: drenthe
    name: Drenthe
    desk: Zonder Adres
    does: {{standaard: Denkt mee., makkelijk: Denkt mee.}}
    checked_on: "{timezone.localdate()}"
    verified: false
    source: de test
  - id: elders
    name: Ergens anders
    does: {{standaard: Geen loket., makkelijk: Geen loket.}}
    checked_on: "{timezone.localdate()}"
    verified: false
    source: de test
"""
    )
    settings.FRONT_DOOR = file
    front_door_module.front_door.cache_clear()
    yield front_door().regions[0]
    front_door_module.front_door.cache_clear()


def in_region(client, region: str = "groningen"):
    client.cookies["regio"] = region
    return client


def send(client, place: str, contact: str = ""):
    """Look at what goes, put a contact line in it, and send exactly that."""
    page = client.post(f"{place}sturen/", {"contact": contact}).content.decode()
    seen = re.search(r'name="gezien" value="(\w+)"', page)
    assert seen, page
    return client.post(f"{place}sturen/", {"contact": contact, "gezien": seen[1], "stuur": "ja"})


def test_who_has_no_account_fills_it_in_and_sees_the_result(as_user):
    client = as_user(None)
    page = text_of(client.get(fill_in(client, 2)))
    assert "Gevorderd" in page
    assert "30 van 45 punten" in page
    [learner] = User.objects.filter(is_nameless=True)
    assert QuestionnaireAnswers.objects.get().user == learner


@pytest.mark.parametrize(
    ("points", "raised", "level"),
    [(0, 0, "Beginner"), (0, 11, "Beginner"), (0, 12, "Op weg"), (1, 7, "Op weg"), (1, 8, "Gevorderd"),
     (2, 4, "Gevorderd"), (2, 5, "Koploper"), (3, 0, "Koploper")],
)  # fmt: skip
def test_the_levels_are_those_of_the_brief(as_user, points, raised, level):
    """`raised` points are put on top, one statement after the other."""
    given = dict.fromkeys(SCORED, points)
    for item in SCORED * 3:
        if raised and given[item] < 3:
            given[item], raised = given[item] + 1, raised - 1
    client = as_user(None)
    page = text_of(client.get(fill_in(client, **given)))
    assert f'<h2 id="niveau">{level}' in client.get(fill_in(client, **given)).content.decode()
    assert f"{sum(given.values())} van 45 punten" in page


def test_the_strongest_point_is_told_before_the_weakest(as_user):
    client = as_user(None)
    client.cookies["soort"] = "gewoon"
    page = text_of(client.get(fill_in(client, 2, lezen=3, taken=0)))
    strong, weak = page.index("Hier ben je sterk"), page.index("Hier win je het meest")
    assert strong < weak
    assert "Iedereen kan onze instructies lezen" in page[strong:weak]
    assert "We kijken welke taken veranderen" in page[weak : weak + 100]


def test_of_equally_weak_points_basic_safety_is_named(as_user):
    scan = scan_of(scan_at(fill_in(as_user(None), 2, knelpunt=0, hack=0)))
    assert scan.weakest.id == "hack"


def test_nothing_strong_is_not_called_strong_and_nothing_weak_not_weak(as_user):
    client = as_user(None)
    assert "Hier ben je sterk" not in text_of(client.get(fill_in(client, 0)))
    page = text_of(client.get(fill_in(client, 3)))
    assert "Hier win je het meest" not in page
    assert "Alles staat." in page


@pytest.mark.parametrize("basic", BASIC)
@pytest.mark.parametrize("points", [0, 1])
@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_basic_safety_comes_first_at_every_level(as_user, basic, points, level):
    client = as_user(None)
    place = fill_in(client, level, **{basic: points})
    advice = scan_of(scan_at(place)).row.result["advice"]
    assert advice[0]["because"] == "floor"
    page = text_of(client.get(place))
    assert page.index("Basisveiligheid gaat voor.") < page.index("Wie helpt je?")


def test_with_basic_safety_in_order_its_rule_is_silent(as_user):
    client = as_user(None)
    assert "Basisveiligheid gaat voor." not in text_of(client.get(fill_in(client, 2)))


def test_lessons_open_at_once_and_those_that_come_say_so(as_user):
    client = as_user(None)
    place = fill_in(client, 1, inlog=2, updates=2, hack=2)
    page = client.get(place).content.decode()
    found = re.findall(r'<a class="stop" href="(/les/[^"]+)"', page)
    assert found
    for address in found:
        assert client.get(address).status_code == 200
    assert "Komt nog" not in page
    ModulePage.objects.filter(slug=found[0].split("/")[2]).update(live=False, announced=True)
    page = client.get(place).content.decode()
    assert "Komt nog" in page
    assert f'href="{found[0]}"' not in page


def test_what_is_wrong_or_missing_is_asked_again_and_nothing_is_kept(as_user):
    tampered = [
        {},
        {"vraag-inlog": "elk-jaar"},
        {**answers(), "vraag-inlog": "99"},
        {**answers(), "vraag-verzonnen": "nee"},
        {**answers(), "vraag-inlog": "x" * 100_000},
        {**answers(), "vraag-drie-d-printen": "altijd"},
    ]
    for fields in tampered:
        reply = as_user(None).post("/digiscan/", fields, headers={"accept": "application/json"})
        assert reply.status_code == 422, fields.keys()
    assert not QuestionnaireAnswers.objects.exists()
    assert not User.objects.filter(is_nameless=True).exists()


def test_the_question_that_does_not_count_changes_nothing(as_user):
    client = as_user(None)
    results = []
    for printing in ({}, {"vraag-drie-d-printen": "vaak"}):
        reply = client.post("/digiscan/", {**answers(1), **printing})
        row = scan_at(client.get(reply.url).url)
        results.append({name: value for name, value in row.result.items() if name != "answers"})
    assert results[0] == results[1]
    assert "drie-d-printen" not in results[1]["items"]


def test_what_does_not_count_goes_nowhere(as_user, desk):
    client = in_region(as_user(None))
    reply = client.post("/digiscan/", {**answers(1), "vraag-drie-d-printen": "vaak"})
    place = client.get(reply.url).url
    send(client, place)
    pdf = " ".join(
        page.extract_text() for page in PdfReader(io.BytesIO(client.get(f"{place}digiscan.pdf").content)).pages
    )
    for text in (mail.outbox[0].body, pdf, text_of(client.get(place))):
        assert "3D" not in text


def test_doing_it_again_keeps_the_earlier_results_with_their_difference(as_user):
    client = as_user(None)
    start = timezone.now() - timedelta(days=100)
    with travel(start, tick=False):
        first = fill_in(client, 1)
    second = fill_in(client, 1, inlog=3)
    user = scan_at(first).user
    assert [earlier.difference for earlier in history(user)] == [2, None]
    page = text_of(client.get(second))
    assert "2 punten meer dan de keer ervoor" in page
    assert client.get(first).status_code == 200
    assert reverse("learning:digiscan_result", args=[scan_at(first).pk]) in client.get(second).content.decode()


def test_results_of_changed_questions_are_not_compared(as_user):
    client = as_user(None)
    first = fill_in(client, 1)
    QuestionnaireAnswers.objects.update(version=99)
    fill_in(client, 2)
    assert history(scan_at(first).user)[0].difference is None
    assert history(scan_at(first).user)[0].in_words == "andere vragen"


def places(place: str) -> list[str]:
    return [place, f"{place}beeld.svg", f"{place}digiscan.pdf", f"{place}sturen/"]


@pytest.mark.parametrize("who", ["nobody", "stranger", "learner", "lead", "other owner", "administrator"])
def test_nobody_else_gets_a_result(as_user, anna, chantal, driss, desk, who):
    owner = as_user(None)
    place = fill_in(owner, 1)
    register_firm(user=scan_at(place).user, name="Bakkerij Henk")
    other_owner = User.objects.create_user("piet")
    register_firm(user=other_owner, name="Bakkerij Henk")
    chief = User.objects.create_superuser("chief")
    people = {"nobody": None, "stranger": driss, "learner": anna, "lead": chantal, "other owner": other_owner,
              "administrator": chief}  # fmt: skip
    client = in_region(as_user(people[who]))
    for address in places(place):
        assert client.get(address).status_code == 404
        assert owner.get(address).status_code in (200, 302)
    assert client.post(f"{place}sturen/", {"stuur": "ja", "gezien": "x"}).status_code == 404
    assert mail.outbox == []


def test_a_member_of_the_same_firm_without_its_owner_role_gets_nothing(as_user, driss):
    place = fill_in(as_user(None), 1)
    firm = register_firm(user=scan_at(place).user, name="Bakkerij Henk")
    for role in Role:
        Membership.objects.create(user=driss, organisation=firm, role=role)
    assert as_user(driss).get(place).status_code == 404


def test_a_startmeting_is_no_digiscan(as_user, anna):
    row = QuestionnaireAnswers.objects.create(
        user=anna, questionnaire="startmeting", version=1, answers={}, result={}, made_at=timezone.now(),
        received_at=timezone.now(),
    )  # fmt: skip
    assert as_user(anna).get(f"/digiscan/{row.pk}/").status_code == 404


def test_an_unknown_result_is_not_there(as_user, anna):
    for key in (uuid.uuid4(), uuid.UUID(int=0)):
        assert as_user(anna).get(f"/digiscan/{key}/").status_code == 404
    assert as_user(anna).get("/digiscan/geen-uuid/").status_code == 404


def test_without_a_result_one_comes_to_the_questions(as_user, anna):
    for user in (None, anna):
        assert as_user(user).get("/digiscan/uitslag/").url == "/digiscan/"


def test_the_picture_is_an_image_that_runs_nothing_and_has_words(as_user):
    client = as_user(None)
    place = fill_in(client, 1, lezen=3, taken=0)
    light, dark = (client.get(f"{place}beeld.svg{query}") for query in ("", "?kleur=donker"))
    assert light["Content-Type"] == "image/svg+xml"
    assert "default-src 'none'" in light["Content-Security-Policy"]
    assert light.content != dark.content
    assert b"<script" not in light.content
    page = client.get(place).content.decode()
    [alt] = re.findall(r'<img class="picture"[^>]* alt="([^"]+)"', page)
    assert "Samen 16 van 45." in alt
    assert "Sterkste: Instructies voor iedereen, 3 van 3." in alt
    assert "Zwakste: Taken en leren, 0 van 3." in alt
    assert len(re.findall(r"<td>\d van 3</td>", page)) == len(SCORED)


def test_the_pdf_can_be_read_by_a_screen_reader_and_is_dated_by_the_answers(as_user, desk):
    client = in_region(as_user(None))
    with travel("2026-03-05T10:00:00+00:00", tick=False):
        place = fill_in(client, 1, lezen=3)
    register_firm(user=scan_at(place).user, name="Bakkerij #Henk & $Zn$")
    reply = client.get(f"{place}digiscan.pdf")
    assert reply["Content-Type"] == "application/pdf"
    assert reply["Content-Disposition"] == 'attachment; filename="digiscan-2026-03-05.pdf"'
    assert reply.content == client.get(f"{place}digiscan.pdf").content
    found = PdfReader(io.BytesIO(reply.content))
    assert found.metadata.title == "De digiscan van Bakkerij #Henk & $Zn$"
    assert found.metadata.creation_date.date() == date(2026, 3, 5)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in found.trailer["/Root"]["/Metadata"].get_data()
    words = " ".join(" ".join(page.extract_text() for page in found.pages).split())
    for said in (
        "5 maart 2026",
        "Op weg",
        "17 van 45 punten",
        "Iedereen kan onze instructies lezen",
        "Het Loket",
        "1 van 3",
    ):
        assert said in words, said
    assert (
        words.index("Je sterkste punt") < words.index("Hier valt het meest te winnen") < words.index("Wat je kunt doen")
    )


def test_the_region_is_chosen_once_and_stays_on_the_phone(as_user):
    client = as_user(None)
    place = fill_in(client)
    assert "Kies je regio." in text_of(client.get(place))
    reply = client.post("/digiscan/regio/", {"regio": "drenthe", "scan": str(scan_at(place).pk)})
    assert reply.url == f"{place}#loket"
    assert "Ik Ben Drents Ondernemer" in text_of(client.get(place))
    for wrong in ("", "atlantis", "x" * 10_000):
        assert client.post("/digiscan/regio/", {"regio": wrong}).status_code == 400
    assert client.post("/digiscan/regio/", {"regio": "drenthe", "scan": "../.."}).url == "/digiscan/uitslag/"
    assert (
        client.post("/digiscan/regio/", {"regio": "drenthe"}, headers={"sec-fetch-site": "cross-site"}).status_code
        == 403
    )


def test_a_door_that_nobody_checked_for_long_says_so(as_user):
    client = in_region(as_user(None), "overijssel")
    page = text_of(client.get(fill_in(client)))
    assert "Gecontroleerd op 31 december 2021. Kijk of dit nog klopt." in page
    client.cookies["regio"] = "groningen"
    with travel("2026-12-01", tick=False):
        assert "Nog niet nagevraagd bij het loket zelf." in text_of(client.get(fill_in(client)))


def test_what_goes_is_shown_word_for_word_and_only_that_goes(as_user, desk):
    client = in_region(as_user(None))
    place = fill_in(client, 1)
    page = client.post(f"{place}sturen/", {"contact": "Henk, 06 12345678"})
    assert mail.outbox == []
    assert not DeskMessage.objects.exists()
    assert send(client, place, "Henk, 06 12345678").status_code == 302
    [sent] = mail.outbox
    assert sent.to == ["loket@groningen.example"]
    shown = re.search(r'<p><b>(.*?)</b></p>\s*<p class="words">(.*?)</p>', page.content.decode(), re.DOTALL)
    assert shown
    assert (shown[1], shown[2].strip()) == (sent.subject, sent.body.strip())
    assert "Contact: Henk, 06 12345678" in sent.body
    row = DeskMessage.objects.get()
    assert (row.subject, row.text) == (sent.subject, sent.body)
    assert row.mailed_at is not None


def test_the_owner_sees_what_was_sent_and_when(as_user, desk):
    client = in_region(as_user(None))
    place = fill_in(client, 1)
    with travel("2026-03-05T10:00:00+00:00", tick=False):
        send(client, place, "Henk")
    page = text_of(client.get(place))
    assert "Gestuurd naar Het Loket, 5 maart 2026, 11.00 uur" in page
    assert "Contact: Henk" in page
    assert "Dit stuurde je" in text_of(client.get(f"{place}sturen/"))


def test_looking_sends_nothing_and_neither_does_a_tap_on_what_was_not_seen(as_user, desk):
    client = in_region(as_user(None))
    place = fill_in(client, 1)
    client.get(f"{place}sturen/")
    for fields in ({"stuur": "ja"}, {"stuur": "ja", "gezien": "verzonnen"}):
        assert client.post(f"{place}sturen/", fields).status_code == 409
    page = client.post(f"{place}sturen/", {"contact": "Henk"}).content.decode()
    seen = re.search(r'name="gezien" value="(\w+)"', page)[1]
    reply = client.post(f"{place}sturen/", {"stuur": "ja", "gezien": seen, "contact": "Piet"})  # another text
    assert reply.status_code == 409
    reply = client.post(f"{place}sturen/", {"stuur": "ja", "gezien": seen, "contact": "Henk"},
                        headers={"sec-fetch-site": "cross-site"})  # fmt: skip
    assert reply.status_code == 403
    assert mail.outbox == []
    assert not DeskMessage.objects.exists()


def test_two_taps_send_one_mail(as_user, desk):
    client = in_region(as_user(None))
    place = fill_in(client, 1)
    page = client.get(f"{place}sturen/").content.decode()
    fields = {"stuur": "ja", "gezien": re.search(r'name="gezien" value="(\w+)"', page)[1]}
    assert client.post(f"{place}sturen/", fields).status_code == 302
    assert "Dit stuurde je" in text_of(client.post(f"{place}sturen/", fields))
    mail_to_desks()
    assert len(mail.outbox) == DeskMessage.objects.count() == 1


def test_when_the_mail_is_down_it_goes_later_and_once(as_user, desk, settings):
    client = in_region(as_user(None))
    place = fill_in(client, 1)
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert send(client, place).status_code == 302
    assert "Hij gaat zodra de mail werkt." in text_of(client.get(place))
    mail_to_desks()
    assert "Staat klaar voor Het Loket" in text_of(client.get(place))
    settings.EMAIL_BACKEND = works
    mail_to_desks()
    mail_to_desks()
    assert len(mail.outbox) == 1
    assert mail.outbox[0].extra_headers["Message-ID"].startswith("<digiscan-")


def test_what_broke_off_halfway_is_not_sent_again_and_says_so(as_user, desk):
    client = in_region(as_user(None))
    place = fill_in(client, 1)
    scan = scan_of(scan_at(place))
    letter = letter_of(scan, desk)
    message, _ = send_to_desk(
        user=scan.row.user, scan=scan.row.pk, region=desk, subject=letter.subject, text=letter.text
    )
    DeskMessage.objects.update(begun_at=timezone.now())
    assert not deliver_to_desk(message=message)
    mail_to_desks()
    assert mail.outbox == []
    assert "Misschien gestuurd naar Het Loket" in text_of(client.get(place))


def test_a_desk_without_an_address_gets_nothing_and_the_owner_takes_the_text(as_user, desk):
    client = in_region(as_user(None), "drenthe")
    place = fill_in(client, 1)
    page = text_of(client.get(f"{place}sturen/"))
    assert "Wij sturen niets naar Zonder Adres." in page
    assert "Digiscan van een bedrijf" in page
    client.post(f"{place}sturen/", {"stuur": "ja", "gezien": "x"})
    assert not DeskMessage.objects.exists()
    with pytest.raises(ValueError, match="no address"):
        send_to_desk(
            user=scan_at(place).user, scan=scan_at(place).pk, region=front_door().regions[1], subject="", text=""
        )


@pytest.mark.parametrize("region", ["", "elders", "atlantis"])
def test_without_a_desk_there_is_nothing_to_send(as_user, desk, region):
    client = in_region(as_user(None), region)
    place = fill_in(client, 1)
    for reply in (client.get(f"{place}sturen/"), client.post(f"{place}sturen/", {"stuur": "ja"})):
        assert (reply.status_code, reply.url) == (302, f"{place}#loket")
    assert mail.outbox == []


def test_where_no_mail_is_set_nothing_is_promised(as_user, desk, settings):
    settings.MAIL_IS_ON = False
    client = in_region(as_user(None))
    place = fill_in(client, 1)
    assert "Wij sturen niets naar Het Loket." in text_of(client.get(f"{place}sturen/"))


@pytest.mark.parametrize("typed", ["x" * 121, "x" * 100_000, "Henk\u202e", "Henk\x00", "a\u200bb"])
def test_a_strange_contact_line_is_refused(as_user, desk, typed):
    client = in_region(as_user(None))
    place = fill_in(client, 1)
    reply = client.post(f"{place}sturen/", {"contact": typed, "stuur": "ja", "gezien": "x"})
    assert reply.status_code == 422
    assert mail.outbox == []


def test_line_ends_in_a_contact_line_are_no_headers(as_user, desk):
    client = in_region(as_user(None))
    place = fill_in(client, 1)
    send(client, place, "Henk\r\nBcc: all@elders.example\n\nHallo")
    [sent] = mail.outbox
    assert sent.recipients() == ["loket@groningen.example"]
    assert "Contact: Henk Bcc: all@elders.example Hallo\n" in sent.body


def test_hostile_text_stands_on_the_page_as_text(as_user, desk):
    client = in_region(as_user(None))
    place = fill_in(client, 1)
    page = client.post(f"{place}sturen/", {"contact": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


def test_many_sendings_from_one_place_stop(as_user, desk):
    client = in_region(as_user(None))
    for number in range(10):
        place = fill_in(client, 1, **dict.fromkeys(SCORED[: number + 1], 2))
        assert send(client, place).status_code == 302
    assert send(client, fill_in(client, 3)).status_code == 429
    assert len(mail.outbox) == 10


def test_sent_to_a_desk_and_the_results_belong_to_the_person(as_user, desk):
    client = in_region(as_user(None))
    place = fill_in(client, 1)
    send(client, place, "Henk")
    user = scan_at(place).user
    [sent] = export_person(user=user)["learning"]["gestuurd naar een loket"]
    assert "Contact: Henk" in sent["tekst"]
    target = User.objects.create_user("henk")
    merge_people(source=user, target=target)
    assert (DeskMessage.objects.get().user, QuestionnaireAnswers.objects.get().user) == (target, target)
    erase_person(user=target, actor=None)
    assert not DeskMessage.objects.exists()
    assert not QuestionnaireAnswers.objects.exists()


def test_an_owner_keeps_a_nameless_result_with_a_code(as_user):
    client = as_user(None)
    place = fill_in(client, 1)
    assert "Bewaar voor je bedrijf" in text_of(client.get(place))
    reply = client.post("/bedrijf/", {"bedrijf": "Bakkerij Henk", "email": "henk@bakker.example", "next": place})
    code = re.search(r"Je code is (\d{6})", mail.outbox[-1].body)[1]
    assert client.post(reply.url, {"code": code}).url == place
    page = text_of(client.get(place))
    assert "Bewaard voor Bakkerij Henk" in page
    assert Organisation.objects.get(by_owner=True).name == "Bakkerij Henk"
    # And finds it back on another phone.
    other = as_user(None)
    reply = other.post("/inloggen/code/", {"email": "henk@bakker.example"})
    code = re.search(r"Je code is (\d{6})", mail.outbox[-1].body)[1]
    other.post(reply.url, {"code": code})
    assert other.get("/digiscan/uitslag/").url == place


def test_a_result_is_kept_by_no_browser(as_user):
    client = as_user(None)
    for address in places(fill_in(client, 1))[:3]:
        assert "no-store" in client.get(address)["Cache-Control"]


def test_the_load_command_tells_what_nobody_checked_for_long(capsys):
    call_command("load_curriculum")
    assert (
        "front_door.yaml: Overijssel is gecontroleerd op 2021-12-31. Kijk of dit nog klopt." in capsys.readouterr().out
    )
