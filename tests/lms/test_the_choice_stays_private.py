"""Which text someone reads, and whether they listen or look words up, is nowhere beside their name.

Anna takes one lesson twice, each time as if for the first time: in Makkelijk with sound and words, and in Gewoon.
Everything that leaves is compared: it must be the same.
"""

import json
import logging
import re
import uuid
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core import serializers
from django.db import transaction
from django.utils import timezone

from assessments.kind import makkelijk_ids
from insight.models import DailyUse
from people.models import Role, Session, User
from people.services import export_person
from tests.factories import RIGHT, CohortMemberFactory, MembershipFactory, Phone, UserFactory
from xapi import clients, consistency
from xapi.services import create_credential

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
WORDS = re.compile(r"makkelijk|gewoon|standaard|soort|luister|geluid|voorlees|voorgelezen|woord|glossa", re.IGNORECASE)

# What only grading and one's own export read: the answers, what they came to per part, and when each came in.
INSIDE = {
    "assessments.response": None,
    "learning.event": None,
    "learning.progress": {"results"},
    "xapi.statementid": {"seq"},  # the key of a statement, which a clock gives
}
CONTENT = ("wagtail", "modules", "language", "media", "taggit", "contenttypes", "auth",
           "courses.path", "courses.coursepath", "media.h5p", "leadership.programme")  # not about people  # fmt: skip


def answers(lesson: Any, variant: str) -> Iterator[tuple[str, Any]]:
    """A learner's taps, as a phone sends them: a slip first where this text offers one of its own."""
    for step in lesson.outline.all:
        if step.id not in RIGHT:
            continue
        easy = variant == "makkelijk"
        if step.type == "sorteer":
            shown = makkelijk_ids(step.value, "cards")
            for card in (item["value"] | {"id": item["id"]} for item in step.value["cards"]):
                if not easy or card["id"] in shown:
                    yield step.id, {card["id"]: card["sign"]}
        elif step.type == "volgorde":
            shown = makkelijk_ids(step.value, "items")
            yield step.id, [item["id"] for item in step.value["items"] if not easy or item["id"] in shown]
        elif step.id == "e-keuze":
            yield step.id, "e-o2" if easy else "e-o3"  # e-o3 stands in Gewoon only
            yield step.id, "e-o1"
        elif step.type == "scenario":
            yield step.id, ["e-s1", "e-m1-a"] if easy else ["e-s3", "e-m2-c"]  # both end well
        else:
            yield step.id, RIGHT[step.id]


def takes_the_lesson(phone: Phone, variant: str) -> None:
    """All of it, as someone does who reads this text."""
    client = phone.client
    client.cookies["soort"] = variant
    client.get(f"/les/{phone.lesson.slug}/?soort={variant}")
    if variant == "makkelijk":
        client.get("/woord/ai/")
        client.get("/woord/")
    taps = {step: [answer for name, answer in answers(phone.lesson, variant) if name == step] for step in RIGHT}
    for step in phone.lesson.outline.ids:
        phone.keep(phone.event(step, id=str(uuid.uuid5(phone.attempt, step))))
        for number, answer in enumerate(taps.get(step, [])):
            made = uuid.uuid5(phone.attempt, f"{step}-{number}-{answer if step == 'e-sorteer' else ''}")
            phone.keep(phone.event(step, answer, id=str(made)))
    client.get("/mijn/")
    client.get("/wie-ziet-wat/")


def kept() -> Iterator[str]:
    """Every row about people of every table, without keys: those differ by counting."""
    for model in apps.get_models():
        label = model._meta.label_lower
        if label.startswith(CONTENT) or INSIDE.get(label, set()) is None:
            continue
        skip = INSIDE.get(label) or set()
        names = [field.name for field in model._meta.fields if not field.is_relation and not field.primary_key]
        rows = serializers.serialize("python", model._default_manager.all(), fields=[n for n in names if n not in skip])
        for row in rows:
            if label == "people.session":
                row["fields"].pop("session_data")  # decoded below
            yield json.dumps([label, row["fields"]], default=str, sort_keys=True)


def sessions() -> Iterator[str]:
    for session in Session.objects.all():
        data = session.get_decoded()
        yield json.dumps({name: value for name, value in data.items() if not name.startswith("_auth")}, sort_keys=True)


def told(client: Any, address: str, **headers: str) -> str:
    reply = client.get(address, headers=headers)
    assert reply.status_code in (200, 302, 403, 404)
    return f"{address} {reply.status_code} {reply.content.decode()}"


