"""People, groups, a lesson and phones for tests. The cast is always the same: Anna learns, Bram teaches,
Chantal leads at an employer, Driss is a stranger."""

import json
import uuid
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import factory
from django.test import Client
from factory.django import DjangoModelFactory

from modules.models import ModulePage
from people.models import Cohort, CohortMember, Membership, Organisation, Role, Session, User
from tests.exercise_cases import cases


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"School {n}")
    kind = Organisation.Kind.SCHOOL


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"mens-{n}")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.LEARNER


class CohortFactory(DjangoModelFactory):
    class Meta:
        model = Cohort

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Klas {n}")
    kind = Cohort.Kind.CLASS


class CohortMemberFactory(DjangoModelFactory):
    class Meta:
        model = CohortMember

    cohort = factory.SubFactory(CohortFactory)
    user = factory.SubFactory(UserFactory)


def nobody_came_since(moment: datetime) -> None:
    """Everybody joined and signed in then for the last time; their sessions ended."""
    Session.objects.all().delete()
    User.objects.update(last_login=moment, date_joined=moment)


def twin(standaard: str, makkelijk: str = "") -> dict[str, str]:
    return {"standaard": standaard, "makkelijk": makkelijk or f"{standaard} nu"}


FACTS = [
    {
        "code": "F901",
        **twin("Het feit van de proefles.", "Het feit."),
        "source": "De test",
        "checked_on": "2026-01-01",
        "review_by": "2027-01-01",
    }
]
GLOSSARY = [{"term": "proefwoord", "explanation": "Een woord om te proberen.", "pictogram": "book"}]
PICTURE = {"pictograms": ["erase"], "alt": "Een gum."}
STEPS: list[dict[str, Any]] = [
    {
        "id": "e-haakje",
        "type": "hook",
        "title": twin("Haakje"),
        "picture": PICTURE,
        "text": twin("Voor iedereen.", "Voor elk vak."),
        "trades": {"zorg": twin("Voor de zorg alleen.", "In de zorg.")},
    },
    {
        "id": "e-scherm",
        "type": "screen",
        "title": twin("Scherm"),
        "picture": {"scene": "naam-weg", "alt": "Een gum haalt een naam weg."},
        "text": twin("Een [[proefwoord]], **sterk**. {F901}", "Een [[proefwoord]].\n{F901}"),
    },
    *(case.step for case in cases()),
    {
        "id": "e-kaart",
        "type": "card",
        "lines": [{"id": f"e-l{n}", "pictogram": "erase", "text": twin(f"Regel {n}")} for n in (1, 2, 3)],
    },
]
LESSON: dict[str, Any] = {
    "id": "E99",
    "slug": "proefles",
    "title": twin("De proefles", "Proef"),
    "goals": [twin("Je proeft.")],
    "minutes": 5,
    "track": "E",
    "levels": ["W"],
    "pictogram": "erase",
    "steps": STEPS,
}
RIGHT: dict[str, Any] = {case.id: case.done[0] for case in cases() if case.done}
WRONG: dict[str, Any] = {case.id: case.wrong[0] for case in cases() if case.wrong}


def lesson_file(**changes: Any) -> dict[str, Any]:
    """The lesson with every kind of exercise, as a curriculum file holds it."""
    return {**deepcopy(LESSON), **changes}


def curriculum_folder(folder: Path, *lessons: dict[str, Any], facts: Any = FACTS, glossary: Any = GLOSSARY) -> Path:
    """Write curriculum files; each lesson in the folder of its id."""
    for name, data in (("facts.yaml", facts), ("glossary.yaml", glossary)):
        (folder / name).write_text(json.dumps(data))  # JSON is YAML
    for lesson in lessons:
        place = folder / "modules" / str(lesson["id"])
        place.mkdir(parents=True, exist_ok=True)
        (place / "module.yaml").write_text(json.dumps(lesson))
    return folder


@dataclass
class Phone:
    """A browser with an owner key, in a lesson: makes events as the player does, and sends them."""

    client: Client
    lesson: ModulePage
    owner: uuid.UUID = field(default_factory=uuid.uuid4)
    attempt: uuid.UUID = field(default_factory=uuid.uuid4)

    def event(self, step: str, response: Any = None, /, **changes: Any) -> dict[str, Any]:
        """One step seen, or answered when there is a response."""
        made = {
            "id": str(uuid.uuid4()),
            "owner": str(self.owner),
            "at": 1_790_000_000_000,
            "module": self.lesson.code,
            "revision": self.lesson.live_revision_id,
            "attempt": str(self.attempt),
            "step": step,
        }
        if response is not None:
            made |= {"exercise": step, "response": response}
        return made | changes

    def whole_lesson(self, **answers: Any) -> list[dict[str, Any]]:
        """Every step seen, every exercise answered right; `answers` replaces some ('e_keuze'), None leaves out."""
        steps = self.lesson.outline.ids
        right = {step: answer for step, answer in RIGHT.items() if step in steps}
        given = right | {name.replace("_", "-"): answer for name, answer in answers.items()}
        seen = [self.event(step) for step in steps]
        return seen + [self.event(step, answer) for step, answer in given.items() if answer is not None]

    def post(self, body: Any, **headers: str) -> Any:
        """A raw body to the intake."""
        content = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.post("/leren/events", content, content_type="application/json", headers=headers)

    def send(self, *events: Any) -> Any:
        return self.post({"events": list(events)})

    def keep(self, *events: dict[str, Any]) -> None:
        """Send, and see that all of it is safe."""
        reply = self.send(*events)
        assert reply.status_code == 200, reply.content
        assert reply.json()["safe"] == [event["id"] for event in events], reply.json()
