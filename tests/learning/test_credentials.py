"""A finished path gives a credential: signed, nobody's but the learner's until they show it, and revocable.

What openbadgeslib signs is read here by others: joserfc, Pillow, defusedxml and a few lines for the status list.
"""

import base64
import gzip
import io
import json
import os
import re
import uuid
from pathlib import Path

import jsonschema
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from defusedxml import ElementTree
from django.core.exceptions import ImproperlyConfigured
from joserfc import jwk, jws, jwt
from joserfc.errors import BadSignatureError, JoseError
from PIL import Image
from pypdf import PdfReader

from courses.models import CoursePath
from learning.badges.issuer import did_document, issuer_id, site_keys
from learning.badges.services import NotDone, make_credential, revoke_credential
from learning.badges.signing import is_ours
from learning.models import Credential, Progress, StatusSlot
from people.models import AuditEntry, User
from people.owner import BY_NICKNAME
from people.services import erase_person, export_person, merge_people
from tests.factories import OrganisationFactory, UserFactory
from tests.learning.test_routes import did

pytestmark = pytest.mark.django_db


def zorg() -> CoursePath:
    return CoursePath.objects.get(organisation=None, slug="zorg")


def finish(user: User, path: CoursePath) -> None:
    for code in path.required_codes:
        did(user, code)


@pytest.fixture
def credential(anna) -> Credential:
    """Anna's, of the path for zorg."""
    anna.email = anna.login_email = "anna@voorbeeld.nl"
    anna.save()
    finish(anna, zorg())
    return make_credential(user=anna, path=zorg())


def public(credential: Credential) -> str:
    return f"/bewijs/{credential.pk}/"


def own(credential: Credential) -> str:
    return f"/bewijzen/{credential.pk}/"


def show(client, credential: Credential, name: str = "") -> None:
    assert client.post(f"{own(credential)}laat-zien/", {"naam": name}).status_code == 302


def keys_of(document: dict) -> jwk.KeySet:
    """The keys of a DID document, as someone else reads them."""
    methods = document["verificationMethod"]
    return jwk.KeySet([jwk.RSAKey.import_key({**one["publicKeyJwk"], "kid": one["id"]}) for one in methods])


class LongHeaders(jws.JWSRegistry):
    max_header_length = 2048  # the key stands in it, for who is offline


def read_by_another(token: str, document: dict) -> dict:
    return dict(jwt.decode(token, keys_of(document), registry=LongHeaders(algorithms=["RS256"])).claims)


# Getting it


def test_a_path_that_is_not_finished_gives_none(as_user, anna):
    path = zorg()
    for code in path.required_codes[:-1]:
        did(anna, code)
    did(anna, path.required_codes[-1], done=False)
    client = as_user(anna)
    assert "Haal je bewijs" not in client.get("/routes/zorg/").content.decode()
    assert client.post("/bewijzen/nieuw/", {"route": path.pk}).status_code == 302
    with pytest.raises(NotDone):
        make_credential(user=anna, path=path)
    assert not Credential.objects.exists()
    assert not StatusSlot.objects.exists()


def test_a_finished_path_offers_it_and_two_taps_make_one(as_user, anna):
    finish(anna, zorg())
    client = as_user(anna)
    assert "Haal je bewijs" in client.get("/routes/zorg/").content.decode()
    assert "Mijn bewijzen" not in client.get("/mijn/").content.decode()
    for _ in range(2):
        reply = client.post("/bewijzen/nieuw/", {"route": zorg().pk})
    made = Credential.objects.get()
    assert reply["Location"] == own(made)
    assert "Bekijk je bewijs" in client.get("/routes/zorg/").content.decode()
    assert "Mijn bewijzen" in client.get("/mijn/").content.decode()
    assert zorg().title in client.get("/bewijzen/").content.decode()


def test_a_nameless_learner_gets_one_too(as_user):
    someone = User.objects.new_nameless(uuid.uuid4())
    someone.save()
    finish(someone, zorg())
    assert as_user(someone).post("/bewijzen/nieuw/", {"route": zorg().pk}).status_code == 302


