"""Products: kept while typing, never lost, and read by nobody but whom their author chose."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.utils import timezone

from leadership.models import PeerReview, ProductVersion, Shared, WorkProduct
from leadership.queries import (
    own_sharing,
    products_of,
    reviews_by,
    reviews_for,
    shared_product,
    shared_products,
    weeks_done,
)
from leadership.services import NotYours, WrongReview, give_review, make_duos, save_product, share_product
from leadership.values import WrongValues, clean_values, missing
from people.models import Notice, Role
from people.registry import rooms
from people.services import erase_person, leave_cohort
from people.tasks import apply_retention
from tests.factories import CohortMemberFactory, UserFactory
from tests.leadership.conftest import lead

ANSWERS = {"echt": "Ja.", "gehoord": "De nachtdienst niet.", "stoppen": "Bij stap twee.", "maandag": "Bellen."}
ROW = {"wat": "Wachttijd", "nu": "2 dagen", "hoe": "Turven"}


@pytest.fixture
def start(programme):
    return programme.text.templates["start"]


@pytest.fixture
def product(group, chantal) -> WorkProduct:
    return save_product(group=group, owner=chantal, template="start", values={"knelpunt": "A"}, base=0).product


def registered():
    return next(entry for entry in rooms() if entry.room == "leadership")


def save(product, base, knelpunt):
    values = {"knelpunt": knelpunt}
    return save_product(group=product.group, owner=product.owner, template="start", values=values, base=base)


# What may stand in it


@pytest.mark.parametrize(
    ("raw", "field", "said"),
    [
        ([], "", "geen ingevuld formulier"),
        ("x", "", "geen ingevuld formulier"),
        ({"onzin": "x"}, "onzin", "hoort niet bij dit formulier"),
        ({"y" * 9999: "x"}, "y" * 30, "hoort niet bij dit formulier"),
        ({"knelpunt": 3}, "knelpunt", "Hier hoort tekst."),
        ({"knelpunt": ["x"]}, "knelpunt", "Hier hoort tekst."),
        ({"knelpunt": "x" * 201}, "knelpunt", "Er passen 200 tekens, je hebt er 201."),
        ({"knelpunt": "een\ntwee"}, "knelpunt", "op één regel"),
        ({"knelpunt": "a\x00b"}, "knelpunt", "geen tekst is"),
        ({"merkt": "a\ud800b"}, "merkt", "geen tekst is"),
        ({"metingen": "x"}, "metingen", "Hier horen rijen."),
        ({"metingen": [[]]}, "metingen", "Hier horen rijen."),
        ({"metingen": [{}] * 7}, "metingen", "Er passen er 6."),
        ({"metingen": [{"kolom": "x"}]}, "metingen", "Rij 1 heeft een vak te veel."),
        ({"metingen": [ROW, {"wat": "x" * 201}]}, "metingen", "Rij 2: Dit is te lang."),
        ({"metingen": [{"wat": {"x": 1}}]}, "metingen", "Rij 1: Hier hoort tekst."),
    ],
)
def test_what_does_not_belong_is_refused_with_its_field(start, raw, field, said):
    with pytest.raises(WrongValues) as caught:
        clean_values(start, raw)
    [(where, message)] = caught.value.problems
    assert where == field
    assert said in message


def test_an_answer_that_cannot_be_chosen_is_refused(programme):
    for wrong in ("groen", None, 1, ["goed"], {"goed": 1}):
        with pytest.raises(WrongValues, match="Kies een van"):
            clean_values(programme.text.templates["werkcheck"], {"autonomie": wrong})


def test_half_a_product_can_be_saved_and_says_what_it_still_needs(start):
    values = clean_values(start, {"knelpunt": " A ", "merkt": "<script>", "metingen": [{}, {"wat": "B"}], "schrap": ""})
    assert values == {"knelpunt": "A", "merkt": "<script>", "metingen": [{"wat": "B", "nu": "", "hoe": ""}]}
    assert dict(missing(start, values)) == {"metingen": "Een rij is nog niet helemaal gevuld."}
    assert [field for field, _ in missing(start, {})] == ["knelpunt", "merkt", "metingen"]


def test_examples_are_copied_and_never_changed_by_what_is_typed(start):
    before = deepcopy(start.examples)
    clean_values(start, start.examples["zorg"])["knelpunt"] = "anders"
    assert start.examples == before


# Saving


def test_what_is_sent_twice_is_kept_once(product):
    assert save(product, 0, " A ").product.version == 1
    assert save(product, 0, "A").aside is None
    assert not product.versions.exists()


def test_of_two_phones_the_second_is_told_and_what_it_typed_is_put_aside_once(product):
    assert save(product, 1, "B").aside is None
    for _ in range(2):
        late = save(product, 1, "C")
        assert late.product.values == {"knelpunt": "B"}
        assert late.aside
        assert late.aside.values == {"knelpunt": "C"}
    assert product.versions.filter(kind=ProductVersion.Kind.ASIDE).count() == 1


def test_typing_leaves_a_version_now_and_then_and_no_more_than_thirty(product):
    for number in range(2, 5):
        save(product, number - 1, f"B{number}")
    assert product.versions.count() == 1, "not one per save"
    old = timezone.now() - timedelta(hours=1)
    ProductVersion.objects.bulk_create(
        ProductVersion(product=product, kind="saved", values={"knelpunt": str(n)}, made_at=old) for n in range(40)
    )
    save(product, 4, "Z")
    assert product.versions.count() == ProductVersion.MOST
    assert product.versions.first().values == {"knelpunt": "B4"}


def test_a_form_of_a_week_that_is_not_open_or_not_there_is_not_saved(group, chantal):
    group.starts_on = timezone.localdate() + timedelta(days=1)
    for template in ("start", "onzin", ""):
        with pytest.raises(ValueError, match="not open"):
            save_product(group=group, owner=chantal, template=template, values={}, base=0)


def test_a_week_is_done_when_all_its_products_are_ready(group, chantal, programme):
    for template in ("start", "leerafspraak"):
        example = programme.text.templates[template].examples["bouw"]
        save_product(group=group, owner=chantal, template=template, values=example, base=0)
    assert weeks_done(chantal, group) == [1], "week 8 has a presentation too"


# Who reads it


def test_nobody_reads_what_was_not_shared_and_afterwards_only_what_was_shared(product, group, chantal, gijs, fenna):
    assert shared_products(gijs, group) == shared_products(fenna, group) == []
    share_product(product_id=product.pk, owner=chantal, shared_with=Shared.GROUP)
    save(product, 1, "Nog geheim")
    for reader in (gijs, fenna):
        [seen] = shared_products(reader, group)
        assert (seen.author, seen.values) == ("Chantal", {"knelpunt": "A"})
    assert shared_products(chantal, group) == [], "one's own is not among what others share"
    share_product(product_id=product.pk, owner=chantal, shared_with=Shared.NOBODY)
    assert shared_products(gijs, group) == shared_products(fenna, group) == []


def test_what_is_for_a_duo_is_not_for_the_facilitator_or_the_others(
    product, group, chantal, gijs, hilde, fenna, cohort
):
    jan = lead("Jan", hilde.memberships.get().organisation, Role.TEAM_LEAD, cohort)
    make_duos(group_id=group.pk)
    share_product(product_id=product.pk, owner=chantal, shared_with=Shared.DUO)
    readers = [user for user in (gijs, hilde, jan, fenna) if shared_products(user, group)]
    assert len(readers) == 1
    assert fenna not in readers


def test_a_stranger_a_learner_and_leads_of_elsewhere_get_nothing(
    product, group, chantal, cohort, anna, bram, driss, elsewhere
):
    share_product(product_id=product.pk, owner=chantal, shared_with=Shared.GROUP)
    CohortMemberFactory(cohort=cohort, user=anna)  # came in with the code, and only learns
    colleague = lead("Karin", chantal.memberships.get().organisation, Role.HR_LEAD)
    for person in (anna, bram, driss, colleague, lead("Piet", elsewhere, Role.HR_LEAD)):
        assert shared_products(person, group) == []
        assert shared_product(person, group, product.pk) is None
        assert not products_of(person).exists()
        assert reviews_for(person, product) == []
        with pytest.raises(NotYours):
            save_product(group=group, owner=person, template="start", values={}, base=0)
        with pytest.raises(NotYours):
            share_product(product_id=product.pk, owner=person, shared_with=Shared.GROUP)
        with pytest.raises(NotYours):
            give_review(group=group, product_id=product.pk, reviewer=person, answers=ANSWERS)


def test_who_leaves_keeps_their_products_and_nobody_else_reads_them(product, group, chantal, gijs, cohort):
    share_product(product_id=product.pk, owner=chantal, shared_with=Shared.GROUP)
    leave_cohort(user=chantal, cohort=cohort)
    assert shared_products(gijs, group) == []
    assert [found.pk for found in products_of(chantal)] == [product.pk]
    with pytest.raises(NotYours):
        share_product(product_id=product.pk, owner=chantal, shared_with=Shared.GROUP)
    cohort.organisation.delete()
    assert products_of(chantal).get().values == {"knelpunt": "A"}, "the organisation of the group is gone"


# What a partner says


@pytest.fixture
def shared(product, group, gijs, chantal) -> WorkProduct:
    """Chantal's product, for her duo: Gijs."""
    make_duos(group_id=group.pk)
    return share_product(product_id=product.pk, owner=chantal, shared_with=Shared.DUO)


