"""Reads of modules; they are public, so no organisation limits them."""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

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
    """Per revision the code of its module and its steps as they were taken; unknown ids are left out."""
    found: dict[int, tuple[str, Steps]] = {}
    revisions = Revision.objects.filter(pk__in=revision_ids, content_type__app_label="modules")
    for revision in revisions.select_related("content_type"):
        content = revision.content
        if "code" in content and "steps" in content:
            found[revision.pk] = (content["code"], Steps(json.loads(content["steps"])))
    return found
