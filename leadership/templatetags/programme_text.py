"""Texts of a programme file on a page: facts that they name are put in."""

from django import template
from django.template import Context

from language.markup import plain
from language.templatetags.twin import texts_of
from language.variant import Variant

register = template.Library()


@register.simple_tag(takes_context=True)
def said(context: Context, text: str) -> str:
    """A text of a programme file in plain words, with its facts as they are today."""
    return plain(text, Variant.STANDAARD, texts_of(context))
