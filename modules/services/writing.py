"""A new lesson: from the template, or from another lesson."""

import json
import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.log_actions import log

from modules.models import CataloguePage, ModulePage
from modules.template_lesson import template_steps
from people.models import User


@dataclass(frozen=True)
class Beginning:
    """What an author says of a new lesson before writing it."""

    code: str
    track: str
    title: str
    title_makkelijk: str
    exercise: str
    checks: int


@transaction.atomic
def begin_lesson(*, beginning: Beginning, user: User) -> ModulePage:
    """A draft with the parts of a lesson in place and every text empty.

    A lesson that was announced under this code, and that nobody wrote in yet, becomes that draft.
    Raises IntegrityError when the code is of another lesson.
    """
    page = announced_lesson(beginning.code) or ModulePage(
        code=beginning.code, owner=user, live=False, has_unpublished_changes=True
    )
    page.title = page.draft_title = beginning.title
    page.title_makkelijk, page.track = beginning.title_makkelijk, beginning.track
    page.steps = json.dumps(template_steps(beginning.code, beginning.exercise, beginning.checks))
    if page.pk is None:
        CataloguePage.objects.get().add_child(instance=page)
        log(page, "wagtail.create", user=user)
    page.save_revision(user=user, log_action=True, clean=False)
    return page


def announced_lesson(code: str) -> ModulePage | None:
    """The lesson that stands in the list as 'komt nog' under this code and has no steps yet, in no draft either."""
    page = ModulePage.objects.filter(code=code, live=False, announced=True).first()
    newest = page and page.get_latest_revision_as_object()
    return newest if newest and not len(newest.steps) else None


@transaction.atomic
def copy_lesson(*, lesson: ModulePage, code: str, title: str, slug: str, user: User) -> ModulePage:
    """A draft that says what the newest version of a lesson says, under a code and with ids of its own.

    Raises IntegrityError when the code is of another lesson.
    """
    newest = lesson.get_latest_revision_as_object()
    names = ("title_makkelijk", "goals", "goals_makkelijk", "minutes", "track", "trades", "levels", "digcomp")
    attributes = {name: getattr(newest, name) for name in (*names, "pictogram")}
    steps = _renamed(newest.steps.get_prep_value(), f"{lesson.code.lower()}-", f"{code.lower()}-")
    attributes |= {"title": title, "draft_title": title, "slug": slug, "code": code, "steps": json.dumps(steps)}
    attributes |= {"source_digest": "", "announced": False}
    action = CopyPageAction(
        page=lesson, to=lesson.get_parent(), update_attrs=attributes, copy_revisions=False, keep_live=False, user=user
    )
    copy: ModulePage = action.execute(skip_permission_checks=True)
    return copy


def _renamed(value: Any, old: str, new: str) -> Any:
    """The same steps with ids that begin with the new code, where they began with the old one."""
    if isinstance(value, list):
        return [_renamed(inner, old, new) for inner in value]
    if isinstance(value, dict):
        renamed = {name: _renamed(inner, old, new) for name, inner in value.items()}
        if isinstance(value.get("id"), str):
            renamed["id"] = re.sub(f"^{re.escape(old)}", new, value["id"])
        return renamed
    return value
