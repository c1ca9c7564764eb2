"""What a dossier says, as plain data: no names of people, no scores, counts from 10 people up.

The same rows give the same bytes: everything is sorted here and not by a database, and nothing asks what day it is.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from courses.models import Assignment, PathLesson
from insight.queries import taking_part_of
from language.queries import WordsAndFacts
from leadership.models import AiSystem, Dossier, Evaluation, ProgrammeGroup, RoleGoal
from leadership.register.queries import said_facts, systems_of
from leadership.register.risk import facts_behind
from modules.models import ModulePage
from people.models import Agreement, Cohort, Organisation

FORMAT = "kortwijs-artikel-4-dossier/2"
SAYS = "Dit dossier legt vast wat we doen. Het zegt niet dat we aan de wet voldoen."
FACTS = ("F1", "F1a", "F1b", "F10")
"""What the law and the regulator say of AI literacy."""

Content = dict[str, Any]


def canonical(content: Content) -> str:
    """The one way in which this content is written (RFC 8785; there are no numbers in it but whole ones)."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """Its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()


def content_of(organisation: Organisation) -> Content:
    """The dossier as it is now, without the number and date of a version. The caller keeps this organisation's."""
    systems = list(systems_of(organisation))
    about = Dossier.objects.filter(organisation=organisation).first() or Dossier()
    return {
        "format": FORMAT,
        "organisation": organisation.name,
        "says": SAYS,
        "owner": about.owner,
        "discussed_with": about.discussed_with,
        "discussed_on": _day(about.discussed_on),
        "review_by": _day(about.review_by),
        "agreements": _agreements(organisation),
        "systems": sorted((_system(one) for one in systems), key=_by("name")),
        "goals": _goals(organisation),
        "routes": _routes(organisation),
        "programmes": _programmes(organisation),
        "counted": organisation.kind == Organisation.Kind.EMPLOYER,
        "participation": _participation(organisation),
        "evaluations": _evaluations(organisation),
        "facts": _facts(systems),
    }


def _by(*names: str) -> Any:
    return lambda one: ([str(one[name] or "").casefold() for name in names], canonical(one))


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _agreements(organisation: Organisation) -> list[Content]:
    rows = [
        {"with": one.agreed_with, "on": _day(one.agreed_on), "until": _day(one.ends_on), "document": one.document}
        for one in Agreement.objects.filter(organisation=organisation)
    ]
    return sorted(rows, key=_by("on", "with"))


def _system(system: AiSystem) -> Content:
    return {
        "name": system.name,
        "purpose": system.purpose,
        "supplier": system.supplier,
        "used_by": system.used_by,
        "state": system.get_state_display(),
        "personal": system.get_personal_display(),
        "kinds": system.kinds,
        "own_role": system.get_own_role_display(),
        "risk": system.get_risk_display(),
        "measures": system.measures,
        "owner": system.owner,
        "review_by": _day(system.review_by),
        "reviewed_on": _day(system.reviewed_on),
    }


def _goals(organisation: Organisation) -> list[Content]:
    rows = [
        {
            "role": goal.role,
            "systems": sorted((system.name for system in goal.systems.all()), key=str.casefold),
            "uses": goal.uses,
            "goal": goal.goal,
            "kind": goal.get_kind_display(),
            "measure": goal.measure,
            "since": _day(goal.since),
            "why": goal.why,
        }
        for goal in RoleGoal.objects.filter(organisation=organisation).prefetch_related("systems")
    ]
    return sorted(rows, key=_by("role", "since", "measure"))


def team_assignments(organisation: Organisation) -> Iterable[Assignment]:
    """What the teams of an organisation do, one route per team; what only some do is nobody's to read here."""
    teams = Cohort.objects.filter(organisation=organisation, kind=Cohort.Kind.TEAM, closed_at=None)
    found = Assignment.objects.filter(cohort__in=teams, is_main=True).select_related("path")
    return found.prefetch_related("path__lessons")


def _routes(organisation: Organisation) -> list[Content]:
    per_path: dict[int, list[Assignment]] = {}
    for one in team_assignments(organisation):
        per_path.setdefault(one.path_id, []).append(one)
    codes = {lesson.module for found in per_path.values() for lesson in found[0].path.lessons.all()}
    pages = {page.code: page for page in ModulePage.objects.filter(code__in=codes).defer("steps")}
    rows = [
        {
            "title": found[0].path.title,
            "version": found[0].path.version,
            "teams": len(found),
            "since": min((_day(one.starts_on) or "" for one in found if one.starts_on), default=None),
            "lessons": [_lesson(lesson, pages.get(lesson.module)) for lesson in found[0].path.lessons.all()],
        }
        for found in per_path.values()
    ]
    return sorted(rows, key=_by("title"))


def _lesson(lesson: PathLesson, page: ModulePage | None) -> Content:
    title = page.title_twin["standaard"] if page else lesson.module
    version = page.live_revision_id if page and page.live else None
    return {"code": lesson.module, "title": title, "version": version, "required": lesson.required}


def _programmes(organisation: Organisation) -> list[Content]:
    groups = ProgrammeGroup.objects.filter(cohort__organisation=organisation, cohort__closed_at=None)
    rows = [
        {"title": str(group.programme), "since": _day(group.starts_on), "weeks": len(group.programme.text.weeks)}
        for group in groups.select_related("programme")
    ]
    return sorted(rows, key=_by("since", "title"))


def _participation(organisation: Organisation) -> list[Content]:
    """The group figures of the employer as they were released (decision 0045); nothing is counted for a dossier."""
    return [
        {"quarter": _day(one.quarter), "what": one.what, "of": one.of, "told": one.told}
        for one in taking_part_of(organisation)
    ]


def _evaluations(organisation: Organisation) -> list[Content]:
    rows = [
        {"on": _day(one.on), "works": one.works, "fails": one.fails, "next": one.next}
        for one in Evaluation.objects.filter(organisation=organisation)
    ]
    return sorted(rows, key=_by("on"))


def _facts(systems: Iterable[AiSystem]) -> list[Content]:
    codes = [*FACTS, *(code for system in systems for code in facts_behind(system))]
    rows = [
        {
            "code": fact.code,
            "text": fact.text,
            "source": fact.source,
            "checked_on": _day(fact.checked_on),
            "review_by": _day(fact.review_by),
            "secondary": fact.is_secondary,
        }
        for fact in said_facts(codes, WordsAndFacts())
    ]
    return sorted(rows, key=lambda one: (int("".join(filter(str.isdigit, one["code"]))), one["code"]))