@pytest.mark.parametrize("route", ["", "x", "0", "-1", "٣", "1" * 500, "1;drop", "%00", "999999999"])
def test_a_path_that_is_not_there_gives_none(as_user, anna, route):
    assert as_user(anna).post("/bewijzen/nieuw/", {"route": route}).status_code == 404


def test_a_path_of_another_organisation_gives_none(as_user, anna, driss, school):
    own_path = CoursePath.objects.create(organisation=school, slug="eigen", title="Van school")
    other = CoursePath.objects.create(organisation=OrganisationFactory(), slug="ander", title="Van een ander")
    for path in (own_path, other):
        path.lessons.create(place=1, module="A1")
    for user in (anna, driss):
        did(user, "A1")
    assert as_user(anna).post("/bewijzen/nieuw/", {"route": own_path.pk}).status_code == 302
    assert as_user(anna).post("/bewijzen/nieuw/", {"route": other.pk}).status_code == 404
    assert as_user(driss).post("/bewijzen/nieuw/", {"route": own_path.pk}).status_code == 404


def test_another_site_makes_shows_and_removes_nothing(client, credential, anna):
    client.force_login(anna)
    for address in ("/bewijzen/nieuw/", *(f"{own(credential)}{what}/" for what in ("laat-zien", "verberg", "weg"))):
        reply = client.post(address, {"route": zorg().pk, "zeker": "1"}, headers={"sec-fetch-site": "cross-site"})
        assert reply.status_code == 403
    assert Credential.objects.get().is_shown is False


# What it says, and that it is signed


