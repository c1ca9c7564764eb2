"""Into a class or team with a code, before or after lessons were taken, and out again."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from learning.models import Progress
from people.limits import WRONG_CODES
from people.models import Agreement, AuditEntry, Cohort, CohortMember, JoinCode, Organisation, User
from people.services import JoinRefused, close_cohort, join_cohort, renew_join_code
from tests.factories import CohortFactory, CohortMemberFactory, OrganisationFactory

pytestmark = pytest.mark.usefixtures("own_limits")


@pytest.fixture
def code(school_class) -> str:
    return renew_join_code(cohort=school_class, actor=None).code


@pytest.fixture
def team(employer) -> Cohort:
    return CohortFactory(organisation=employer, name="Team Magazijn", kind=Cohort.Kind.TEAM)


def join(client, code: str, name: str = "Amina"):
    return client.post(f"/meedoen/{code}/", {"naam": name})


def text(reply) -> str:
    return reply.content.decode()


def test_a_newcomer_joins_with_a_code_and_a_name(as_user, code, school_class):
    client = as_user(None)
    assert client.get("/meedoen/", {"code": code.upper().replace("-", " ")}).url == f"/meedoen/{code}/"
    assert "Klas Zorg 2A" in text(client.get(f"/meedoen/{code}/"))
    assert not User.objects.exists()  # looking makes nobody
    assert join(client, code).url == "/mijn/"
    learner = User.objects.get()
    assert (learner.first_name, learner.is_nameless, learner.can_sign_in) == ("Amina", False, False)
    assert school_class.members.get().user == learner
    home = text(client.get("/mijn/"))
    assert "Dag <bdi>Amina</bdi>" in home
    assert "Je doet mee met Klas Zorg 2A." in home


def test_who_learnt_before_joining_takes_everything_along(phone, code, school_class):
    phone.keep(*phone.whole_lesson())
    join(phone.client, code)
    learner = school_class.members.get().user
    assert learner.owner_key == phone.owner
    assert Progress.objects.get(user=learner).completed_at is not None


def test_joining_twice_is_joining_once(as_user, code, school_class):
    client = as_user(None)
    join(client, code)
    assert join(client, code, "Een ander").url == "/mijn/"
    assert client.get(f"/meedoen/{code}/").url == "/mijn/"
    assert school_class.members.get().user.first_name == "Amina"


def test_two_first_taps_at_once_make_one_learner(real_transactions, as_user, tmp_path):
    from tests.learning.test_events_come_twice import at_once

    cohort = CohortFactory()
    code = renew_join_code(cohort=cohort, actor=None).code
    owner = str(uuid.uuid4())
    clients = [as_user(None) for _ in range(4)]
    for client in clients:
        client.cookies["eigenaar"] = owner
    replies = at_once(*(lambda client=client: join(client, code) for client in clients))
    assert {reply.status_code for reply in replies} == {302}
    assert User.objects.get().first_name == "Amina"
    assert cohort.members.count() == 1


def test_someone_known_is_asked_whether_it_is_them(as_user, anna, code, employer, team):
    other = renew_join_code(cohort=team, actor=None).code
    page = text(as_user(anna).get(f"/meedoen/{other}/"))
    assert "Ben jij" in page
    assert "Anna" in page
    assert "Nee, ik ben iemand anders" in page
    assert "Hoe heet je?" not in page


def test_someone_known_joins_under_their_own_name(as_user, anna, team):
    join(as_user(anna), renew_join_code(cohort=team, actor=None).code, "Piet")
    anna.refresh_from_db()
    assert (anna.first_name, team.members.get().user) == ("Anna", anna)


def test_in_a_team_a_name_may_be_left_out(as_user, team):
    client = as_user(None)
    code = renew_join_code(cohort=team, actor=None).code
    assert "Je baas ziet je naam en je antwoorden niet." in " ".join(text(client.get(f"/meedoen/{code}/")).split())
    assert join(client, code, "").url == "/mijn/"
    assert team.members.get().user.is_nameless


def test_who_joins_a_team_with_an_agreement_is_told_what_is_seen(as_user, team):
    code = renew_join_code(cohort=team, actor=None).code
    Agreement.objects.create(organisation=team.organisation, agreed_with="de OR", agreed_on=timezone.localdate())
    page = text(as_user(None).get(f"/meedoen/{code}/"))
    assert "Je baas ziet je naam en of je klaar bent." in page
    assert "Dat is afgesproken met <bdi>de OR</bdi>." in page
    assert "je naam en je antwoorden niet" not in page


def test_who_joins_a_leadership_group_is_told_that_its_facilitator_sees_the_name(as_user, db):
    region = OrganisationFactory(kind=Organisation.Kind.REGION)
    group = CohortFactory(organisation=region, kind=Cohort.Kind.PROGRAMME)
    code = renew_join_code(cohort=group, actor=None).code
    page = text(as_user(None).get(f"/meedoen/{code}/"))
    assert "Je begeleider ziet je naam." in page
    assert "Je baas" not in page


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "Typ je voornaam."),
        ("   ", "Typ je voornaam."),
        ("a" * 10_000, "te lang"),
        ("x" * 41, "te lang"),
        ("Ami\u202ena", "vreemd teken"),
        ("\u2066Amina\u2069", "vreemd teken"),
        ("Amina\x00", "vreemd teken"),
        ("<b>Amina</b>", "vreemd teken"),
        ("=1+1", "vreemd teken"),
        ("😀", "vreemd teken"),
        ("123", "letters"),
        ("Z\u0301\u0302\u0303\u0304\u0305algo", "te veel tekens"),
    ],
)
def test_a_name_that_is_none_says_why_and_makes_nobody(as_user, code, name, says):
    reply = join(as_user(None), code, name)
    assert reply.status_code == 422
    assert says in text(reply)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "name", ["Amina", "Anne-Marie", "D’Angelo", "Łukasz", "Zoë", "أمينة", "Ngô Thị", "Amina B.", "李"]
)
def test_a_name_in_any_script_is_a_name(as_user, code, name):
    assert join(as_user(None), code, name).url == "/mijn/"
    assert User.objects.get().first_name == name


def test_a_second_anna_is_asked_for_one_letter_more(as_user, code):
    join(as_user(None), code, "Amina")
    reply = join(as_user(None), code, "AMINA")
    assert reply.status_code == 422
    assert "Er is al iemand met deze naam. Zet er een letter bij." in text(reply).replace("</span>", "").replace(
        '<span class="line">', " "
    )
    assert join(as_user(None), code, "Amina B.").url == "/mijn/"


def test_a_team_does_not_tell_whether_someone_of_a_name_is_in(as_user, team):
    """A lead has the code too: typing the name of a colleague must answer nothing."""
    code = renew_join_code(cohort=team, actor=None).code
    join(as_user(None), code, "Amina")
    assert join(as_user(None), code, "Amina").url == "/mijn/"
    assert team.members.filter(user__first_name="Amina").count() == 2


def test_an_unknown_code_says_so_beside_the_field(as_user, db):
    reply = as_user(None).get("/meedoen/boot-2-zon/")
    assert reply.status_code == 404
    assert "Deze code kennen we niet." in text(reply)
    assert 'value="boot-2-zon"' in text(reply)


def test_one_wrong_letter_still_finds_the_class(as_user, school_class):
    JoinCode.objects.create(cohort=school_class, code="kade-7-fiets", expires_at=timezone.now() + timedelta(days=1))
    reply = as_user(None).get("/meedoen/", {"code": "kadde 7 fiest"})
    assert reply.url == "/meedoen/kade-7-fiets/"
    assert as_user(None).get("/meedoen/kaade-7-fiets/").url == "/meedoen/kade-7-fiets/"


def test_an_old_code_says_whom_to_ask(as_user, code, school_class):
    JoinCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    reply = as_user(None).get(f"/meedoen/{code}/")
    assert reply.status_code == 410
    assert "Vraag je docent om een nieuwe code." in text(reply)
    assert join(as_user(None), code).status_code == 410
    assert not school_class.members.exists()


def test_a_new_code_ends_the_old_one_at_once(as_user, code, school_class):
    new = renew_join_code(cohort=school_class, actor=None).code
    assert as_user(None).get(f"/meedoen/{code}/").status_code == 410
    assert as_user(None).get(f"/meedoen/{new}/").status_code == 200


def test_two_new_codes_at_once_leave_one_that_works(real_transactions):
    from tests.learning.test_events_come_twice import at_once

    cohort = CohortFactory()
    at_once(*(lambda: renew_join_code(cohort=cohort, actor=None) for _ in range(4)))
    assert [code.is_open for code in cohort.join_codes.all()].count(True) == 1


def test_a_class_that_stopped_says_so_calmly_and_takes_nothing(as_user, phone, code, school_class):
    phone.keep(phone.event("e-haakje"))
    join(phone.client, code)
    close_cohort(cohort=school_class, actor=None)
    assert "Klas Zorg 2A is gestopt." in text(phone.client.get("/mijn/"))
    assert "Wat je deed, blijft van jou." in text(as_user(None).get(f"/meedoen/{code}/"))
    assert Progress.objects.filter(user__owner_key=phone.owner).exists()
    assert not CohortMember.objects.exists()


def test_nobody_joins_a_class_that_stopped_meanwhile(code, school_class):
    Cohort.objects.update(closed_at=timezone.now())
    with pytest.raises(JoinRefused, match="gestopt"):
        join_cohort(user=User.objects.new_nameless(uuid.uuid4()), cohort=school_class, name="Amina")


def test_guessing_codes_is_stopped_after_a_while(as_user, code):
    client = as_user(None)
    for _ in range(WRONG_CODES.most):
        assert client.get("/meedoen/boot-2-zon/").status_code == 404
    reply = client.get(f"/meedoen/{code}/")  # even a right guess finds nothing now
    assert reply.status_code == 429
    assert "Wacht 10 minuten" in text(reply)
    assert join(client, code).status_code == 429
    blocked = client.get("/verder/boot-2-zon-maan/")
    assert (blocked.status_code, "Wacht 10 minuten" in text(blocked)) == (429, True)


def test_guessing_from_one_address_stops_nobody_elsewhere(as_user, code):
    for _ in range(WRONG_CODES.most):
        as_user(None).get("/meedoen/boot-2-zon/")
    assert as_user(None).get(f"/meedoen/{code}/", REMOTE_ADDR="203.0.113.9").status_code == 200


def test_who_guessed_too_often_may_try_again_after_the_time_that_is_told(as_user, code):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(WRONG_CODES.most):
            as_user(None).get("/meedoen/boot-2-zon/")
            clock.shift(10)
        clock.shift(WRONG_CODES.seconds - 10 * WRONG_CODES.most - 1)
        assert as_user(None).get(f"/meedoen/{code}/").status_code == 429
        clock.shift(2)
        assert as_user(None).get(f"/meedoen/{code}/").status_code == 200


def test_a_slow_guesser_is_stopped_too(as_user, code):
    """With a pause of six minutes, in which nothing may be forgotten."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for number in range(WRONG_CODES.most):
            clock.shift(360 if number == 2 else 8)
            as_user(None).get("/meedoen/boot-2-zon/")
        assert as_user(None).get(f"/meedoen/{code}/").status_code == 429


