"""Who reads a product: its author chooses on a page, and for everybody else the page is not there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leadership.models import Shared, WorkProduct
from leadership.services import make_duos, save_product, share_product
from people.models import Notice
from people.services import leave_cohort

VALUES = {"knelpunt": "Offertes blijven liggen", "metingen": [{"wat": "<b>Dagen</b>", "nu": "9", "hoe": ""}]}


@pytest.fixture
def product(group, chantal, gijs) -> WorkProduct:
    """Chantal's, with Gijs as her duo; nobody else reads it."""
    made = save_product(group=group, owner=chantal, template="start", values=VALUES, base=0).product
    make_duos(group_id=group.pk)
    return made


def address(product) -> str:
    return f"/programma/stuk/{product.pk}/delen/"


def read_at(product) -> str:
    return f"/programma/{product.group_id}/gedeeld/{product.pk}/"


def choose(client, product, who, version=1):
    return client.post(address(product), {"delen": who, "versie": version}, headers={"origin": "http://testserver"})


def outsiders(group, request):
    """Everybody who may not even know that this group has pages, by name."""
    left = request.getfixturevalue("hilde")
    leave_cohort(user=left, cohort=group.cohort)
    names = ("anna", "bram", "driss", "jorrit", "petra", "piet", "karin")
    return [left, *(request.getfixturevalue(name) for name in names)]


# Choosing


def test_an_author_reads_who_would_read_what_before_choosing(client, product, chantal, hilde):
    client.force_login(chantal)
    page = client.get(address(product)).text
    assert "Alleen jij leest dit stuk." in page
    assert "<bdi>Gijs</bdi>" in page
    assert "<bdi>Hilde</bdi>" in page, "of the group, to choose knowingly"
    assert "Begeleider: <bdi>Fenna</bdi>" in page
    assert "Offertes blijven liggen" in page
    assert "&lt;b&gt;Dagen" in page
    assert "no-store" in client.get(address(product))["Cache-Control"]


def test_each_choice_is_kept_confirmed_and_done_once(client, product, chantal):
    client.force_login(chantal)
    for who, told in [
        ("duo", "Gedeeld met Gijs."),
        ("duo", "Gedeeld met Gijs."),
        ("group", "De groep en je begeleider lezen het stuk"),
        ("", '<span class="line">Opgeslagen.</span>'),
        ("", '<span class="line">Opgeslagen.</span>'),
    ]:
        page = client.post(
            address(product), {"delen": who, "versie": 1}, follow=True, headers={"origin": "http://testserver"}
        )
        assert told in page.text
        product.refresh_from_db()
        assert product.shared_with == who
    assert product.versions.filter(kind="shared").count() == 1


def test_a_partner_hears_of_it_once_per_version(client, product, chantal, gijs):
    client.force_login(chantal)
    for who in ("duo", "duo", "group"):
        choose(client, product, who)
    [notice] = Notice.objects.filter(user=gijs, text__contains="deelt een stuk")
    assert notice.link == read_at(product)
    assert "Offertes" not in notice.text


def test_what_changed_after_sharing_is_said_and_goes_along_only_when_shared_again(client, product, chantal, gijs):
    client.force_login(chantal)
    choose(client, product, "duo")
    values = {**VALUES, "knelpunt": "Nog geheim"}
    save_product(group=product.group, owner=chantal, template="start", values=values, base=1)
    assert "Dat ziet niemand, tot je opnieuw deelt." in client.get(address(product)).text
    assert choose(client, product, "duo", version=1).status_code == 409, "that is not what is shared now"
    client.force_login(gijs)
    assert "Nog geheim" not in client.get(read_at(product)).text
    client.force_login(chantal)
    choose(client, product, "duo", version=2)
    client.force_login(gijs)
    assert "Nog geheim" in client.get(read_at(product)).text


@pytest.mark.parametrize(
    "sent",
    [{}, {"delen": "iedereen"}, {"delen": "x" * 10_000}, {"delen": "duo\x00"}, {"versie": "1"}],
)
def test_a_choice_that_is_none_changes_nothing_and_is_told(client, product, chantal, sent):
    client.force_login(chantal)
    page = client.post(address(product), sent, headers={"origin": "http://testserver"})
    assert page.status_code == 422
    assert "Kies wie dit stuk mag lezen." in page.text
    product.refresh_from_db()
    assert product.shared is None


@pytest.mark.parametrize("version", ["", "0", "2", "-1", "x", "9" * 40, "１"])
def test_another_version_than_the_author_saw_is_not_shared(client, product, chantal, version):
    client.force_login(chantal)
    page = choose(client, product, "group", version=version)
    assert page.status_code == 409
    assert "intussen veranderd" in page.text
    assert 'value="group" checked' in page.text, "what was chosen stands there still"
    product.refresh_from_db()
    assert product.shared is None


def test_an_empty_product_is_not_shared(client, group, product, chantal):
    save_product(group=group, owner=chantal, template="start", values={}, base=1)
    client.force_login(chantal)
    assert "Er staat nog niets in" in client.get(address(product)).text
    page = choose(client, product, "group", version=2)
    assert page.status_code == 422
    assert "Vul eerst iets in." in page.text


