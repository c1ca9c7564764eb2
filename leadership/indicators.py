"""What the monitor of the region counts of the leadership programme: how many groups and products; never what is in
a product, or whose it is."""

from collections import Counter
from collections.abc import Mapping
from functools import partial

from insight.registry import YES, Counts, OfFirms, Period, Shown, Since, Theme, register_indicator
from leadership.models import ProductVersion, ProgrammeGroup
from people.models import Membership
from people.queries import LEADERS

COUNT = {YES: "Aantal"}
PRODUCTS = {
    "beleid": "AI-beleid op 1 A4, gedeeld met de leergroep",
    "taakscan": "Taakscans, gedeeld met de leergroep",
    "gesprek": "Gesprekken met de OR voorbereid, gedeeld met de leergroep",
}
"""The forms whose products are counted once they were shared."""


def register_indicators() -> None:
    """At start, once."""
    register_indicator(
        OfFirms(
            "leergroepen",
            Theme.LEADERSHIP,
            "Leergroepen die begonnen",
            "leergroepen van organisaties die meedoen",
            COUNT,
            Shown.COUNT,
            read=_groups,
        )
    )
    for form, title in PRODUCTS.items():
        register_indicator(
            OfFirms(
                f"stuk-{form}",
                Theme.LEADERSHIP,
                title,
                "stukken van leidinggevenden; alleen het aantal",
                COUNT,
                Shown.COUNT,
                read=partial(_shared, form),
            )
        )


def _groups(since: Since, period: Period) -> Mapping[int, Counts]:
    """Groups whose first week was in the quarter, per employer that they are of."""
    begun = ProgrammeGroup.objects.filter(
        cohort__organisation__in=since, starts_on__gte=period.begin.date(), starts_on__lt=period.end.date()
    )
    found = Counter(
        firm for firm, day in begun.values_list("cohort__organisation", "starts_on") if day >= since[firm].date()
    )
    return {firm: {YES: count} for firm, count in found.items()}


def _shared(form: str, since: Since, period: Period) -> Mapping[int, Counts]:
    """Products of one form that were shared in the quarter, each once, at the employer of their author."""
    leads = Membership.objects.filter(organisation__in=since, role__in=LEADERS).order_by("-organisation")
    firm_of = dict(leads.values_list("user_id", "organisation_id"))
    rows = ProductVersion.objects.filter(
        kind=ProductVersion.Kind.SHARED, product__template=form, product__owner__in=firm_of,
        made_at__gte=period.begin, made_at__lt=period.end,
    )  # fmt: skip
    products = {
        (product, firm_of[owner])
        for product, owner, at in rows.values_list("product_id", "product__owner_id", "made_at")
        if at >= since[firm_of[owner]]
    }
    found = Counter(firm for _, firm in products)
    return {firm: {YES: count} for firm, count in found.items()}
