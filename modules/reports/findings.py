"""What there is to do, found in the lessons, facts and words as they are now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator

from language.files import FilesError
from language.models import Fact, GlossaryTerm
from language.models.facts import FactQuerySet
from language.queries import WordsAndFacts
from media.models import Picture
from media.speech.queries import SoundStatus
from modules.front_door import front_door
from modules.models import LessonFigures, ModulePage
from modules.services.figures import refresh_figures
from modules.speech import sound_statuses
from modules.usage import names_of, where_used

FRESH = timedelta(days=365)
LESSON, FACT, WORD, DESK, PHOTO = "Les", "Feit", "Woord", "Loket", "Foto"


@dataclass(frozen=True)
class Finding:
    """One thing to do. `url`: where to do it, empty where it is done in a file."""

    kind: str
    name: str
    what: str
    todo: str
    url: str = ""


def missing() -> list[Finding]:
    """What a lesson still needs. Lessons that are only announced are no work yet."""
    figures, sounds = refresh_figures(WordsAndFacts()), sound_statuses()
    lessons = ModulePage.objects.order_by("code").defer("steps")
    return [
        finding
        for lesson in lessons
        if figures[lesson.pk].steps or not lesson.announced
        for finding in _missing(lesson, figures[lesson.pk], sounds.get(lesson.code))
    ]


def _missing(lesson: ModulePage, figures: LessonFigures, sound: SoundStatus | None) -> Iterator[Finding]:
    found = partial(_about, lesson)
    for count, name in ((figures.empty_standaard, "Gewoon"), (figures.empty_makkelijk, "Makkelijk")):
        if count:
            yield found(f"{_texts(count)} leeg in {name}", "Schrijf ze. Bovenaan de les staat welke het zijn.")
    if figures.no_alt:
        yield found(f"{_pictures(figures.no_alt)} zonder uitleg", "Vul ‘Wat is er te zien’ in.")
    for problem in figures.no_parts:
        yield found("Onderdeel mist", problem)
    if figures.blocks:
        yield found(
            f"Makkelijk is te moeilijk op {_places(figures.blocks)}", "Lees de les na. Onder elk veld staat wat er kan."
        )
    if lesson.live and (sound is None or sound.made < sound.wanted or not sound.wanted):
        made, wanted = (sound.made, sound.wanted) if sound else (0, 0)
        failed = sound is not None and sound.failed
        yield found(
            f"Geluid: {made} van {wanted} zinnen" if wanted else "Nog geen geluid",
            "Kijk in de les welke zin niet lukt."
            if failed
            else "Het geluid wordt vanzelf gemaakt. Kijk later nog eens.",
        )


def stale() -> list[Finding]:
    """What nobody looked at for too long."""
    return [*facts_by_date(Fact.objects.due()), *_stale_lessons(), *_stale_desks()]


def facts_by_date(facts: FactQuerySet | None = None) -> list[Finding]:
    """These facts, or all: what must be checked first in front, with the lessons that show them."""
    facts, usage = Fact.objects.all() if facts is None else facts, where_used()
    return [
        Finding(
            FACT,
            f"{fact.code} {Truncator(fact.text_standaard).chars(80)}",
            _when_and_where(fact, names_of(usage.facts.get(fact.code, []))),
            "Kijk of het nog klopt bij de bron. Zet de nieuwe datum erbij." if fact.is_due else "Nog goed.",
            reverse("wagtailsnippets_language_fact:edit", args=[fact.pk]),
        )
        for fact in sorted(facts.numbered(), key=lambda fact: fact.review_by)
    ]


def _when_and_where(fact: Fact, lessons: list[str]) -> str:
    where = f"Staat in: {'; '.join(lessons)}." if lessons else "Staat in geen les."
    warnings = f" Let op: {' en '.join(fact.warnings)}." if fact.warnings else ""
    return f"Nakijken voor {_day(fact.review_by)}. {where}{warnings}"


def _stale_lessons() -> Iterator[Finding]:
    before = timezone.now() - FRESH
    old = ModulePage.objects.live().filter(latest_revision_created_at__lt=before).defer("steps")
    for lesson in old.order_by("latest_revision_created_at", "code"):
        yield _about(
            lesson,
            f"Niet veranderd sinds {_day(lesson.latest_revision_created_at)}",
            "Lees de les. Klopt alles nog? Publiceer hem dan opnieuw.",
        )


def _stale_desks() -> Iterator[Finding]:
    try:
        old = front_door().old
    except FilesError as error:
        yield Finding(DESK, "front_door.yaml", str(error.problems[0]), "Herstel het bestand.")
        return
    for region in old:
        yield Finding(
            DESK,
            region.name,
            f"Nagekeken op {_day(region.checked_on)}",
            "Vraag het loket of dit nog klopt. Zet de datum in front_door.yaml.",
        )


def unused() -> list[Finding]:
    """What stands in no lesson. Words count as used where they are found by themselves too."""
    usage = where_used()
    facts = [fact for fact in Fact.objects.numbered() if fact.code not in usage.facts]
    words = [word for word in GlossaryTerm.objects.all() if word.term.lower() not in usage.seen]
    return [
        *(
            Finding(
                FACT,
                f"{fact.code} {Truncator(fact.text_standaard).chars(80)}",
                "Staat in geen les",
                f"Gebruik het met {{{fact.code}}}, of haal het weg.",
                reverse("wagtailsnippets_language_fact:edit", args=[fact.pk]),
            )
            for fact in facts
        ),
        *(
            Finding(
                WORD,
                word.term,
                "Staat in geen les",
                "Gebruik het in een tekst, of haal het weg.",
                reverse("wagtailsnippets_language_glossaryterm:edit", args=[word.pk]),
            )
            for word in words
        ),
        *(
            Finding(
                PHOTO,
                picture.title,
                "Staat in geen les",
                "Kies hem in een les, of haal hem weg.",
                reverse("wagtailimages:edit", args=[picture.pk]),
            )
            for picture in Picture.objects.order_by("title", "pk")
            if picture.pk not in usage.photos
        ),
    ]


def _about(lesson: ModulePage, what: str, todo: str) -> Finding:
    return Finding(
        LESSON,
        f"{lesson.code} {lesson.get_admin_display_title()}",
        what,
        todo,
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
    )


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _places(count: int) -> str:
    return "1 plek" if count == 1 else f"{count} plekken"


def _texts(count: int) -> str:
    return "1 tekst" if count == 1 else f"{count} teksten"


def _pictures(count: int) -> str:
    return "1 plaatje" if count == 1 else f"{count} plaatjes"
