"""'Bewaren': who opens it, what it says, and what wrong or half-finished input does: nothing."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from people.models import AuditEntry, Notice, Organisation, RetentionRun, RetentionTerm, Role, User
from people.registry import purposes
from people.services import send_notice
from people.tasks import sweep_retention_runs
from tests.factories import CohortFactory, CohortMemberFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
HOME, SITE = "/docent/bewaren/", "/docent/bewaren/site/"


@pytest.fixture
def chief() -> User:
    return UserFactory(username="chief", first_name="Chief", is_superuser=True, is_staff=True)


@pytest.fixture
def petra(school: Organisation) -> User:
    """The privacy officer of the school."""
    user = UserFactory(username="petra", first_name="Petra")
    MembershipFactory(user=user, organisation=school, role=Role.PRIVACY_OFFICER)
    return user


@pytest.fixture
def quiet(school) -> User:
    """Somebody in a class of the school who was not seen for 300 days."""
    user = UserFactory(first_name="Zeldzaam", password="!", date_joined=timezone.now() - timedelta(days=300))
    CohortMemberFactory(cohort=CohortFactory(organisation=school), user=user)
    return user


def text(reply) -> str:
    return reply.content.decode()


def page_of(organisation: Organisation, purpose: str = "") -> str:
    return f"{HOME}{organisation.pk}/{f'{purpose}/' if purpose else ''}"


def run_at(organisation: Organisation | None) -> str:
    run = RetentionRun.objects.create(organisation=organisation, at=timezone.now())
    return f"{HOME}keer/{run.pk}/"


@pytest.mark.parametrize("who", ["anna", "bram", "chantal", "driss"])
def test_for_anybody_else_it_does_not_exist(as_user, request, school, who):
    browser = as_user(request.getfixturevalue(who))
    for address in (HOME, SITE, page_of(school), page_of(school, "audit"), f"{SITE}audit/", run_at(school)):
        assert browser.get(address).status_code == 404, address
        assert browser.post(address, {"wat": "ruim", "ja": "ja", "dagen": "400"}).status_code in (404, 405), address
    assert not RetentionTerm.objects.exists()
    assert RetentionRun.objects.count() == 1


def test_who_is_not_signed_in_signs_in_first(client, school):
    for address in (HOME, SITE, page_of(school), page_of(school, "audit"), run_at(school)):
        assert client.get(address).status_code == 302


def test_a_privacy_officer_opens_the_own_organisation_and_no_other(as_user, petra, school, employer):
    browser = as_user(petra)
    assert browser.get(HOME).url == page_of(school)
    page = text(browser.get(page_of(school)))
    for purpose in purposes():
        assert purpose.name in page
        assert (page_of(school, purpose.key) in page) == purpose.per_organisation
    for address in (
        SITE,
        page_of(employer),
        page_of(employer, "audit"),
        f"{SITE}audit/",
        run_at(employer),
        run_at(None),
    ):
        assert browser.get(address).status_code == 404, address
    assert browser.get(page_of(school, "notices")).status_code == 404
    assert browser.get(run_at(school)).status_code == 200


def test_who_keeps_two_organisations_chooses(as_user, petra, school, employer):
    MembershipFactory(user=petra, organisation=employer, role=Role.ADMINISTRATOR)
    page = text(as_user(petra).get(HOME))
    assert page_of(school) in page
    assert page_of(employer) in page


def test_an_administrator_of_the_site_opens_everything(as_user, chief, school):
    browser = as_user(chief)
    assert browser.get(HOME).url == SITE
    for address in (SITE, f"{SITE}notices/", page_of(school), page_of(school, "audit"), run_at(None), run_at(school)):
        assert browser.get(address).status_code == 200, address
    assert SITE in text(browser.get("/admin/"))


def test_what_goes_is_counted_before_anything_is_kept_and_nobody_is_named(as_user, petra, school, quiet):
    page = text(as_user(petra).post(page_of(school, "learners_in_groups"), {"wat": "kijk", "dagen": "200"}))
    assert "<b>1 mens</b>" in page
    assert "Zeldzaam" not in page
    assert "Ja, 1 mens mag weg" in page
    assert not RetentionTerm.objects.exists()
    assert not AuditEntry.objects.filter(action="set_retention_term").exists()
    assert User.objects.filter(pk=quiet.pk).exists()


def test_without_the_tick_it_is_not_kept_and_with_it_it_is(as_user, petra, school, quiet):
    browser, address = as_user(petra), page_of(school, "learners_in_groups")
    reply = browser.post(address, {"wat": "bewaar", "dagen": "200"})
    assert reply.status_code == 422
    assert "Zet dan een vinkje." in text(reply)
    assert not RetentionTerm.objects.exists()
    assert browser.post(address, {"wat": "bewaar", "dagen": "200", "ja": "ja"}).url == page_of(school)
    page = text(browser.get(page_of(school)))
    assert "De termijn is bewaard." in page
    assert "200 dagen" in page
    assert "400 dagen" in page  # until the week is over


def test_where_nothing_goes_no_tick_is_asked(as_user, petra, school):
    browser, address = as_user(petra), page_of(school, "audit")
    assert "mag weg" not in text(browser.post(address, {"wat": "kijk", "dagen": "400"}))
    assert browser.post(address, {"wat": "bewaar", "dagen": "400"}).status_code == 302


@pytest.mark.parametrize(
    "days", ["", "nul", "0", "-1", "371", "2605", "4" * 400, "1e9", "400.5", "NaN", "٤٠٠x", "400\x00", "<b>400</b>"]
)
@pytest.mark.parametrize("what", ["kijk", "bewaar", "", "weg"])
def test_wrong_huge_and_half_finished_input_changes_nothing(as_user, petra, school, days, what):
    reply = as_user(petra).post(page_of(school, "audit"), {"wat": what, "dagen": days, "ja": "ja"})
    assert reply.status_code == 422
    assert "<b>400</b>" not in text(reply)
    assert not RetentionTerm.objects.exists()


def test_a_form_that_says_nothing_changes_nothing(as_user, petra, school, quiet):
    browser = as_user(petra)
    assert browser.post(page_of(school, "audit")).status_code == 422
    for given in ({}, {"wat": "ruim"}, {"wat": "alles", "ja": "ja"}, {"wat": "ruim", "ja": "misschien"}):
        assert browser.post(page_of(school), given).url == page_of(school)
    assert not RetentionRun.objects.exists()


@pytest.mark.parametrize("where", ["geen-doel", "audit-", "x" * 300])
def test_a_purpose_that_is_none_is_not_found(as_user, chief, school, where):
    assert as_user(chief).get(f"{SITE}{where}/").status_code == 404
    assert as_user(chief).get(page_of(school, where)).status_code == 404


def test_an_organisation_or_run_that_is_none_is_not_found(as_user, chief):
    for address in (f"{HOME}{10**30}/", f"{HOME}999999/", f"{HOME}keer/{uuid.uuid4()}/", f"{HOME}keer/x/"):
        assert as_user(chief).get(address).status_code == 404


def test_another_site_cannot_post_it(as_user, petra, school, quiet):
    for address, given in (
        (page_of(school), {"wat": "ruim", "ja": "ja"}),
        (page_of(school, "audit"), {"wat": "bewaar", "dagen": "400"}),
    ):
        assert as_user(petra).post(address, given, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert not RetentionRun.objects.exists()
    assert not RetentionTerm.objects.exists()


def test_counting_all_shows_progress_and_then_numbers(as_user, petra, school, quiet):
    User.objects.filter(pk=quiet.pk).update(date_joined=timezone.now() - timedelta(days=500))
    browser = as_user(petra)
    address = browser.post(page_of(school), {"wat": "tel"}).url
    page = text(browser.get(address))
    assert "We zijn bezig" in page
    assert "Kijk opnieuw" in page  # without JavaScript
    assert "data-over" not in page
    sweep_retention_runs()
    page = text(browser.get(address))
    assert "data-over" in page
    assert "1 mens" in page
    assert "Er is niets weggehaald." in page
    assert User.objects.filter(pk=quiet.pk).exists()


def test_clearing_away_now_is_done_by_a_worker_and_stands_in_the_trail(as_user, petra, school, quiet):
    User.objects.filter(pk=quiet.pk).update(date_joined=timezone.now() - timedelta(days=500))
    browser = as_user(petra)
    address = browser.post(page_of(school), {"wat": "ruim", "ja": "ja"}).url
    assert User.objects.filter(pk=quiet.pk).exists()
    RetentionRun.objects.update(done=3, total=12)
    assert re.search(r'<progress[^>]* max="12" value="3"', text(browser.get(address)))
    RetentionRun.objects.update(done=0, total=0)
    sweep_retention_runs()
    page = text(browser.get(address))
    assert "Dit is weg." in page
    assert not User.objects.filter(pk=quiet.pk).exists()
    assert "Ruimde op wat over zijn termijn was" in text(browser.get("/docent/logboek/"))
    assert "Weg: 1" in text(browser.get(page_of(school)))


def test_an_organisation_sees_no_numbers_of_another(as_user, petra, school, employer):
    RetentionRun.objects.create(organisation=employer, at=timezone.now(), state="done", done=4321)
    RetentionRun.objects.create(by_clock=True, at=timezone.now(), state="done", done=4321)
    assert "4321" not in text(as_user(petra).get(page_of(school)))


def test_everybody_reads_how_long_at_their_own_pages(as_user, anna, school):
    anna.set_unusable_password()  # her phone is her key
    anna.save()
    RetentionTerm.objects.create(organisation=school, purpose="places", days=123)
    for address in ("/mijn/gegevens/", "/wie-ziet-wat/"):
        page = text(as_user(anna).get(address))
        assert "na 123 dagen" in page
        assert "Voorbeeldschool" in page
    assert "Hoe lang?" not in text(as_user(None).get("/wie-ziet-wat/"))


def test_a_colleague_comes_to_the_page_by_the_message(as_user, petra, school):
    send_notice(user=petra, text="De bewaartermijn wordt 400 dagen.", link=HOME)
    assert HOME in text(as_user(petra).get("/mijn/"))
    assert Notice.objects.count() == 1
