"""How a class comes in: its teacher opens the list, prints cards, resets pictures. Nobody else does."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from people.audit import done_by
from people.models import AuditEntry, Cohort, LearnerCard, PictureCode, Role, User, WrongTry
from people.pictures import PICTURES, read_drawn
from people.services import choose_pictures, renew_join_code, reset_pictures, try_nickname, try_pictures
from tests.factories import CohortFactory, CohortMemberFactory, MembershipFactory, UserFactory

MINE = read_drawn("huis,vis,zon")


def text(reply) -> str:
    return " ".join(reply.content.decode().split())


def pages(reply) -> list[str]:
    assert reply["Content-Type"] == "application/pdf"
    return [page.extract_text() for page in PdfReader(BytesIO(reply.content)).pages]


@pytest.fixture
def address(school_class, bram, anna) -> str:
    return f"/docent/klassen/{school_class.pk}/inloggen/"


def test_a_teacher_opens_and_closes_the_list_and_sees_until_when(as_user, bram, address, school_class):
    client = as_user(bram)
    for place in (address, f"/docent/klassen/{school_class.pk}/"):
        assert "Inloggen staat dicht." in text(client.get(place))
    for how in ("kwartier", "lesuur"):
        assert client.post(f"{address}open/", {"open": how}).url == address
        for place in (address, f"/docent/klassen/{school_class.pk}/"):
            assert re.search(r"Inloggen staat open tot \d+\.\d\d uur\.", text(client.get(place)))
    client.post(f"{address}open/", {"open": "nee"})
    assert "Inloggen staat dicht." in text(client.get(address))
    told = done_by(bram).filter(subject=f"cohort {school_class.pk}", looked=False).values_list("action", "details")
    assert list(told)[::-1] == [
        ("open_sign_in", {"minutes": 15}), ("open_sign_in", {"minutes": 60}), ("close_sign_in", {}),
    ]  # fmt: skip


@pytest.mark.parametrize("how", ["", "x", "9999999999", "-1"])
def test_anything_else_closes_it(as_user, bram, address, how):
    as_user(bram).post(f"{address}open/", {"open": "lesuur"})
    as_user(bram).post(f"{address}open/", {"open": how})
    assert Cohort.objects.get(name="Klas Zorg 2A").sign_in_until is None


def test_a_teacher_sees_who_has_pictures_and_never_which(as_user, bram, anna, address):
    client = as_user(bram)
    assert "Nog geen plaatjes" in text(client.get(address))
    choose_pictures(user=anna, drawn=MINE)
    before = text(client.get(address))
    assert "Heeft plaatjes" in before
    choose_pictures(user=anna, drawn=read_drawn("bel,boot,ster"))
    assert text(client.get(address)) == before
    for picture in PICTURES:
        assert f'#i-{picture.pictogram}"' not in before
    for _ in range(5):
        try_pictures(people=[anna], drawn=MINE)
    assert "Plaatjes op slot" in text(client.get(address))


def test_new_pictures_and_a_new_card_are_one_tap(as_user, bram, anna, address):
    client = as_user(bram)
    choose_pictures(user=anna, drawn=MINE)
    client.post(f"{address}kaarten.pdf")
    before = LearnerCard.objects.get().serial
    client.post(f"{address}{anna.pk}/plaatjes/")
    client.post(f"{address}{anna.pk}/kaart/")
    assert (PictureCode.objects.get().digest, LearnerCard.objects.get().serial == before) == ("", False)
    assert "heeft een kaart" in text(client.get(address))
    assert list(AuditEntry.objects.values_list("action", flat=True)[:3]) == [
        "renew_card", "reset_pictures", "print_cards",
    ]  # fmt: skip


def test_a_card_can_be_scanned_from_the_teachers_screen(as_user, bram, anna, address):
    client, place = as_user(bram), f"{address}{anna.pk}/kaart/"
    assert "nog geen kaart" in text(client.get(place))
    assert not LearnerCard.objects.exists()  # looking makes none
    seen = []
    for _ in range(2):
        assert client.post(place).url == place
        page = text(client.get(place))
        seen.append(re.search(r'href="http://testserver(/kaart/\w+/)"', page)[1])
        assert "<svg" in page
    assert [as_user(None).get(card).status_code for card in seen] == [410, 302]


def test_cards_of_a_class_stand_eight_on_a_sheet(as_user, bram, anna, address, school_class):
    code = renew_join_code(cohort=school_class, actor=bram).code
    for number in range(8):
        CohortMemberFactory(cohort=school_class, user=UserFactory(first_name=f"Naam{number:02}"))
    sheets = pages(as_user(bram).post(f"{address}kaarten.pdf"))
    assert [sheet.count("Open je camera.") for sheet in sheets] == [8, 1]
    for words in ("Anna", "Klas Zorg 2A", "Scan het plaatje.", "Tik jouw 3 plaatjes.", code, "testserver"):
        assert words in sheets[0]
    assert "Bram" not in "".join(sheets)
    assert LearnerCard.objects.count() == 9


def test_a_card_of_one_learner_is_one_card(as_user, bram, anna, address, school_class):
    CohortMemberFactory(cohort=school_class, user=UserFactory(first_name="Bo"))
    [sheet] = pages(as_user(bram).post(f"{address}kaarten.pdf", {"wie": anna.pk}))
    assert ("Anna" in sheet, "Bo" in sheet, sheet.count("Open je camera.")) == (True, False, 1)


def test_the_pdf_is_tagged_and_says_what_it_is(as_user, bram, address):
    made = PdfReader(BytesIO(as_user(bram).post(f"{address}kaarten.pdf").content))
    root = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).lower().startswith("nl")
    assert "<pdfuaid:part>1" in root["/Metadata"].get_data().decode()
    assert made.metadata is not None
    assert made.metadata.title == "Inlogkaarten voor Klas Zorg 2A"


@pytest.mark.parametrize(
    "name", ["أمينة", "Łukasz", "李", "W" * 40, "Anne-Marie van der Heijden-de Groot", "😀", '#set text(red) "*_$', ""]
)
def test_any_name_gets_a_card(as_user, bram, anna, address, name):
    User.objects.filter(pk=anna.pk).update(first_name=name)
    Cohort.objects.update(name="K" * 80)
    [sheet] = pages(as_user(bram).post(f"{address}kaarten.pdf"))
    assert sheet.count("Open je camera.") == 1


def test_nobody_else_does_any_of_this(as_user, anna, chantal, driss, address, school):
    other_teacher = UserFactory()
    MembershipFactory(user=other_teacher, organisation=school, role=Role.TEACHER)
    choose_pictures(user=anna, drawn=MINE)
    posts = [f"{address}{path}" for path in ("open/", "kaarten.pdf", f"{anna.pk}/plaatjes/", f"{anna.pk}/kaart/")]
    for user in (anna, chantal, driss, other_teacher):
        assert as_user(user).get(address).status_code == 404
        assert as_user(user).get(f"{address}{anna.pk}/kaart/").status_code == 404
        for place in posts:
            assert as_user(user).post(place, {"open": "lesuur"}).status_code == 404
    assert as_user(None).get(address).url.startswith("/inloggen/")
    assert not LearnerCard.objects.exists()
    assert PictureCode.objects.get().digest
    assert Cohort.objects.get(name="Klas Zorg 2A").sign_in_until is None


def test_a_teacher_reaches_only_their_own_learners(as_user, bram, driss, address, school):
    elsewhere = CohortMemberFactory(cohort=CohortFactory(organisation=school)).user
    for user in (driss, elsewhere, bram):
        for what in ("plaatjes", "kaart"):
            assert as_user(bram).post(f"{address}{user.pk}/{what}/").status_code == 404
        assert as_user(bram).post(f"{address}kaarten.pdf", {"wie": user.pk}).status_code == 404
    assert not LearnerCard.objects.exists()


def test_who_may_more_than_learn_gets_no_card_in_a_class(as_user, bram, anna, address, school):
    MembershipFactory(user=anna, organisation=school, role=Role.AUTHOR)
    assert "Anna" not in text(as_user(bram).get(address))
    assert as_user(bram).post(f"{address}{anna.pk}/plaatjes/").status_code == 404
    assert as_user(bram).post(f"{address}kaarten.pdf").status_code == 404


@pytest.fixture
def team(employer, chantal, anna) -> Cohort:
    """Anna works here too; Chantal leads it."""
    made = CohortFactory(organisation=employer, kind=Cohort.Kind.TEAM, name="Team Magazijn")
    CohortMemberFactory(cohort=made, user=chantal, leads=True)
    CohortMemberFactory(cohort=made, user=anna)
    return made


def test_a_lead_opens_and_closes_signing_in_for_a_team(as_user, chantal, team):
    client, address = as_user(chantal), f"/docent/klassen/{team.pk}/inloggen/"
    assert "Zet inloggen open of dicht" in text(client.get(f"/docent/klassen/{team.pk}/"))
    assert "Inloggen staat dicht." in text(client.get(address))
    for how in ("kwartier", "lesuur"):
        assert client.post(f"{address}open/", {"open": how}).url == address
        assert re.search(r"Inloggen staat open tot \d+\.\d\d uur\.", text(client.get(address)))
    client.post(f"{address}open/", {"open": "nee"})
    page = text(client.get(address))
    assert "Inloggen staat dicht." in page
    assert "je klas" not in page.lower()


def test_a_lead_sees_nobody_and_gives_no_card_and_no_pictures(as_user, chantal, anna, team):
    """With a card, or after a reset, a lead could come in as Anna and read what she did."""
    choose_pictures(user=anna, drawn=MINE)
    client, address = as_user(chantal), f"/docent/klassen/{team.pk}/inloggen/"
    before = text(client.get(address))
    assert "Anna" not in before
    for _ in range(5):
        try_pictures(people=[anna], drawn=read_drawn("bel,boot,ster"))
    assert text(client.get(address)) == before  # not that someone is locked either
    for path in ("kaarten.pdf", f"{anna.pk}/plaatjes/", f"{anna.pk}/kaart/"):
        assert client.post(f"{address}{path}", {"wie": anna.pk}).status_code == 404
    assert client.get(f"{address}{anna.pk}/kaart/").status_code == 404
    assert not LearnerCard.objects.exists()
    assert PictureCode.objects.get().digest


def test_only_a_teacher_of_the_learner_takes_pictures_away(anna, bram, chantal, driss, team):
    choose_pictures(user=anna, drawn=MINE)
    for other in (chantal, driss, anna):
        with pytest.raises(ValueError, match="only a teacher"):
            reset_pictures(user=anna, actor=other)
    assert PictureCode.objects.get().digest
    reset_pictures(user=anna, actor=bram)
    assert not PictureCode.objects.get().digest


def test_nobody_else_opens_a_team(as_user, team, anna, bram, driss, employer):
    lead_elsewhere, works_here = UserFactory(), UserFactory()
    MembershipFactory(user=lead_elsewhere, role=Role.HR_LEAD)
    MembershipFactory(user=works_here, organisation=employer, role=Role.TEAM_LEAD)  # leads another team
    address = f"/docent/klassen/{team.pk}/inloggen/"
    for user in (anna, bram, driss, lead_elsewhere, works_here):
        assert as_user(user).get(address).status_code == 404
        assert as_user(user).post(f"{address}open/", {"open": "lesuur"}).status_code == 404
    assert as_user(None).get(address).url.startswith("/inloggen/")
    assert as_user(None).post(f"{address}open/", {"open": "lesuur"}).url.startswith("/inloggen/")
    team.refresh_from_db()
    assert team.sign_in_until is None


def test_a_leadership_group_has_no_such_page(as_user, chantal, employer):
    group = CohortFactory(organisation=employer, kind=Cohort.Kind.PROGRAMME)
    CohortMemberFactory(cohort=group, user=chantal, leads=True)
    assert as_user(chantal).get(f"/docent/klassen/{group.pk}/inloggen/").status_code == 404
    assert as_user(chantal).post(f"/docent/klassen/{group.pk}/inloggen/open/", {"open": "lesuur"}).status_code == 404


def test_a_team_that_closed_by_itself_says_so_and_opens_again(as_user, chantal, team):
    client, address = as_user(chantal), f"/docent/klassen/{team.pk}/inloggen/"
    for opening in range(3):
        client.post(f"{address}open/", {"open": "kwartier"})
        for _ in range(WrongTry.MOST_PER_OPENING):
            try_nickname(cohort=team, nickname=f"Niemand {opening}", drawn=MINE)
        assert ("Inloggen ging vanzelf dicht." in text(client.get(address))) == (opening < 2)
    assert re.search(r"Inloggen blijft dicht tot \d+ \w+, \d+\.\d\d uur\.", text(client.get(address)))
    client.post(f"{address}open/", {"open": "kwartier"})
    team.refresh_from_db()
    assert not team.sign_in_is_open
    told = AuditEntry.objects.filter(action="sign_in_closed_itself")
    assert [(entry.actor_key, entry.subject) for entry in told] == [(None, f"cohort {team.pk}")] * 3


def test_a_large_class_asks_no_more_queries(as_user, bram, address, school_class, django_assert_max_num_queries):
    for number in range(30):
        user = UserFactory(first_name=f"N{number}")
        CohortMemberFactory(cohort=school_class, user=user)
        choose_pictures(user=user, drawn=MINE)
    client = as_user(bram)
    client.post(f"{address}kaarten.pdf")
    with django_assert_max_num_queries(8):
        assert client.get(address).status_code == 200


def test_nothing_of_this_is_done_for_another_site(as_user, bram, address):
    reply = as_user(bram).post(f"{address}open/", {"open": "lesuur"}, headers={"sec-fetch-site": "cross-site"})
    assert reply.status_code == 403
