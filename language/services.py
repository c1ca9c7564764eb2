"""Writes of words of the list."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from language.compounds import is_compound_of
from language.models import GlossaryTerm, Origin, WordForm, WordTranslation


def fill_word(term: GlossaryTerm, values: Mapping[str, Any]) -> None:
    """Give a word, not saved yet, what a curriculum file says of it: its fields, forms and languages."""
    term.term, term.explanation, term.pictogram = values["term"], values["explanation"], values["pictogram"]
    _fill_forms(term, values.get("forms", ()), values.get("not_forms", ()))
    there = {row.language: row for row in term.translations.all()}
    said = values.get("languages", {})
    for code in there.keys() - said.keys():
        term.translations.remove(there[code])
    for code, entry in said.items():
        row = there.get(code) or WordTranslation(language=code)
        whole = entry if isinstance(entry, dict) else {"word": entry}
        row.text, row.explanation = whole["word"], whole.get("explanation", "")
        term.translations.add(row)


def _fill_forms(term: GlossaryTerm, added: Collection[str], refused: Collection[str]) -> None:
    there = {row.form: row for row in term.forms.all()}
    for form in there.keys() - {*added, *refused}:
        if there[form].is_made:
            there[form].refused = False
        else:
            term.forms.remove(there[form])
    for form in (*added, *refused):
        row = there.get(form) or WordForm(form=form, origin=_origin(form, term.term))
        row.refused = form in refused
        if not row.refused and row.is_made:
            row.origin = _origin(form, term.term)
        term.forms.add(row)


def _origin(form: str, term: str) -> Origin:
    return Origin.COMPOUND if is_compound_of(form, term) else Origin.ADDED


def decide_form(*, term: GlossaryTerm, form: str, refused: bool) -> WordForm:
    """Keep what an author said of a form: it belongs to this word, or never does. Saying it twice changes nothing."""
    with transaction.atomic():
        GlossaryTerm.objects.select_for_update().get(pk=term.pk)
        row, _ = WordForm.objects.update_or_create(
            term=term,
            form=form,
            defaults={"refused": refused},
            create_defaults={"refused": refused, "origin": _origin(form, term.term)},
        )
    return row
