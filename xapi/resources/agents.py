"""GET /xapi/agents: what is known of an agent, as a person (1.0.3 part 3 section 2.4)."""

from django.http import HttpResponse, JsonResponse

from xapi.calls import Call
from xapi.core import parameters
from xapi.core.agents import IDENTIFIERS
from xapi.core.keys import agent_key
from xapi.core.versions import Version
from xapi.gate import resource
from xapi.models import Credential, Scope
from xapi.queries import clients_of, names_of


def get(call: Call, version: Version, client: Credential) -> HttpResponse:
    """No other identifiers than the one that was asked for: who is who is not told here (docs/decisions/0034)."""
    parameters.known(call.parameters, ("agent",))
    agent = parameters.agent(call.parameters)
    names = names_of(agent_key(agent) or 0, clients_of(client))
    if "name" in agent and agent["name"] not in names:
        names.append(agent["name"])
    person = {"objectType": "Person", **{name: [agent[name]] for name in IDENTIFIERS if name in agent}}
    return JsonResponse({**person, "name": names} if names else person)


view = resource({"GET": (get, (Scope.READ, Scope.PROFILE))})
