"""GET /xapi/activities: what is known of an activity (1.0.3 part 3 section 2.5)."""

from django.http import HttpResponse, JsonResponse

from xapi.calls import Call
from xapi.core import parameters
from xapi.core.versions import Version
from xapi.definitions import known_definition
from xapi.gate import resource
from xapi.models import Credential, Scope


def get(call: Call, version: Version, client: Credential) -> HttpResponse:
    parameters.known(call.parameters, ("activityId",))
    iri = parameters.iri(call.parameters, "activityId")
    activity = {"objectType": "Activity", "id": iri}
    known = known_definition(iri)
    return JsonResponse({**activity, "definition": known} if known else activity)


view = resource({"GET": (get, (Scope.READ, Scope.DEFINE, Scope.PROFILE, Scope.STATE))})
