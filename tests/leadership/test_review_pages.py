"""Partners read each other and answer four questions: no grade, and nothing that was typed is lost."""

import pytest

from leadership.models import PeerPlace, PeerReview, Shared, WorkProduct
from leadership.queries import reviews_for
from leadership.services import give_review, make_duos, save_product, share_product
from people.models import Notice
from people.services import leave_cohort
from tests.leadership.test_products import ANSWERS
from tests.leadership.test_sharing_pages import outsiders, read_at

HERE = {"origin": "http://testserver"}


@pytest.fixture
def product(group, chantal, gijs) -> WorkProduct:
    """Chantal's, which her duo Gijs may read."""
    make_duos(group_id=group.pk)
    made = save_product(group=group, owner=chantal, template="start", values={"knelpunt": "A"}, base=0).product
    return share_product(product_id=made.pk, owner=chantal, shared_with=Shared.DUO)


def answer(client, product, answers=ANSWERS, **more):
    sent = {**answers, "versie": product.shared_id, **more}
    return client.post(read_at(product), sent, headers=HERE)


def answers_at(product) -> str:
    return f"/programma/stuk/{product.pk}/antwoorden/"


def test_a_partner_answers_is_told_so_and_the_author_reads_it(client, product, chantal, gijs):
    client.force_login(gijs)
    assert answer(client, product).status_code == 302
    page = client.get(read_at(product)).text
    assert "Chantal kan je antwoorden nu lezen." in page
    assert "De nachtdienst niet." in page, "to be changed"
    [notice] = Notice.objects.filter(user=chantal, text__contains="gelezen")
    client.force_login(chantal)
    page = client.get(notice.link).text
    assert "<bdi>Gijs</bdi>" in page
    assert "De nachtdienst niet." in page
    assert "cijfer" not in page.partition("<main")[2]


def test_sent_twice_it_is_kept_once_and_sent_otherwise_it_is_changed(client, product, chantal, gijs):
    client.force_login(gijs)
    answer(client, product)
    before = PeerReview.objects.get().given_at
    answer(client, product)
    assert PeerReview.objects.get().given_at == before
    answer(client, product, {**ANSWERS, "echt": "Nee.\r\nToch niet."})
    [review] = reviews_for(chantal, product)
    assert review.answers["echt"] == "Nee.\nToch niet.", "lines as they were typed"
    assert Notice.objects.filter(user=chantal, text__contains="gelezen").count() == 1


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({}, "Vul hier nog iets in."),
        ({**ANSWERS, "maandag": "  \r\n "}, "Vul hier nog iets in."),
        ({**ANSWERS, "echt": "x" * 1501}, "Er passen 1500 tekens."),
        ({**ANSWERS, "echt": "<script>\x07"}, "geen tekst is"),
        ({"echt": "x" * 200_000}, "Er passen 1500 tekens."),
    ],
)
def test_answers_that_do_not_fit_are_told_beside_the_field_and_stay_there(client, product, gijs, answers, told):
    client.force_login(gijs)
    page = answer(client, product, answers)
    assert page.status_code == 422
    assert told in page.text
    assert "Nog niet verstuurd." in page.text
    assert "<script>\x07" not in page.text
    assert not PeerReview.objects.exists()
    for said in answers.values():
        assert said.strip()[:20].replace("<", "&lt;").replace(">", "&gt;") in page.text


def test_lines_count_once_so_that_a_full_field_fits(client, product, gijs):
    client.force_login(gijs)
    full = "\r\n".join(["x" * 9] * 150)
    assert answer(client, product, {**ANSWERS, "echt": full}).status_code == 302


@pytest.mark.parametrize("version", ["", "0", "x", "-1", "9" * 30, "10000"])
def test_a_version_that_is_none_is_the_one_that_is_shared(client, product, gijs, version):
    client.force_login(gijs)
    assert answer(client, product, versie=version).status_code == 302
    assert PeerReview.objects.get().version == product.shared


