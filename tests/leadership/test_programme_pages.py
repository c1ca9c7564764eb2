"""The pages of the programme are there for who is in it."""

import pytest


@pytest.mark.parametrize("name", ["chantal", "gijs", "fenna"])
def test_who_is_in_a_group_finds_it_from_the_desk(client, group, name, request) -> None:
    client.force_login(request.getfixturevalue(name))

    page = client.get("/programma/")

    assert "Voorjaar" in page.text
    assert 'href="/programma/" aria-current="page"' in page.text


@pytest.mark.parametrize("name", ["anna", "bram", "driss"])
def test_for_anybody_else_the_programme_does_not_exist(client, group, name, request) -> None:
    client.force_login(request.getfixturevalue(name))

    assert client.get("/programma/").status_code == 404


def test_the_desk_of_a_teacher_without_a_programme_does_not_name_it(client, bram) -> None:
    client.force_login(bram)

    assert "/programma/" not in client.get("/docent/").text
