"""What this room counts itself, for employers and for the region (curriculum brief, section 7)."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import partial

from django.db.models import Max

from assessments.queries import MOST_NAMED, Given, given_in
from insight.models import DailyUse, PlanFigure
from insight.registry import (
    NO,
    YES,
    Counts,
    Indicator,
    OfFirms,
    OfPeople,
    OfTeams,
    Period,
    Shown,
    Since,
    Theme,
    register_indicator,
)
from learning.digiscan import CODE as DIGISCAN
from learning.models import DeskMessage, Event, Progress
from learning.pulse import PULSE
from learning.queries import MEASURE, MEASURE_AFTER
from people.models import Membership, Role

USE = "inclusie"  # counted beside nobody, by DailyUse (decision 0030)
LEARNED = "lerenden"
TAKING_PART = "lessen"  # what an employer shows of taking part, in its dossier too
KNOWN = {
    "assistent": "Weet wat een AI-assistent doet",
    "gegevens": "Weet wat niet in een AI-app mag",
    "controle": "Kijkt na wat AI zegt",
    "bericht": "Herkent een nepbericht",
    "stem": "Herkent een nepstem",
    "melden": "Meldt een fout met gegevens meteen",
}
LEVELS = {"beginner": "Beginner", "op-weg": "Op weg", "gevorderd": "Gevorderd", "koploper": "Koploper"}
WORK = {
    "zelf-kiezen": ("vaak", "Kan vaak zelf kiezen hoe het werk gaat"),
    "werkdruk": ("vaak", "Heeft het vaak te druk"),
    "contact": ("vaak", "Heeft vaak genoeg contact met collega’s"),
    "eerlijk": ("vaak", "Wordt vaak eerlijk behandeld"),
    "leren": ("nee", "Krijgt niet genoeg kans om digitaal te leren"),
    "zekerheid": ("ja", "Denkt dat werk verdwijnt binnen 3 jaar"),
}
"""Per question of the pulse the answer that is told, and what it says of who gave it."""


def firsts(questionnaire: str, since: Since, period: Period) -> dict[int, Given]:
    """Of each the first time in the quarter that they filled it in, since their moment."""
    found: dict[int, Given] = {}
    for one in given_in(questionnaire, since, period.begin, period.end):
        if one.received_at >= since[one.user_id]:
            found.setdefault(one.user_id, one)
    return found


def _said(questionnaire: str, item: str, yes: Collection[str], since: Since, period: Period) -> Mapping[int, str]:
    """Who gave one of these answers, of those who gave one; 'Weet ik niet' is one."""
    given = firsts(questionnaire, since, period)
    return {user: YES if one.answers[item] in yes else NO for user, one in given.items() if item in one.answers}


def _knew(questionnaire: str, item: str, since: Since, period: Period) -> Mapping[int, str]:
    given = firsts(questionnaire, since, period)
    return {user: YES if one.points[item] else NO for user, one in given.items() if item in one.points}


def _felt(item: str, told: str, since: Since, period: Period) -> Mapping[int, str]:
    """Of the pulse 'Weet ik niet' and an empty answer are none."""
    given = firsts(PULSE, since, period)
    found = {user: one.answers.get(item, "") for user, one in given.items()}
    return {user: YES if answer == told else NO for user, answer in found.items() if answer and answer != "weet-niet"}


def _learned(since: Since, period: Period) -> Mapping[int, str]:
    """Who did something in a lesson."""
    rows = Event.objects.filter(received_at__gte=period.begin, received_at__lt=period.end)
    last = rows.values_list("user_id").annotate(last=Max("received_at")).order_by()
    return {user: YES for user, at in last.iterator() if user in since and at >= since[user]}


def _finished(since: Since, period: Period) -> Mapping[int, str]:
    """Who finished a lesson, of everybody in the teams."""
    rows = Progress.objects.filter(completed_at__gte=period.begin, completed_at__lt=period.end)
    if len(since) <= MOST_NAMED:  # one employer: not the whole region again for each
        rows = rows.filter(user__in=list(since))
    last = rows.values_list("user_id").annotate(last=Max("completed_at")).order_by()
    return dict.fromkeys(since, NO) | {user: YES for user, at in last.iterator() if user in since and at >= since[user]}


def _worked(teams: Collection[int], period: Period) -> Mapping[int, Counts]:
    """From the blocks that were told to who leads the team: nothing is counted a second time (decision 0023)."""
    begin, end = period.begin.date(), period.end.date()
    found: dict[int, Counter[str]] = {}
    for figure in PlanFigure.objects.filter(cohort__in=teams, counted_on__gte=begin, counted_on__lt=end):
        found.setdefault(figure.cohort_id, Counter()).update(
            {YES: figure.succeeded, NO: figure.people - figure.succeeded}
        )
    return found


def _takes_part(since: Since, period: Period) -> Mapping[int, Counts]:
    return {firm: {YES: 1} for firm in since}


def _owners(since: Since) -> dict[int, int]:
    """Per owner their firm, of these."""
    rows = Membership.objects.filter(role=Role.OWNER, organisation__in=since).order_by("-pk")
    return dict(rows.values_list("user_id", "organisation_id"))


def _levels(since: Since, period: Period) -> Mapping[int, Counts]:
    """The level of each firm by the digiscan of its owner, the first in the quarter."""
    firm_of = _owners(since)
    given = firsts(DIGISCAN, {user: since[firm] for user, firm in firm_of.items()}, period)
    return {firm_of[user]: {one.level: 1} for user, one in given.items() if one.level in LEVELS}


def _sent(since: Since, period: Period) -> Mapping[int, Counts]:
    """Digiscans that owners sent to a desk, by an explicit tap."""
    firm_of, found = _owners(since), Counter[int]()
    rows = DeskMessage.objects.filter(user__in=firm_of, sent_at__gte=period.begin, sent_at__lt=period.end)
    for user, at in rows.values_list("user_id", "sent_at"):
        found[firm_of[user]] += at >= since[firm_of[user]]
    return {firm: {YES: count} for firm, count in found.items() if count}


def _measured(code: str, title: str, item: str, yes: Collection[str]) -> Iterator[Indicator]:
    """The same question in the startmeting and in the nameting."""
    for which, form, when in (("start", MEASURE, "bij de start"), ("nu", MEASURE_AFTER, "na 8 lessen")):
        yield OfPeople(
            f"{code}-{which}", Theme.AI_AT_WORK, f"{title}, {when}", f"mensen die de {form_name(form)} deden",
            {YES: title}, employer=True, read=partial(_said, form, item, yes),
        )  # fmt: skip


def form_name(form: str) -> str:
    """What a measurement is called on the page."""
    return "nameting" if form == MEASURE_AFTER else "startmeting"


def _own() -> Iterator[Indicator]:
    """All of this room, in the order of the page."""
    count = {YES: "Aantal"}
    learners, firms = "mensen die iets deden in een les", "organisaties die nu meedoen"
    yield OfPeople(LEARNED, Theme.REACH, "Mensen die leerden", learners, count, Shown.COUNT, read=_learned)
    yield OfFirms("organisaties", Theme.REACH, "Organisaties die meedoen", firms, count, Shown.FIRMS, read=_takes_part)
    phones = "telefoons waarop een les af kwam, ook van wie niet meedoet via een werkgever"
    words = {kind.value: kind.label for kind in DailyUse.What if kind != DailyUse.What.LESSON}
    yield Indicator(USE, Theme.INCLUSION, "Hoe mensen lezen", phones, words)
    yield from _measured("gebruik", "Gebruikt elke week AI", "gebruik", ("week", "dag"))
    yield from _measured("afspraken", "Kent de AI-afspraken", "afspraken", ("ja-ken",))
    for item, title in KNOWN.items():
        for which, form, when in (("start", MEASURE, "bij de start"), ("nu", MEASURE_AFTER, "na 8 lessen")):
            yield OfPeople(
                f"{item}-{which}", Theme.KNOWLEDGE, f"{title}, {when}", f"mensen die de {form_name(form)} deden",
                {YES: title}, read=partial(_knew, form, item),
            )  # fmt: skip
    yield OfTeams(
        "gelukt", Theme.BEHAVIOUR, "‘Gelukt?’ na 7 dagen: ja", "mensen die antwoord gaven op ‘Gelukt?’",
        {YES: "Ja of een beetje"}, employer=True, read=_worked,
    )  # fmt: skip
    yield OfPeople(
        TAKING_PART, Theme.REACH, "Deed een les of meer", "iedereen in de teams",
        {YES: "Deed een les of meer"}, employer=True, region=False, implies=LEARNED, read=_finished,
    )  # fmt: skip
    yield OfFirms(
        "digiscan", Theme.FIRMS, "Hoe ver bedrijven zijn", "bedrijven waarvan de ondernemer de digiscan deed",
        LEVELS, read=_levels,
    )  # fmt: skip
    yield OfFirms(
        "loket", Theme.FIRMS, "Digiscans naar een loket", "digiscans die een ondernemer zelf stuurde",
        count, Shown.COUNT, read=_sent,
    )  # fmt: skip
    for item, (answer, title) in WORK.items():
        yield OfPeople(
            f"werk-{item}", Theme.WORK, title, "mensen die deze vraag van de puls beantwoordden",
            {YES: title}, read=partial(_felt, item, answer),
        )  # fmt: skip


def register_own() -> None:
    """At start, once."""
    for indicator in _own():
        register_indicator(indicator)
