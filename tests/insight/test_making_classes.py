"""A teacher makes a class, fills it, and changes who is in it and who leads it; HR makes teams."""

import pytest

from people.models import AuditEntry, Cohort, CohortMember, LearnerCard, ListImport, Notice, Role, User
from people.services import ensure_cards
from tests.factories import CohortFactory, CohortMemberFactory, MembershipFactory, UserFactory
from tests.insight.test_class_page import text

NAMES = {"form": "b9b4a9f0-5c5f-4c4a-9a34-1d7f4a6f6a11", "namen": "Amina\nBo"}


@pytest.fixture
def address(school_class, bram) -> str:
    return f"/docent/klassen/{school_class.pk}/"


@pytest.fixture
def colleague(school):
    user = UserFactory(username="els", first_name="Els")
    MembershipFactory(user=user, organisation=school, role=Role.TEACHER)
    return user


@pytest.fixture
def team(employer, chantal) -> Cohort:
    team = CohortFactory(organisation=employer, name="Team Magazijn", kind=Cohort.Kind.TEAM)
    CohortMemberFactory(cohort=team, user=chantal, leads=True)
    return team


def test_a_teacher_makes_a_class_and_comes_to_its_names(as_user, colleague, school):
    client = as_user(colleague)
    reply = client.post("/docent/klassen/nieuw/", {"naam": " Verzorgende  2B "})
    made = Cohort.objects.get(name="Verzorgende 2B")
    assert reply.url == f"/docent/klassen/{made.pk}/erbij/"
    assert (made.kind, made.organisation) == (Cohort.Kind.CLASS, school)
    assert made.join_codes.get().is_open
    assert "Verzorgende 2B" in text(client.get("/docent/"))


def test_hr_makes_a_team_in_words_of_its_own(as_user, chantal):
    client = as_user(chantal)
    assert "Nieuw team" in text(client.get("/docent/"))
    reply = client.post("/docent/klassen/nieuw/", {"naam": "Team Kantoor"})
    made = Cohort.objects.get(name="Team Kantoor")
    assert made.kind == Cohort.Kind.TEAM
    page = text(client.get(reply.url))
    assert "Leerlingen erbij" not in page
    assert "klas" not in page.partition("<main")[2].replace("/docent/klassen/", "").lower()


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "Klas\u202e2B", "klas zorg 2a", "-!-", "<b>"])
def test_a_name_that_cannot_be_says_why(as_user, bram, school_class, name):
    reply = as_user(bram).post("/docent/klassen/nieuw/", {"naam": name})
    assert reply.status_code == 422
    assert 'role="alert"' in text(reply)
    assert Cohort.objects.count() == 1


def test_pasted_names_are_in_and_their_cards_print(as_user, bram, address, school_class):
    client = as_user(bram)
    assert client.post(f"{address}erbij/", NAMES).url == f"{address}inloggen/"
    assert client.post(f"{address}erbij/", NAMES).url == f"{address}inloggen/"  # a double tap
    assert "2 leerlingen staan in Klas Zorg 2A." in text(client.get(f"{address}inloggen/"))
    assert school_class.members.filter(leads=False).count() == 2
    assert client.post(f"{address}inloggen/kaarten.pdf").content.startswith(b"%PDF")


def test_a_list_that_is_not_right_comes_back_as_it_was_typed(as_user, bram, address, school_class):
    reply = as_user(bram).post(f"{address}erbij/", {"namen": "Amina\nB@\n<b>"})
    assert reply.status_code == 422
    page = text(reply)
    assert "Er is nog niets toegevoegd" in page
    assert "<b>Regel 2.</b>" in page
    assert "Amina B@ &lt;b&gt;</textarea>" in page
    assert not school_class.members.filter(leads=False).exists()


def test_a_file_that_is_not_right_says_which_rows(as_user, bram, address, tmp_path):
    file = tmp_path / "klas.csv"
    file.write_text("naam;klas\nAmina;2A\n;2A\n")
    client = as_user(bram)
    with file.open("rb") as opened:
        reply = client.post(f"{address}erbij/", {"bestand": opened})
    page = text(client.get(reply.url))
    assert "<b>Regel 3.</b> Hier staat geen naam." in page
    for other in (UserFactory(), None):
        assert as_user(other).get(reply.url).status_code in (302, 404)


