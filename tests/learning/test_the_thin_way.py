"""One answer, from the phone to the record store."""

import json
import uuid

import pytest

from modules.models import ModulePage
from people.models import User
from xapi.models import Statement

pytestmark = pytest.mark.django_db


def test_a_first_answer_makes_a_nameless_learner_and_is_kept(as_user):
    phone = as_user(None)
    module = ModulePage.objects.get(code="B2")
    event = {
        "id": str(uuid.uuid4()), "owner": str(uuid.uuid4()), "at": 1000, "module": "B2",
        "revision": module.live_revision_id, "attempt": str(uuid.uuid4()), "step": "b2-check-1",
        "exercise": "b2-check-1", "response": "b2-c1-veilig",
    }  # fmt: skip
    reply = phone.post("/leren/events", json.dumps({"events": [event]}), content_type="application/json")

    assert reply.status_code == 200, reply.content
    assert reply.json() == {"owner": event["owner"], "safe": [event["id"]], "refused": {}}
    assert User.objects.get(owner_key=event["owner"]).is_nameless
    assert Statement.objects.get(id=event["id"]).document["result"]["success"] is True
