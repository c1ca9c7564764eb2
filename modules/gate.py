"""Makkelijk above its limits is not published, whichever way someone publishes (decision 0024).

Saving a draft always works. What is loaded from files was checked with its own words and facts, as a whole.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms.pages import WagtailAdminPageForm

from language.variant import Variant
from modules.readability import LessonText, variant_report

if TYPE_CHECKING:
    from wagtail.models import Revision

    from modules.models import ModulePage

SCHEDULED = "wagtail.publish.scheduled"
SHOWN = 8  # reasons at a time; the rest is counted
_logger = logging.getLogger(__name__)
_checked: ContextVar[bool] = ContextVar("whether what is published now was checked as files", default=False)


@contextmanager
def checked_as_files() -> Iterator[None]:
    """Inside, publishing asks nothing: loading checked these lessons with the words and facts they come with."""
    token = _checked.set(True)
    try:
        yield
    finally:
        _checked.reset(token)


def reasons_against(page: "ModulePage") -> list[str]:
    """Why the makkelijk text of this lesson, or of this draft of it, is too hard to publish; empty when it is not."""
    found = variant_report(LessonText.of(page), Variant.MAKKELIJK).blocking
    more = len(found) - SHOWN
    return [*map(str, found[:SHOWN]), *([f"En nog {more} andere."] if more > 0 else [])]


class TooHard(ValidationError):
    """A lesson whose makkelijk text is too hard to publish. Says what to mend, in the words of its author."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__({"steps": [f"Makkelijk is nog te moeilijk. {reason}" for reason in reasons]})


class GatedPage:
    """A page that is published only when its makkelijk text is easy; put before Page."""

    live: bool
    live_revision_id: int | None
    pk: Any

    def publish(self, revision: "Revision", *args: Any, **options: Any) -> Any:
        """Raises TooHard, and changes nothing.

        What was scheduled is left as it is, with a line in the log, so that other pages of that moment go online.
        """
        if not _checked.get() and (reasons := reasons_against(revision.as_object())):
            if options.get("log_action") != SCHEDULED:
                raise TooHard(reasons)
            _logger.warning("%s was not published as scheduled: %s", self, " ".join(reasons))
            return None
        return super().publish(revision, *args, **options)  # type: ignore[misc]

    def save(self, *args: Any, **options: Any) -> Any:
        """The last lock, for ways to publish that do not come through `publish`."""
        goes_online = self.live and self.pk and not _checked.get() and self._goes_online()
        if goes_online and (reasons := reasons_against(self)):  # type: ignore[arg-type]
            raise TooHard(reasons)
        return super().save(*args, **options)  # type: ignore[misc]

    def _goes_online(self) -> bool:
        now = type(self).objects.filter(pk=self.pk).values_list("live", "live_revision_id").first()  # type: ignore[attr-defined]
        return now != (True, self.live_revision_id)


class GatedPageForm(WagtailAdminPageForm):
    """The editor of a lesson: publishing, sending in and approving say why not, and lose nothing that was typed."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self._leads_online() and not self.errors:
            for reason in reasons_against(self.instance):
                self.add_error(None, f"Makkelijk is nog te moeilijk. {reason}")

    def _leads_online(self) -> bool:
        """Whether the button that was pressed puts the lesson online, or asks someone to."""
        approves = self.data.get("action-workflow-action") and self.data.get("workflow-action-name") == "approve"
        return bool(approves or any(self.data.get(f"action-{name}") for name in ("publish", "submit")))