def test_another_library_verifies_it_with_the_key_that_the_site_publishes(as_user, credential):
    document = as_user(None).get("/.well-known/did.json")
    assert document["Access-Control-Allow-Origin"] == "*"
    claims = read_by_another(credential.token, json.loads(document.content))
    assert claims["iss"] == claims["issuer"]["id"] == "did:web:localhost%3A8000"
    assert claims["id"] == claims["jti"] == f"http://localhost:8000{public(credential)}"
    assert claims["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    achievement = claims["credentialSubject"]["achievement"]
    assert achievement["name"] == zorg().title
    assert achievement["version"] == credential.content_version
    for lesson in credential.lessons:
        assert f"({lesson['code']}, versie {lesson['revision']})" in achievement["criteria"]["narrative"]


def test_there_is_no_name_address_organisation_or_score_in_it(credential, anna, school):
    claims = read_by_another(credential.token, did_document())
    text = json.dumps(claims).lower()
    for word in ("anna", "@voorbeeld", "mailto", "klas", school.name.lower(), str(anna.owner_key), str(anna.pseudonym)):
        assert word not in text
    assert not {"result", "creditsEarned", "identifier"} & set(claims["credentialSubject"])
    assert "resultDescription" not in claims["credentialSubject"]["achievement"]
    assert claims["validFrom"].endswith(("T22:00:00Z", "T23:00:00Z"))  # the begin of the day, not when it was


def test_two_of_one_learner_do_not_say_that_they_are_one_persons(credential, anna):
    path = CoursePath.objects.get(organisation=None, slug="winkel")
    Progress.objects.all().delete()
    finish(anna, path)
    other = make_credential(user=anna, path=path)
    first, second = (read_by_another(one.token, did_document()) for one in (credential, other))
    assert first["sub"] != second["sub"]
    assert first["credentialStatus"]["statusListIndex"] != second["credentialStatus"]["statusListIndex"]


def test_what_was_changed_or_signed_by_another_is_refused(credential):
    head, body, signature = credential.token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["credentialSubject"]["achievement"]["name"] = "Directeur"
    changed = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    forged = jwt.encode(
        {"alg": "RS256", "kid": f"{issuer_id()}#{site_keys()[0].id}"}, claims, jwk.RSAKey.import_key(pem)
    )
    assert is_ours(credential.token)
    for token in (f"{head}.{changed}.{signature}", f"{none}.{body}.", forged, "", "a.b.c", "x" * 100_000):
        assert not is_ours(token)
    with pytest.raises(BadSignatureError):
        read_by_another(forged, did_document())
    with pytest.raises(JoseError):
        read_by_another(f"{head}.{changed}.{signature}", did_document())


@pytest.mark.skipif("OB_SCHEMAS" not in os.environ, reason="OB_SCHEMAS is not the folder of 1EdTech's schemas")
def test_it_is_valid_by_the_schema_of_1edtech(credential):
    """The schema is 1EdTech's and stands elsewhere: docs/decisions/0041-credentials.md says where."""
    schema = json.loads((Path(os.environ["OB_SCHEMAS"]) / "ob_v3p0_achievementcredential_schema.json").read_text())
    claims = read_by_another(credential.token, did_document())
    document = {name: value for name, value in claims.items() if name not in ("iss", "sub", "jti", "nbf")}
    jsonschema.Draft201909Validator(schema, format_checker=jsonschema.FormatChecker()).validate(document)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft201909Validator(schema).validate({**document, "credentialSubject": {}})


# In pictures and on paper


def test_png_and_svg_hold_what_was_signed_as_others_read_them(as_user, anna, credential):
    client = as_user(anna)
    png = client.get(f"{public(credential)}bewijs.png")
    assert png["Content-Type"] == "image/png"
    picture = Image.open(io.BytesIO(png.content))
    picture.load()
    assert picture.size == (640, 640)
    assert picture.text["openbadgecredential"] == credential.token
    svg = client.get(f"{public(credential)}bewijs.svg").content
    root = ElementTree.fromstring(svg)
    found = root.find(".//{https://purl.imsglobal.org/ob/v3p0}credential")
    assert found.get("verify") == credential.token
    assert b"<script" not in svg
    assert client.get(f"{public(credential)}bewijs.jwt").content.decode() == credential.token


def test_the_pdf_can_be_read_by_a_screen_reader_and_names_only_what_was_typed(as_user, anna, credential):
    client = as_user(anna)

    def words() -> str:
        reply = client.get(f"{public(credential)}bewijs.pdf")
        found = PdfReader(io.BytesIO(reply.content))
        assert b"<pdfuaid:part>1</pdfuaid:part>" in found.trailer["/Root"]["/Metadata"].get_data()
        return " ".join(" ".join(page.extract_text() for page in found.pages).split())

    before = words()
    assert zorg().title in before
    assert "/bewijs/" not in before
    assert "Anna" not in before
    show(client, credential, "Anna de Vries")
    assert "Anna de Vries" in words()
    assert str(credential.pk) in words().replace(" ", "")


def test_a_title_of_a_teacher_cannot_break_picture_or_document(as_user, anna, school):
    title = '#panic("x") <script>alert(1)</script> &amp; 😀 ' + "lang" * 18
    path = CoursePath.objects.create(organisation=school, slug="raar", title=title)
    path.lessons.create(place=1, module="A1")
    did(anna, "A1")
    made = make_credential(user=anna, path=path)
    client = as_user(anna)
    for ending in ("svg", "png", "pdf"):
        assert client.get(f"{public(made)}bewijs.{ending}").status_code == 200
    assert b"<script>alert" not in client.get(own(made)).content
    assert read_by_another(made.token, did_document())["name"] == title


# Who sees it


def test_nobody_sees_it_until_its_learner_shows_it_and_nobody_after_they_hide_it(
    as_user, credential, anna, bram, chantal, driss
):
    client = as_user(anna)
    files = [f"{public(credential)}bewijs.{ending}" for ending in ("svg", "png", "pdf", "jwt")]
    others = [None, bram, chantal, driss]
    for user in others:
        assert {as_user(user).get(address).status_code for address in [public(credential), *files]} == {404}
    unknown = as_user(None).get(f"/bewijs/{uuid.uuid4()}/").content
    assert as_user(None).get(public(credential)).content == unknown  # nor that there is one
    show(client, credential)
    for user in others:
        seen = as_user(user).get(public(credential))
        assert "Dit bewijs is echt." in seen.content.decode()
        assert "Anna" not in seen.content.decode()
        assert seen["X-Robots-Tag"] == "noindex"
        assert {as_user(user).get(address).status_code for address in files} == {200}
    assert client.post(f"{own(credential)}verberg/").status_code == 302
    for user in others:
        assert {as_user(user).get(address).status_code for address in [public(credential), *files]} == {404}


def test_only_its_learner_opens_and_changes_it(as_user, credential, bram, chantal, driss):
    for user in (None, bram, chantal, driss):
        client = as_user(user)
        assert client.get(own(credential)).status_code == 404
        assert str(credential.pk) not in client.get("/bewijzen/").content.decode()
        for what in ("laat-zien", "verberg", "weg"):
            assert client.post(f"{own(credential)}{what}/", {"zeker": "1"}).status_code == 404
    assert Credential.objects.get().is_shown is False


def test_the_name_is_as_typed_and_goes_when_it_is_hidden(as_user, credential, anna):
    client = as_user(anna)
    show(client, credential, "  Anna   de Vries ")
    assert "<bdi><b>Anna de Vries</b></bdi> deed alle lessen" in as_user(None).get(public(credential)).content.decode()
    client.post(f"{own(credential)}verberg/")
    assert Credential.objects.get().shown_name == ""


@pytest.mark.parametrize("name", ["<b>x</b>", "a" * 5000, "12345", "\u202eanna", "a\u0301\u0301\u0301\u0301", "x@y.nl"])
def test_what_is_no_name_is_refused_and_nothing_is_shown(as_user, credential, anna, name):
    reply = as_user(anna).post(f"{own(credential)}laat-zien/", {"naam": name})
    assert reply.status_code == 422
    assert 'role="alert"' in reply.content.decode()
    assert b"<b>x</b>" not in reply.content
    assert Credential.objects.get().is_shown is False


def test_a_device_that_may_be_anyones_shows_and_removes_nothing(as_user, credential, anna):
    client = as_user(anna)
    session = client.session
    session[BY_NICKNAME] = True
    session.save()
    assert client.get(own(credential)).status_code == 200
    for what in ("laat-zien", "weg"):
        assert client.post(f"{own(credential)}{what}/", {"zeker": "1"}).status_code == 403
    assert Credential.objects.get().is_shown is False


@pytest.mark.parametrize("ending", ["exe", "svg.png", "", "../../x", "SVG", "%00"])
def test_another_kind_of_file_is_not_there(as_user, credential, anna, ending):
    assert as_user(anna).get(f"{public(credential)}bewijs.{ending}").status_code == 404


# Revoking


def is_set(reply, place: int) -> bool:
    """Whether this place is marked, as W3C's Bitstring Status List says it."""
    encoded = read_by_another(reply.content.decode(), did_document())["credentialSubject"]["encodedList"]
    assert encoded[0] == "u"
    bits = gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=="))
    assert len(bits) * 8 == StatusSlot.SIZE
    return bool(bits[place // 8] & (0x80 >> place % 8))


def test_what_an_administrator_revokes_holds_no_more_and_is_not_given_again(as_user, credential, anna, admin_user):
    show(as_user(anna), credential)
    entry = read_by_another(credential.token, did_document())["credentialStatus"]
    place, list_at = int(entry["statusListIndex"]), entry["statusListCredential"].removeprefix("http://localhost:8000")
    assert not is_set(as_user(None).get(list_at), place)
    page = "/admin/bewijs-intrekken/"
    reply = as_user(admin_user).post(page, {"address": f"https://leren.voorbeeld.nl{public(credential)}"})
    assert reply.status_code == 302
    assert is_set(as_user(None).get(list_at), place)
    assert "Dit bewijs is ingetrokken." in as_user(None).get(public(credential)).content.decode()
    assert "Dit bewijs is ingetrokken." in as_user(anna).get(own(credential)).content.decode()
    as_user(anna).post("/bewijzen/nieuw/", {"route": zorg().pk})
    assert Credential.objects.get().is_revoked
    assert AuditEntry.objects.get(action="revoke_credential").subject == f"credential {credential.pk}"
    assert revoke_credential(credential=Credential.objects.get(), actor=admin_user) is False


@pytest.mark.parametrize("typed", ["", "x", "https://x/bewijs/", str(uuid.UUID(int=7)), "0" * 5000, "<script>"])
def test_what_is_no_credential_cannot_be_revoked(as_user, admin_user, credential, typed):
    reply = as_user(admin_user).post("/admin/bewijs-intrekken/", {"address": typed})
    assert reply.status_code == 200
    assert b"<script>x" not in reply.content
    assert not StatusSlot.objects.filter(revoked_on__isnull=False).exists()


def test_nobody_else_revokes(as_user, credential, anna, bram, chantal, driss):
    for user in (None, anna, bram, chantal, driss):
        reply = as_user(user).post("/admin/bewijs-intrekken/", {"address": str(credential.pk)})
        assert reply.status_code in (302, 403)
    assert not Credential.objects.get().is_revoked


def test_its_learner_throws_it_away_after_one_more_question_and_can_make_another(as_user, credential, anna):
    client, slot = as_user(anna), credential.slot
    assert "Ja, gooi het weg" in client.post(f"{own(credential)}weg/").content.decode()
    assert Credential.objects.exists()
    client.post(f"{own(credential)}weg/", {"zeker": "1"})
    assert not Credential.objects.exists()
    assert is_set(client.get("/bewijs/ingetrokken/1"), slot.place)  # what was given away holds no more
    client.post("/bewijzen/nieuw/", {"route": zorg().pk})
    assert Credential.objects.get().slot != slot


@pytest.mark.parametrize("number", ["2", "0", "99999999999999999999", "-1", "x"])
def test_a_list_that_is_not_there_is_not_there(as_user, credential, number):
    assert as_user(None).get(f"/bewijs/ingetrokken/{number}").status_code == 404


# Keys


def test_after_another_key_signs_the_old_signatures_still_hold(settings, credential):
    old = site_keys()[0].public_pem.decode()
    new = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    settings.BADGE_KEYS = new.decode() + old
    assert len(did_document()["verificationMethod"]) == 2
    assert all("d" not in one["publicKeyJwk"] for one in did_document()["verificationMethod"])
    assert is_ours(credential.token)
    assert read_by_another(credential.token, did_document())["id"].endswith(public(credential))
    settings.BADGE_KEYS = new.decode()
    assert not is_ours(credential.token)


def test_a_key_that_is_none_stops_with_the_name_of_the_setting_and_without_the_key(settings):
    small = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for wrong in ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", small.decode(), "geheim"):
        settings.BADGE_KEYS = wrong
        with pytest.raises(ImproperlyConfigured, match="BADGE_KEYS") as error:
            site_keys()
        assert "AAAA" not in str(error.value)


def test_the_sites_own_key_is_made_once_and_is_nobody_elses_to_read(settings, tmp_path):
    settings.DATA_DIR, settings.BADGE_KEYS = tmp_path / "data", ""
    assert site_keys() == site_keys()
    kept = tmp_path / "data" / "badge_key.pem"
    assert kept.stat().st_mode & 0o077 == 0
    assert [file.name for file in kept.parent.iterdir()] == ["badge_key.pem"]


# Rights


def test_it_is_exported_and_erased_and_its_place_is_never_given_again(credential, anna, as_user):
    found = export_person(user=anna)["learning"]["bewijzen"]
    assert [one["bewijs"] for one in found] == [credential.token]
    slot = credential.slot
    erase_person(user=anna, actor=None)
    assert not Credential.objects.exists()
    assert StatusSlot.objects.filter(pk=slot.pk, revoked_on=None).exists()
    assert as_user(None).get(public(credential)).status_code == 404


def test_of_two_learners_who_are_one_every_credential_stays(credential, anna):
    other = UserFactory(is_nameless=True, password="!")
    finish(other, zorg())
    theirs = make_credential(user=other, path=zorg())
    merge_people(source=other, target=User.objects.get(pk=anna.pk))
    assert set(Credential.objects.filter(user=anna).values_list("pk", "path")) == {
        (credential.pk, zorg().pk),
        (theirs.pk, None),
    }


def test_a_path_that_goes_leaves_what_was_given_for_it(as_user, anna, school):
    path = CoursePath.objects.create(organisation=school, slug="weg", title="Een route die weggaat")
    path.lessons.create(place=1, module="A1")
    did(anna, "A1")
    made = make_credential(user=anna, path=path)
    path.delete()
    assert re.search("Een route die weggaat", as_user(anna).get(own(made)).content.decode())
