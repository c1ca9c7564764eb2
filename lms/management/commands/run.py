import os
import sys
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from honcho.manager import Manager
from honcho.printer import Printer

from lms.start import prepare, take_lock, wait_until_healthy, welcome


class Command(BaseCommand):
    help = "Start alles op deze computer: web, worker en beat; Ctrl-C stopt ze."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        lock = take_lock()
        for number, step in enumerate(prepare(), 1):
            self.stdout.write(f"{number}. {step} …")
            self.stdout.flush()
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
        celery = f"{python} -m celery --quiet -A lms"
        return {
            "web": f"{python} -m gunicorn lms.wsgi --bind 127.0.0.1:{settings.PORT} --workers 2 --threads 4 "
            "--keep-alive 5 --log-level warning --no-control-socket",
            "worker": f"{celery} worker --pool threads --concurrency 2 --loglevel warning --without-mingle "
            "--without-gossip --without-heartbeat",
            "beat": f"{celery} beat --loglevel warning --schedule {settings.DATA_DIR / 'celerybeat-schedule'} "
            "--pidfile=",
        }

    def announce(self, address: str) -> None:
        if wait_until_healthy(address):
            self.stdout.write(welcome(address))
        else:
            self.stdout.write("De site antwoordt niet. Kijk hierboven wat er misging.")
        self.stdout.flush()
