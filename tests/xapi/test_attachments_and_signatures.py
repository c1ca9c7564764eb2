"""Attachments (1.0.3 part 2 section 2.4.11, part 3 section 1.5.2) and signed statements (part 2 section 2.6)."""

import base64
import copy
import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID
from django.core.files.storage import storages

from tests.xapi.conftest import a_statement
from xapi.core import multipart
from xapi.models import Attachment, Statement
from xapi.services import erase_actors

CONTENT = b"\r\n--x not a boundary\r\n\x00\xff\r\n"
SIGNATURE = "http://adlnet.gov/expapi/attachments/signature"


def attached(content: bytes, usage: str = "http://e.nl/u", kind: str = "text/plain") -> dict:
    sha2 = hashlib.sha256(content).hexdigest()
    return {"usageType": usage, "display": {"nl": "x"}, "contentType": kind, "length": len(content), "sha2": sha2}


def send(lrs, statements, *contents: bytes, change=lambda body: body, boundary="grens"):
    body = b"--grens\r\nContent-Type: application/json\r\n\r\n" + json.dumps(statements).encode() + b"\r\n"
    for content in contents:
        sha2 = hashlib.sha256(content).hexdigest().encode()
        body += b"--grens\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\n"
        body += b"X-Experience-API-Hash: " + sha2 + b"\r\n\r\n" + content + b"\r\n"
    return lrs.post("statements", change(body + b"--grens--\r\n"), kind=f"multipart/mixed; boundary={boundary}")


def test_what_is_attached_comes_back_byte_for_byte(both):
    """XAPI-00167."""
    sent = a_statement(attachments=[attached(CONTENT)])
    assert send(both, sent, CONTENT).json() == [sent["id"]]
    for query in ({"statementId": sent["id"]}, {}):
        reply = both.get("statements", attachments="true", **query)
        first, second = multipart.split(reply.headers["Content-Type"], reply.content)
        found = json.loads(first.content)
        assert found.get("id", found.get("statements", [{}])[0].get("id")) == sent["id"]
        assert second.content == CONTENT
        assert second.headers["x-experience-api-hash"] == sent["attachments"][0]["sha2"]
    assert both.one(sent["id"])["attachments"] == sent["attachments"]


def test_the_same_file_is_kept_once_and_goes_with_the_last_that_has_it(lrs):
    account = {"account": {"homePage": "http://e.nl", "name": "00000000-0000-0000-0000-000000000009"}}
    one, two = a_statement(actor=account, attachments=[attached(CONTENT)]), a_statement(attachments=[attached(CONTENT)])
    assert send(lrs, [one, two], CONTENT).status_code == 200
    sha2 = one["attachments"][0]["sha2"]
    place = f"{sha2[:2]}/{sha2}"
    erase_actors(["00000000-0000-0000-0000-000000000009"])
    assert Attachment.objects.count() == 1
    assert storages["xapi"].exists(place)


def test_a_file_that_came_twice_goes_when_its_statement_is_erased(lrs, django_capture_on_commit_callbacks):
    account = {"account": {"homePage": "http://e.nl", "name": "00000000-0000-0000-0000-000000000009"}}
    sent = a_statement(actor=account, attachments=[attached(CONTENT)])
    for _ in range(2):
        assert send(lrs, sent, CONTENT).status_code == 200
    sha2 = sent["attachments"][0]["sha2"]
    with django_capture_on_commit_callbacks(execute=True):
        erase_actors(["00000000-0000-0000-0000-000000000009"])
        assert storages["xapi"].exists(f"{sha2[:2]}/{sha2}"), "what is rolled back misses nothing"
    assert not Attachment.objects.exists()
    assert not storages["xapi"].exists(f"{sha2[:2]}/{sha2}")


def test_who_knows_the_hash_of_a_file_of_another_does_not_get_it(lrs, client_with):
    assert send(lrs, a_statement(attachments=[attached(CONTENT)]), CONTENT).status_code == 200
    stranger = client_with("all", organisation=5)
    known = {**attached(CONTENT), "fileUrl": "http://e.nl/file"}
    stranger.keep(sent := a_statement(attachments=[known]))
    reply = stranger.get("statements", statementId=sent["id"], attachments="true")
    assert len(multipart.split(reply.headers["Content-Type"], reply.content)) == 1


