"""PUT, POST and GET /xapi/statements (1.0.3 part 3 section 2.1; IEEE 9274.1.1 section 4.1.6.1)."""

import json
from collections.abc import Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt

from xapi import attachments
from xapi.calls import Call
from xapi.consistency import consistent_through
from xapi.core import formats, multipart, parameters, shapes
from xapi.core.errors import Invalid
from xapi.core.keys import activities_in
from xapi.core.parsing import canonical, parse
from xapi.core.rules import Json
from xapi.core.signatures import check_signatures
from xapi.core.validation import check_statement
from xapi.core.versions import Version
from xapi.definitions import known_definitions
from xapi.gate import Refused, resource
from xapi.models import Credential, Scope
from xapi.queries import clients_of, statement_by_id
from xapi.search import find_statements
from xapi.services import receive_statements

THROUGH = "X-Experience-API-Consistent-Through"


def put(call: Call, version: Version, client: Credential) -> HttpResponse:
    """One statement under the id that the client gives it."""
    parameters.known(call.parameters, ("statementId",))
    statement_id = parameters.uuid(call.parameters, "statementId")
    sent, contents = _sent(call)
    if not isinstance(sent, dict):
        raise Invalid("body", "must be one statement")
    if not isinstance(given := sent.get("id", statement_id), str) or given.lower() != statement_id:
        raise Invalid("id", "must be the statementId of the request")
    _receive([{**sent, "id": statement_id}], contents, version, client, alone=True)
    return HttpResponse(status=204)


def post(call: Call, version: Version, client: Credential) -> HttpResponse:
    """One statement, or a batch of which all are stored or none; the answer is their ids."""
    parameters.known(call.parameters, ())
    sent, contents = _sent(call)
    alone = isinstance(sent, dict)
    return JsonResponse(_receive([sent] if alone else sent, contents, version, client, alone=alone), safe=False)


def _sent(call: Call) -> tuple[object, dict[str, bytes]]:
    if call.media_type == "application/json":
        return parse(call.body), {}
    if call.media_type == "multipart/mixed":
        body, contents = multipart.read(call.headers["content-type"], call.body)
        return parse(body), contents
    raise Invalid("Content-Type", "must be application/json or multipart/mixed")


def _receive(
    sent: object, contents: dict[str, bytes], version: Version, client: Credential, *, alone: bool
) -> list[str]:
    if not isinstance(sent, list):
        raise Invalid("body", "must be a statement or an array of statements")
    places = [""] if alone else [f"[{number}]" for number in range(len(sent))]
    statements = [check_statement(one, version, place) for one, place in zip(sent, places, strict=True)]
    ids = [one["id"].lower() for one in statements if "id" in one]
    if len(set(ids)) < len(ids):
        raise Invalid("id", f"{next(one for one in ids if ids.count(one) > 1)} is in the batch twice")
    if contents or any("attachments" in one or "attachments" in one["object"] for one in statements):
        multipart.check_contents(statements, contents)
        for one, place in zip(statements, places, strict=True):
            check_signatures(one, contents, place)
    return receive_statements(statements, credential=client, version=version, contents=contents)


def get(call: Call, version: Version, client: Credential) -> HttpResponse:
    """One statement by its id, or a page of those that fit."""
    wanted = parameters.search(call.parameters)
    shape = parameters.format_of(call.parameters)
    attached = parameters.flag(call.parameters, "attachments")
    languages = shapes.languages(call.headers.get("accept-language", ""))
    through = consistent_through()
    clients = clients_of(client)
    if isinstance(wanted, parameters.One):
        row = statement_by_id(wanted.id, voided=wanted.voided, clients=clients)
        if row is None:
            raise Refused(404, "No such statement.")
        shown = _shaped([row.document], shape, languages)
        response = _answer(canonical(shown[0]), shown if attached else None)
        if version is Version.V2:
            response.headers["Last-Modified"] = http_date(row.stored.timestamp())
    else:
        page = find_statements(wanted, clients=clients, author=_author(call), through=through)
        shown_text = f"[{','.join(page.texts)}]"
        documents: list[Json] = []
        if shape != "exact" or attached:
            documents = json.loads(shown_text)
            shown_text = canonical(_shaped(documents, shape, languages))
        more = f"{call.path}?{urlencode({**call.parameters, 'cursor': page.cursor})}" if page.cursor else ""
        body = f'{{"statements":{shown_text},"more":{canonical(more)}}}'
        response = _answer(body, documents if attached else None)
    response.headers[THROUGH] = formats.written(through)
    return response


def _author(call: Call) -> int | None:
    """The client whose authority is the agent that is asked for: authorities of ours stand in no index of agents."""
    if not {"agent", "related_agents"} <= call.parameters.keys():
        return None
    account = parameters.agent(call.parameters).get("account", {})
    if account.get("homePage") != settings.BASE_URL:
        return None
    found = Credential.objects.filter(key=account["name"]) if formats.UUID(account["name"]) else None
    return found.values_list("id", flat=True).first() if found is not None else None


def _shaped(documents: Sequence[Json], shape: str, languages: Sequence[str]) -> list[Json]:
    if shape == "ids":
        return [shapes.ids(one) for one in documents]
    if shape == "canonical":
        known = known_definitions({iri for one in documents for iri in activities_in(one)})
        return [shapes.canonical(one, known.get, languages) for one in documents]
    return list(documents)


def _answer(body: str, documents: Sequence[Json] | None) -> HttpResponse:
    """As JSON; with `documents`, as multipart with what is attached to them."""
    if documents is None:
        return HttpResponse(body, content_type="application/json")
    kind, content = multipart.write(body.encode(), attachments.read(documents))
    return HttpResponse(content, content_type=kind)


_methods = resource(
    {"GET": (get, (Scope.READ,)), "POST": (post, (Scope.WRITE,)), "PUT": (put, (Scope.WRITE,))},
    asks_itself=("POST", "PUT"),
)


@csrf_exempt
def view(request: HttpRequest) -> HttpResponse:
    """Every answer to a GET says how far it is consistent, errors too (XAPI-00153)."""
    response = _methods(request)
    if request.method in ("GET", "HEAD"):
        response.headers.setdefault(THROUGH, formats.written(consistent_through()))
    return response