def test_a_partner_answers_the_four_questions_and_only_the_author_reads_it(shared, group, gijs, chantal, fenna):
    first = give_review(group=group, product_id=shared.pk, reviewer=gijs, answers=ANSWERS)
    assert first.version
    assert first.version.values == {"knelpunt": "A"}, "what was read"
    give_review(group=group, product_id=shared.pk, reviewer=gijs, answers={**ANSWERS, "echt": "Nee."})
    [review] = reviews_for(chantal, shared)
    assert review.answers["echt"] == "Nee."
    assert Notice.objects.filter(user=chantal, text__contains="gelezen").count() == 1
    assert [given.answers for given in reviews_by(gijs, group)] == [review.answers]
    assert reviews_for(fenna, shared) == reviews_for(gijs, shared) == reviews_by(chantal, group) == []


def test_an_author_sees_how_their_product_stands_with_others_and_nobody_else_does(shared, group, gijs, chantal, cohort):
    give_review(group=group, product_id=shared.pk, reviewer=gijs, answers=ANSWERS)
    [(number, stands)] = own_sharing(chantal).items()
    assert number == shared.pk
    assert (stands.shared_with, stands.is_current, stands.read_by) == (Shared.DUO, True, ("Gijs",))
    save(shared, 1, "Anders")
    assert not own_sharing(chantal)[shared.pk].is_current
    assert own_sharing(gijs) == {}
    leave_cohort(user=chantal, cohort=cohort)
    assert own_sharing(chantal) == {}, "nobody reads it any more"


