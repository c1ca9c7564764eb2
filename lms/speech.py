"""What the site itself says aloud: buttons, errors, fixed feedback, and the word list."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from language.models import GlossaryTerm
from media.speech.sources import Line, Source, register
from media.views import manifest
from modules.speech import spoken_line

NAME = "site"
FIXED = (
    "Klopt.", "Nog niet.", "Kijk hiernaar", "Waarom?", "Verder", "Terug", "Luister", "Stop", "Hulp", "Makkelijk",
    "Gewoon", "Kijk na", "Probeer opnieuw", "Opgeslagen.", "Klaar", "Dit neem je mee.", "Kan nu niet voorlezen.",
)  # fmt: skip


def site_lines() -> list[Line]:
    """Every fixed text on a screen of a learner, and every word that is explained."""
    words = [text for term in GlossaryTerm.objects.all() for text in (term.term, term.explanation)]
    return [spoken_line(text) for text in dict.fromkeys([*FIXED, *words])]


def register_site() -> None:
    register(Source(NAME, lambda: [NAME], lambda _: site_lines()))


@require_safe
def site_manifest(request: HttpRequest) -> HttpResponseBase:
    """What the site sounds like: the same for everybody, so no session is read."""
    return manifest(request, NAME)
