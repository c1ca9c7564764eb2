"""What the monitor of the region counts of the leadership programme: how many groups and products, and what leads chose
to tell the region; never what is in a product, or whose it is."""

from collections import Counter
from collections.abc import Mapping
from functools import partial

from insight.registry import YES, Counts, OfFirms, Period, Shown, Since, Theme, register_indicator
from leadership.models import LookBack, Obstacle, ProductVersion, ProgrammeGroup, Success
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
    for code, title, field, choices in (
        ("succes", "Wat het best ging", "success", Success),
        ("knelpunt", "Wat het meest tegenhield", "obstacle", Obstacle),
    ):
        register_indicator(
            OfFirms(
                code,
                Theme.LEADERSHIP,
                title,
                "organisaties waarvan een leidinggevende dit aan het eind van het programma vertelde",
                {one.value: str(one.label) for one in choices},
                read=partial(_looked_back, field),
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
    firm_of = _firm_of(since)
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


def _looked_back(field: str, since: Since, period: Period) -> Mapping[int, Counts]:
    """Per employer what its leads chose most from a list in the quarter, of as many the first; each lead once."""
    firm_of, found = _firm_of(since), dict[int, Counter[str]]()
    rows = LookBack.objects.filter(user__in=firm_of, given_at__gte=period.begin, given_at__lt=period.end)
    told: dict[int, str] = {}
    for user, at, said in rows.exclude(**{field: ""}).values_list("user_id", "given_at", field):
        if at >= since[firm_of[user]]:
            told.setdefault(user, said)
    for user, said in told.items():
        found.setdefault(firm_of[user], Counter())[said] += 1
    return {firm: {said.most_common(1)[0][0]: 1} for firm, said in found.items()}


def _firm_of(since: Since) -> dict[int, int]:
    """Per lead the employer of these that they count at."""
    leads = Membership.objects.filter(organisation__in=since, role__in=LEADERS).order_by("-organisation")
    return dict(leads.values_list("user_id", "organisation_id"))
