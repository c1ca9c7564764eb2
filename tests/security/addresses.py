"""Every address of the site, and what can stand for its variable parts: rows of A, rows of B."""

import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.security.place import Place

VARIABLE = re.compile(r"<[^>]+>")


def addresses(patterns: Any = None, prefix: str = "") -> Iterator[str]:
    """As they are written in the URL lists, the admin of Wagtail left out."""
    for pattern in patterns or get_resolver().url_patterns:
        route = prefix + str(pattern.pattern)
        if route == "admin/":
            continue
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield "/" + route


def _spread(keys: list[Any], most: int = 3) -> list[Any]:
    step = max(1, len(keys) // most)
    return keys[::step][:most]


def _of(label: str) -> Callable[[Place, str], list[Any]]:
    return lambda place, side: _spread(getattr(place, side).get(label, []))


def _organisations(place: Place, side: str) -> list[Any]:
    from leadership.models import AiSystem
    from people.models import Agreement

    keys = getattr(place, side)["people.Organisation"]
    full = [
        *AiSystem.objects.values_list("organisation", flat=True),
        *Agreement.objects.values_list("organisation", flat=True),
    ]
    return list(dict.fromkeys([*[key for key in keys if key in full], *_spread(keys)]))[:5]


def _cohorts(place: Place, side: str) -> list[Any]:
    """Of each kind, and those in which somebody asks for help or has pictures."""
    from people.models import Cohort

    rows = Cohort.objects.filter(pk__in=getattr(place, side)["people.Cohort"])
    open_ones = [row.pk for row in rows if row.sign_in_until]
    return list(dict.fromkeys([*open_ones, *_spread([row.pk for row in rows])]))[:5]


def _members(place: Place, side: str) -> list[Any]:
    from people.models import CohortMember

    found = []
    for cohort in _cohorts(place, side):
        places = CohortMember.objects.filter(cohort=cohort)
        found += [one.user_id for leads in (True, False) for one in places.filter(leads=leads)[:1]]
    return list(dict.fromkeys(found))[:5]


def _own_slugs(place: Place, side: str) -> list[Any]:
    from courses.models import CoursePath

    return list(
        CoursePath.objects.filter(pk__in=getattr(place, side)["courses.CoursePath"]).values_list("slug", flat=True)
    )[:4]


def _hidden_credentials(place: Place, side: str) -> list[Any]:
    """What their learner shows is for everybody who has the address."""
    from learning.models import Credential

    found = Credential.objects.filter(pk__in=getattr(place, side)["learning.Credential"], is_shown=False)
    return list(found.values_list("pk", flat=True))


def _fixed(*values: str) -> Callable[[Place, str], list[Any]]:
    return lambda _, side: [] if side == "a" else list(values)


def _purposes(_: Place, side: str) -> list[Any]:
    from people.registry import purposes

    return [] if side == "a" else [one.key for one in purposes() if one.per_organisation][:2]


# What stands for a variable part; a part that is no key of a row only has the side b.
MEANING: dict[str, Callable[[Place, str], list[Any]]] = {
    "<int:path_id>": _of("courses.CoursePath"),
    "<uuid:page_id>": _of("courses.PathPage"),
    "<int:organisation_id>": _organisations,
    "<uuid:system_id>": _of("leadership.AiSystem"),
    "<uuid:goal_id>": _of("leadership.RoleGoal"),
    "<uuid:evaluation_id>": _of("leadership.Evaluation"),
    "<int:proof_id>": _of("leadership.SharedProof"),
    "<int:group_id>": _of("leadership.ProgrammeGroup"),
    "<int:product_id>": _of("leadership.WorkProduct"),
    "<int:cohort_id>": _cohorts,
    "<int:user_id>": _members,
    "<int:agreement_id>": _of("people.Agreement"),
    "<int:notice_id>": _of("people.Notice"),
    "<uuid:response>": _of("assessments.Response"),
    "<uuid:credential_id>": _of("learning.Credential"),
    "<uuid:scan_id>": _of("assessments.QuestionnaireAnswers"),
    "<uuid:code_id>": _of("people.EmailCode"),
    "/bewijs/<uuid:credential_id>/": _hidden_credentials,
    "/docent/klassen/lijst/<uuid:key>/": _of("people.ListImport"),
    "/mijn/inloggen/met/<int:pk>/weg/": _of("integrations.SignOnIdentity"),
    "/mijn/inloggen/sleutels/<int:pk>/weg/": _of("mfa.Authenticator"),
    "/routes/<slug:slug>/blad/": _own_slugs,
    "/routes/<slug:slug>/volg/": _own_slugs,
    "/routes/<slug:slug>/": _own_slugs,
    "<uuid:run_id>": _of("people.RetentionRun"),
    "<int:invite_id>": _of("people.RoleInvite"),
    "<slug:purpose>": _purposes,
    "<int:number>": _fixed("1"),
    "<int:week>": _fixed("1"),
    "<slug:template>": _fixed("taakscan"),
    "<slug:name>": _fixed("gewoon"),
    "<str:ending>": _fixed("pdf", "json"),
    "<str:step_id>": _fixed("x"),
}
# Addresses of which the variable part is the key itself, or that are for everybody.
FOR_WHO_HAS_IT = {
    "/meedoen/<str:code>/": "the code of a class, spoken in it",
    "/meedoen/<str:code>/wie/": "the code of a class where signing in stands open",
    "/kaart/<str:token>/": "a card on paper",
    "/verder/<str:code>/": "a code that works for minutes, shown on the phone itself",
    "/herhalen/geen-mail/<str:token>/": "the signed link in a mail",
    "/lti/aanmelden/<uuid:invitation>/": "the invitation of a learning system",
    "/inloggen/met/<uuid:key>/": "the door of an organisation, listed for everybody",
    "/inloggen/met/<uuid:key>/terug/": "where a provider sends people back to",
    "/inloggen/met/<uuid:key>/uit/": "says how one signs out there",
    "/mijn/inloggen/met/<uuid:key>/": "the door of an organisation, listed for everybody",
    "/bewijs/ingetrokken/<int:number>": "the list of what was revoked, numbers only",
    "/les/": "lessons are for everybody",
    "/geluid/": "the sound of lessons is for everybody",
    "/leren/stand/": "one's own place in a lesson",
    "/leren/h5p/": "one's own place in a package",
    "/herhalen/<slug:slug>/": "one's own questions",
    "/opdrachten/": "scripts of lessons",
    "/h5p/": "a ticket that was signed for a lesson",
    "/lti/<slug:kind>/<slug:code>/": "lessons are for everybody",
    "/woord/": "words are for everybody",
    "/bestanden/beeld/": "pictures in lessons",
    "/documenten/": "Wagtail's documents; none of ours",
}


def with_keys() -> list[str]:
    """The addresses in which a key of somebody stands."""
    open_ones = tuple(FOR_WHO_HAS_IT)
    return [
        address
        for address in dict.fromkeys(addresses())
        if re.search("[<(]", address)
        and not (
            address in FOR_WHO_HAS_IT
            or (address.startswith(tuple(one for one in open_ones if one.endswith("/"))) and not _says(address))
        )
    ]


def _says(address: str) -> bool:
    """Whether MEANING knows a part of it that is a key of a row."""
    return any(meaning(address, part)[1] for part in VARIABLE.findall(address))


def meaning(address: str, part: str) -> tuple[Callable[[Place, str], list[Any]] | None, bool]:
    for name, values in MEANING.items():
        if name.startswith("/") and address.startswith(name) and part in name:
            return values, True
    values = MEANING.get(part)
    return values, values is not None and part not in ("<int:number>", "<str:ending>", "<str:step_id>", "<slug:name>")


def examples(address: str, place: Place) -> Iterator[tuple[str, bool]]:
    """Every filled-in form of an address, and whether something of A stands in it."""
    parts = VARIABLE.findall(address)
    choices = []
    for part in parts:
        values, _ = meaning(address, part)
        assert values is not None, f"say in MEANING or FOR_WHO_HAS_IT what {part} of {address} stands for"
        choices.append([("a", one) for one in values(place, "a")] + [("b", one) for one in values(place, "b")])
    for chosen in itertools.product(*choices):
        filled = iter(chosen)
        yield (
            VARIABLE.sub(lambda _, filled=filled: str(next(filled)[1]), address),
            any(side == "a" for side, _ in chosen),
        )
