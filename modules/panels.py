"""What the editor of a module shows besides its fields."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.panels import Panel

from modules.completion import describe
from modules.steps import Steps, twins


def missing_twins(steps: Steps) -> list[str]:
    """Where a text has no makkelijk yet, in the words of the editor."""
    return [
        f"Stap {number} ({step.type}): {' › '.join(path)}"
        for number, step in enumerate(steps.all, 1)
        for path, twin in twins(step.value)
        if twin["standaard"] and not twin["makkelijk"]
    ]


class MissingTwinsPanel(Panel):
    """Says at the top of the page which texts have no Makkelijk yet (as last saved)."""

    class BoundPanel(Panel.BoundPanel):
        def render_html(self, parent_context: Any = None) -> SafeString:
            missing = missing_twins(self.instance.outline) if self.instance.pk else []
            if not missing:
                return format_html('<p class="help-block help-info">Elke tekst heeft een Makkelijk-versie.</p>')
            return format_html(
                '<div class="help-block help-warning"><p>Hier mist Makkelijk nog. Publiceren kan als alles er is.</p>'
                "<ul>{}</ul></div>",
                format_html_join("", "<li>{}</li>", ((line,) for line in missing)),
            )


class CompletionPanel(Panel):
    """Says when this lesson counts as done (as last saved)."""

    class BoundPanel(Panel.BoundPanel):
        def render_html(self, parent_context: Any = None) -> SafeString:
            steps = self.instance.outline if self.instance.pk else Steps([])
            return format_html(
                '<div class="help-block help-info">{}</div>',
                format_html_join("", "<p>{}</p>", ((sentence,) for sentence in describe(steps))),
            )