@pytest.mark.parametrize(
    "answers",
    [None, [], "x", {}, {**ANSWERS, "cijfer": "8"}, {**ANSWERS, "echt": ""}, {**ANSWERS, "echt": "  "},
     {**ANSWERS, "echt": 8}, {**ANSWERS, "echt": "x" * 1501}, {**ANSWERS, "echt": "a\x00"}],
)  # fmt: skip
def test_answers_that_are_missing_wrong_or_huge_are_refused(shared, group, gijs, answers):
    with pytest.raises(WrongReview):
        give_review(group=group, product_id=shared.pk, reviewer=gijs, answers=answers)
    assert not PeerReview.objects.exists()


def test_one_reviews_a_partner_only_and_not_oneself(shared, group, chantal, hilde, fenna):
    share_product(product_id=shared.pk, owner=chantal, shared_with=Shared.GROUP)
    for person in (chantal, hilde, fenna):
        with pytest.raises(NotYours):
            give_review(group=group, product_id=shared.pk, reviewer=person, answers=ANSWERS)


# What is held about a person


def test_everything_of_a_lead_is_exported_and_goes_with_them(shared, group, gijs, chantal):
    give_review(group=group, product_id=shared.pk, reviewer=gijs, answers=ANSWERS)
    data = registered().export(chantal)
    assert data["stukken"][0]["inhoud"] == {"knelpunt": "A"}
    assert data["stukken"][0]["wat je duo zei"] == [ANSWERS]
    assert registered().export(gijs)["wat je zei over stukken van anderen"] == [ANSWERS]
    assert registered().describe(chantal) == "1 stuk"
    counts = erase_person(user=chantal, actor=None)
    assert counts["leadership"] == {"stukken": 1, "antwoorden aan een duo": 0, "antwoorden aan de regio": 0}
    assert not WorkProduct.objects.exists()
    assert not PeerReview.objects.exists()


def test_two_that_are_one_keep_all_that_both_typed(shared, group, gijs, chantal, cohort):
    give_review(group=group, product_id=shared.pk, reviewer=gijs, answers=ANSWERS)
    other = UserFactory()
    mine = WorkProduct.objects.create(
        programme=group.programme, group=group, owner=other, template="start", values={"knelpunt": "van de ander"}
    )
    registered().merge(other, chantal)
    assert not WorkProduct.objects.get(pk=mine.pk).versions.exists()
    assert shared.versions.filter(values={"knelpunt": "van de ander"}).exists()
    registered().merge(gijs, chantal)
    assert not PeerReview.objects.exists(), "nobody reviews oneself"


def test_a_year_later_versions_that_nobody_may_read_are_gone(shared):
    shared.versions.create(kind=ProductVersion.Kind.SAVED, values={"knelpunt": "oud"})
    gone = registered().retain(timezone.now() + timedelta(days=400))
    assert gone == {"oude versies van stukken": 1, "antwoorden aan de regio": 0}
    assert [version.kind for version in shared.versions.all()] == [ProductVersion.Kind.SHARED]


def test_a_year_after_its_group_ended_a_product_is_its_authors_alone_again(shared, cohort):
    for days, whose in ((364, Shared.GROUP), (366, Shared.NOBODY)):
        cohort.closed_at = timezone.now() - timedelta(days=days)
        cohort.save()
        WorkProduct.objects.filter(pk=shared.pk).update(shared_with=Shared.GROUP)
        apply_retention()
        shared.refresh_from_db()
        assert shared.shared_with == whose
        assert (shared.shared is None) == (days == 366)
    assert list(products_of(shared.owner)) == [shared]
    assert shared.values