def test_another_site_shares_nothing(client, product, chantal):
    client.force_login(chantal)
    page = client.post(address(product), {"delen": "group", "versie": 1}, headers={"origin": "https://elders.nl"})
    assert page.status_code == 403
    product.refresh_from_db()
    assert product.shared is None


def test_who_is_alone_in_a_group_may_share_ahead_and_reads_that_nobody_is_there(client, group, cohort, chantal, gijs):
    made = save_product(group=group, owner=chantal, template="start", values=VALUES, base=0).product
    leave_cohort(user=gijs, cohort=cohort)
    client.force_login(chantal)
    page = client.get(address(made)).text
    assert "Je hebt nu geen duo." in page
    assert "nu niemand behalve jij" in page
    choose(client, made, "duo")
    assert "Heb je een duo, dan leest die" in client.get(address(made)).text


def test_only_the_author_has_the_page_where_one_chooses(client, product, gijs, fenna, request):
    share_product(product_id=product.pk, owner=product.owner, shared_with=Shared.GROUP)
    assert client.get(address(product)).status_code == 302, "nobody is asked to sign in"
    for person in (gijs, fenna, *outsiders(product.group, request)):
        client.force_login(person)
        assert client.get(address(product)).status_code == 404, person
        assert choose(client, product, "").status_code == 404, person
    product.refresh_from_db()
    assert product.shared_with == Shared.GROUP


def test_an_author_who_left_reads_that_nobody_reads_it_and_shares_no_more(client, product, chantal, gijs):
    share_product(product_id=product.pk, owner=chantal, shared_with=Shared.GROUP)
    leave_cohort(user=chantal, cohort=product.group.cohort)
    client.force_login(chantal)
    page = client.get(address(product)).text
    assert "Alleen jij leest het." in page
    assert "<form class" not in page
    assert choose(client, product, "group").status_code == 404
    client.force_login(gijs)
    assert client.get(read_at(product)).status_code == 404


# What others share


def test_what_was_shared_is_listed_for_whom_it_is(client, product, group, chantal, gijs, hilde, fenna):
    make_duos(group_id=group.pk)
    listed = f"/programma/{group.pk}/gedeeld/"
    seen = {}
    for who in (Shared.DUO, Shared.GROUP, Shared.NOBODY):
        share_product(product_id=product.pk, owner=chantal, shared_with=who)
        for person in (gijs, fenna, chantal):
            client.force_login(person)
            seen[who, person.first_name] = read_at(product) in client.get(listed).text
    assert [key for key, there in seen.items() if there] == [
        (Shared.DUO, "Gijs"),
        (Shared.GROUP, "Gijs"),
        (Shared.GROUP, "Fenna"),
    ]


def test_an_empty_list_says_what_to_do(client, product, group, cohort, chantal, gijs, fenna):
    listed = f"/programma/{group.pk}/gedeeld/"
    client.force_login(gijs)
    assert "Deel zelf een stuk" in client.get(listed).text
    client.force_login(fenna)
    assert "Wie dat wil, kiest het bij het eigen stuk." in client.get(listed).text
    leave_cohort(user=chantal, cohort=cohort)
    client.force_login(gijs)
    make_duos(group_id=group.pk)
    assert "Je hebt nu geen duo." in client.get(listed).text


def test_a_long_list_asks_the_database_no_more_than_a_short_one(client, group, chantal, gijs, programme):
    make_duos(group_id=group.pk)
    client.force_login(gijs)
    counts = []
    for name in ("start", "taakscan", "processchets", "gegevenskaart"):
        made = WorkProduct.objects.create(programme=programme, group=group, owner=chantal, template=name, values=VALUES)
        share_product(product_id=made.pk, owner=chantal, shared_with=Shared.DUO)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"/programma/{group.pk}/gedeeld/").text
        counts.append(len(asked))
    assert page.count("gedeeld op") == 4
    assert len(set(counts)) == 1


def test_nobody_else_has_the_list_or_the_product(client, product, chantal, request):
    share_product(product_id=product.pk, owner=chantal, shared_with=Shared.GROUP)
    listed = f"/programma/{product.group_id}/gedeeld/"
    assert client.get(listed).status_code == client.get(read_at(product)).status_code == 302
    for person in outsiders(product.group, request):
        client.force_login(person)
        for page in (client.get(listed), client.get(read_at(product))):
            assert page.status_code == 404, person
            assert "Voorjaar" not in page.text, person


def test_who_sees_what_names_the_group_to_who_is_in_it_and_to_nobody_else(client, product, chantal, fenna, anna, hilde):
    client.force_login(chantal)
    page = client.get("/wie-ziet-wat/").text
    assert "Je leergroep" in page
    assert "Je duo: <bdi>Gijs</bdi>." in page
    assert "Begeleider: <bdi>Fenna</bdi>." in page
    for person in (fenna, anna):
        client.force_login(person)
        assert "Je leergroep" not in client.get("/wie-ziet-wat/").text
    client.logout()
    assert "Je leergroep" not in client.get("/wie-ziet-wat/").text
