"""How long is kept: least and most, whose term it is, and that what was counted is what goes."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assessments.models import QuestionnaireAnswers
from learning.models import Credential, Event, HelpRequest, StatusSlot
from people.models import (
    Agreement,
    AuditEntry,
    CohortMember,
    Membership,
    Notice,
    Organisation,
    RetentionRun,
    RetentionTerm,
    Role,
    Session,
    User,
)
from people.registry import purpose_of, purposes
from people.services import TermRefused, do_run, record_audit, send_notice, set_retention_term, start_run
from people.services import retention_runs as runs
from people.services.retention import GRACE
from people.services.retention_runs import new_run_by_clock, run_of_today, waiting_runs
from people.tasks import apply_retention, keep_to_terms, sweep_retention_runs
from people.terms import count, count_all, days_of, scopes_of, steps, terms_told
from tests.factories import CohortFactory, CohortMemberFactory, MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
PER_ORGANISATION = [purpose.key for purpose in purposes() if purpose.per_organisation]


def ago(days: float):
    return timezone.now() - timedelta(days=days)


@pytest.fixture
def chief() -> User:
    return UserFactory(username="chief", first_name="Chief", is_superuser=True, is_staff=True)


@pytest.fixture
def petra(school: Organisation) -> User:
    """The privacy officer of the school."""
    user = UserFactory(username="petra", first_name="Petra")
    MembershipFactory(user=user, organisation=school, role=Role.PRIVACY_OFFICER)
    return user


def learner(*cohorts, quiet: float = 0, account: bool = False, listed: bool = False) -> User:
    """Who learns, in these groups, and was last seen so many days ago."""
    user = UserFactory(first_name="Iemand", is_nameless=not (cohorts or account), date_joined=ago(quiet))
    if not account:
        user.set_unusable_password()
        user.save()
    for cohort in cohorts:
        CohortMemberFactory(cohort=cohort, user=user, by_lead=listed)
    return user


def set_term(purpose: str, days: int, organisation: Organisation | None = None) -> RetentionTerm:
    """A term that holds already."""
    return RetentionTerm.objects.create(purpose=purpose, days=days, organisation=organisation, starts_at=ago(1))


def counts(organisation: Organisation | None = None) -> dict[str, dict[str, int]]:
    """What would go, as a run keeps it."""
    now, found = timezone.now(), {}
    for step, number in count_all(steps(now, organisation), now):
        if number:
            found.setdefault(step.purpose.key, {})[step.whose] = number
    return found


def clear_away() -> RetentionRun:
    run = do_run(key=new_run_by_clock(timezone.now()).pk)
    assert run
    return run


# Least and most


@pytest.mark.parametrize("purpose", purposes(), ids=lambda purpose: purpose.key)
def test_every_purpose_says_what_and_why_and_its_default_lies_between(purpose):
    for text in (purpose.name, purpose.about, purpose.least_why, purpose.most_why):
        assert len(text) > 8
    days = purpose.within(purpose.default())
    assert days is None or purpose.least <= days <= purpose.most
    assert days == purpose.default()
    assert purpose.least < purpose.most
    assert bool(purpose.drop) != bool(purpose.sweep)


def test_no_two_purposes_have_one_key():
    keys = [purpose.key for purpose in purposes()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("purpose", purposes(), ids=lambda purpose: purpose.key)
def test_less_than_the_least_and_more_than_the_most_is_refused(purpose, chief):
    for days in (purpose.least - 1, purpose.most + 1, 0, -5, 10**12):
        with pytest.raises(TermRefused, match=str(purpose.least)):
            set_retention_term(purpose=purpose, organisation=None, days=days, actor=chief, confirmed=True)
    assert not RetentionTerm.objects.exists()


@pytest.mark.parametrize("days", [0, 3721])
def test_the_database_refuses_a_term_that_none_can_be(days):
    with pytest.raises(IntegrityError), transaction.atomic():
        set_term("audit", days)


def test_a_row_that_got_in_another_way_is_carried_out_within_least_and_most(school):
    set_term("audit", 1, school)
    set_term("notices", 3000)
    assert days_of(purpose_of("audit"), school.pk, timezone.now()) == 372
    assert days_of(purpose_of("notices"), None, timezone.now()) == 730
    record_audit(actor=None, action="make_cohort", organisation=school)
    assert counts() == {}


def test_one_term_per_purpose_and_organisation(school):
    for organisation in (None, school):
        set_term("audit", 400, organisation)
        with pytest.raises(IntegrityError), transaction.atomic():
            set_term("audit", 500, organisation)


# Who sets it


@pytest.mark.parametrize("who", ["anna", "bram", "chantal", "driss"])
def test_nobody_else_sets_a_term_or_clears_away(request, school, who):
    user = request.getfixturevalue(who)
    for organisation in (None, school):
        with pytest.raises(ValueError, match="administrator"):
            set_retention_term(purpose=purpose_of("audit"), organisation=organisation, days=400, actor=user)
        for dry in (True, False):
            with pytest.raises(ValueError, match="administrator"):
                start_run(organisation=organisation, actor=user, dry=dry)


def test_a_privacy_officer_sets_only_what_is_of_the_own_organisation(petra, school, employer):
    set_retention_term(purpose=purpose_of("audit"), organisation=school, days=800, actor=petra)
    for organisation in (None, employer):
        with pytest.raises(ValueError, match="administrator"):
            set_retention_term(purpose=purpose_of("audit"), organisation=organisation, days=800, actor=petra)
    with pytest.raises(ValueError, match="of the site"):
        set_retention_term(purpose=purpose_of("notices"), organisation=school, days=100, actor=petra)
    petra.only_learns = True
    with pytest.raises(ValueError, match="administrator"):
        set_retention_term(purpose=purpose_of("audit"), organisation=school, days=800, actor=petra)


# Shorter: looked at, confirmed, and a week later


def test_a_shorter_term_needs_a_look_and_begins_after_a_week(petra, school, school_class):
    school_class.closed_at = ago(200)
    school_class.save()
    learner(school_class)
    given = {"purpose": purpose_of("places"), "organisation": school, "days": 100, "actor": petra}
    with pytest.raises(TermRefused, match="vinkje"):
        set_retention_term(**given)
    assert not RetentionTerm.objects.exists()
    set_retention_term(**given, confirmed=True)
    apply_retention()
    assert CohortMember.objects.filter(cohort=school_class).count() == 1  # the grace
    with time_machine.travel(timezone.now() + GRACE + timedelta(minutes=1)):
        apply_retention()
    assert not CohortMember.objects.filter(cohort=school_class).exists()


def test_a_shorter_term_can_be_taken_back_and_then_nothing_goes(petra, school, school_class):
    school_class.closed_at = ago(200)
    school_class.save()
    learner(school_class)
    given = {"purpose": purpose_of("places"), "organisation": school, "actor": petra, "confirmed": True}
    set_retention_term(**given, days=100)
    set_retention_term(**given, days=365)
    with time_machine.travel(timezone.now() + GRACE + timedelta(days=1)):
        apply_retention()
    assert CohortMember.objects.filter(cohort=school_class).exists()


def test_a_longer_term_holds_at_once(petra, school):
    set_retention_term(purpose=purpose_of("audit"), organisation=school, days=1000, actor=petra)
    assert days_of(purpose_of("audit"), school.pk, timezone.now()) == 1000


def test_who_may_set_it_too_hears_of_it(petra, school, chief):
    other = UserFactory()
    MembershipFactory(user=other, organisation=school, role=Role.ADMINISTRATOR)
    set_retention_term(purpose=purpose_of("audit"), organisation=school, days=400, actor=petra, confirmed=True)
    [notice] = Notice.objects.all()
    assert notice.user == other
    assert "400 dagen" in notice.text


def test_a_term_that_was_set_is_in_the_audit_trail_once(petra, school):
    for _ in range(2):
        set_retention_term(purpose=purpose_of("audit"), organisation=school, days=400, actor=petra, confirmed=True)
    entry = AuditEntry.objects.get(action="set_retention_term")
    assert (entry.organisation, entry.subject, entry.details) == (school, "audit", {"days": 400, "before": 744})


# Whose term


def test_the_term_of_one_organisation_does_not_touch_another(school, employer):
    theirs, others = CohortFactory(organisation=school), CohortFactory(organisation=employer)
    gone, stays = learner(theirs, quiet=300), learner(others, quiet=300)
    set_term("learners_in_groups", 200, school)
    assert counts() == {"learners_in_groups": {str(school.pk): 1}}
    clear_away()
    assert not User.objects.filter(pk=gone.pk).exists()
    assert User.objects.filter(pk=stays.pk).exists()


def test_who_learns_at_two_organisations_stays_as_long_as_the_longer_term(school, employer):
    both = learner(CohortFactory(organisation=school), CohortFactory(organisation=employer), quiet=300)
    set_term("learners_in_groups", 200, school)
    assert counts() == {}
    User.objects.filter(pk=both.pk).update(date_joined=ago(401))  # past that of the site, which is the employer's
    assert counts() == {"learners_in_groups": {"": 1}}
    set_term("learners_in_groups", 1000, employer)
    assert counts() == {}
    User.objects.filter(pk=both.pk).update(date_joined=ago(1001))
    assert counts() == {"learners_in_groups": {str(employer.pk): 1}}


def test_an_organisation_counts_only_what_is_of_its_own(school, employer):
    learner(CohortFactory(organisation=school), quiet=500)
    learner(CohortFactory(organisation=employer), quiet=500)
    learner(quiet=500)
    assert counts(school) == {"learners_in_groups": {str(school.pk): 1}}
    assert counts() == {"learners_in_groups": {"": 2}, "learners_alone": {"": 1}}


def test_an_organisation_lets_go_of_its_group_and_the_learner_keeps_the_rest(school, employer, phone_of):
    ended, goes_on = CohortFactory(organisation=school, closed_at=ago(400)), CohortFactory(organisation=employer)
    person = learner(ended, goes_on)
    phone = phone_of(person)
    phone.keep(phone.event("e-haakje"))
    assert clear_away().counts == {"places": {"": 1}}
    assert [place.cohort for place in person.cohort_places.all()] == [goes_on]
    assert Event.objects.filter(user=person).count() == 1
    person.refresh_from_db()
    assert person.first_name == "Iemand"  # the other organisation's list has it still


def test_a_name_that_a_teacher_gave_goes_with_the_last_place(school):
    ended = CohortFactory(organisation=school, closed_at=ago(400))
    listed, own_name, account = learner(ended, listed=True), learner(ended), learner(ended, listed=True, account=True)
    clear_away()
    names = {user.pk: user.first_name for user in User.objects.all()}
    assert names == {listed.pk: "", own_name.pk: "Iemand", account.pk: "Iemand"}


def test_lines_of_the_trail_go_by_the_term_of_whose_matter_they_are(school, employer):
    with time_machine.travel(ago(500)):
        for organisation in (school, employer, None):
            record_audit(actor=None, action="make_cohort", organisation=organisation)
    set_term("audit", 400, school)
    set_term("audit", 800, employer)
    assert clear_away().counts == {"audit": {str(school.pk): 1}}
    kept = AuditEntry.objects.filter(action="make_cohort").values_list("organisation", flat=True)
    assert set(kept) == {employer.pk, None}


def test_an_agreement_that_ended_goes_after_its_term_and_one_that_holds_never(school, employer):
    for organisation, ends in ((employer, ago(800)), (school, ago(800)), (employer, None)):
        Agreement.objects.create(
            organisation=organisation, agreed_with="de OR", agreed_on=ago(3000).date(),
            ends_on=ends and ends.date(),
        )  # fmt: skip
    set_term("agreements", 750, employer)
    assert clear_away().counts == {"agreements": {str(employer.pk): 1}}
    assert [one.ends_on for one in Agreement.objects.filter(organisation=employer)] == [None]


@pytest.mark.parametrize(("days", "gone"), [(179, {}), (181, {"help": {"": 1}})])
def test_a_question_for_help_that_nobody_put_away_goes(driss, days, gone):
    HelpRequest.objects.create(user=driss)
    HelpRequest.objects.update(asked_at=ago(days))
    assert clear_away().counts == gone


# Who goes, and who stays


def test_who_may_do_more_than_learn_never_goes_by_itself(school):
    teacher, leads, admin = learner(quiet=5000), learner(quiet=5000), learner(quiet=5000)
    MembershipFactory(user=teacher, organisation=school, role=Role.TEACHER)
    CohortMemberFactory(cohort=CohortFactory(organisation=school), user=leads, leads=True)
    User.objects.filter(pk=admin.pk).update(is_superuser=True)
    assert counts() == {}


def test_an_account_that_nobody_uses_goes_after_three_years(driss):
    User.objects.filter(pk=driss.pk).update(date_joined=ago(1100), last_login=ago(1094))
    assert clear_away().counts == {}
    User.objects.filter(pk=driss.pk).update(last_login=ago(1096))
    assert clear_away().counts == {"accounts": {"": 1}}
    assert not User.objects.filter(pk=driss.pk).exists()


def test_who_shows_a_credential_uses_it_and_stays():
    person = learner(quiet=2000)
    shown = Credential.objects.create(
        user=person, title="AI op het werk", content_version="1", made_on=ago(2000).date(), token="x", is_shown=True,
        slot=StatusSlot.objects.create(place=1),
    )  # fmt: skip
    assert counts() == {}
    shown.is_shown = False
    shown.save()
    assert counts() == {"learners_alone": {"": 1}}


@pytest.mark.parametrize("sign", ["last_login", "session", "event"])
def test_any_sign_of_somebody_keeps_them(sign, phone_of):
    person = learner(quiet=500)
    if sign == "event":
        phone = phone_of(person)
        phone.keep(phone.event("e-haakje"))
        Session.objects.all().delete()
    if sign == "session":
        Session.objects.create(session_key="x" * 32, user_id=person.pk, expire_date=ago(-200))
    User.objects.filter(pk=person.pk).update(last_login=ago(3) if sign == "last_login" else None)
    assert counts() == {}


def test_a_questionnaire_that_goes_leaves_the_day_and_its_person_stays(school):
    person = learner(quiet=1300)
    set_term("questionnaires", 190)
    set_term("learners_alone", 1000)
    QuestionnaireAnswers.objects.create(
        id=uuid.uuid4(), user=person, questionnaire="startmeting", version="1", answers={}, result={},
        made_at=ago(300), received_at=ago(300),
    )  # fmt: skip
    assert clear_away().counts == {"questionnaires": {"": 1}}
    assert clear_away().counts == {}
    person.refresh_from_db()
    assert person.seen_on == ago(300).date()
    User.objects.filter(pk=person.pk).update(seen_on=ago(1001).date())
    assert clear_away().counts == {"learners_alone": {"": 1}}


def test_of_whom_the_journal_cannot_be_written_nothing_goes(monkeypatch, school):
    """Never half a person: not even an old message of theirs."""
    person, other = learner(quiet=500), UserFactory()
    for user in (person, other):
        send_notice(user=user, text="Oud")
    Notice.objects.update(created_at=ago(400))

    def full(*_, **__):
        raise OSError("no room")

    monkeypatch.setattr(storages["erasures"], "save", full)
    run = clear_away()
    assert (run.counts, run.failed, run.skipped) == ({"notices": {"": 1}}, 1, {})
    assert Notice.objects.get().user == person
    monkeypatch.undo()
    assert clear_away().counts == {"learners_alone": {"": 1}}
    assert not Notice.objects.exists()


# What was counted is what goes


@settings(
    max_examples=5, phases=[Phase.generate], database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_what_is_counted_is_what_goes(db, data):
    with transaction.atomic():
        kept = _random_world(data)
        before = counts()
        run = clear_away()
        assert run.counts == before
        assert run.done == run.total == sum(number for of in before.values() for number in of.values())
        # Who left a group is another night's, by the term of where they are still.
        assert set(counts()) <= {"learners_alone", "learners_in_groups"}
        assert not Notice.objects.exclude(user__in=User.objects.all()).exists()
        assert User.objects.filter(pk__in=kept).count() == len(kept)
        transaction.set_rollback(True)


def _random_world(data) -> list[int]:
    """People, groups, messages, questions and lines of all ages, and terms; gives who must stay."""
    organisations = [OrganisationFactory() for _ in range(3)]
    days = st.sampled_from([0, 100, 250, 390, 500, 900, 1200])
    cohorts = [
        CohortFactory(organisation=one, closed_at=data.draw(st.sampled_from([None, ago(50), ago(600)])))
        for one in organisations
    ]
    for organisation in [None, *organisations]:
        for key in PER_ORGANISATION:
            if data.draw(st.booleans()):
                purpose = purpose_of(key)
                set_term(key, data.draw(st.sampled_from([purpose.least, 400, purpose.most])), organisation)
    must_stay = []
    for _ in range(data.draw(st.integers(0, 5))):
        groups = data.draw(st.lists(st.sampled_from(cohorts), unique=True, max_size=3))
        quiet = data.draw(days)
        user = learner(*groups, quiet=quiet, account=data.draw(st.booleans()), listed=data.draw(st.booleans()))
        if quiet == 0:
            must_stay.append(user.pk)
        notice = send_notice(user=user, text="Hoi")
        Notice.objects.filter(pk=notice.pk).update(created_at=ago(data.draw(days)))
        asked = HelpRequest.objects.create(user=user)
        HelpRequest.objects.filter(pk=asked.pk).update(asked_at=ago(data.draw(days)))
    for organisation in [None, *organisations]:
        with time_machine.travel(ago(data.draw(days))):
            record_audit(actor=None, action="make_cohort", organisation=organisation)
    return must_stay


# A worker that dies, and two at once


def test_who_died_between_batches_is_followed_up_and_nothing_is_counted_twice(monkeypatch):
    people = [learner(quiet=500) for _ in range(25)]
    run = new_run_by_clock(timezone.now())
    whole, done = runs._batch, []

    def dies(*args):
        if len(done) == 2:
            raise SystemExit
        done.append(1)
        return whole(*args)

    monkeypatch.setattr(runs, "_batch", dies)
    with pytest.raises(SystemExit):
        do_run(key=run.pk)
    monkeypatch.setattr(runs, "_batch", whole)
    run.refresh_from_db()
    assert (run.state, run.done, run.total) == ("busy", 20, 25)
    assert not AuditEntry.objects.filter(action="apply_retention").exists()
    sweep_retention_runs()  # somebody may be busy with it
    run.refresh_from_db()
    assert run.done == 20
    RetentionRun.objects.update(claimed_at=ago(1))
    sweep_retention_runs()
    run.refresh_from_db()
    assert (run.state, run.done, run.total) == ("done", 25, 25)
    assert run.counts == {"learners_alone": {"": 25}}
    assert AuditEntry.objects.get(action="apply_retention").details == {"learners_alone": 25}
    assert AuditEntry.objects.filter(action="erase_person").count() == len(people)


def test_a_batch_that_fails_halfway_is_undone_and_not_counted(monkeypatch):
    learner(quiet=500)
    run = new_run_by_clock(timezone.now())
    monkeypatch.setattr(runs, "_keep", lambda _: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        do_run(key=run.pk)
    run.refresh_from_db()
    assert (run.done, run.counts) == (0, {})
    assert counts() == {"learners_alone": {"": 1}}


def test_who_was_given_up_stops_when_another_went_on(monkeypatch):
    for _ in range(25):
        learner(quiet=500)
    run = new_run_by_clock(timezone.now())
    whole = runs._batch

    def slow(*args):
        monkeypatch.setattr(runs, "_batch", whole)
        RetentionRun.objects.update(claimed_at=ago(1))
        assert do_run(key=run.pk)  # the other
        return whole(*args)

    monkeypatch.setattr(runs, "_batch", slow)
    assert do_run(key=run.pk) is None
    run.refresh_from_db()
    assert (run.state, run.done) == ("done", 25)
    assert AuditEntry.objects.filter(action="apply_retention").count() == 1


def test_a_run_that_is_over_is_not_done_again():
    run = clear_away()
    assert do_run(key=run.pk) is None
    assert do_run(key=uuid.uuid4()) is None


def test_who_makes_a_term_longer_meanwhile_is_heard(monkeypatch, chief):
    for _ in range(15):
        learner(quiet=500)
    run = new_run_by_clock(timezone.now())
    whole = runs._batch

    def then_longer(*args):
        monkeypatch.setattr(runs, "_batch", whole)
        more = whole(*args)
        set_retention_term(purpose=purpose_of("learners_alone"), organisation=None, days=1000, actor=chief)
        return more

    monkeypatch.setattr(runs, "_batch", then_longer)
    do_run(key=run.pk)
    assert User.objects.filter(is_nameless=True).count() == 5


# The clock


def test_the_clock_runs_once_a_day_and_fills_no_trail_with_nothing():
    keep_to_terms()
    keep_to_terms()
    assert RetentionRun.objects.count() == 1
    assert run_of_today(timezone.now()) is None
    assert not AuditEntry.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        keep_to_terms()
    assert RetentionRun.objects.count() == 2


def test_a_dry_run_removes_nothing_and_leaves_no_line(petra, school, django_capture_on_commit_callbacks):
    learner(CohortFactory(organisation=school), quiet=500)
    run = start_run(organisation=school, actor=petra, dry=True)
    assert start_run(organisation=school, actor=petra, dry=True) == run
    assert list(waiting_runs()) == [run.pk]
    before = User.objects.count()
    found = do_run(key=run.pk)
    assert found
    assert found.counts == {"learners_in_groups": {str(school.pk): 1}}
    assert found.done == found.total
    assert User.objects.count() == before
    assert not AuditEntry.objects.filter(action="apply_retention").exists()


def test_a_run_of_an_organisation_clears_only_what_is_of_it(petra, school, employer):
    gone = learner(CohortFactory(organisation=school), quiet=500)
    stays = [learner(CohortFactory(organisation=employer), quiet=500), learner(quiet=500)]
    run = do_run(key=start_run(organisation=school, actor=petra, dry=False).pk)
    assert run
    assert run.counts == {"learners_in_groups": {str(school.pk): 1}}
    assert not User.objects.filter(pk=gone.pk).exists()
    assert User.objects.filter(pk__in=[one.pk for one in stays]).count() == 2
    entry = AuditEntry.objects.get(action="apply_retention")
    assert (entry.actor_key, entry.organisation) == (petra.audit_key, school)


def test_runs_that_are_over_go_themselves():
    clear_away()
    RetentionRun.objects.update(made_at=ago(366))
    apply_retention()
    assert RetentionRun.objects.count() == 1


# What the person reads


def test_everybody_reads_the_terms_that_hold_for_them(school, employer, anna, school_class):
    set_term("places", 100, school)
    set_term("places", 200, employer)
    told = {(one.organisation, one.text) for one in terms_told(anna, timezone.now())}
    assert ("Voorbeeldschool", "Je klas of team stopt: na 100 dagen gaat je plek daar weg. Je lessen blijven.") in told
    assert ("", "Gebruik je je account 3 jaar niet? Dan gaat alles van jou weg.") in told
    assert "Voorbeeldbedrijf" not in str(told)
    assert "200 dagen" not in str(told)
    nameless = learner(quiet=1)
    assert "Doe je hier 400 dagen niets?" in str(terms_told(nameless, timezone.now()))
    set_term("learners_alone", 90)
    assert "Doe je hier 90 dagen niets?" in str(terms_told(nameless, timezone.now()))


def test_scopes_cover_every_organisation_once(school, employer):
    set_term("audit", 400, school)
    scopes = scopes_of(purpose_of("audit"), timezone.now())
    for organisation in (school, employer):
        record_audit(actor=None, action="x", organisation=organisation)
    found = [AuditEntry.objects.filter(scope.rows("organisation")).count() for scope in scopes]
    assert sorted(found) == [1, 1]
    [step] = [one for one in steps(timezone.now()) if one.purpose.key == "audit" and one.whose == str(school.pk)]
    assert count(step, timezone.now()) == 0
    assert Membership.objects.count() == 0


def test_nobody_is_said_to_have_chosen_a_term_that_the_site_has(anna, school):
    other = OrganisationFactory(name="Ook van Anna")
    MembershipFactory(user=anna, organisation=other, role=Role.LEARNER)
    told = terms_told(anna, timezone.now())
    assert {one.organisation for one in told} == {""}
    assert len(told) == len(set(told)), "the same of two organisations is said once"
