"""The public Python client writes and reads over a socket, as a school's own program would."""

import uuid

import pytest
import tincan

from xapi.services import create_credential


@pytest.fixture
def remote(real_transactions, live_server):
    credential, secret = create_credential("school", scopes=["all"])
    return tincan.RemoteLRS(
        endpoint=f"{live_server.url}/xapi/", version="1.0.3", username=str(credential.key), password=secret
    )


def test_the_python_client_writes_and_reads(remote):
    agent = tincan.Agent(account=tincan.AgentAccount(home_page="http://e.nl", name="anna"))
    sent = tincan.Statement(
        id=str(uuid.uuid4()),
        actor=agent,
        verb=tincan.Verb(id="http://adlnet.gov/expapi/verbs/answered", display={"nl": "heeft geantwoord"}),
        object=tincan.Activity(id="http://e.nl/a", definition={"name": {"nl": "Een les"}}),
        result=tincan.Result(success=True, response="é", duration="PT1.5S"),
    )
    assert remote.save_statement(sent).success
    assert remote.save_statements([sent]).success
    kept = remote.retrieve_statement(str(sent.id))
    assert (kept.success, kept.content.result.response) == (True, "é")
    found = remote.query_statements({"agent": agent, "verb": sent.verb, "limit": 5})
    assert [str(one.id) for one in found.content.statements] == [str(sent.id)]


def test_the_python_client_keeps_documents(remote):
    agent = tincan.Agent(mbox="mailto:anna@example.com")
    activity = tincan.Activity(id="http://e.nl/a")
    state = tincan.StateDocument(
        id="place", activity=activity, agent=agent, content="step 3", content_type="text/plain"
    )
    assert remote.save_state(state).success
    kept = remote.retrieve_state(activity=activity, agent=agent, state_id="place")
    assert kept.content.content.decode() == "step 3"
    assert remote.delete_state(state).success