def test_colleagues_strangers_and_learners_change_nothing(as_user, anna, chantal, driss, colleague, address, school):
    other_school = MembershipFactory(role=Role.TEACHER).user
    pages = ["beheer/", "beheer/collega/", "beheer/stop/", "erbij/", f"leerling/{anna.pk}/", "bord/"]
    for user in (anna, chantal, driss, colleague, other_school, None):
        client = as_user(user)
        for page in pages:
            for reply in (client.get(address + page), client.post(address + page, {**NAMES, "zeker": "ja"})):
                assert reply.status_code in (404, 405) or reply.url.startswith("/inloggen/"), (user, page)
    for user in (anna, driss, None):
        for page in ("nieuw/", "lijst/"):
            reply = as_user(user).get(f"/docent/klassen/{page}")
            assert reply.status_code == 404 or reply.url.startswith("/inloggen/")
    assert Cohort.objects.filter(organisation=school, closed_at=None).count() == 1
    assert CohortMember.objects.filter(leads=False).count() == 1


def test_hr_has_no_pages_that_name_people(as_user, chantal, team, anna):
    CohortMemberFactory(cohort=team, user=anna)
    client, address = as_user(chantal), f"/docent/klassen/{team.pk}/"
    for page in ("erbij/", f"leerling/{anna.pk}/"):
        assert client.get(address + page).status_code == 404
        assert client.post(address + page, NAMES).status_code == 404
    assert client.get("/docent/klassen/lijst/").status_code == 404


def test_the_key_of_a_list_of_somebody_else_opens_and_changes_nothing(as_user, bram, address, chantal, employer):
    theirs = ListImport.objects.create(actor=chantal, organisation=employer, state=ListImport.State.WAITING)
    for page in (f"{address}erbij/", "/docent/klassen/lijst/"):
        assert as_user(bram).post(page, {**NAMES, "form": str(theirs.pk)}).status_code == 404
    theirs.refresh_from_db()
    assert (theirs.state, theirs.actor) == (ListImport.State.WAITING, chantal)
    assert not User.objects.filter(first_name="Amina").exists()


def test_a_teacher_gives_another_name_but_not_to_an_account(as_user, bram, anna, address, school_class):
    client = as_user(bram)
    client.post(f"{address}erbij/", NAMES)
    amina = User.objects.get(first_name="Amina")
    assert client.post(f"{address}leerling/{amina.pk}/", {"naam": "Mina"}).status_code == 302
    amina.refresh_from_db()
    assert amina.first_name == "Mina"
    assert client.post(f"{address}leerling/{amina.pk}/", {"naam": "BO"}).status_code == 422
    anna.set_password("geheim")
    anna.save()
    assert client.post(f"{address}leerling/{anna.pk}/", {"naam": "Annie"}).status_code == 422


def test_a_learner_moves_with_card_and_all(as_user, bram, anna, address, school_class, school):
    second = CohortFactory(organisation=school, name="Klas Bouw 1B")
    CohortMemberFactory(cohort=second, user=bram, leads=True)
    not_mine = CohortFactory(organisation=school, name="Klas van Els")
    place = anna.cohort_places.get()
    [card] = ensure_cards(places=[place], actor=bram)
    client = as_user(bram)
    assert client.post(f"{address}leerling/{anna.pk}/", {"klas": not_mine.pk}).status_code == 404
    assert client.post(f"{address}leerling/{anna.pk}/", {"klas": "x"}).status_code == 422
    assert client.post(f"{address}leerling/{anna.pk}/", {"klas": second.pk}).status_code == 302
    assert anna.cohort_places.get().cohort == second
    assert LearnerCard.objects.get().serial == card.serial
    assert Notice.objects.filter(user=anna, text__contains="Klas Bouw 1B").exists()


def test_a_name_that_is_there_stops_a_move(as_user, bram, anna, address, school):
    second = CohortFactory(organisation=school)
    CohortMemberFactory(cohort=second, user=bram, leads=True)
    CohortMemberFactory(cohort=second, user=UserFactory(first_name="ANNA"))
    reply = as_user(bram).post(f"{address}leerling/{anna.pk}/", {"klas": second.pk})
    assert "al iemand met de naam Anna" in text(reply)


def test_a_learner_is_taken_out_and_told(as_user, bram, anna, address, school_class):
    as_user(bram).post(f"{address}leerling/{anna.pk}/", {"uit": "ja"})
    assert not anna.cohort_places.exists()
    assert Notice.objects.filter(user=anna, text__contains="niet meer in Klas Zorg 2A").exists()
    assert AuditEntry.objects.filter(action="remove_learner").exists()


