"""The clock of what recurs, for a machine whose own clock is set back.

Celery remembers when each entry last ran, on disk too, and when the next one is. After a clock that was ahead is set
right, both lie in the future, and beat would be silent until then.
"""

import time
from typing import Any

from celery.beat import PersistentScheduler

SET_BACK = 30  # seconds; what a clock drifts is less


class Scheduler(PersistentScheduler):
    """Celery's, which looks at the clock again when it was set back."""

    _ahead: float | None = None

    def tick(self, *given: Any, **more: Any) -> float:
        """One turn. What is due is worked out anew where less time went by on the clock than really did."""
        ahead = time.time() - time.monotonic()
        if self._ahead is not None and ahead < self._ahead - SET_BACK:
            self._heap = None
        self._ahead = ahead
        return float(super().tick(*given, **more))

    def populate_heap(self, *given: Any, **more: Any) -> None:
        """Nothing ran in the future."""
        for entry in self.schedule.values():
            now = entry.default_now()
            if entry.last_run_at is None or entry.last_run_at > now:
                entry.last_run_at = now
        super().populate_heap(*given, **more)
