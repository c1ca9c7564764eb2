"""Long words in a table."""

from django import template

from leadership.sheet import breakable

register = template.Library()
register.filter("breakable", breakable)
