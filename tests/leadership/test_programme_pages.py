"""The pages of the programme are there for who is in it."""

import pytest

PAGES = ("", "week/1/", "week/8/", "stuk/start/")


@pytest.mark.parametrize("name", ["gijs", "fenna"])
def test_who_is_in_a_group_finds_it_from_the_desk(client, group, name, request) -> None:
    client.force_login(request.getfixturevalue(name))

    page = client.get("/programma/", follow=True)

    assert "Voorjaar" in page.text
    assert 'href="/programma/" aria-current="page"' in page.text


@pytest.mark.parametrize("name", ["anna", "bram", "driss"])
def test_for_anybody_else_the_programme_does_not_exist(client, group, name, request) -> None:
    client.force_login(request.getfixturevalue(name))

    for address in ("/programma/", "/programma/stukken/"):
        assert client.get(address).status_code == 404


def test_the_desk_of_a_teacher_without_a_programme_does_not_name_it(client, bram) -> None:
    client.force_login(bram)

    assert "/programma/" not in client.get("/docent/").text


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_group_is_there_for_who_takes_part(client, group, gijs, page) -> None:
    client.force_login(gijs)

    assert client.get(f"/programma/{group.pk}/{page}").status_code == 200


def test_a_week_says_minute_by_minute_what_the_group_does_with_its_facts_in_words(client, group, gijs) -> None:
    client.force_login(gijs)

    page = client.get(f"/programma/{group.pk}/week/4/").text

    assert "Zo gaat dat in 120 minuten" in page
    assert "<b>35 minuten</b>" in page
    assert group.programme.text.weeks[3].meeting.goal in page
    assert "{F2" not in page
    assert "Zet dit klaar" not in page, "that is for who leads the meeting"


def test_two_who_talk_read_how_long_it_takes_and_what_helps_when_it_goes_wrong(client, group, gijs) -> None:
    client.force_login(gijs)

    page = client.get(f"/programma/{group.pk}/week/2/").text

    assert "Zo doe je dat in 30 minuten" in page
    assert "Gaat het over wie weg kan?" in page
