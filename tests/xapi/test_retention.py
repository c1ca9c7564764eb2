"""Statements past their term go, with all that hangs on them; a dry run says before how much that is."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from people.models import RetentionRun
from people.tasks import apply_retention
from tests.xapi.conftest import a_statement
from tests.xapi.test_attachments_and_signatures import CONTENT, attached, send
from tests.xapi.test_partitions import make_month_of
from xapi.ids import seqs_of
from xapi.models import Attachment, Document, Reference, Related, Statement, StatementId, seq_at
from xapi.partitions import Month, has_parts, parts
from xapi.retention import count_before, forget_before

pytestmark = pytest.mark.django_db
INSTRUCTOR = {"instructor": {"mbox": "mailto:bram@e.nl"}}


def stored_before(sent: dict, **by: float) -> None:
    """Make as if this statement was stored so long ago, and all that hangs on it too."""
    then = timezone.now() - timedelta(**by)
    if has_parts():
        make_month_of(then)
    [seq] = seqs_of([sent["id"]])
    Statement.objects.filter(seq=seq).update(seq=seq_at(then), stored=then)
    StatementId.objects.filter(id=sent["id"]).update(seq=seq_at(then))
    for model in (Related, Reference, Attachment):
        model.objects.filter(statement_id=seq).update(statement_id=seq_at(then))


def test_what_was_stored_before_goes_with_its_file_and_what_came_later_stays(lrs, django_capture_on_commit_callbacks):
    old = a_statement(attachments=[attached(CONTENT)], context=INSTRUCTOR)
    assert send(lrs, old, CONTENT).status_code == 200
    stored_before(old, days=100)
    refers = a_statement(object={"objectType": "StatementRef", "id": old["id"]})
    new = a_statement(context=INSTRUCTOR)
    lrs.keep(refers, new)
    before = timezone.now() - timedelta(days=50)
    assert count_before(before) == {"statements": 1, "attachments": 1}
    assert Statement.objects.count() == 3, "a dry run changes nothing"
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_before(before) == {"statements": 1, "attachments": 1}
    assert set(lrs.ids()) == {refers["id"], new["id"]}
    assert (Related.objects.count(), Attachment.objects.count()) == (1, 0)
    sha2 = old["attachments"][0]["sha2"]
    assert not storages["xapi"].exists(f"{sha2[:2]}/{sha2}")
    assert lrs.get("statements", statementId=old["id"]).status_code == 404
    assert forget_before(before) == {}
    if has_parts():
        assert Month.of(timezone.now() - timedelta(days=100)) not in {part.month for part in parts()}


def test_of_the_month_in_which_the_day_lies_only_what_is_older_goes(lrs):
    kept = [a_statement() for _ in range(5)]
    lrs.keep(*kept)
    for number, one in enumerate(kept):
        stored_before(one, days=10 + number)
    assert forget_before(timezone.now() - timedelta(days=12, hours=1)) == {"statements": 2}
    assert set(lrs.ids()) == {one["id"] for one in kept[:3]}


def test_documents_that_nobody_changed_since_go_too(lrs):
    agent = '{"mbox": "mailto:anna@e.nl"}'
    for name in ("oud", "nieuw"):
        lrs.put("activities/state", {"a": 1}, activityId="http://e.nl/a", agent=agent, stateId=name)
    Document.objects.filter(name="oud").update(updated=timezone.now() - timedelta(days=100))
    assert forget_before(timezone.now() - timedelta(days=50)) == {"documents": 1}
    assert Document.objects.get().name == "nieuw"


def test_without_a_term_nothing_goes_and_with_one_whole_months_do(lrs, settings):
    sent = [a_statement(id=str(uuid.uuid4())) for _ in range(2)]
    lrs.keep(*sent)
    stored_before(sent[0], days=100)
    for months, gone in ((0, {}), (5, {}), (2, {"statements": {"": 1}})):
        settings.STATEMENT_RETENTION_MONTHS = months
        apply_retention()
        assert RetentionRun.objects.latest("made_at").counts == gone
    assert lrs.ids() == [sent[1]["id"]]


def test_the_command_counts_first_and_refuses_a_day_that_is_none_or_to_come(lrs, capsys):
    sent = a_statement()
    lrs.keep(sent)
    stored_before(sent, days=3)
    day = (timezone.now() - timedelta(days=1)).strftime("%Y-%m-%d")
    for flags in (["--dry-run"], []):
        call_command("lrs_retention", "--before", day, *flags)
        assert capsys.readouterr().out == "statements: 1\n"
    call_command("lrs_retention", "--before", day)
    assert capsys.readouterr().out == "nothing\n"
    for wrong in ("gisteren", "2026-02-31", "2999-01-01", ""):
        with pytest.raises(CommandError):
            call_command("lrs_retention", "--before", wrong)
