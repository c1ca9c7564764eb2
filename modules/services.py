"""Writes of modules, facts and words from curriculum files: all of it or nothing."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Page, Site

from language.models import Fact, GlossaryTerm
from modules.authors import ensure_author_group
from modules.curriculum.coming import to_announce
from modules.curriculum.convert import stored_steps
from modules.curriculum.meaning import problems_of
from modules.curriculum.problems import CurriculumError, Problem
from modules.curriculum.reader import Curriculum, Source, read_curriculum
from modules.models import CataloguePage, ModulePage

Report = Callable[[str], None]


def load_curriculum(folder: Path, report: Report = lambda _: None) -> int:
    """Load a folder; gives how many modules changed. A file that did not change is left alone,
    so what an author edited in the meantime stays.

    Raises CurriculumError, naming file and field, before anything is written.
    """
    curriculum = read_curriculum(folder)
    if problems := problems_of(curriculum):
        raise CurriculumError(problems)
    with transaction.atomic():
        _save_words_and_facts(curriculum)
        root = ensure_catalogue()
        changed = 0
        sources = [*curriculum.modules, *to_announce(curriculum)]
        for source in sources:
            try:
                is_changed = _save_module(root, source)
            except ValidationError as error:
                raise CurriculumError(
                    [Problem(source.file, field, " ".join(lines)) for field, lines in error.message_dict.items()]
                ) from error
            if is_changed:
                changed += 1
                report(f"{source.data['id']} {source.data['title']['standaard']}")
        _save_prerequisites(curriculum.modules)
    return changed


@transaction.atomic
def ensure_catalogue() -> CataloguePage:
    """The root of the modules; made, with a site that starts there, when it is not there yet."""
    found = CataloguePage.objects.first()
    if found:
        ensure_author_group(found)
        return found
    for welcome in Page.objects.filter(depth=2, slug="home", content_type__model="page"):
        welcome.delete()
    top = Page.objects.get(depth=1)
    catalogue: CataloguePage = top.add_child(instance=CataloguePage(title="Lessen", slug="lessen"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "site_name": "Kortwijs", "root_page": catalogue}
    )
    ensure_author_group(catalogue)
    return catalogue


def _save_words_and_facts(curriculum: Curriculum) -> None:
    for fact in curriculum.facts:
        _save_entry(
            Fact,
            {"code": fact["code"]},
            {
                "text_standaard": fact["standaard"].strip(),
                "text_makkelijk": fact["makkelijk"].strip(),
                "source": fact["source"],
                "checked_on": fact["checked_on"],
                "review_by": fact["review_by"],
            },
        )
    for term in curriculum.glossary:
        other = GlossaryTerm.objects.filter(term__iexact=term["term"]).exclude(slug=slugify(term["term"])).first()
        if other:
            message = f"dit woord staat al in de woordenlijst, met het adres '{other.slug}'"
            raise CurriculumError([Problem(curriculum.glossary_file, term["term"], message)])
        _save_entry(
            GlossaryTerm,
            {"slug": slugify(term["term"])},
            {"term": term["term"], "explanation": term["explanation"].strip(), "pictogram": term["pictogram"]},
        )


def _save_entry(model: type[Fact] | type[GlossaryTerm], key: dict[str, Any], values: dict[str, Any]) -> None:
    """Save a fact or a word, unless its entry is the one that was loaded before."""
    digest = hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
    if not model._default_manager.filter(**key, source_digest=digest).exists():
        model._default_manager.update_or_create(defaults={**values, "source_digest": digest}, **key)


def _save_module(root: CataloguePage, source: Source) -> bool:
    """True when the module was made or changed."""
    data = source.data
    module = ModulePage.objects.filter(code=data["id"]).first() or ModulePage(code=data["id"], live=False)
    if module.source_digest == source.digest:
        return False
    for name, value in _fields(data).items():
        setattr(module, name, value)
    module.source_digest = source.digest
    module.steps = json.dumps(stored_steps(data.get("steps", [])))
    if module.pk is None:
        root.add_child(instance=module)
    revision = module.save_revision()
    if data.get("status", "published") == "published":
        revision.publish()
    else:
        module.save()
    return True


def _fields(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "slug": data["slug"],
        "title": data["title"]["standaard"],
        "draft_title": data["title"]["standaard"],
        "title_makkelijk": data["title"]["makkelijk"],
        "goals": "\n".join(goal["standaard"] for goal in data["goals"]),
        "goals_makkelijk": "\n".join(goal["makkelijk"] for goal in data["goals"]),
        "minutes": data["minutes"],
        "track": data["track"],
        "trades": data.get("trades", []),
        "levels": data["levels"],
        "digcomp": ", ".join(data.get("digcomp", [])),
        "pictogram": data["pictogram"],
        "announced": data.get("status") == "announced",
    }


def _save_prerequisites(sources: list[Source]) -> None:
    """The links between modules, when all of them are there; as they stand in the files."""
    by_code = {module.code: module for module in ModulePage.objects.all()}
    links = ModulePage.prerequisites.through
    for source in sources:
        module = by_code[source.data["id"]]
        wanted = {by_code[code].pk for code in source.data.get("prerequisites", [])}
        rows = links.objects.filter(from_modulepage=module)
        rows.exclude(to_modulepage__in=wanted).delete()
        for pk in wanted - set(rows.values_list("to_modulepage_id", flat=True)):
            links.objects.create(from_modulepage=module, to_modulepage_id=pk)
