"""The less travelled roads: files, xAPI 2.0, TLS, and places where nothing may go."""

import datetime as dt
import ssl
import urllib.request
from base64 import b64encode
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.xapi.conftest import a_statement
from tests.xapi.forwarding.conftest import new_target, send, until_all_is_sent, write
from tests.xapi.forwarding.proxy import Fault, running
from tests.xapi.test_attachments_and_signatures import CONTENT, attached
from tests.xapi.test_attachments_and_signatures import send as send_with_file
from xapi.core import multipart
from xapi.forwarding.client import Lrs, checked_address
from xapi.forwarding.services import create_target
from xapi.outgoing import NotReached

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
def test_a_file_arrives_with_its_statement_byte_for_byte(line, receiver, clock, lrs, version):
    target = new_target(line, receiver, of_clients=True, version=version)
    sent = a_statement(attachments=[attached(CONTENT)])
    plain = a_statement()
    assert send_with_file(lrs, [sent, plain], CONTENT).status_code == 200
    assert send(target, clock) == 2
    key = b64encode(receiver.credential.encode()).decode()
    headers = {"Authorization": f"Basic {key}", "X-Experience-API-Version": version}
    place = f"{receiver.url}/xapi/statements?statementId={sent['id']}&attachments=true"
    with urllib.request.urlopen(urllib.request.Request(place, headers=headers)) as reply:
        first, second = multipart.split(reply.headers["Content-Type"], reply.read())
    assert second.content == CONTENT
    assert sent["id"].encode() in first.content


def test_a_file_that_is_gone_from_storage_holds_nothing_up(line, receiver, clock, lrs):
    from django.core.files.storage import storages

    target = new_target(line, receiver, of_clients=True)
    sent = a_statement(attachments=[{**attached(CONTENT), "fileUrl": "https://e.nl/bestand"}])
    assert send_with_file(lrs, [sent], CONTENT).status_code == 200
    sha2 = sent["attachments"][0]["sha2"]
    storages["xapi"].delete(f"{sha2[:2]}/{sha2}")
    after = a_statement()
    lrs.keep(after)
    until_all_is_sent(target, clock)
    assert {sent["id"], after["id"]} <= set(receiver.ids())


def test_a_target_that_speaks_xapi_2_gets_all_in_order(line, receiver, clock):
    target = new_target(line, receiver, version="2.0.0")
    ids = write(4)
    line.choose = lambda *_: Fault(500, arrives=True) if len(line.posts) == 1 else None
    until_all_is_sent(target, clock)
    assert [one for one in receiver.ids() if one in ids] == ids


def certificate(folder, *names: str) -> tuple[ssl.SSLContext, str]:
    """What a server shows for these names, and the file of who trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Leerlog Noord")])
    now = dt.datetime.now(dt.UTC)
    told = [x509.IPAddress(ip_address(one)) if one[0].isdigit() else x509.DNSName(one) for one in names]
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(told), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    place = folder / "certificate.pem"
    place.write_bytes(made.public_bytes(pem) + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(place)
    return context, str(place)


def test_by_tls_to_who_shows_a_certificate_that_is_trusted(receiver, clock, settings, tmp_path, monkeypatch):
    settings.XAPI_PRIVATE_HOSTS = True
    context, place = certificate(tmp_path, "localhost")
    with running(receiver.url, context) as (address, line):
        line.address = f"{address}/xapi"
        target = new_target(line, receiver)
        ids = write(2)
        assert send(target, clock) == 0
        assert "certificate" in target.error.lower()
        assert line.posts == [], "no key and no statement went to a stranger"
        monkeypatch.setenv("SSL_CERT_FILE", place)
        until_all_is_sent(target, clock)
    assert [one for one in receiver.ids() if one in ids] == ids


def test_a_certificate_of_another_name_is_refused(receiver, clock, settings, tmp_path, monkeypatch):
    settings.XAPI_PRIVATE_HOSTS = True
    context, place = certificate(tmp_path, "leerlog.example")
    monkeypatch.setenv("SSL_CERT_FILE", place)
    with running(receiver.url, context) as (address, line):
        line.address = f"{address}/xapi"
        target = new_target(line, receiver)
        write(1)
        assert send(target, clock) == 0
        assert "localhost" in target.error
        assert line.posts == []


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "10.0.0.1", "192.168.1.1", "172.16.0.1",
     "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"],
)  # fmt: skip
def test_nothing_goes_to_our_own_network(settings, line, host):
    """The line stands there and would answer."""
    settings.XAPI_PRIVATE_HOSTS = False
    port = line.address.rpartition(":")[2].partition("/")[0]
    with pytest.raises(NotReached, match=r"public internet|not known|No address"):
        Lrs(f"https://{host}:{port}/xapi", "1.0.3", "key", "secret").post(b"[]", "application/json")
    assert line.posts == []


@pytest.mark.parametrize(
    "address",
    ["http://lrs.example.nl/xapi", "https://[::1]/xapi", "https://[::ffff:127.0.0.1]/xapi", "https://a@lrs.example.nl",
     "https://lrs.example.nl/../x?y", "https://lrs.example.nl/#x", "https://lrs.example.nl:99999/", "ftp://e.nl/",
     "https://lrs.example.nl\r\nX: y/", "https://", "", "https://e.nl/" + "x" * 400],
)  # fmt: skip
def test_an_address_that_is_none_of_a_public_record_store_is_refused(settings, address):
    settings.XAPI_PRIVATE_HOSTS = False
    with pytest.raises(ValueError, match="web address"):
        checked_address(address)
    with pytest.raises(ValueError, match="web address"):
        create_target(name="x", kind="operator", address=address, key="k", secret="s")


def test_a_target_of_our_own_network_gets_nothing_once_that_is_not_allowed_any_more(target, line, clock, settings):
    write(1)
    settings.XAPI_PRIVATE_HOSTS = False
    assert send(target, clock) == 0
    assert target.error
    assert line.posts == []
