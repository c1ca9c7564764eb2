"""A learner with data in every room erases everything; a search through tables, files and queues finds nothing.

The same on PostgreSQL, object storage and Redis: tests/production/test_erased_everywhere.py.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.storage import storages

from people.models import AuditEntry, User
from people.services import erase_person, export_person
from tests.everywhere import (
    FIGURE,
    NOBODY,
    NUMBER,
    OTHERWISE,
    PASSWORD,
    Filled,
    about_a_person,
    fill,
    tables,
    traces_in_tables,
)
from tests.integrations.statements.test_looking import PLACE as STATEMENTS
from tests.people.test_the_door import sign_in
from xapi.forwarding.models import Forward, ForwardTarget
from xapi.forwarding.recalls import end_recalls
from xapi.models import Statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]

# Where a row of the person has no words of its own: where it stands in the file.
TOLD_AT = {
    "courses.AssignedPlace": "courses/eigen route in een groep",
    "courses.CoursePath": "courses/routes gemaakt",
    "leadership.PeerPlace": "leadership/duo in leergroep",
    "leadership.SharedProof": "leadership/werk dat het adres van een bewijs van je heeft",
    "learning.Event": "learning/gebeurtenissen",  # how many; what they were stands in the statements
    "learning.PlanOutcome_counted_for": "learning/gelukt?/telt mee bij",
    "learning.ReviewChoice": "learning/herhalen",
    "people.Membership": "people/rollen",
    "people.PictureCode": "people/plaatjescode",
    "people.RetentionRun": "people/keren dat je liet opruimen",
    "people.RetentionTerm": "people/bewaartermijnen die je zette",
    "people.Session": "people/apparaten",
    "people.User_groups": "people/rechten om te bewerken",
    "people.User_user_permissions": "people/rechten om te bewerken",
    "wagtailadmin.EditingSession": "wagtail/wagtailadmin.EditingSession.user",
    "wagtailcore.PageSubscription": "wagtail/wagtailcore.PageSubscription.user",
    "wagtailcore.Revision": "wagtail/wagtailcore.Revision.user",
    "wagtailcore.UploadedFile": "wagtail/wagtailcore.UploadedFile.uploaded_by_user",
}
NOT_TOLD = {
    "account.EmailAddress": "a table that stays empty (allauth)",
    "account.EmailConfirmation": "a table that stays empty (allauth)",
    "people.EmailCode": "a digest of a code, for an hour",
    "people.FormerAuditKey": "a random key; the lines that it leads to are told",
    "people.HandOver": "a code that opens the account, for a quarter of an hour",
}


# Only numbers of other rows stand in these, or of a statement; nobody else has one in these tests.
WITHOUT_WORDS = {
    "courses.AssignedPlace", "learning.PlanOutcome_counted_for", "lti_tool.LtiMembership", "xapi.Attachment",
    "xapi.Related", "xapi.Reference",
}  # fmt: skip


@pytest.fixture
def filled(settings, tmp_path: Path) -> Filled:
    """Somebody in every table, and each storage in a folder of its own."""
    places = {alias: tmp_path / "files" / alias for alias in settings.STORAGES if alias != "staticfiles"}
    settings.MEDIA_ROOT = places["default"]
    settings.STORAGES = settings.STORAGES | {
        alias: {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": place, "base_url": f"/{alias}/"},
        }
        for alias, place in places.items()
    }
    return fill()


def test_every_table_says_whether_somebody_is_in_it():
    here = {model._meta.label for model in tables()}
    leads = {model._meta.label for model in about_a_person()}
    assert here - leads - set(OTHERWISE) - set(NOBODY) == set(), "who is in it? Say so in tests/everywhere.py"
    assert set(NOBODY) | set(OTHERWISE) <= here | {"wagtailsearch.SQLiteFTSIndexEntry"}
    assert leads.isdisjoint(NOBODY)


def test_somebody_is_in_every_table_and_every_kind_of_file(filled: Filled, tmp_path):
    """Else the search below could not fail."""
    found = traces_in_tables(filled.traces)
    where = {place.rpartition(".")[0] for place in found}
    with_words = {*(model._meta.label for model in about_a_person()), *OTHERWISE} - WITHOUT_WORDS
    assert with_words - where == {
        "lms.FailedTask",  # ids only (lms/watch/failures.py)
        "xapi.ForwardRecall",  # made by erasing
    }
    assert all(apps.get_model(label).objects.exists() for label in WITHOUT_WORDS)
    assert {"default", "xapi"} <= {file.split("/")[0] for file in files_with(filled, tmp_path)}


def test_the_file_that_one_takes_along_has_every_row(filled: Filled):
    told = export_person(user=filled.user)
    text = json.dumps(told, default=str, ensure_ascii=False)
    missing = {label for label, words in filled.words.items() if not any(word in text for word in words)}
    assert missing == set(TOLD_AT) - {"people.Session"} | set(NOT_TOLD)
    for place in TOLD_AT.values():
        assert list(_at(told, place.split("/"))), place


def _at(told: object, place: list[str]) -> Iterator[object]:
    if isinstance(told, list):
        for one in told:
            yield from _at(one, place)
    elif place and isinstance(told, dict) and place[0] in told:
        yield from _at(told[place[0]], place[1:])
    elif not place and told:
        yield told


def test_figures_of_groups_stay_as_they_were(filled: Filled):
    before = figures()
    assert all(before.values()), "else there is nothing to compare"
    erase_person(user=filled.user, actor=None)
    assert figures() == before


def figures() -> dict[str, list[tuple]]:
    return {
        label: list(apps.get_model(label).objects.order_by("pk").values_list())
        for label, why in NOBODY.items()
        if why == FIGURE
    }


def files_with(filled: Filled, folder: Path) -> list[str]:
    """The files of storages in which a trace is, by storage and name."""
    marks = [trace.encode() for trace in filled.traces]
    root = folder / "files"
    return [
        str(file.relative_to(root))
        for file in root.rglob("*")
        if file.is_file() and any(mark in file.read_bytes() or mark.decode() in file.name for mark in marks)
    ]


def test_one_reads_takes_along_and_erases_everything_and_a_search_finds_nothing(
    filled, as_user, tmp_path, django_capture_on_commit_callbacks
):
    browser = as_user(None)
    sign_in(browser, filled.user.username, PASSWORD)
    assert filled.user.first_name in browser.get("/mijn/gegevens/alles/").content.decode()
    assert json.loads(browser.get("/mijn/gegevens/bestand/").content)["people"]["e-mail"] == filled.user.email
    chief, (one, *_) = as_user(User.objects.get(username="overal-beheer")), filled.user.pseudonyms.values("name")
    assert chief.get(f"{STATEMENTS}{Statement.objects.filter(actor=one['name']).first().id}/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post("/mijn/gegevens/wissen/").url == "/mijn/gegevens/"
    assert not User.objects.filter(pk=NUMBER).exists()

    # Another record store is asked to erase too, under the name that it knows; until it did, that name stays.
    waits = {"xapi.Forward.document", "xapi.ForwardRecall.names", "xapi.ForwardRecall.statements"}
    # The audit trail keeps its lines, under a key that leads to nobody any more.
    lines = {"people.AuditEntry.actor_key", "people.AuditEntry.person_key"}
    assert set(traces_in_tables(filled.traces)) == waits | lines
    Forward.objects.update(state=Forward.State.SENT, document=None)
    for target in ForwardTarget.objects.all():
        end_recalls(target, target.recalls.values_list("pk", flat=True))
    assert set(traces_in_tables(filled.traces)) == lines
    assert traces_in_tables(filled.traces - filled.audit_keys) == {}
    assert not any(apps.get_model(label).objects.exists() for label in WITHOUT_WORDS)
    assert AuditEntry.objects.filter(action="erase_person").exists()

    (entry,) = storages["erasures"].listdir("")[1]
    assert files_with(filled, tmp_path) == [f"erasures/{entry}"], "the journal has her random keys, to erase again"
    assert "zuiderw" not in storages["erasures"].open(entry).read().decode()
