"""The guided form: what a browser sends is kept or refused with its field, and never lost; for its author alone."""

import json

import pytest
from django.utils import timezone

from leadership.models import ProductVersion, WorkProduct
from leadership.services import save_product
from people.models import Role
from people.services import close_cohort, leave_cohort
from tests.factories import CohortMemberFactory
from tests.leadership.conftest import lead

FORM = {"base": "0", "knelpunt": "A", "merkt": "De klant", "metingen-0-wat": "Wachttijd", "metingen-0-nu": "2 dagen"}
ROW = {"wat": "Wachttijd", "nu": "2 dagen", "hoe": ""}
MINE = {"knelpunt": "A", "merkt": "De klant", "metingen": [ROW]}


@pytest.fixture
def address(group):
    return f"/programma/{group.pk}/stuk/start/"


@pytest.fixture
def at_home(client, chantal, group):
    """Chantal's browser."""
    client.force_login(chantal)
    return client


@pytest.fixture
def press(at_home, address):
    """Sends the form with a button."""
    return lambda do="bewaar", **fields: at_home.post(
        address, {**FORM, **fields, "do": do}, HTTP_SEC_FETCH_SITE="same-origin"
    )


@pytest.fixture
def send(at_home, address, chantal):
    """Sends what a script sends."""

    def sent(body=None, /, **said):
        body = body if body is not None else {"owner": str(chantal.owner_key), "base": 0, "values": MINE, **said}
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return at_home.post(
            address + "bewaar/", data, content_type="application/json", HTTP_SEC_FETCH_SITE="same-origin"
        )

    return sent


def kept() -> WorkProduct:
    return WorkProduct.objects.get()


# Without a script


def test_a_press_keeps_all_that_stands_in_the_form(press, at_home, address):
    reply = press()
    assert reply.headers["Location"] == address
    assert kept().values == MINE
    page = at_home.get(address).text
    assert "Opgeslagen." in page
    assert 'value="Wachttijd"' in page
    assert "Een rij is nog niet helemaal gevuld." in page


def test_a_row_more_and_a_row_less_keep_what_stands_in_the_others(press):
    more = press("rij:metingen", **{"metingen-4-wat": "Fouten"})
    assert more.status_code == 200
    assert 'id="metingen-2-wat"' in more.text
    assert [row["wat"] for row in kept().values["metingen"]] == ["Wachttijd", "Fouten"]
    less = press("weg:metingen:0", base="1", **{"metingen-1-wat": "Fouten"})
    assert [row["wat"] for row in kept().values["metingen"]] == ["Fouten"]
    assert "Wachttijd" not in less.text.split('id="voorbeeld"')[0]


@pytest.mark.parametrize(
    "do", ["", "weg:metingen:99", "weg:metingen:-1", "weg:metingen:x", "rij:onzin", "rij:merkt", "weg:" * 99]
)
def test_a_button_that_is_not_there_only_keeps(press, do):
    assert press(do).status_code in (200, 302)
    assert kept().values == MINE


def test_rows_of_a_full_table_stay_and_no_more_come(press):
    rows = {f"metingen-{place}-wat": str(place) for place in range(6)}
    page = press("rij:metingen", **rows)
    assert 'id="metingen-6-wat"' not in page.text
    assert len(kept().values["metingen"]) == 6


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"knelpunt": "x" * 201}, "Er passen 200 tekens, je hebt er 201."),
        ({"merkt": "a\x00b"}, "een teken dat geen tekst is"),
        ({"metingen-0-hoe": "y" * 5000}, "Rij 1: Dit is te lang."),
        ({f"metingen-{place}-wat": "z" for place in range(200)}, "Dit zijn te veel rijen."),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_typed_is_lost(press, wrong, said):
    page = press(**wrong)
    assert page.status_code == 422
    assert said in page.text
    assert "Nog niet opgeslagen." in page.text
    assert "De klant" in page.text or "merkt" in wrong
    assert not WorkProduct.objects.exists()


