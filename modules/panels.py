"""What the editor of a module shows besides its fields."""

from functools import cached_property
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.panels import Panel

from modules.advice import in_words
from modules.anatomy import NAMES, EmptyText, Part, empty_texts, parts_of
from modules.completion import describe
from modules.readability import module_report
from modules.steps import Steps

SHOWN = 3  # places named per step; the rest is counted


def empty_per_step(steps: Steps) -> list[str]:
    """Where text is still missing, a line per step, in the words of the editor."""
    return [
        f"Stap {number}, {label}: {_places(list(texts))}"
        for (number, label), texts in groupby(empty_texts(steps), lambda text: (text.number, text.step))
    ]


def _places(texts: list[EmptyText]) -> str:
    """Each place once; the variant is named where only one of them is empty."""
    variants: dict[str, list[str]] = {}
    for text in texts:
        variants.setdefault(text.where, []).append(NAMES[text.variant])
    named = [place if len(names) > 1 else f"{place} ({names[0]})" for place, names in variants.items()]
    more = len(named) - SHOWN
    return f"{', '.join(named[:SHOWN])}{f' en nog {more}' if more > 0 else ''}"


class MissingTwinsPanel(Panel):
    """Says at the top of the page which texts are still empty (as last saved)."""

    class BoundPanel(Panel.BoundPanel):
        def render_html(self, parent_context: Any = None) -> SafeString:
            missing = empty_per_step(self.instance.outline) if self.instance.pk else []
            if not missing:
                return format_html('<p class="help-block help-info">Elke tekst is er, in Gewoon en in Makkelijk.</p>')
            return format_html(
                '<div class="help-block help-warning"><p>Hier mist nog tekst. Laten nakijken kan als alles er is.</p>'
                "<ul>{}</ul></div>",
                format_html_join("", "<li>{}</li>", ((line,) for line in missing)),
            )


class PartsPanel(Panel):
    """The parts of a lesson, which of them are there, and what to do about the others (as last saved)."""

    class BoundPanel(Panel.BoundPanel):
        def render_html(self, parent_context: Any = None) -> SafeString:
            parts = parts_of(self.instance.outline if self.instance.pk else Steps([]))
            return format_html('<ul class="lesson-parts">{}</ul>', format_html_join("", _PART, map(_in_words, parts)))


_PART = (
    '<li class="{}"><svg class="icon icon-{}" width="16" height="16" aria-hidden="true">'
    '<use href="#icon-{}"></use></svg><b>{}</b> <span>{}</span></li>'
)


def _in_words(part: Part) -> tuple[str, str, str, str, str]:
    icon = "warning" if part.problem else "check"
    return ("missing" if part.problem else "there", icon, icon, part.name, part.problem or part.found)


class CompletionPanel(Panel):
    """Says when this lesson counts as done (as last saved)."""

    class BoundPanel(Panel.BoundPanel):
        def render_html(self, parent_context: Any = None) -> SafeString:
            steps = self.instance.outline if self.instance.pk else Steps([])
            return format_html(
                '<div class="help-block help-info">{}</div>',
                format_html_join("", "<p>{}</p>", ((sentence,) for sentence in describe(steps))),
            )


class ForLearnersPanel(Panel):
    """Before something goes online: what it changes for who takes the lesson now (as last saved)."""

    class BoundPanel(Panel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk and self.changes)

        @cached_property
        def changes(self) -> list[str]:
            from modules.in_use import changes_for_learners  # the lessons themselves import these panels

            return changes_for_learners(self.instance)

        def render_html(self, parent_context: Any = None) -> SafeString:
            from modules.in_use import busy_with, people_in_words

            people = people_in_words(busy_with(self.instance.code))
            return format_html(
                '<div class="help-block help-warning">{}<ul>{}</ul></div>',
                format_html("<p><b>{}</b></p>", people) if people else "",
                format_html_join("", "<li>{}</li>", ((line,) for line in self.changes)),
            )


class ReadabilityPanel(Panel):
    """Level and minutes per variant, and what keeps makkelijk from being published; follows what is typed."""

    class BoundPanel(Panel.BoundPanel):
        def render_html(self, parent_context: Any = None) -> SafeString:
            report = module_report(self.instance)
            return format_html(
                _READING,
                reverse("reading_advice"),
                reverse("wagtailsnippets_language_glossaryterm:add"),
                format_html_join(
                    "",
                    "<li><b>{}</b>: <span>{}</span></li>",
                    ((one.variant.label, in_words(one)) for one in (report.makkelijk, report.standaard)),
                ),
                format_html_join("", "<li>{}</li>", ((reason,) for reason in report.blocks)),
            )


_READING = """<div class="reading" tabindex="0" role="group" aria-label="Leesbaarheid"
 data-reading="{}" data-word-list="{}">
<ul data-reading-variants>{}</ul>
<p data-reading-free>Makkelijk is makkelijk genoeg om te publiceren.</p>
<div data-reading-blocked class="help-block help-warning"><p>Dit houdt Makkelijk nog tegen:</p>
<ul data-reading-blocks>{}</ul></div>
<p class="w-sr-only" role="status" aria-live="polite" data-reading-said></p></div>"""
