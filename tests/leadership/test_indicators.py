"""The monitor counts groups and shared products of the programme, at the employer of who made them; never a text."""

from datetime import timedelta

import pytest

from insight.registry import Period, region_indicators
from insight.services import release_region
from insight.tables import Places
from leadership.models import ProductVersion, WorkProduct
from people.models import Membership, Role, User
from tests.insight.teams import BEFORE, DURING, QUARTER, employer

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms(db):
    return [employer(in_monitor_since=BEFORE) for _ in range(3)]


def product(firm, programme, *, form: str = "taakscan", at=DURING, shared: int = 1) -> None:
    owner = User.objects.create_user(f"lead {User.objects.count()}")
    Membership.objects.create(user=owner, organisation=firm, role=Role.TEAM_LEAD)
    made = WorkProduct.objects.create(programme=programme, owner=owner, template=form, values={"team": "Geheim"})
    for _ in range(shared):
        ProductVersion.objects.create(product=made, kind=ProductVersion.Kind.SHARED, made_at=at)


def counted(code: str, firms) -> dict:
    period = Period.of(QUARTER)
    indicator = next(one for one in region_indicators() if one.code == code)
    return dict(indicator.read(Places.of(firms, period).firms, period))


def test_a_product_counts_once_however_often_it_was_shared(firms, programme):
    product(firms[0], programme, shared=3)
    product(firms[1], programme)
    assert counted("stuk-taakscan", firms) == {firms[0].pk: {"ja": 1}, firms[1].pk: {"ja": 1}}
    assert counted("stuk-beleid", firms) == {}


def test_what_was_shared_in_another_quarter_or_by_who_does_not_take_part_is_not_counted(firms, programme):
    product(firms[0], programme, at=BEFORE)
    product(firms[0], programme, at=DURING + timedelta(days=120))
    product(employer(), programme)
    product(firms[0], programme, shared=0)
    assert counted("stuk-taakscan", firms) == {}


def test_the_region_is_told_a_number_and_no_word_of_a_product(firms, programme):
    for firm in firms:
        for _ in range(5):
            product(firm, programme)
    made = release_region(quarter=QUARTER)
    figures = {(one.indicator, one.group): one.told for one in made.figures.all()}
    assert figures["stuk-taakscan", "alles"] == "20"
    assert "Geheim" not in str(list(made.figures.values()))


def test_of_two_firms_or_nine_products_nothing_is_told(firms, programme):
    for firm in firms:
        for _ in range(3):
            product(firm, programme)
    for firm in firms[:2]:
        for _ in range(10):
            product(firm, programme, form="beleid")
    made = release_region(quarter=QUARTER)
    hidden = {one.indicator: one.hidden for one in made.figures.filter(group="alles")}
    assert (hidden["stuk-taakscan"], hidden["stuk-beleid"]) == ("few", "few")
