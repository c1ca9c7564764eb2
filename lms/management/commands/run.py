import os
import sys
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from honcho.manager import Manager
from honcho.printer import Printer

from lms.start import prepare, take_lock, wait_until_healthy, welcome


class Command(BaseCommand):
    help = "Start alles op deze computer: web, worker en beat; Ctrl-C stopt ze."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        lock = take_lock()
        try:
            for number, step in enumerate(prepare(), 1):
                self.stdout.write(f"{number}. {step} …")
                self.stdout.flush()
        except KeyboardInterrupt:
            raise CommandError("Gestopt. Begin opnieuw met: make run. Wat klaar was, blijft klaar.") from None
        # Only a hint of what beat did last; one that was cut off in the middle would keep it from starting.
        (settings.DATA_DIR / "celerybeat-schedule").unlink(missing_ok=True)
        manager = Manager(Printer(sys.stdout))
        for name, command in self.processes().items():
            manager.add_process(name, f"exec {command}", env={**os.environ, "PYTHONUNBUFFERED": "1"})
        address = f"http://localhost:{settings.PORT}"
        threading.Thread(target=self.announce, args=[address], daemon=True).start()
        manager.loop()
        lock.close()
        if manager.returncode not in (0, 130, 143):
            sys.exit(manager.returncode)

    def processes(self) -> dict[str, str]:
        """The three processes, as a shell would start them."""
        python = sys.executable
        pid = {name: settings.DATA_DIR / f"{name}.pid" for name in ("web", "worker", "beat")}
        celery = f"{python} -m celery --quiet -A lms"
        return {
            "web": f"{python} -m gunicorn lms.wsgi --bind 127.0.0.1:{settings.PORT} --workers 2 --threads 4 "
            f"--keep-alive 75 --log-level warning --no-control-socket --pid {pid['web']}",
            "worker": f"{celery} worker --pool threads --concurrency 2 --loglevel warning --without-mingle "
            f"--without-gossip --without-heartbeat --pidfile {pid['worker']}",
            "beat": f"{celery} beat --loglevel warning --schedule {settings.DATA_DIR / 'celerybeat-schedule'} "
            f"--pidfile {pid['beat']}",
        }

    def announce(self, address: str) -> None:
        if wait_until_healthy(address):
            self.stdout.write(welcome(address))
        else:
            self.stdout.write("De site antwoordt niet. Kijk hierboven wat er misging.")
        self.stdout.flush()