def test_what_is_typed_is_shown_and_never_run(press, at_home, address):
    press(knelpunt='"><script>alert(1)</script>', merkt="</textarea><b>")
    page = at_home.get(address).text
    assert "<script>alert" not in page
    assert "</textarea><b>" not in page
    assert kept().values["knelpunt"] == '"><script>alert(1)</script>'


def test_fields_that_the_form_does_not_have_are_left_where_they_are(press):
    press(onzin="x", **{"metingen-0-onzin": "x", "metingen-1000-wat": "x", "taken-0-taak": "x"})
    assert kept().values == MINE


@pytest.mark.parametrize("base", ["", "-1", "x", "1e9", "9" * 40, "²"])
def test_a_version_that_is_no_number_begins_anew(press, base):
    press(base=base)
    assert kept().version == 1


# Two devices


def test_the_second_device_sees_both_and_chooses(press, at_home, address):
    press(knelpunt="Van de een")
    told = press(knelpunt="Van de ander")
    assert told.status_code == 409
    for words in ("Op een ander apparaat is dit stuk veranderd", "Van de een", "Van de ander"):
        assert words in told.text
    taken = press("neem:knelpunt", knelpunt="Van de ander", merkt="Ook anders", base="1", van="0")
    assert taken.status_code == 409
    assert 'id="knelpunt" value="Van de een"' in taken.text
    assert "Ook anders" in taken.text
    assert kept().values["knelpunt"] == "Van de een", "nothing is chosen yet"
    press("mijn", knelpunt="Van de ander", base="1")
    assert kept().values["knelpunt"] == "Van de ander"
    kinds = set(kept().versions.values_list("kind", "values__knelpunt"))
    assert kinds == {("aside", "Van de ander"), ("saved", "Van de een")}, "what it was is there to bring back"


def test_a_script_is_told_too_and_what_it_sent_is_kept(send):
    assert send().json()["version"] == 1
    late = send(values={"knelpunt": "Van de ander"})
    assert (late.status_code, late.json()) == (409, {"version": 1})
    assert kept().versions.get().values == {"knelpunt": "Van de ander"}
    assert send().json()["version"] == 1, "sent twice is kept once"


# With a script


def test_a_script_hears_the_version_and_what_is_missing(send):
    reply = send()
    assert reply.json() == {"version": 1, "missing": {"metingen": "Een rij is nog niet helemaal gevuld."}}
    assert "no-store" in reply.headers["Cache-Control"]


def test_a_script_hears_what_is_wrong_per_field(send):
    reply = send(values={"knelpunt": "x" * 201, "onzin": "x"})
    assert reply.status_code == 422
    assert set(reply.json()["wrong"]) == {"knelpunt", "onzin"}
    assert not WorkProduct.objects.exists()


@pytest.mark.parametrize(
    "body", ["", "x", "[]", "3", "null", "{", b"\xff\xfe", "[" * 100_000, '{"a":' * 50_000, '"' + "x" * 300_000 + '"']
)
def test_what_is_no_product_is_refused(send, body):
    assert send(body).status_code == 400
    assert not WorkProduct.objects.exists()


@pytest.mark.parametrize("base", [None, "x", -1, 1.5, True, [], {}, 10**30])
def test_a_base_that_is_none_begins_anew(send, base):
    assert send(base=base).status_code == 200


def test_what_somebody_else_typed_on_this_device_is_not_kept_as_mine(send, gijs):
    for owner in (str(gijs.owner_key), "", None, 3):
        assert send(owner=owner).status_code == 403
    assert not WorkProduct.objects.exists()


