"""Who is known by which key, also when it changes; linking it to an account; and the rights over what is kept."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as site
from django.utils import timezone

from integrations.single_sign_on.models import SignOnIdentity, SignOnProvider
from integrations.single_sign_on.services import end_provider
from learning.models import Progress
from people.models import AuditEntry, Membership, Role, Session, User
from people.services import erase_person, export_person
from people.services.firms import account_with
from people.tasks import apply_retention
from tests.factories import MembershipFactory
from tests.integrations.single_sign_on.conftest import door, who_is_here
from tests.integrations.single_sign_on.provider import TENANT, to_provider, way_back
from tests.people.test_keeping_an_email import text
from tests.people.test_the_door import PASSWORD, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]
MINE = "/mijn/inloggen/met/"


@pytest.fixture
def steady(register, school) -> SignOnProvider:
    """Registered with a claim that stays."""
    return register(school, second_claim="eduperson_unique_id")


@pytest.fixture
def teacher(bram) -> User:
    bram.set_password(PASSWORD)
    bram.save()
    return bram


@pytest.fixture
def signed_in(as_user, teacher):
    client = as_user(None)
    sign_in(client, "bram")
    return client


def link(client, row: SignOnProvider):
    return client.get(way_back(to_provider(client, f"{MINE}{row.key}/")), headers={"sec-fetch-site": "cross-site"})


# A key that changes


def test_who_gets_another_key_is_the_same_person_by_what_stays(idp, steady, tab, as_user, come_in):
    idp.claims = {"eduperson_unique_id": "u-1@school.nl"}
    come_in(tab, steady)
    user = who_is_here(tab)
    idp.subject = "paar-anna-2"
    come_in(again := as_user(None), steady)
    assert who_is_here(again) == user
    assert set(SignOnIdentity.objects.values_list("subject", flat=True)) == {"paar-anna-1", "paar-anna-2"}
    idp.claims = {}  # and by the new key alone from then on
    come_in(third := as_user(None), steady)
    assert who_is_here(third) == user
    assert AuditEntry.objects.filter(action="sign_on_has_new_subject", actor_key=user.audit_key).exists()


def test_what_stays_is_kept_as_a_digest_that_says_nothing(idp, steady, tab, come_in):
    idp.claims = {"eduperson_unique_id": "u-1@school.nl"}
    come_in(tab, steady)
    kept = str(list(SignOnIdentity.objects.values()))
    assert "u-1" not in kept
    assert len(SignOnIdentity.objects.get().second) == 64


def test_it_is_found_again_after_the_key_of_the_site_changed(idp, steady, tab, as_user, come_in, settings):
    idp.claims = {"eduperson_unique_id": "u-1"}
    come_in(tab, steady)
    user = SignOnIdentity.objects.get().user
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "een-andere-sleutel-van-de-site-" * 3
    idp.subject = "paar-anna-2"
    come_in(as_user(None), steady)
    assert set(SignOnIdentity.objects.values_list("user", flat=True)) == {user.pk}


def test_without_a_claim_that_stays_a_new_key_is_a_new_person(idp, provider, tab, as_user, come_in):
    idp.claims = {"eduperson_unique_id": "u-1", "email": "anna@school.nl", "email_verified": True}
    come_in(tab, provider)
    idp.subject = "paar-anna-2"
    come_in(again := as_user(None), provider)
    assert who_is_here(again) != who_is_here(tab)


@pytest.mark.parametrize("given", ["", None, [], {}, 5, "x" * 501, "a\x00"])
def test_an_empty_or_strange_claim_joins_nobody(idp, steady, tab, as_user, come_in, given):
    idp.claims = {"eduperson_unique_id": given}
    come_in(tab, steady)
    idp.subject = "paar-driss-9"
    come_in(other := as_user(None), steady)
    assert who_is_here(other) not in (None, who_is_here(tab))


def test_keys_of_two_people_at_once_are_refused_in_plain_words(idp, steady, tab, as_user, come_in):
    idp.claims = {"eduperson_unique_id": "u-anna"}
    come_in(tab, steady)
    idp.subject, idp.claims = "paar-driss-9", {"eduperson_unique_id": "u-driss"}
    come_in(as_user(None), steady)
    idp.claims = {"eduperson_unique_id": "u-anna"}  # Driss says he is Anna
    reply = come_in(third := as_user(None), steady)
    assert (reply.status_code, who_is_here(third)) == (400, None)
    assert "We weten niet zeker wie je bent." in text(reply)
    assert AuditEntry.objects.filter(action="sign_on_clash").exists()
    assert User.objects.filter(has_sign_on=True).count() == 2


def test_the_same_key_at_another_issuer_is_somebody_else(idp, register, school, employer, tab, as_user, come_in):
    idp.claims = {"tid": TENANT, "oid": "o-1"}
    first = register(school, second_claim="oid")
    come_in(tab, first)
    idp.path = f"/{TENANT}/v2.0"
    second = register(employer, kind="entra", second_claim="oid")
    come_in(other := as_user(None), second)
    assert who_is_here(other) != who_is_here(tab)
    assert SignOnIdentity.objects.count() == 2


def test_of_two_organisations_each_makes_learners_of_its_own(idp, register, school, employer, as_user, come_in):
    first, second = register(school), register(employer)
    come_in(one := as_user(None), first)
    idp.subject = "paar-chantal-3"
    come_in(two := as_user(None), second)
    found = set(Membership.objects.values_list("user", "organisation", "role"))
    learner = Role.LEARNER.value
    assert found == {(who_is_here(one).pk, school.pk, learner), (who_is_here(two).pk, employer.pk, learner)}


def test_an_address_of_someone_here_opens_nothing(idp, register, school, tab, come_in):
    owner = account_with(email="baas@bedrijf.nl")
    row = register(school, asks_email=True)
    idp.claims = {"email": "baas@bedrijf.nl", "email_verified": True}
    come_in(tab, row)
    assert who_is_here(tab) not in (None, owner)


# Linking


def test_a_teacher_links_the_school_and_comes_in_with_it(idp, provider, signed_in, teacher, as_user, school, come_in):
    assert 'href="/mijn/inloggen/met/"' in text(signed_in.get("/mijn/inloggen/"))
    assert "Koppel <bdi>Voorbeeldschool</bdi>" in text(signed_in.get(MINE))
    assert link(signed_in, provider)["Location"] == MINE
    assert "Je kunt nu ook inloggen met Voorbeeldschool." in text(signed_in.get(MINE))
    come_in(tab := as_user(None), provider)
    assert who_is_here(tab) == teacher
    assert "ook inloggen met Voorbeeldschool" in teacher.notices.get().text
    assert AuditEntry.objects.filter(action="link_sign_on", actor_key=teacher.audit_key).exists()
    assert list(Membership.objects.filter(user=teacher).values_list("role", flat=True)) == [Role.TEACHER]


def test_who_began_by_the_school_and_had_an_account_gets_one_of_the_two(
    idp, provider, signed_in, teacher, phone, come_in
):
    come_in(phone.client, provider)
    begun = who_is_here(phone.client)
    phone.owner = begun.owner_key
    phone.keep(phone.event("e-haakje"))
    link(signed_in, provider)
    assert not User.objects.filter(pk=begun.pk).exists()
    assert SignOnIdentity.objects.get().user == teacher
    assert Progress.objects.get().user == teacher
    assert who_is_here(phone.client) is None


def test_what_is_somebody_elses_is_not_taken_over(idp, provider, signed_in, teacher, as_user, school, come_in):
    come_in(other := as_user(None), provider)
    owner = who_is_here(other)
    for change in ({"login_email": "x@y.nl"}, {"password": teacher.password}, {"is_active": False}):
        User.objects.filter(pk=owner.pk).update(**change)
        reply = link(signed_in, provider)
        assert (reply.status_code, SignOnIdentity.objects.get().user) == (400, owner), change
        assert "We weten niet zeker wie je bent." in text(reply)
        User.objects.filter(pk=owner.pk).update(login_email=None, password="!", is_active=True)
    MembershipFactory(user=owner, organisation=school, role=Role.HR_LEAD)
    assert link(signed_in, provider).status_code == 400
    assert SignOnIdentity.objects.get().user == owner


def test_linking_is_finished_by_who_began_it(idp, provider, signed_in, teacher, as_user, driss):
    place = way_back(to_provider(signed_in, f"{MINE}{provider.key}/"))
    stranger = as_user(driss)
    stranger.cookies.update({name: m for name, m in signed_in.cookies.items() if name.startswith("sso-")})
    assert stranger.get(place).status_code == 400
    assert not SignOnIdentity.objects.exists()


def test_signing_out_meanwhile_links_nothing(idp, provider, signed_in):
    place = way_back(to_provider(signed_in, f"{MINE}{provider.key}/"))
    signed_in.post("/uitloggen/")
    assert signed_in.get(place).status_code == 400
    assert not SignOnIdentity.objects.exists()


def test_linking_asks_who_signed_in_long_ago_to_do_so_again(idp, provider, signed_in):
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert signed_in.get(f"{MINE}{provider.key}/")["Location"].startswith("/inloggen/?next=")
    assert idp.fetched == []


def test_a_learner_without_an_account_and_a_stranger_link_nothing(idp, provider, phone, as_user):
    phone.keep(phone.event("e-haakje"))
    for client in (as_user(None), phone.client):
        for place in (MINE, f"{MINE}{provider.key}/"):
            assert client.get(place)["Location"].startswith("/inloggen/?next=")


def test_what_is_not_on_the_sign_in_page_is_linked_by_its_own_people_only(
    idp, register, school, signed_in, as_user, employer
):
    row = register(employer, shown=False)
    assert signed_in.get(f"{MINE}{row.key}/").status_code == 404
    SignOnProvider.objects.update(organisation=school)
    assert signed_in.get(f"{MINE}{row.key}/").status_code == 302


def test_a_link_is_taken_away_by_its_owner_and_never_the_last_way_in(
    idp, provider, signed_in, teacher, as_user, come_in
):
    link(signed_in, provider)
    identity = SignOnIdentity.objects.get()
    stranger = as_user(None)
    idp.subject = "paar-driss-9"
    come_in(stranger, provider)
    assert stranger.post(f"{MINE}{identity.pk}/weg/").status_code == 404
    own = SignOnIdentity.objects.get(subject="paar-driss-9")
    stranger.post(f"{MINE}{own.pk}/weg/")
    assert SignOnIdentity.objects.filter(pk=own.pk).exists()
    signed_in.post(f"{MINE}{identity.pk}/weg/")
    assert not SignOnIdentity.objects.filter(pk=identity.pk).exists()
    assert not User.objects.get(pk=teacher.pk).has_sign_on


# Rights


def test_what_is_kept_is_exported_and_erased(idp, steady, tab, come_in):
    idp.claims = {"eduperson_unique_id": "u-1"}
    come_in(tab, steady)
    user = who_is_here(tab)
    [told] = export_person(user=user)["integrations"]["bekend bij een organisatie"]
    assert (told["dienst"], told["kenmerk"], told["tweede kenmerk"]) == (
        idp.issuer,
        "paar-anna-1",
        "bewaard als afdruk",
    )
    erase_person(user=user, actor=None)
    assert not SignOnIdentity.objects.exists()
    come_in(tab, steady)
    assert who_is_here(tab).pk != user.pk


def test_who_never_comes_back_is_forgotten_and_who_may_do_more_is_not(idp, provider, tab, as_user, school, come_in):
    come_in(tab, provider)
    gone = who_is_here(tab)
    idp.subject = "paar-bram-2"
    come_in(other := as_user(None), provider)
    stays = who_is_here(other)
    MembershipFactory(user=stays, organisation=school, role=Role.TEACHER)
    long_ago = timezone.now() - timedelta(days=site.RETENTION_NAMELESS_DAYS + 1)
    SignOnIdentity.objects.update(used_at=long_ago)
    User.objects.update(date_joined=long_ago, last_login=long_ago)
    apply_retention()
    assert User.objects.filter(pk=gone.pk).exists()  # signed in on a phone still
    Session.objects.all().delete()
    apply_retention()
    assert list(User.objects.filter(has_sign_on=True)) == [stays]
    assert not User.objects.filter(pk=gone.pk).exists()


def test_when_a_provider_ends_people_keep_what_they_did(idp, provider, tab, come_in):
    come_in(tab, provider)
    end_provider(provider=provider, actor=None)
    assert (SignOnProvider.objects.get().sealed, tab.get("/mijn/").status_code) == ("", 200)
    assert SignOnIdentity.objects.get().user == who_is_here(tab)
    assert tab.get(door(provider)).status_code == 404
