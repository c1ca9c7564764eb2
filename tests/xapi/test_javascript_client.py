"""The public JavaScript client writes and reads over a socket, as a page with H5P would."""

import json
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from xapi.services import create_credential

SCRIPT = Path(settings.BASE_DIR) / "tests" / "node" / "xapi_client.mjs"
IDS = [f"00000000-0000-4000-8000-00000000000{number}" for number in range(1, 5)]


@pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
def test_the_javascript_client_writes_and_reads(real_transactions, live_server, version):
    credential, secret = create_credential("page", scopes=["all"])
    asked = ["node", str(SCRIPT), f"{live_server.url}/xapi/", str(credential.key), secret, version]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    one = told.pop("one")
    assert (one["id"], one["result"]["response"]) == (IDS[0], "é \U0001f600")
    assert told.pop("file") == 2
    assert set(told.pop("person")) == {"objectType", "account"}
    assert told.pop("activity")["definition"] == {"name": {"nl": "Een les"}}
    assert told.pop("about")
    assert told == {
        "sent": IDS[:1],
        "batch": IDS[1:3],
        "attached": IDS[3:],
        "pages": [IDS[:0:-1], IDS[:1]],
        "voided": IDS[1],
        "gone": 404,
        "state": {"step": 3, "done": True},
        "states": ["place"],
        "late": 412,
    }