def test_two_visitors_on_ipv4_are_two_where_a_socket_takes_both_kinds(as_user, code):
    for _ in range(WRONG_CODES.most):
        as_user(None).get("/meedoen/boot-2-zon/", REMOTE_ADDR="::ffff:203.0.113.5")
    for address, status in (("::ffff:203.0.113.5", 429), ("203.0.113.5", 429), ("::ffff:203.0.113.6", 200)):
        assert as_user(None).get(f"/meedoen/{code}/", REMOTE_ADDR=address).status_code == status


def test_what_goes_wrong_with_a_code_writes_no_code_into_the_log(as_user, code, caplog):
    as_user(None).get("/meedoen/boot-2-zon/")
    assert join(as_user(None), code, "<b>").status_code == 422
    as_user(None).get("/verder/boot-2-zon-maan/")
    assert "boot" not in caplog.text
    assert code not in caplog.text


def test_an_address_behind_our_own_proxy_counts_as_itself(as_user, code, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(WRONG_CODES.most):
        header = f"10.0.0.{number}, 203.0.113.5"  # what the visitor wrote themselves counts for nothing
        as_user(None).get("/meedoen/boot-2-zon/", headers={"x-forwarded-for": header})
    blocked = as_user(None).get(f"/meedoen/{code}/", headers={"x-forwarded-for": "203.0.113.5"})
    free = as_user(None).get(f"/meedoen/{code}/", headers={"x-forwarded-for": "203.0.113.6"})
    assert (blocked.status_code, free.status_code) == (429, 200)


def test_a_class_takes_in_so_many_an_hour(as_user, code, school_class, settings):
    settings.JOINS_PER_HOUR = 3
    for name in ("Amina", "Bo", "Cas"):
        assert join(as_user(None), code, name).status_code == 302
    reply = join(as_user(None), code, "Dina")
    assert reply.status_code == 422
    assert "over een uur" in text(reply)
    CohortMember.objects.update(joined_at=timezone.now() - timedelta(hours=2))
    assert join(as_user(None), code, "Dina").status_code == 302


def test_leaving_keeps_what_was_learnt_and_ends_what_the_teacher_sees(phone, code, school_class):
    phone.keep(phone.event("e-haakje"))
    join(phone.client, code)
    page = text(phone.client.get("/mijn/groepen/"))
    assert "Klas Zorg 2A" in page
    assert phone.client.post(f"/mijn/groepen/{school_class.pk}/verlaten/").url == "/mijn/groepen/"
    assert not school_class.members.exists()
    assert Progress.objects.filter(user__owner_key=phone.owner).exists()
    assert "Je doet nog niet mee met een groep." in text(phone.client.get("/mijn/groepen/"))
    assert join(phone.client, code).url == "/mijn/"  # and back in


def test_nobody_puts_someone_else_out(as_user, anna, bram, driss, school_class):
    for user in (bram, driss, None):
        assert as_user(user).post(f"/mijn/groepen/{school_class.pk}/verlaten/").status_code == 404
    assert school_class.members.filter(user=anna).exists()


def test_joining_and_leaving_ask_for_our_own_page(as_user, anna, code, school_class):
    elsewhere = {"sec-fetch-site": "cross-site"}
    assert as_user(None).post(f"/meedoen/{code}/", {"naam": "Amina"}, headers=elsewhere).status_code == 403
    assert as_user(anna).post(f"/mijn/groepen/{school_class.pk}/verlaten/", headers=elsewhere).status_code == 403


def test_joining_and_leaving_leave_audit_lines_without_names(as_user, code, school_class):
    client = as_user(None)
    join(client, code)
    client.post(f"/mijn/groepen/{school_class.pk}/verlaten/")
    lines = AuditEntry.objects.values_list("action", "subject", "details")
    assert {action for action, *_ in lines} == {"renew_join_code", "join_cohort", "leave_cohort", "place_ended"}
    assert "Amina" not in str(list(lines))


def test_a_teacher_is_no_learner_of_the_own_class_by_its_code(as_user, bram, code, school_class):
    join(as_user(bram), code)
    assert school_class.members.filter(user=bram, leads=True).count() == 1


def test_a_code_lasts_as_long_as_the_setting_says(school_class):
    made = renew_join_code(cohort=school_class, actor=None)
    assert abs((made.expires_at - timezone.now()).days - settings.JOIN_CODE_DAYS) <= 1
    assert made.is_open


def test_a_class_with_many_members_asks_no_more_queries(as_user, code, school_class, django_assert_max_num_queries):
    CohortMemberFactory.create_batch(40, cohort=school_class)
    with django_assert_max_num_queries(10):
        as_user(None).get(f"/meedoen/{code}/")
    with django_assert_max_num_queries(20):
        join(as_user(None), code)


def test_an_account_joins_and_belongs_to_the_organisation(as_user, driss, code, school):
    from people.queries import organisations_of

    assert not organisations_of(driss).exists()
    join(as_user(driss), code)
    assert list(organisations_of(driss)) == [school]
