from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from language.models import Fact, GlossaryTerm
from modules.snippets import FactViewSet, WordViewSet, refuse_while_used

register_snippet(FactViewSet)
register_snippet(WordViewSet)


@hooks.register("before_delete_snippet")
def keep_what_is_used(request: HttpRequest, rows: Sequence[Any]) -> HttpResponseBase | None:
    """A fact or word that a text refers to is not deleted; the lessons are named."""
    for row in rows:
        if isinstance(row, Fact | GlossaryTerm):
            try:
                refuse_while_used(row)
            except ValidationError as error:
                messages.error(request, f"‘{row}’ is niet weggehaald. {error.message}")
                return redirect(f"wagtailsnippets_language_{row._meta.model_name}:list")
    return None
