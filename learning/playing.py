"""What a step plays, and how far a learner is in it."""

import json
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from learning.models import PlayState
from media.h5p.models import H5PPackage, H5PVersion
from media.h5p.tickets import player_address
from modules.models import ModulePage
from people.models import User

MOST_STATE = 64_000
"""Bytes of what is kept of one learner in one step. The longest of a real interactive book is about 20,000."""


class BadState(ValueError):
    """What is no state; the message says why."""


@dataclass(frozen=True)
class Play:
    """What a step of a published lesson plays now."""

    module: str
    step: str
    package: H5PPackage
    version: H5PVersion

    @property
    def address(self) -> str:
        """Of the player, for some hours."""
        return player_address(self.version, timezone.now())


def find_play(module: str, step: str) -> Play | None:
    """What a step plays, of a lesson that is online: that is for everybody. None for anything else."""
    page = ModulePage.objects.live().filter(code=module).first()
    found = page.outline.by_id.get(step) if page else None
    if found is None or found.type != "h5p" or not found.value.get("package"):
        return None
    package = H5PPackage.objects.filter(pk=found.value["package"]).select_related("current").first()
    if package is None or package.current is None:
        return None
    return Play(module, step, package, package.current)


def state_of(user: User, play: Play) -> str:
    """What this learner was busy with; '' when they begin."""
    row = _rows(user, play).filter(package=play.package, round=play.package.state_round).first()
    return row.state if row else ""


def keep_state(*, user: User, play: Play, state: str) -> None:
    """Keep how far someone is; it takes the place of what was kept. Raises BadState for what is none, or too long."""
    if len(state.encode(errors="surrogatepass")) > MOST_STATE:
        raise BadState("te lang")
    if not _is_state(state):
        raise BadState("geen stand")
    kept = {"package": play.package, "round": play.package.state_round, "state": state, "saved_at": timezone.now()}
    PlayState.objects.update_or_create(user=user, module=play.module, step=play.step, defaults=kept)


def merge_states(source: User, target: User) -> None:
    """Of two states of one step the last one stays."""
    own = {(row.module, row.step): row for row in PlayState.objects.filter(user=target)}
    for row in PlayState.objects.filter(user=source):
        other = own.get((row.module, row.step))
        if other and other.saved_at >= row.saved_at:
            row.delete()
            continue
        if other:
            other.delete()
        row.user = target
        row.save(update_fields=["user"])


def _rows(user: User, play: Play) -> Any:
    return PlayState.objects.filter(user=user, module=play.module, step=play.step)


def _is_state(text: str) -> bool:
    """Texts by name, in an object by part, as a phone sends it; and text that a database can keep."""
    try:
        text.encode()  # half a pair of signs cannot be kept
        value = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return False
    if not isinstance(value, dict) or not all(isinstance(part, dict) for part in value.values()):
        return False
    return all(isinstance(kept, str) for part in value.values() for kept in part.values())


def _no_number(name: str) -> Any:
    raise ValueError(name)
