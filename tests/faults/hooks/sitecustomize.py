"""On the path of a process of a fault only: a clock that is wrong, or a process that dies at a statement."""

import os
import signal
from typing import Any

if seconds := os.environ.get("FAULT_CLOCK"):
    import datetime

    import time_machine

    then = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=float(seconds))
    time_machine.travel(then, tick=True).start()

if statements := os.environ.get("FAULT_KILL_AT"):
    from django.db.backends.utils import CursorWrapper

    left = [int(statements)]
    execute = CursorWrapper.execute

    def dies(self: Any, sql: Any, params: Any = None) -> Any:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(self, sql, params)

    CursorWrapper.execute = dies  # type: ignore[method-assign]
