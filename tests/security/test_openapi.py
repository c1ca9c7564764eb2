"""schemathesis over our OpenAPI, against a real server, as nobody, a learner and a teacher."""

import re
import subprocess
from pathlib import Path

from django.conf import settings

from tests.e2e.serving import running
from tests.security.tally import tally

ROOT = Path(settings.BASE_DIR)
TOOL = ROOT / "var" / "security-tools" / "bin" / "schemathesis"
# That wrong data may be answered by 200 with a verdict per event is what this API is (docs/decisions/0011).
CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
    "response_headers_conformance",
)  # fmt: skip
BLOCK = re.compile(r"^_{3,} (.+?) _{3,}$(.*?)(?=^_{3,}|\Z|^={3,})", re.MULTILINE | re.DOTALL)
SIGN_IN = (
    "from django.test import Client; from people.models import User; c = Client(); "
    "c.force_login(User.objects.get(username='{}')); print(c.cookies['kortwijs'].value)"
)


def test_the_api_answers_as_its_description_says_whatever_comes(tmp_path):
    with tally("schemathesis: de OpenAPI van /leren/", "verzoeken", at_least=300) as line:
        if not TOOL.exists():
            line.not_asked = "schemathesis is er niet; make security zet het klaar"
            return
        with running() as server:
            for who in ("", "anna", "bram"):
                cookie = server.manage("shell", "-v0", "-c", SIGN_IN.format(who)) if who else ""
                report = tmp_path / f"{who or 'nobody'}.json"
                done = subprocess.run(
                    [str(TOOL), "run", str(ROOT / "docs/reference/events-openapi.json"), "--url", server.url,
                     "--checks", ",".join(CHECKS), "--max-examples", "25", "--seed", "16", "--no-shrink",
                     "--phases", "examples,coverage,fuzzing", "--max-time", "40", "--warnings", "off",
                     "-H", "Sec-Fetch-Site: same-origin", *(["-H", f"Cookie: kortwijs={cookie}"] if cookie else []),
                     "--report", "json", "--report-json-path", str(report)],
                    cwd=tmp_path, capture_output=True, text=True, check=False, timeout=400,
                )  # fmt: skip
                said = done.stdout.replace(",", "")
                line.count(max((int(one) for one in re.findall(r"(\d+) (?:generated|test cases)", said)), default=0))
                for block in BLOCK.findall(said):
                    line.found(f"as {who or 'nobody'}: {block[0]}: {' '.join(block[1].split())[:300]}")
                if done.returncode and not line.findings:
                    line.found(f"as {who or 'nobody'}: {said[-600:]} {done.stderr[-300:]}")