def test_the_hash_of_a_file_counts_and_not_its_length(both):
    """XAPI-00102 asks for a whole number; the conformance suite itself sends one that is not true."""
    sent = a_statement(attachments=[{**attached(CONTENT), "length": 1}])
    assert send(both, sent, CONTENT).status_code == 200
    assert both.one(sent["id"])["attachments"][0]["length"] == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.replace(b"--grens", b"--other"), lambda body: body.replace(b"--grens--\r\n", b""),
        lambda body: body.replace(b"binary", b"base64"), lambda body: body.replace(b"application/json", b"text/plain"),
        lambda body: body.replace(b"X-Experience-API-Hash", b"X-Hash"), lambda body: body.replace(b"\xff", b"\xfe"),
        lambda body: body.replace(b"text/plain\r\n", b"text/plain\r\n\r\n"), lambda body: body[:0],
    ],
)  # fmt: skip
def test_a_multipart_that_is_broken_is_refused(both, change):
    """XAPI-00130, XAPI-00132, XAPI-00134, XAPI-00135."""
    sent = a_statement(attachments=[attached(CONTENT)])
    assert send(both, sent, CONTENT, change=change).status_code == 400
    assert not Statement.objects.exists()


def test_what_is_named_must_come_and_what_comes_must_be_named(both):
    """XAPI-00128, XAPI-00129."""
    sent = a_statement(attachments=[attached(CONTENT)])
    assert both.post("statements", sent).status_code == 400
    assert send(both, sent).status_code == 400
    assert send(both, sent, CONTENT, b"stray").status_code == 400
    assert send(both, a_statement(), CONTENT).status_code == 400
    with_url = a_statement(attachments=[{**attached(CONTENT), "fileUrl": "http://e.nl/f"}])
    assert both.post("statements", with_url).status_code == 200


@pytest.fixture(scope="module")
def keys():
    return rsa.generate_private_key(65537, 2048), rsa.generate_private_key(65537, 2048)


def certificate(key, name: str, by=None, by_name: str = "") -> str:
    def names(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    made = x509.CertificateBuilder().subject_name(names(name)).issuer_name(names(by_name or name))
    made = made.public_key(key.public_key()).serial_number(5)
    made = made.not_valid_before(datetime.now(UTC)).not_valid_after(datetime.now(UTC) + timedelta(days=1))
    der = made.sign(by or key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    return base64.b64encode(der).decode()


def sealed(statement: dict, key, algorithm: str = "RS256", x5c: list[str] | None = None) -> bytes:
    def packed(data: bytes) -> bytes:
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    header = {"alg": algorithm, **({"x5c": x5c} if x5c else {})}
    signed = packed(json.dumps(header).encode()) + b"." + packed(json.dumps(statement).encode())
    digest = {"RS256": hashes.SHA256, "RS384": hashes.SHA384, "RS512": hashes.SHA512}.get(algorithm, hashes.SHA256)
    return signed + b"." + packed(key.sign(signed, padding.PKCS1v15(), digest()))


def signed(statement: dict, jws: bytes, kind: str = "application/octet-stream") -> dict:
    return {**statement, "attachments": [attached(jws, SIGNATURE, kind)]}


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512"])
def test_a_signature_with_its_certificates_is_verified(both, keys, algorithm):
    """XAPI-00115, XAPI-00117."""
    mine, root = keys
    sent = a_statement()
    x5c = [certificate(mine, "Anna", root, "root"), certificate(root, "root")]
    jws = sealed(sent, mine, algorithm, x5c)
    assert send(both, signed(sent, jws), jws).status_code == 200


def test_a_signature_that_does_not_hold_is_refused(both, keys):
    """XAPI-00115 to XAPI-00117."""
    mine, other = keys
    sent = a_statement()
    good = [certificate(mine, "Anna")]
    wrong = [
        sealed(sent, other, x5c=good), sealed(sent, mine, "HS256", good), sealed(sent, mine, "none"),
        sealed(sent, mine, x5c=[certificate(mine, "Anna", other, "root"), certificate(mine, "root")]),
        sealed(sent, mine, x5c=["eA=="]), sealed({**sent, "verb": {"id": "http://e.nl/v"}}, mine, x5c=good),
        b"a.b.c", b"x", b"", sealed(sent, mine)[:-9] + b"!",
        b".".join([sealed(sent, mine).split(b".")[0], b"bm8", b"bm8"]),
    ]  # fmt: skip
    for jws in wrong:
        reply = send(both, signed(sent, jws), jws)
        assert (reply.status_code, reply.content.decode()[:11]) == (400, "attachments")
    jws = sealed(sent, mine, x5c=good)
    assert send(both, signed(sent, jws, "text/plain"), jws).status_code == 400
    far = {**signed(sent, jws)}
    far["attachments"][0]["fileUrl"] = "http://e.nl/signature"
    assert both.post("statements", far).status_code == 400
    assert not Statement.objects.exists()


def test_what_was_signed_may_differ_in_what_says_the_same(both, keys):
    sent = a_statement(result={"duration": "PT1.12S"}, timestamp="2026-01-01T12:00:00Z")
    jws = sealed(sent, keys[0])
    again = copy.deepcopy(sent)
    again.update(result={"duration": "PT1.1237S"}, timestamp="2026-01-01T13:00:00+01:00", id=sent["id"].upper())
    assert send(both, signed(again, jws), jws).status_code == 200
