"""State, activity profile and agent profile: three resources alike (1.0.3 part 3 sections 2.2, 2.3, 2.6 and 2.7)."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import http_date

from xapi import documents
from xapi.calls import Call
from xapi.core import parameters
from xapi.core.errors import Invalid
from xapi.core.versions import Version
from xapi.documents import Conditions, Sent, Shelf
from xapi.gate import Refused, resource
from xapi.models import Credential, Kind, Scope


@dataclass(frozen=True, slots=True)
class Resource:
    """What tells one from the others: the parameters that say whose, and the one that names a document."""

    kind: Kind
    of: tuple[str, ...]
    name: str
    scope: Scope

    def shelf(self, call: Call, client: Credential, *more: str) -> Shelf:
        parameters.known(call.parameters, (*self.of, *more))
        given = call.parameters
        registration = parameters.uuid(given, "registration") if "registration" in given else ""
        return Shelf(
            self.kind,
            client.organisation,
            activity=parameters.iri(given, "activityId") if "activityId" in self.of else "",
            agent=parameters.agent(given) if "agent" in self.of else None,
            registration=uuid.UUID(registration) if registration else None,
        )

    def named(self, call: Call) -> str:
        name = parameters.needed(call.parameters, self.name)
        if not name or "\0" in name:
            raise Invalid(self.name, "must be a text")
        return name

    def get(self, call: Call, version: Version, client: Credential) -> HttpResponse:
        """One document, or the ids of all."""
        if self.name not in call.parameters:
            shelf = self.shelf(call, client, "since")
            since = parameters.moment(call.parameters, "since")
            return JsonResponse(documents.names_since(shelf, since), safe=False)
        document = self.shelf(call, client, self.name, "since").one(self.named(call)).first()
        if document is None:
            raise Refused(404, "No such document.")
        headers = {"ETag": f'"{document.etag}"', "Cache-Control": "private, no-cache"}
        if version is Version.V2:
            headers["Last-Modified"] = http_date(document.updated.timestamp())
        return HttpResponse(bytes(document.content), content_type=document.content_type, headers=headers)

    def put(self, call: Call, version: Version, client: Credential) -> HttpResponse:
        profile = self.kind is not Kind.STATE
        first = version is Version.V1
        shelf, name = self.shelf(call, client, self.name), self.named(call)
        with_care = {"careful": profile or not first, "new_needs": profile and first}
        return _changed(lambda: documents.put_document(shelf, name, _sent(call), _known(call), **with_care))

    def post(self, call: Call, version: Version, client: Credential) -> HttpResponse:
        shelf, name = self.shelf(call, client, self.name), self.named(call)
        return _changed(lambda: documents.post_document(shelf, name, _sent(call), _known(call)))

    def delete(self, call: Call, version: Version, client: Credential) -> HttpResponse:
        """One document; of state, all of them when none is named."""
        shelf = self.shelf(call, client, self.name)
        if self.name not in call.parameters and self.kind is Kind.STATE:
            documents.delete_documents(shelf)
            return HttpResponse(status=204)
        name = self.named(call)
        return _changed(lambda: documents.delete_document(shelf, name, _known(call)))

    def view(self) -> Callable[[HttpRequest], HttpResponse]:
        scopes = (self.scope,)
        return resource(
            {
                "GET": (self.get, scopes),
                "PUT": (self.put, scopes),
                "POST": (self.post, scopes),
                "DELETE": (self.delete, scopes),
            }
        )


def _sent(call: Call) -> Sent:
    return Sent(call.body, call.headers.get("content-type") or "application/octet-stream")


def _known(call: Call) -> Conditions:
    return Conditions(call.headers.get("if-match", ""), call.headers.get("if-none-match", ""))


def _changed(change: Callable[[], None]) -> HttpResponse:
    try:
        change()
    except documents.PreconditionFailed as error:
        raise Refused(412, str(error)) from error
    except documents.WouldOverwrite as error:
        raise Refused(409, str(error)) from error
    except documents.NotKnown as error:
        raise Refused(400, str(error)) from error
    return HttpResponse(status=204)


state = Resource(Kind.STATE, ("activityId", "agent", "registration"), "stateId", Scope.STATE).view()
activity_profile = Resource(Kind.ACTIVITY_PROFILE, ("activityId",), "profileId", Scope.PROFILE).view()
agent_profile = Resource(Kind.AGENT_PROFILE, ("agent",), "profileId", Scope.PROFILE).view()
