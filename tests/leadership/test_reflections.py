"""Looking back on a week: the questions come from the server, and what is written never goes there."""

from datetime import timedelta

import pytest
import time_machine

from people.models import Role
from people.services import close_cohort, leave_cohort
from tests.factories import CohortMemberFactory
from tests.leadership.conftest import MONDAY, lead

IN_WEEK_2 = f"{MONDAY + timedelta(days=8)} 10:00+00:00"


def address(group, week=1):
    return f"/programma/{group.pk}/terugkijken/{week}/"


@pytest.fixture(autouse=True)
def in_week_2():
    with time_machine.travel(IN_WEEK_2, tick=False):
        yield


def test_who_takes_part_gets_the_questions_of_the_programme_and_no_form(client, group, gijs, programme):
    client.force_login(gijs)
    page = client.get(address(group, 2))
    assert all(question.text in page.text for question in programme.text.reflection)
    assert page["Cache-Control"].count("no-store") == 1
    assert "<textarea" in page.text.partition("<template>")[2].partition("</template>")[0]
    assert "<textarea" not in page.text.partition("<template>")[0], "without a script there is no field"
    assert page.text.count("<form") == 1, "to sign out, and nothing else"
    assert client.post(address(group, 2), {"verrast": "geheim"}).status_code == 405


@pytest.mark.parametrize("week", [0, 3, 9, 10**30, "x", -1])
def test_a_week_that_is_not_open_or_not_there_has_no_page(client, group, gijs, week):
    client.force_login(gijs)
    assert client.get(address(group, week)).status_code == 404


def test_nobody_else_has_the_page(client, group, cohort, fenna, gijs, hilde, anna, bram, driss, elsewhere, employer):
    leave_cohort(user=hilde, cohort=cohort)
    CohortMemberFactory(cohort=cohort, user=anna)  # came in with the code, and only learns
    karin = lead("Karin", employer, Role.HR_LEAD)
    piet = lead("Piet", elsewhere, Role.HR_LEAD)
    assert client.get(address(group)).status_code == 302, "nobody is asked to sign in"
    for person in (fenna, hilde, anna, bram, driss, karin, piet):
        client.force_login(person)
        assert client.get(address(group)).status_code == 404, person
    close_cohort(cohort=cohort, actor=None)
    client.force_login(gijs)
    assert client.get(address(group)).status_code == 404, "the group ended"


def test_the_page_says_where_the_words_are_and_who_cannot_read_them(client, group, gijs):
    client.force_login(gijs)
    page = client.get(address(group)).text
    for promise in ("We sturen het nergens heen.", "je begeleider", "Op een ander toestel staat het niet."):
        assert promise in page
