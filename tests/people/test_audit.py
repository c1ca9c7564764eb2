"""The audit trail: only ever added to, by keys that mean nothing once a person is gone."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from people import append_only
from people.audit import done_by, forget_before, looks_at, people_of
from people.models import AuditEntry, AuditTerm, Organisation, User
from people.services import erase_person, export_person, merge_people, record_audit
from people.tasks import apply_retention
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=31 * 24 + 1)


def line_from(ago: timedelta) -> AuditEntry:
    return AuditEntry.objects.create(at=timezone.now() - ago, action="make_cohort")


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        return append_only.SAID in str(error)
    return False


def test_the_database_itself_refuses_to_change_or_remove_a_line(bram):
    entry = record_audit(actor=bram, action="make_cohort")
    entry.action = "something_else"
    for change in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(DatabaseError, match=append_only.SAID), transaction.atomic():
            change()
    with pytest.raises(DatabaseError, match=append_only.SAID), transaction.atomic():
        AuditEntry.objects.update(actor_key=None)
    table = append_only.TABLE
    assert refused(f"UPDATE {table} SET action = 'x'")
    assert refused(f"DELETE FROM {table} WHERE id = {entry.pk}")
    assert AuditEntry.objects.filter(action="make_cohort").count() == 1


def test_a_line_cannot_be_put_in_the_place_of_another(bram):
    entry = record_audit(actor=bram, action="make_cohort")
    if connection.vendor == "postgresql":
        assert refused(f"TRUNCATE {append_only.TABLE}")
    else:
        assert refused(
            f"INSERT OR REPLACE INTO {append_only.TABLE} (id, at, action, subject, why, looked, details) "
            f"VALUES ({entry.pk}, '2026-01-01 00:00:00', 'x', '', '', 0, '{{}}')"
        )
    assert AuditEntry.objects.filter(action="make_cohort").count() == 1


def test_what_is_past_its_term_goes_by_one_way_only():
    old, young = line_from(LONG_AGO), line_from(timedelta(days=300))
    with pytest.raises(DatabaseError, match=append_only.SAID), transaction.atomic():
        AuditEntry.objects.filter(pk=old.pk).delete()
    assert forget_before(timezone.now() - timedelta(days=366)) == 1
    assert AuditEntry.objects.get() == young
    assert not AuditTerm.objects.exists()
    with pytest.raises(DatabaseError, match=append_only.SAID), transaction.atomic():
        young.delete()  # the way is closed again


@pytest.mark.parametrize("days", [-1, 0, 30, 364])
def test_what_is_younger_than_a_year_goes_by_no_way(days):
    line_from(timedelta(days=200))
    with pytest.raises(ValueError, match="a year"):
        forget_before(timezone.now() - timedelta(days=days))
    assert AuditEntry.objects.count() == 1


def test_the_nightly_sweep_keeps_the_term_that_is_set(settings):
    line_from(timedelta(days=31 * 24 + 1))
    line_from(timedelta(days=31 * 24 - 1))
    settings.AUDIT_RETENTION_MONTHS = 36
    apply_retention()
    assert AuditEntry.objects.exclude(action="apply_retention").count() == 2
    settings.AUDIT_RETENTION_MONTHS = 24
    apply_retention()
    assert AuditEntry.objects.exclude(action="apply_retention").count() == 1


def test_migrating_puts_the_triggers_back():
    """SQLite loses them when Django makes a table anew."""
    entry = line_from(timedelta(0))
    append_only.lift(connection)
    AuditEntry.objects.filter(pk=entry.pk).update(action="changed")
    append_only.protect(connection)
    append_only.protect(connection)
    assert refused(f"UPDATE {append_only.TABLE} SET action = 'x'")


def test_who_was_erased_leaves_lines_that_lead_to_nobody(anna, bram):
    record_audit(actor=anna, action="join_cohort", person=anna)
    record_audit(actor=bram, action="rename_learner", person=anna)
    key = anna.audit_key
    erase_person(user=anna, actor=bram)
    assert AuditEntry.objects.filter(person_key=key).count() == 3
    assert people_of([key, bram.audit_key]) == {bram.audit_key: bram}
    for subject, details in AuditEntry.objects.filter(person_key=key).values_list("subject", "details"):
        assert (subject, details) == ("", {})


def test_who_became_another_is_found_under_the_name_of_the_other(anna, bram):
    first, second = (User.objects.new_nameless(uuid.uuid4()) for _ in range(2))
    first.save()
    second.save()
    record_audit(actor=first, action="join_cohort")
    record_audit(actor=bram, action="help_with", person=first, looked=True)
    key = first.audit_key
    merge_people(source=first, target=second)
    merge_people(source=second, target=anna)
    assert people_of([key]) == {key: anna}
    assert done_by(anna).filter(action="join_cohort").count() == 1
    assert looks_at(anna).count() == 1


def test_a_number_of_a_person_becomes_their_key(anna, bram):
    """What names somebody by number would do so for ever."""
    entry = record_audit(actor=bram, action="x", subject=f"user {anna.pk}")
    assert (entry.subject, entry.person_key) == ("", anna.audit_key)
    gone = record_audit(actor=None, action="x", subject="user 999999999")
    assert (gone.subject, gone.person_key, gone.actor_key) == ("", None, None)


def test_a_line_says_whose_matter_it_is(school, school_class, bram):
    assert record_audit(actor=bram, action="x", about=school_class).organisation == school
    entry = record_audit(actor=bram, action="x", about=school)
    assert (entry.subject, entry.organisation) == (f"organisation {school.pk}", school)
    assert record_audit(actor=bram, action="x", organisation=school.pk).organisation == school


def test_an_organisation_that_is_gone_leaves_its_lines(chantal, employer):
    record_audit(actor=chantal, action="x", about=employer)
    number = employer.pk
    employer.delete()
    assert AuditEntry.objects.get(action="x").organisation_id == number
    assert not Organisation.objects.filter(pk=number).exists()


def test_who_looked_is_in_what_a_person_takes_along(anna, bram):
    record_audit(actor=bram, action="look", person=anna, looked=True)
    record_audit(actor=bram, action="rename_learner", person=anna)
    record_audit(actor=bram, action="look", person=UserFactory(), looked=True)
    assert [look["wat"] for look in export_person(user=anna)["people"]["wie keek"]] == ["look"]
