"""Everything that is recorded has words that an administrator can read."""

import ast
from pathlib import Path

from django.conf import settings

from courses.models import Sharing
from leadership.models import SystemChange
from lms.audit.words import WORDS, actions_in, words_of

NOTES = {"record_audit", "_audit", "_note", "audit"}  # what rooms call, and what they call it by
MADE = {
    *(f"ai_system_{kind.value}" for kind in SystemChange.Kind),
    *(f"share_path_{sharing.value}" for sharing in Sharing),
    *(f"second_step_{change}" for change in ("added", "removed", "renewed")),
    "remove_rolegoal", "remove_evaluation", "give_role", "take_role",
}  # fmt: skip


def recorded() -> set[str]:
    """The words that stand in calls that write in the trail."""
    found = set(MADE)
    for room in settings.ROOMS:
        for file in (Path(settings.BASE_DIR) / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call) and _name(node.func) in NOTES:
                    values = [*node.args, *(word.value for word in node.keywords if word.arg == "action")]
                    found |= {text for value in values for text in _texts(value)}
    return found


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _texts(node: ast.expr) -> set[str]:
    if isinstance(node, ast.IfExp):
        return _texts(node.body) | _texts(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def test_all_that_is_recorded_has_words():
    assert {action for action in recorded() if words_of(action) == action} == set()


def test_no_words_are_left_of_what_is_never_recorded():
    known = {action for group in WORDS for action in actions_in(group)}
    assert known - recorded() == set()


def test_what_is_not_known_is_shown_by_its_own_name():
    assert words_of("made_up") == "made_up"
    assert actions_in("Bestaat niet") == []