def test_a_session_that_ended_is_told_apart_and_another_site_keeps_nothing(send, at_home, address):
    at_home.logout()
    assert send().status_code == 401
    assert at_home.post(address + "bewaar/", HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert at_home.post(address, FORM, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert not WorkProduct.objects.exists()


# Versions


def test_a_version_is_read_and_brought_back_and_what_stood_there_becomes_one(at_home, address, group, chantal):
    for number, text in enumerate(("Eerst", "Daarna")):
        save_product(group=group, owner=chantal, template="start", values={"knelpunt": text}, base=number)
    page = at_home.get(address + "versies/")
    assert "Eerst" in page.text
    version = kept().versions.get()
    reply = at_home.post(address + "versies/", {"versie": version.pk}, HTTP_SEC_FETCH_SITE="same-origin")
    assert reply.headers["Location"] == address
    assert kept().values == {"knelpunt": "Eerst"}
    assert kept().versions.first().values == {"knelpunt": "Daarna"}


@pytest.mark.parametrize("version", ["", "x", "-1", "0", "9" * 30, "²"])
def test_a_version_that_is_not_there_is_not_brought_back(at_home, address, press, version):
    press()
    reply = at_home.post(address + "versies/", {"versie": version}, HTTP_SEC_FETCH_SITE="same-origin")
    assert reply.status_code == 404


def test_a_version_of_somebody_else_is_neither_read_nor_brought_back(at_home, address, press, gijs, group):
    press()
    theirs = save_product(group=group, owner=gijs, template="start", values={"knelpunt": "Van Gijs"}, base=0).product
    version = theirs.versions.create(kind=ProductVersion.Kind.SAVED, values={"knelpunt": "Van Gijs"})
    reply = at_home.post(address + "versies/", {"versie": version.pk}, HTTP_SEC_FETCH_SITE="same-origin")
    assert reply.status_code == 404
    assert "Van Gijs" not in at_home.get(address + "versies/").text


# Whose it is


PLACES = ("", "bewaar/", "versies/")


@pytest.mark.parametrize("who", ["anna", "bram", "driss", "fenna", "code", "elsewhere", "nobody"])
def test_for_anybody_else_there_is_no_form_and_nothing_is_kept(
    client, request, group, cohort, chantal, elsewhere, address, who
):
    save_product(group=group, owner=chantal, template="start", values={"knelpunt": "Van Chantal"}, base=0)
    if who == "code":
        person = request.getfixturevalue("anna")
        CohortMemberFactory(cohort=cohort, user=person)
    elif who == "elsewhere":
        person = lead("Piet", elsewhere, Role.HR_LEAD)
    else:
        person = None if who == "nobody" else request.getfixturevalue(who)
    if person:
        client.force_login(person)
    for place in PLACES:
        for reply in (
            client.get(address + place),
            client.post(address + place, FORM, HTTP_SEC_FETCH_SITE="same-origin"),
        ):
            assert reply.status_code in ((302, 401, 405) if person is None else (404, 405)), place
            assert "Van Chantal" not in reply.text
    assert WorkProduct.objects.count() == 1


def test_another_lead_of_the_group_gets_their_own_form(client, group, chantal, gijs, address):
    save_product(group=group, owner=chantal, template="start", values={"knelpunt": "Van Chantal"}, base=0)
    client.force_login(gijs)
    page = client.get(address)
    assert page.status_code == 200
    assert "Van Chantal" not in page.text
    assert client.get(address + "versies/").status_code == 404


@pytest.mark.parametrize("form", ["onzin", "leerafspraak", "start-x"])
def test_a_form_that_is_not_there_or_not_open_does_not_exist(client, group, chantal, form):
    group.starts_on = timezone.localdate() - timezone.timedelta(days=timezone.localdate().weekday())
    group.save()
    client.force_login(chantal)
    assert client.get(f"/programma/{group.pk}/stuk/{form}/").status_code == 404


def test_who_left_or_whose_group_ended_finds_the_product_among_their_own_and_the_form_is_closed(
    client, group, cohort, chantal, gijs, fenna, address
):
    for person in (chantal, gijs):
        save_product(group=group, owner=person, template="start", values={"knelpunt": f"Van {person}"}, base=0)
    leave_cohort(user=chantal, cohort=cohort)
    close_cohort(cohort=cohort, actor=fenna)
    for person in (chantal, gijs):
        client.force_login(person)
        page = client.get("/programma/stukken/")
        assert "Startpunt" in page.text
        assert address not in page.text
        assert client.get(address).status_code == 404
        assert client.get("/programma/").status_code == 200