class Watcher:
    """Gathers what leaves after a lesson was taken in one of the texts."""

    def __init__(self, as_user: Callable[..., Any], teacher: User, lead: User, cohort: int, logged: Any) -> None:
        self.as_user, self.teacher, self.lead, self.cohort, self.logged = as_user, teacher, lead, cohort, logged

    def statements(self) -> str:
        credential, secret = create_credential("onderzoek")
        key = b64encode(f"{credential.key}:{secret}".encode()).decode()
        found, address = "", "/xapi/statements?ascending=true"
        while address:
            reply = self.as_user(None).get(
                address, headers={"authorization": f"Basic {key}", "x-experience-api-version": "1.0.3"}
            )
            page = reply.json()
            found += "\n".join(json.dumps(statement, sort_keys=True) for statement in page["statements"])
            address = page["more"]
        return found

    def all(self, user: User) -> dict[str, str]:
        pages = [f"/docent/klassen/{self.cohort}/", f"/docent/klassen/{self.cohort}/voortgang.csv", "/docent/"]
        own = export_person(user=user)
        own.pop("assessments")  # their own answers, for themselves alone
        own["learning"].pop("gebeurtenissen")
        found = {
            "statements": self.statements(),
            "tables": "\n".join(sorted(kept())),
            "sessions": "\n".join(sessions()),
            "export": json.dumps(own, default=str, sort_keys=True),
            "logs": self.logged.text,
            "teacher": "".join(told(self.as_user(self.teacher), page) for page in pages),
            "lead": "".join(told(self.as_user(self.lead), page) for page in pages),
        }
        return {name: numbered(text) for name, text in found.items()}


def numbered(text: str) -> str:
    """Random ids replaced by the order in which they appear."""
    seen: dict[str, str] = {}
    return UUID.sub(lambda found: seen.setdefault(found[0], f"id-{len(seen)}"), text)


class _Undo(Exception):
    """Ends a run: what was kept in it is gone."""


_BOTH: dict[str, dict[str, str]] = {}


@pytest.fixture
def both(request: pytest.FixtureRequest) -> dict[str, dict[str, str]]:
    """What left after each of the two texts: gathered once for all tests here."""
    if not _BOTH:
        _BOTH.update(request.getfixturevalue("gathered"))
    return _BOTH


@pytest.fixture
def gathered(phone_of, as_user, anna, bram, chantal, school_class, caplog, monkeypatch) -> dict[str, dict[str, str]]:
    caplog.set_level(logging.DEBUG)
    # PostgreSQL stamps statements with its own clock, which no test can stop.
    after = consistency._taken.after
    monkeypatch.setattr(consistency._taken, "after", lambda _, count: after(timezone.now(), count))
    found: dict[str, dict[str, str]] = {}
    key = uuid.UUID(int=7)
    for variant in ("makkelijk", "gewoon"):
        caplog.clear()
        consistency.forget()
        clients.forget()
        with time_machine.travel(NOW, tick=False):
            try:
                with transaction.atomic():
                    phone = phone_of(anna)
                    phone.attempt = key
                    takes_the_lesson(phone, variant)
                    watcher = Watcher(as_user, bram, chantal, school_class.pk, caplog)
                    found[variant] = watcher.all(anna)
                    raise _Undo
            except _Undo:
                pass
    return found


def test_what_leaves_is_the_same_whichever_text_was_read(both):
    for name in both["makkelijk"]:
        assert both["makkelijk"][name] == both["gewoon"][name], name


def test_the_lesson_was_done_in_both_and_something_left(both):
    for left in both.values():
        assert '"success": true' in left["statements"]
        assert '"status": "klaar"' in left["export"]
        assert "Anna" in left["teacher"]
        assert "Anna" not in left["lead"]


@pytest.mark.parametrize("variant", ["makkelijk", "gewoon"])
@pytest.mark.parametrize("name", ["statements", "tables", "sessions", "export", "logs"])
def test_no_word_about_the_choice_is_anywhere(both, name: str, variant: str):
    text = re.sub(r"proefwoord|wachtwoord|antwoord|titel Makkelijk", "", both[variant][name])
    assert sorted(set(WORDS.findall(text))) == []


def test_no_statement_lists_what_could_be_chosen(both):
    for left in both.values():
        for name in ("choices", "scale", "source", "target", "steps", "correctResponsesPattern"):
            assert f'"{name}"' not in left["statements"]


def test_a_slip_that_only_one_text_offers_is_told_as_a_slip(both):
    slips = [left["statements"].count('"success": false') for left in both.values()]
    assert slips == [1, 1]


def test_no_table_has_a_place_for_the_choice():
    """A column for it would be filled some day."""
    for model in apps.get_models():
        if model._meta.label_lower.startswith(CONTENT) or model is DailyUse:
            continue
        fields = [field.name for field in model._meta.get_fields()]
        assert [name for name in fields if re.search("variant|makkelijk|speech|listen|luister|read_aloud", name)] == []


def test_a_learner_of_an_employer_leaves_nothing_to_read_at_all(phone_of, as_user, chantal, employer):
    bo = UserFactory(first_name="Zebulon")
    MembershipFactory(user=bo, organisation=employer, role=Role.LEARNER)
    cohort = employer.cohorts.create(name="Team", kind="team")
    CohortMemberFactory(cohort=cohort, user=bo)
    CohortMemberFactory(cohort=cohort, user=chantal, leads=True)
    takes_the_lesson(phone_of(bo), "makkelijk")
    page = told(as_user(chantal), f"/docent/klassen/{cohort.pk}/")
    assert "Zebulon" not in page
