"""A client of the record store, and statements to send it."""

import base64
import copy
import json
import uuid
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.test import Client

from xapi import clients, definitions
from xapi.services import create_credential

STATEMENT = {
    "actor": {"objectType": "Agent", "name": "xAPI", "mbox": "mailto:xapi@example.com"},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/attended", "display": {"en-GB": "attended", "nl": "was bij"}},
    "object": {
        "objectType": "Activity",
        "id": "http://www.example.com/meetings/occurances/34534",
        "definition": {"name": {"en-GB": "meeting", "nl": "vergadering"}},
    },
}


def a_statement(**changes: Any) -> dict[str, Any]:
    """A new one with an id of its own; a change of None leaves a property out."""
    made = {"id": str(uuid.uuid4()), **copy.deepcopy(STATEMENT), **changes}
    return {name: value for name, value in made.items() if value is not None}


@dataclass(frozen=True)
class Lrs:
    """Calls as a client makes them."""

    client: Client
    key: str
    version: str = "1.0.3"

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        headers = {"authorization": "Basic " + base64.b64encode(self.key.encode()).decode()}
        if self.version:
            headers["x-experience-api-version"] = self.version
        return {**headers, **more}

    def get(self, place: str, headers: dict[str, str] | None = None, **query: Any):
        return self.client.get(f"/xapi/{place}", query, headers=self._headers(headers or {}))

    def more(self, address: str):
        return self.client.get(address, headers=self._headers({}))

    def head(self, place: str, **query: Any):
        return self.client.head(f"/xapi/{place}", query, headers=self._headers({}))

    def send(
        self,
        method: str,
        place: str,
        body: Any,
        /,
        headers: dict[str, str] | None = None,
        kind="application/json",
        **query,
    ):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.generic(
            method, f"/xapi/{place}", data, kind, headers=self._headers(headers or {}), query_params=query
        )

    def post(self, place: str, body: Any, **more: Any):
        return self.send("POST", place, body, **more)

    def put(self, place: str, body: Any, **more: Any):
        return self.send("PUT", place, body, **more)

    def delete(self, place: str, **query: Any):
        headers = self._headers(query.pop("headers", {}))
        return self.client.delete(f"/xapi/{place}", headers=headers, query_params=query)

    def keep(self, *statements: dict[str, Any]) -> list[str]:
        reply = self.post("statements", list(statements))
        assert reply.status_code == 200, reply.content
        return reply.json()

    def ids(self, **query: Any) -> list[str]:
        reply = self.get("statements", **query)
        assert reply.status_code == 200, reply.content
        return [row["id"] for row in reply.json()["statements"]]

    def one(self, statement_id: str, **query: Any) -> dict[str, Any]:
        reply = self.get("statements", statementId=statement_id, **query)
        assert reply.status_code == 200, reply.content
        return reply.json()

    def speaking(self, version: str) -> "Lrs":
        return replace(self, version=version)


@pytest.fixture(autouse=True)
def nothing_heard(settings, tmp_path) -> None:
    definitions.forget()
    clients.forget()
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "xapi"}}
    settings.STORAGES = {**settings.STORAGES, "xapi": place}


@pytest.fixture
def client_with(client):
    """A client with these scopes."""

    def made(*scopes: str, **more: Any) -> Lrs:
        credential, secret = create_credential("klant", scopes=scopes, **more)
        return Lrs(client, f"{credential.key}:{secret}")

    return made


@pytest.fixture
def lrs(db, client_with) -> Lrs:
    return client_with("all")


@pytest.fixture(params=["1.0.3", "2.0.0"])
def both(request, lrs) -> Lrs:
    """The client in each version."""
    return lrs.speaking(request.param)
