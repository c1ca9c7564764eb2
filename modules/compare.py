"""What changed between two versions of a lesson: only that, step by step, in the words of the editor."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.compare import FieldComparison, diff_text, register_comparison_class

from modules.fields import ChoicesField, StepsField
from modules.leaves import Leaf, leaves_of, name_of, orders_of
from modules.steps import Step, Steps

Row = tuple[str, SafeString]
OTHER_ORDER = "andere volgorde"


class StepsComparison(FieldComparison):
    """The steps that are new, gone, moved or changed, in the order of the newer version; the others are left out."""

    def htmldiff(self) -> SafeString:
        old, new = Steps(self.val_a.get_prep_value()), Steps(self.val_b.get_prep_value())
        found = list(_changes(old, new))
        if not found:
            return format_html("<p>{}</p>", "Geen stap is veranderd.")
        return format_html_join("", '<section class="step-change {}"><h3>{}</h3>{}</section>', found)


def _changes(old: Steps, new: Steps) -> Iterator[tuple[str, str, SafeString]]:
    moved = moved_ids(old.ids, new.ids)
    for number, step in enumerate(new.all, 1):
        before = old.by_id.get(step.id)
        if before is None:
            yield "addition", f"Nieuw: stap {number}, {name_of(step)}", _rows(_whole(step, "addition"))
            continue
        rows = list(_differences(before, step))
        if step.id in moved:
            was = old.ids.index(step.id) + 1
            yield "moved", f"Verplaatst: stap {number} (was {was}), {name_of(step)}", _rows(rows)
        elif rows:
            yield "changed", f"Stap {number}, {name_of(step)}", _rows(rows)
    for number, step in enumerate(old.all, 1):
        if step.id not in new.by_id:
            yield "deletion", f"Weggehaald: stap {number}, {name_of(step)}", _rows(_whole(step, "deletion"))


def moved_ids(old: list[str], new: list[str]) -> set[str]:
    """What stands in another order: as few as explain the difference; what came or went moves nothing."""
    before, after = [name for name in old if name in set(new)], [name for name in new if name in set(old)]
    stayed = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return set(after) - {name for block in stayed for name in after[block.b : block.b + block.size]}


def _differences(old: Step, new: Step) -> Iterator[Row]:
    """The fields that say something else, in reading order; then those that are gone."""
    if old.type != new.type:
        yield from _whole(old, "deletion")
        yield from _whole(new, "addition")
        return
    before, after = leaves_of(old), leaves_of(new)
    for key, leaf in after.items():
        was = before.get(key, Leaf("", ""))
        if was.text != leaf.text:
            yield leaf.label, diff_text(was.text, leaf.text).to_html()
    for key, leaf in before.items():
        if key not in after and leaf.text:
            yield leaf.label, _marked(leaf.text, "deletion")
    orders = orders_of(old)
    for key, ids in orders_of(new).items():
        if moved_ids(orders.get(key, []), ids):
            yield _list_name(new, key), format_html('<span class="addition">{}</span>', OTHER_ORDER)


def _list_name(step: Step, key: tuple[str, ...]) -> str:
    """What a list is called: the label of its first entry without the number."""
    label = next((leaf.label for name, leaf in leaves_of(step).items() if name[: len(key)] == key), "")
    return label.split(" › ")[len(key) // 2].rstrip("0123456789 ")


def _whole(step: Step, kind: str) -> Iterator[Row]:
    return ((leaf.label, _marked(leaf.text, kind)) for leaf in leaves_of(step).values() if leaf.text)


def _marked(text: str, kind: str) -> SafeString:
    return format_html('<span class="{}">{}</span>', kind, text)


def _rows(rows: Iterator[Row] | list[Row]) -> SafeString:
    made = format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows)
    return format_html("<dl>{}</dl>", made) if made else SafeString()


class ChoicesComparison(FieldComparison):
    """Lists of choices by their names."""

    def htmldiff(self) -> SafeString:
        options = dict(self.field.options.choices)
        old, new = (", ".join(options.get(name, name) for name in value) for value in (self.val_a, self.val_b))
        html: SafeString = diff_text(old, new).to_html()
        return html


def connect() -> None:
    register_comparison_class(StepsField, comparison_class=StepsComparison)
    register_comparison_class(ChoicesField, comparison_class=ChoicesComparison)