def test_what_was_read_is_kept_with_the_answer_and_a_newer_version_is_told(client, product, chantal, gijs):
    old = product.shared_id
    save_product(group=product.group, owner=chantal, template="start", values={"knelpunt": "B"}, base=1)
    share_product(product_id=product.pk, owner=chantal, shared_with=Shared.DUO)
    client.force_login(gijs)
    answer(client, product, versie=old)
    assert "Chantal deelde intussen een nieuwe versie." in client.get(read_at(product)).text
    assert PeerReview.objects.get().version_id == old
    client.force_login(chantal)
    assert "over een eerdere versie" in client.get(answers_at(product)).text


def test_a_version_that_was_never_shared_is_never_what_was_read(client, product, chantal, gijs):
    private = product.versions.create(kind="saved", values={"knelpunt": "geheim"})
    client.force_login(gijs)
    answer(client, product, versie=private.pk)
    assert PeerReview.objects.get().version == product.shared


def test_taking_back_closes_the_page_at_once_and_gives_back_what_was_typed(client, product, chantal, gijs):
    client.force_login(gijs)
    assert client.get(read_at(product)).status_code == 200
    share_product(product_id=product.pk, owner=chantal, shared_with=Shared.NOBODY)
    assert client.get(read_at(product)).status_code == 404
    page = answer(client, product)
    assert page.status_code == 404
    assert "Je antwoorden zijn niet verstuurd." in page.text
    assert "De nachtdienst niet." in page.text
    assert not PeerReview.objects.exists()
    never = client.get(f"/programma/{product.group_id}/gedeeld/{10**12}/")
    assert never.status_code == 404
    assert never.text == client.get(read_at(product)).text, "whether it ever was there cannot be told"


def test_another_duo_ends_reading_and_what_was_said_stays_with_both(client, product, chantal, gijs):
    give_review(group=product.group, product_id=product.pk, reviewer=gijs, answers=ANSWERS)
    PeerPlace.objects.filter(user=gijs).update(duo=99)
    client.force_login(gijs)
    assert client.get(read_at(product)).status_code == 404
    page = client.get(f"/programma/{product.group_id}/gedeeld/").text
    assert "Wat jij eerder zei" in page
    assert "De nachtdienst niet." in page
    client.force_login(chantal)
    assert "De nachtdienst niet." in client.get(answers_at(product)).text


def test_who_is_no_partner_reads_without_questions_and_cannot_answer(client, product, chantal, hilde, fenna, cohort):
    share_product(product_id=product.pk, owner=chantal, shared_with=Shared.GROUP)
    for person in (hilde, fenna):
        client.force_login(person)
        page = client.get(read_at(product))
        assert page.status_code == 200
        assert "<textarea" not in page.text
        assert answer(client, product).status_code == 404
    assert not PeerReview.objects.exists()


def test_another_site_answers_nothing(client, product, gijs):
    client.force_login(gijs)
    page = client.post(read_at(product), ANSWERS, headers={"origin": "https://elders.nl"})
    assert page.status_code == 403
    assert not PeerReview.objects.exists()


def test_what_partners_said_is_there_for_the_author_alone(client, product, chantal, gijs, fenna, request):
    give_review(group=product.group, product_id=product.pk, reviewer=gijs, answers=ANSWERS)
    share_product(product_id=product.pk, owner=chantal, shared_with=Shared.GROUP)
    assert client.get(answers_at(product)).status_code == 302
    for person in (gijs, fenna, *outsiders(product.group, request)):
        client.force_login(person)
        assert client.get(answers_at(product)).status_code == 404, person
        assert answer(client, product).status_code == (302 if person == gijs else 404), person
    assert PeerReview.objects.count() == 1
    leave_cohort(user=chantal, cohort=product.group.cohort)
    client.force_login(chantal)
    assert "De nachtdienst niet." in client.get(answers_at(product)).text, "it stays the author's"


def test_without_answers_the_page_says_what_it_waits_for(client, product, chantal):
    client.force_login(chantal)
    assert "Je duo gaf nog geen antwoord." in client.get(answers_at(product)).text
    share_product(product_id=product.pk, owner=chantal, shared_with=Shared.NOBODY)
    assert "Deel het, dan kan je duo" in client.get(answers_at(product)).text
