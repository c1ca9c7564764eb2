"""Reads of modules; they are public, so no organisation limits them."""

import json
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from wagtail.models import Revision

from language.markup import plain, references
from language.queries import WordsAndFacts
from language.variant import Variant
from modules.choices import Trade
from modules.models import ModulePage
from modules.search import Document, Index
from modules.steps import Steps, twins

Edition = tuple[tuple[int, Any, Any], ...]
Moment = datetime | str  # SQLite gives text
REVISIONS_KEPT = 256  # in one process, read: 65 kB each


def live_modules() -> QuerySet[ModulePage]:
    """What can be taken now, in the order of the catalogue."""
    found: QuerySet[ModulePage] = ModulePage.objects.live().order_by("track", "code")
    return found


def catalogue() -> QuerySet[ModulePage]:
    """Live modules and those announced ('komt nog'), without their steps."""
    found: QuerySet[ModulePage] = (
        ModulePage.objects.filter(Q(live=True) | Q(announced=True)).order_by("track", "code").defer("steps")
    )
    return found


def prerequisites() -> dict[int, list[int]]:
    """Per module (its key) the modules to do first, in the order of the catalogue."""
    links = ModulePage.prerequisites.through.objects.order_by("to_modulepage__track", "to_modulepage__code")
    found: dict[int, list[int]] = {}
    for module, needed in links.values_list("from_modulepage", "to_modulepage"):
        found.setdefault(module, []).append(needed)
    return found


def search_index(modules: Iterable[ModulePage]) -> Index:
    """What these modules can be found by; made once per process, until one of them changes."""
    return _index_of(
        tuple((module.pk, module.latest_revision_created_at, module.last_published_at) for module in modules)
    )


@lru_cache(maxsize=1)
def _index_of(edition: Edition) -> Index:
    texts = WordsAndFacts()
    modules = ModulePage.objects.filter(pk__in=[pk for pk, *_ in edition])
    return Index(_document(module, texts) for module in modules)


def _document(module: ModulePage, texts: WordsAndFacts) -> Document:
    steps = module.outline.all if module.live else []  # what is announced may hold a draft
    pairs = [(twin[variant] or "", variant) for step in steps for _, twin in twins(step.value) for variant in Variant]
    words = {word for text, _ in pairs for word in references(text)[0]}
    trades = [trade.label for trade in Trade if trade in module.trades]
    return Document(
        code=module.code,
        title=f"{module.title}\n{module.title_makkelijk}",
        goals=f"{module.goals}\n{module.goals_makkelijk}",
        words="\n".join([module.code, *trades, *words]),
        text="\n".join(plain(text, variant, texts) for text, variant in pairs),
    )


def steps_of_revisions(revision_ids: set[int]) -> dict[int, tuple[str, Steps]]:
    """Per revision the code of its module and its steps as they were taken; unknown ids are left out.

    What this process has read is not read again: then one query asks whether it still stands. It does not when it
    was cleared away, or when somebody wrote over it in the editor, which gives it another moment.
    """
    moments = _moments(revision_ids)
    read = {pk: kept for pk in revision_ids if (kept := _read.get(pk))}
    if len(read) == len(revision_ids) and all(read[pk][0] == moment for pk, moment in moments.items()):
        return {pk: read[pk][1] for pk in moments}
    found = {}
    rows = Revision.objects.filter(pk__in=moments, content_type__app_label="modules")
    for pk, content in rows.values_list("pk", "content"):
        if "code" in content and "steps" in content:
            found[pk] = moments[pk], (content["code"], Steps(json.loads(content["steps"])))
    _read.update(found)
    for pk in list(_read)[:-REVISIONS_KEPT]:
        _read.pop(pk, None)
    return {pk: steps for pk, (_, steps) in found.items()}


_read: dict[int, tuple[Moment, tuple[str, Steps]]] = {}


def _moments(revision_ids: set[int]) -> dict[int, Moment]:
    """When each of these was written, as the database says it: only to be compared. By hand: for every batch."""
    if not revision_ids:
        return {}
    places = ", ".join(["%s"] * len(revision_ids))
    query = f"SELECT id, created_at FROM wagtailcore_revision WHERE id IN ({places})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query, [*revision_ids])
        return dict(cursor.fetchall())


def forget_revisions() -> None:
    """For tests: the tables are empty again."""
    _read.clear()
