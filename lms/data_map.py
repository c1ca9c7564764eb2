"""The data map: what is kept of people, why, until when and by whom, from the models themselves (AVG art. 30).

docs/reference/data.md is made of it; a test fails when a model with personal data has no purpose or term there.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Field, Model

from people.models import User
from people.registry import Held, purposes, rooms

HEAD = """# What is kept of people

Made from the models by `REFRESH=1 pytest tests/lms/test_data_map.py`.
A model with personal data and without a purpose and a term fails that test.

Purposes and terms are Dutch: they go into your own register of processing (AVG art. 30).
Who the controller is and on which ground you add yourself. For learning that is mostly the task or the legitimate
interest of the school or employer; for the AI register and the dossier a legal duty (AI Act, article 4).

What a person holds here they read, take along and erase at *Mijn gegevens*. Who sees what stands at *Wie ziet wat?*.
Names in bold are people.
"""
TERMS = """Days, by purpose. An administrator of the site sets them at *Bewaren*; of their own organisation so do its
administrators and privacy officers ([how](../how-to/set-how-long-data-stays.md)). A [setting](settings.md) is the
default of the site. Below, what stays as long as the person goes when someone erases themselves, or whole by one of
the first three.
"""


def lines() -> Iterator[str]:
    """The map as Markdown, by room."""
    yield HEAD
    yield "## Terms that can be set\n"
    yield TERMS
    yield "| key | what | default | least | most | who sets it | setting |\n|---|---|---|---|---|---|---|"
    for purpose in purposes():
        who = "organisation or site" if purpose.per_organisation else "site"
        setting = f"`{purpose.setting}`" if purpose.setting else ""
        days = purpose.default() or "as long as the person"
        yield (
            f"| `{purpose.key}` | {purpose.name}. {purpose.about} | {days} | {purpose.least}: {purpose.least_why} "
            f"| {purpose.most}: {purpose.most_why} | {who} | {setting} |"
        )
    yield ""
    for entry in sorted(rooms(), key=lambda entry: entry.room):
        yield f"## {entry.room}\n"
        yield "| what | fields | why | until |\n|---|---|---|---|"
        for label, held in sorted(entry.models.items()):
            yield _line(apps.get_model(label), held)
        yield ""


def _line(model: type[Model], held: Held) -> str:
    return f"| `{model._meta.label}` | {', '.join(_fields(model))} | {held.why} | {held.until} |"


def _fields(model: type[Model]) -> Iterator[str]:
    """The columns that say something of a person: all but keys of the table itself; who it points at in bold."""
    for field in model._meta.local_fields:
        if isinstance(field, Field) and not field.primary_key:
            yield f"**{field.name}**" if field.related_model is User else field.name