def test_a_double_becomes_one_with_all_lessons(as_user, bram, anna, phone, address, school_class):
    phone.keep(phone.event("e-haakje"))
    double = User.objects.get(owner_key=phone.owner)
    User.objects.filter(pk=double.pk).update(first_name="Ana", is_nameless=False)
    place = CohortMemberFactory(cohort=school_class, user=double)
    client = as_user(bram)
    assert client.post(f"{address}leerling/{anna.pk}/", {"dubbel": place.pk}).status_code == 302
    assert not User.objects.filter(pk=double.pk).exists()
    assert anna.progress.get().module == "E99"
    assert school_class.members.filter(leads=False).count() == 1
    assert Notice.objects.filter(user=anna, text__contains="voegde Ana en Anna samen").exists()


def test_nobody_is_merged_who_is_somewhere_else_too_or_has_an_account(as_user, bram, anna, address, school_class, team):
    client = as_user(bram)
    elsewhere = CohortMemberFactory(cohort=school_class, user=UserFactory(first_name="Ana", password="!"))
    CohortMemberFactory(cohort=team, user=elsewhere.user)
    account = CohortMemberFactory(cohort=school_class, user=UserFactory(first_name="An"))
    account.user.set_password("geheim")
    account.user.save()
    stranger = CohortMemberFactory(user=UserFactory(first_name="Nana"))
    for place, status in ((elsewhere, 422), (account, 422), (stranger, 404)):
        assert client.post(f"{address}leerling/{anna.pk}/", {"dubbel": place.pk}).status_code == status
    assert User.objects.filter(first_name__in=("Ana", "An", "Nana")).count() == 3


def test_two_teachers_lead_together_and_the_last_one_stays(as_user, bram, colleague, address, school_class):
    client = as_user(bram)
    assert client.post(f"{address}beheer/collega/", {"eraf": bram.pk}).status_code == 422
    assert client.post(f"{address}beheer/collega/", {"erbij": colleague.pk}).status_code == 302
    assert as_user(colleague).get(address).status_code == 200
    assert client.post(f"{address}beheer/collega/", {"eraf": bram.pk}).url == "/docent/"
    assert as_user(bram).get(address).status_code == 404


def test_only_a_colleague_can_lead_too(as_user, bram, anna, chantal, driss, address, school_class):
    for user in (anna, chantal, driss):
        assert as_user(bram).post(f"{address}beheer/collega/", {"erbij": user.pk}).status_code == 404
    for wrong in ("", "x", "9" * 30, "-1"):
        assert as_user(bram).post(f"{address}beheer/collega/", {"erbij": wrong}).status_code == 404


def test_a_class_gets_another_name_and_ends(as_user, bram, anna, address, school_class):
    client = as_user(bram)
    client.post(f"{address}beheer/", {"naam": "Verzorgende 3B"})
    school_class.refresh_from_db()
    assert school_class.name == "Verzorgende 3B"
    client.post(f"{address}beheer/stop/")  # not sure
    assert client.get(address).status_code == 200
    assert client.post(f"{address}beheer/stop/", {"zeker": "ja"}).url == "/docent/"
    assert client.get(address).status_code == 404
    assert Notice.objects.filter(user=anna).exists()


def test_the_board_shows_the_code_and_how_many_phones_and_no_name(as_user, bram, anna, address, school_class):
    client = as_user(bram)
    assert "Er is nog geen code." in text(client.get(f"{address}bord/"))
    client.post(f"{address}code/")
    page = text(client.get(f"{address}bord/"))
    assert school_class.join_codes.get().code in page
    assert "<b>0</b> telefoons doen mee" in page
    assert "Anna" not in page
    CohortMember.objects.filter(user=anna).update(came_in=True)
    assert "<b>1</b> telefoon doet mee" in text(client.get(f"{address}bord/"))


def test_a_card_counts_as_a_phone_that_came_in(as_user, bram, anna, school_class):
    from people.services import mark_came_in

    mark_came_in(user=anna)
    assert anna.cohort_places.get().came_in


def test_the_board_of_a_team_counts_from_ten_up(as_user, chantal, team):
    client, address = as_user(chantal), f"/docent/klassen/{team.pk}/"
    client.post(f"{address}code/")
    for number in (9, 1):
        for _ in range(number):
            CohortMemberFactory(cohort=team, came_in=True)
        page = text(client.get(f"{address}bord/"))
        assert ("Minder dan 10 telefoons" in page) == (number == 9)
    assert "<b>10</b> telefoons doen mee" in page
