"""What a lead tells the region at the end: from two lists, once, by choice, and seen by nobody."""

from datetime import timedelta

import pytest
import time_machine

from insight.registry import Period, region_indicators
from insight.services import release_region
from leadership.models import LookBack
from leadership.personal_data import merge, retain
from leadership.services import NotYours, look_back
from people.services import close_cohort, erase_person, export_person
from tests.insight.teams import BEFORE, DURING, QUARTER, employer
from tests.leadership.conftest import MONDAY, lead

IN_WEEK_8 = f"{MONDAY + timedelta(weeks=7, days=1)} 10:00+00:00"
IN_WEEK_7 = f"{MONDAY + timedelta(weeks=6, days=1)} 10:00+00:00"


def address(group) -> str:
    return f"/programma/{group.pk}/regio/"


@pytest.fixture(autouse=True)
def in_the_last_week():
    with time_machine.travel(IN_WEEK_8, tick=False):
        yield


def test_a_lead_finds_the_question_in_the_last_week_and_answers_it_once(as_user, group, gijs):
    client = as_user(gijs)
    assert address(group) in client.get(f"/programma/{group.pk}/").text
    assert client.get(address(group)).status_code == 200
    sent = {"success": "meepraten", "obstacle": "tijd"}
    assert client.post(address(group), sent).status_code == 302
    assert client.post(address(group), {"success": "werk"}).status_code == 302, "sent twice: the first one stays"
    assert LookBack.objects.values_list("user", "success", "obstacle").get() == (gijs.pk, "meepraten", "tijd")
    assert client.get(address(group)).status_code == 404
    assert address(group) not in client.get(f"/programma/{group.pk}/").text


def test_one_of_the_two_is_enough(as_user, group, gijs):
    client = as_user(gijs)
    assert client.post(address(group), {"obstacle": "niets"}).status_code == 302
    assert LookBack.objects.get().success == ""


@pytest.mark.parametrize(
    "sent", [{}, {"success": "Jan deed het"}, {"obstacle": "werk"}, {"success": "x" * 100_000}, {"success": "\0"}]
)
def test_nothing_and_what_is_in_no_list_is_not_kept(as_user, group, gijs, sent):
    client = as_user(gijs)
    assert client.post(address(group), sent).status_code == 422
    assert not LookBack.objects.exists()
    with pytest.raises(ValueError, match="nothing of the lists"):
        look_back(group=group, user=gijs, **sent)


def test_before_the_last_week_it_is_not_asked(as_user, group, gijs):
    client = as_user(gijs)
    with time_machine.travel(IN_WEEK_7, tick=False):
        assert address(group) not in client.get(f"/programma/{group.pk}/").text
        assert client.post(address(group), {"success": "werk"}).status_code == 404
        with pytest.raises(NotYours):
            look_back(group=group, user=gijs, success="werk")


def test_nobody_else_has_the_page_and_nobody_reads_an_answer(
    as_user, group, cohort, gijs, hilde, fenna, karin, petra, jorrit, anna, bram, driss
):
    look_back(group=group, user=gijs, success="veilig", obstacle="zorgen")
    assert as_user(None).get(address(group)).status_code == 302, "nobody is asked to sign in"
    for person in (fenna, karin, petra, jorrit, anna, bram, driss):
        client = as_user(person)
        assert client.get(address(group)).status_code == 404, person
        assert client.post(address(group), {"success": "werk"}).status_code == 404, person
    for person, page in ((hilde, ""), (fenna, "begeleiden/")):
        client = as_user(person)
        text = client.get(f"/programma/{group.pk}/{page}").text
        assert "Zorgen over AI" not in text
    close_cohort(cohort=cohort, actor=None)
    client = as_user(hilde)
    assert client.get(address(group)).status_code == 404, "the group ended"


def test_another_site_cannot_answer_for_a_lead(as_user, group, gijs):
    client = as_user(gijs)
    reply = client.post(address(group), {"success": "werk"}, headers={"sec-fetch-site": "cross-site"})
    assert reply.status_code == 403
    assert not LookBack.objects.exists()


def test_an_answer_is_exported_goes_along_and_is_erased(group, gijs, hilde):
    one = look_back(group=group, user=gijs, success="veilig")
    told = export_person(user=gijs)["leadership"]["wat je de regio vertelde"]
    said = {"succes": "We gaan veiliger om met gegevens", "knelpunt": ""}
    assert told == [said | {"moment": one.given_at.isoformat()}]
    merge(gijs, hilde)
    assert LookBack.objects.get().user == hilde
    erase_person(user=hilde, actor=None)
    assert not LookBack.objects.exists()


def test_after_a_year_it_goes(group, gijs):
    one = look_back(group=group, user=gijs, success="veilig")
    retain(one.given_at + timedelta(days=364))
    assert LookBack.objects.exists()
    retain(one.given_at + timedelta(days=366))
    assert not LookBack.objects.exists()


def told_to_the_region(firms: int, leads: int, programme) -> list:
    """So many leads at so many employers: at half too little time, at half worries."""
    made = [employer(in_monitor_since=BEFORE) for _ in range(firms)]
    for number in range(firms * leads):
        said = "tijd" if number % firms % 2 else "zorgen"
        user = lead(f"lead{number}", made[number % firms], "team_lead")
        LookBack.objects.create(user=user, obstacle=said, given_at=DURING)
    return made


def read(code: str, firms) -> dict:
    period = Period.of(QUARTER)
    indicator = next(one for one in region_indicators() if one.code == code)
    return dict(indicator.read(dict.fromkeys([firm.pk for firm in firms], BEFORE), period))


def test_the_region_reads_shares_of_what_held_back(programme):
    firms = told_to_the_region(14, 2, programme)
    made = release_region(quarter=QUARTER)
    figures = {(one.indicator, one.category): one.told or one.hidden for one in made.figures.filter(group="alles")}
    assert figures["knelpunt", "tijd"] == "40-59%"
    assert figures["knelpunt", "zorgen"] == "40-59%"
    assert figures["knelpunt", "geld"] == "<20%"
    assert figures["succes", "werk"] == "few"
    assert read("succes", firms) == {}


def test_who_does_not_take_part_or_said_it_in_another_quarter_is_not_counted(programme):
    firms = told_to_the_region(3, 1, programme)
    LookBack.objects.update(given_at=DURING + timedelta(days=120))
    assert read("knelpunt", firms) == {}
    LookBack.objects.update(given_at=DURING)
    assert read("knelpunt", firms[:1]).keys() == {firms[0].pk}
