"""A dossier in words, for the page, the PDF and the CSV alike: from its content and nothing else."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.template.defaultfilters import date as in_dutch

from insight.figures import last_whole_quarter, quarter_of
from leadership.dossier.content import Content, canonical, digest_of
from media.pdf import render_pdf

TITLE = "Wat wij doen aan AI-geletterdheid"
UNCOUNTED = "Deze cijfers gaan over teams van een werkgever. Een school heeft ze niet."
TOO_FEW = "Te weinig mensen om te tonen"


def document_of(content: Content, day: date) -> dict[str, Any]:
    """What a page shows of this content on `day`; of a version that is its own date."""
    return {
        "title": TITLE,
        "date": day,
        "day": _told(day.isoformat()),
        "organisation": content["organisation"],
        "version": content.get("version"),
        "says": content["says"],
        "about": _about(content),
        "systems": [
            {"name": one["name"], "state": one["state"], "lines": _system_lines(one)} for one in content["systems"]
        ],
        "goals": [_goal(one) for one in content["goals"]],
        "routes": [_route(one) for one in content["routes"]],
        "programmes": [
            {"title": one["title"], "told": f"{one['weeks']} weken, sinds {_told(one['since'])}"}
            for one in content["programmes"]
        ],
        "participation": [_participation(one) for one in content["participation"]],
        "awaited": _awaited(content, day),
        "uncounted": "" if _is_counted(content) else UNCOUNTED,
        "evaluations": [
            {"day": _told(one["on"]), "lines": _filled(_evaluation_lines(one))} for one in content["evaluations"]
        ],
        "facts": [_fact(one, day) for one in content["facts"]],
        "fingerprint": digest_of(canonical(content)),
    }


def _told(day: str | None) -> str:
    return str(in_dutch(date.fromisoformat(day), "j F Y")) if day else ""


def _about(content: Content) -> list[tuple[str, str]]:
    discussed = " op ".join(filter(None, (content["discussed_with"], _told(content["discussed_on"]))))
    lines = [
        ("Eigenaar", content["owner"] or "Nog niet ingevuld"),
        ("Besproken met", discussed or "Nog niet ingevuld"),
        ("Herzien vóór", _told(content["review_by"]) or "Nog niet ingevuld"),
    ]
    lines += [("Afspraak over inzage", _agreement(one)) for one in content["agreements"]]
    return lines


def _agreement(one: Content) -> str:
    until = f" tot {_told(one['until'])}" if one["until"] else ""
    return f"met {one['with']}, {_told(one['on'])}{until}" + (f" ({one['document']})" if one["document"] else "")


def _filled(lines: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(label, value) for label, value in lines if value]


def _system_lines(one: Content) -> list[tuple[str, str]]:
    def lines() -> Iterator[tuple[str, str]]:
        yield "Waarvoor", one["purpose"]
        yield "Leverancier", one["supplier"]
        yield "Wie gebruiken het", one["used_by"]
        yield "Stand", one["state"]
        yield "Gegevens van mensen", ": ".join(filter(None, (one["personal"], one["kinds"])))
        yield "Onze rol", one["own_role"]
        yield "Risicoklasse", one["risk"]
        yield "Maatregelen", one["measures"]
        yield "Eigenaar", one["owner"]
        yield "Laatst opnieuw bekeken", _told(one["reviewed_on"])
        yield "Herzien vóór", _told(one["review_by"])

    return _filled(lines())


def _goal(one: Content) -> dict[str, str]:
    return {
        "role": one["role"],
        "uses": ", ".join([*one["systems"], *filter(None, [one["uses"]])]) or "Geen AI",
        "goal": one["goal"],
        "measure": one["measure"],
        "kind": one["kind"],
        "since": _told(one["since"]),
        "why": one["why"],
    }


def _route(one: Content) -> dict[str, Any]:
    teams = "1 team" if one["teams"] == 1 else f"{one['teams']} teams"
    since = f", vanaf {_told(one['since'])}" if one["since"] else ""
    return {
        "title": one["title"],
        "told": f"Voor {teams}{since}. Versie {one['version']} van de route.",
        "lessons": [{"title": lesson["title"], "version": _version(lesson)} for lesson in one["lessons"]],
    }


def _version(lesson: Content) -> str:
    said = f"{lesson['code']}, versie {lesson['version']}" if lesson["version"] else f"{lesson['code']}, komt nog"
    return said if lesson["required"] else f"{said}, extra"


def _participation(one: Content) -> dict[str, Any]:
    told = (f"{one['what']} (van {one['of']})", one["told"] or TOO_FEW)
    return {"quarter": _quarter(date.fromisoformat(one["quarter"])), "lines": [told]}


def _quarter(day: date) -> str:
    begin, after = quarter_of(day)
    return f"{in_dutch(begin, 'F')} tot en met {in_dutch(after - timedelta(days=1), 'F Y')}"


def _is_counted(content: Content) -> bool:
    """Whether there are figures of this organisation; the first versions are all of employers and do not say so."""
    return bool(content.get("counted", True))


def _awaited(content: Content, day: date) -> str:
    """The last quarter that was over on `day`, when its figures were not there yet; never of a school."""
    quarter = last_whole_quarter(day)
    there = {one["quarter"] for one in content["participation"]}
    return _quarter(quarter) if _is_counted(content) and quarter.isoformat() not in there else ""


def _evaluation_lines(one: Content) -> Iterator[tuple[str, str]]:
    yield "Wat werkt", one["works"]
    yield "Wat werkt niet", one["fails"]
    yield "Wat nu", one["next"]


def _fact(one: Content, day: date) -> dict[str, str]:
    due = date.fromisoformat(one["review_by"]) <= day
    status = "moet opnieuw worden nagekeken" if due else f"opnieuw kijken vóór {_told(one['review_by'])}"
    if one["secondary"]:
        status += ", uit de tweede hand"
    return {
        "code": one["code"],
        "text": one["text"],
        "source": one["source"],
        "checked": _told(one["checked_on"]),
        "status": status,
    }


def pdf_of(content: Content) -> bytes:
    """A recorded version as a tagged PDF; the same content gives the same bytes."""
    return render_pdf("leadership/dossier.typ", document_of(content, date.fromisoformat(content["date"])))


def rows_of(content: Content) -> Iterator[list[str]]:
    """A recorded version as a table: per line the step, what it is about, which field, and what that says."""
    said = document_of(content, date.fromisoformat(content["date"]))
    yield ["stap", "onderwerp", "veld", "waarde"]
    whole = "dossier"
    yield [whole, "", "organisatie", said["organisation"]]
    yield [whole, "", "versie", str(said["version"])]
    yield [whole, "", "datum", content["date"]]
    yield [whole, "", "wat dit is", said["says"]]
    yield from ([whole, "", label, value] for label, value in said["about"])
    for system in said["systems"]:
        yield from (["1 inventariseren", system["name"], label, value] for label, value in system["lines"])
    for goal in said["goals"]:
        yield from (["2 doelen", goal["role"], GOAL[name], goal[name]] for name in GOAL)
    for route in said["routes"]:
        yield ["3 uitvoeren", route["title"], "route", route["told"]]
        yield from (["3 uitvoeren", route["title"], one["title"], one["version"]] for one in route["lessons"])
    yield from (["3 uitvoeren", one["title"], "programma", one["told"]] for one in said["programmes"])
    for figure in said["participation"]:
        yield from (["3 uitvoeren", figure["quarter"], label, told] for label, told in figure["lines"])
    if said["uncounted"]:
        yield ["3 uitvoeren", "meedoen", "cijfers", said["uncounted"]]
    if said["awaited"]:
        yield ["3 uitvoeren", said["awaited"], "cijfers", "zijn er nog niet"]
    for evaluation in said["evaluations"]:
        yield from (["4 evalueren", evaluation["day"], label, value] for label, value in evaluation["lines"])
    for fact in said["facts"]:
        yield from (["feiten", fact["code"], FACT[name], fact[name]] for name in FACT)


GOAL = {
    "uses": "AI die zij gebruiken", "goal": "doel", "kind": "soort maatregel", "measure": "maatregel",
    "since": "sinds", "why": "waarom past dit",
}  # fmt: skip
FACT = {"text": "tekst", "source": "bron", "checked": "nagekeken op", "status": "stand"}
