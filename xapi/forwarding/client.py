"""Requests to another record store (how they go out: xapi/outgoing.py)."""

import base64
import json
import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from xapi.outgoing import Answer, NotReached, ask, web_address

SECONDS = 30  # for one request with its answer
_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]+)*/?")


def checked_address(address: str) -> str:
    """The address of a record store, without a slash at its end; /statements comes behind it.

    Raises ValueError for no https (save with XAPI_PRIVATE_HOSTS), a name or password in it, strange signs.
    """
    parts = web_address(address, private=settings.XAPI_PRIVATE_HOSTS, most=300)
    if not _PATH.fullmatch(parts.path) or parts.query or parts.fragment:
        raise ValueError("no web address of a record store")
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path.rstrip('/')}"


@dataclass(frozen=True)
class Lrs:
    """Another record store, as a client of it."""

    address: str
    version: str
    key: str
    secret: str
    seconds: float = SECONDS

    def post(self, body: bytes, content_type: str) -> Answer:
        """Send statements. Raises NotReached."""
        return self._ask("POST", "/statements", body, content_type)

    def statement(self, statement_id: str) -> dict[str, Any] | None:
        """What it has under this id, voided or not; None when nothing. Raises NotReached."""
        for name in ("statementId", "voidedStatementId"):
            answer = self._ask("GET", f"/statements?{urlencode({name: statement_id})}")
            if answer.status == 200:
                try:
                    found = json.loads(answer.body)
                except ValueError:
                    raise NotReached("its answer is no JSON") from None
                return found if isinstance(found, dict) else None
            if answer.status != 404:
                raise NotReached(f"HTTP {answer.status} when asked for a statement")
        return None

    def _ask(self, method: str, path: str, body: bytes | None = None, content_type: str = "") -> Answer:
        try:
            url = checked_address(self.address) + path
        except ValueError as error:
            raise NotReached(str(error)) from None
        return ask(
            method,
            url,
            until=time.monotonic() + self.seconds,
            private=settings.XAPI_PRIVATE_HOSTS,
            body=body,
            headers=self._headers(content_type),
        )

    def _headers(self, content_type: str) -> dict[str, str]:
        given = base64.b64encode(f"{self.key}:{self.secret}".encode()).decode()
        headers = {"Authorization": f"Basic {given}", "X-Experience-API-Version": self.version}
        headers |= {"Accept": "application/json", "User-Agent": "Kortwijs"}
        return {**headers, "Content-Type": content_type} if content_type else headers
