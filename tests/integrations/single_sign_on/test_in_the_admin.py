"""An administrator says with which organisations people sign in."""

import pytest

from integrations.single_sign_on.models import SignOnProvider
from people.models import AuditEntry
from tests.integrations.single_sign_on.provider import CLIENT, SECRET, TENANT
from tests.people.test_keeping_an_email import text
from xapi.forwarding.sealing import unseal

pytestmark = pytest.mark.django_db
PLACE = "/admin/organisatie-logins/"


def filled(school, idp, **changes) -> dict[str, object]:
    given = {"organisation": school.pk, "kind": "other", "name": "De school", "issuer": idp.issuer, "client_id": CLIENT}
    return {**given, "secret": SECRET, "shown": "on", **changes}


def test_an_administrator_adds_one_and_reads_what_to_send(idp, as_user, chief, school):
    client = as_user(chief)
    reply = client.post(f"{PLACE}nieuw/", filled(school, idp))
    row = SignOnProvider.objects.get()
    assert reply["Location"] == f"{PLACE}{row.pk}/"
    page = text(client.get(reply["Location"]))
    assert f"http://localhost:8000/inloggen/met/{row.key}/terug/" in page
    assert "De school" in text(client.get(PLACE))
    assert AuditEntry.objects.filter(action="add_sign_on_provider", actor_key=chief.audit_key).exists()


def test_the_secret_is_readable_in_no_row_page_or_trail(idp, as_user, chief, school):
    client = as_user(chief)
    client.post(f"{PLACE}nieuw/", filled(school, idp))
    row = SignOnProvider.objects.get()
    assert unseal(row.sealed) == (CLIENT, SECRET)
    seen = str(list(SignOnProvider.objects.values())) + str(list(AuditEntry.objects.values()))
    assert SECRET not in seen + text(client.get(f"{PLACE}{row.pk}/"))


def test_a_change_leaves_an_empty_secret_as_it_is_and_never_moves_it_to_others(idp, as_user, chief, school, employer):
    client = as_user(chief)
    client.post(f"{PLACE}nieuw/", filled(school, idp))
    row = SignOnProvider.objects.get()
    sent = filled(employer, idp, issuer="https://elders.nl", name="Anders", secret="", kind="entra")
    client.post(f"{PLACE}{row.pk}/", sent)
    now = SignOnProvider.objects.get()
    assert (now.name, now.organisation, now.issuer, now.kind) == ("Anders", school, idp.issuer, "other")
    assert (now.sealed, now.shown) == (row.sealed, True)
    client.post(f"{PLACE}{row.pk}/", filled(school, idp, secret="een ander geheim"))
    assert unseal(SignOnProvider.objects.get().sealed)[1] == "een ander geheim"


def test_an_ended_one_has_no_secret_any_more_and_does_not_change(idp, as_user, chief, school):
    client = as_user(chief)
    client.post(f"{PLACE}nieuw/", filled(school, idp))
    row = SignOnProvider.objects.get()
    client.post(f"{PLACE}{row.pk}/stop/")
    client.post(f"{PLACE}{row.pk}/", filled(school, idp, name="Anders"))
    now = SignOnProvider.objects.get()
    assert (now.sealed, now.name, now.ended_at is None) == ("", "De school", False)
    assert client.post(f"{PLACE}{row.pk}/stop/").status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": ""}, {"issuer": "x"}, {"issuer": "javascript:alert(1)"}, {"issuer": "https://a b/"},
        {"issuer": "http://127.0.0.1:1/"}, {"issuer": "x" * 500}, {"secret": ""}, {"client_id": ""}, {"name": ""},
        {"kind": "x"}, {"kind": "entra"}, {"kind": "surfconext"}, {"organisation": 0}, {"name": "x" * 41},
        {"home_claim": "x"}, {"home_value": "x"}, {"home_claim": "a b", "home_value": "x"},
        {"second_claim": "email"}, {"second_claim": "UPN"}, {"second_claim": "sub"}, {"second_claim": "<b>"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_on_the_form(idp, as_user, chief, school, changes):
    assert as_user(chief).post(f"{PLACE}nieuw/", filled(school, idp, **changes)).status_code == 200
    assert not SignOnProvider.objects.exists()


@pytest.mark.parametrize(
    "path", ["/common/v2.0", "/organizations/v2.0", "/consumers/v2.0", "/school.nl/v2.0", f"/{TENANT}"]
)
def test_entra_for_everybody_is_refused(idp, as_user, chief, school, path):
    idp.path = path
    page = text(as_user(chief).post(f"{PLACE}nieuw/", filled(school, idp, kind="entra")))
    assert "Niet common of organizations." in page
    assert not SignOnProvider.objects.exists()


def test_entra_of_one_directory_and_surfconext_of_one_school_are_taken(idp, as_user, chief, school):
    client = as_user(chief)
    home = {"home_claim": "schac_home_organization", "home_value": "school.nl"}
    assert client.post(f"{PLACE}nieuw/", filled(school, idp, kind="surfconext", **home)).status_code == 302
    idp.path = f"/{TENANT}/v2.0"
    assert client.post(f"{PLACE}nieuw/", filled(school, idp, kind="entra", second_claim="oid")).status_code == 302
    assert SignOnProvider.objects.count() == 2


def test_a_service_that_gives_everyone_the_same_number_is_told(idp, as_user, chief, school):
    idp.says = {"subject_types_supported": ["public"]}
    client = as_user(chief)
    page = text(client.post(f"{PLACE}nieuw/", filled(school, idp), follow=True))
    assert "geeft overal hetzelfde nummer" in page


def test_nobody_else_sees_or_changes_them(idp, provider, as_user, anna, bram, chantal, driss):
    for user in (None, anna, bram, chantal, driss):
        client = as_user(user)
        for place in ("", "nieuw/", f"{provider.pk}/"):
            assert client.get(f"{PLACE}{place}").status_code in (302, 403)
        assert client.post(f"{PLACE}{provider.pk}/stop/").status_code in (302, 403)
        assert client.post(f"{PLACE}{provider.pk}/", {"name": "x"}).status_code in (302, 403)
    assert SignOnProvider.objects.get().name == "Voorbeeldschool"
