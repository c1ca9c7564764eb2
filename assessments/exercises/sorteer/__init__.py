"""sorteer: mag wel, mag niet or vraag het eerst; one card at a time."""

from assessments.exercises.sorteer.block import SorteerBlock
from assessments.exercises.sorteer.grading import explain, from_form, grade
from assessments.kind import Kind, items, makkelijk_ids

KIND = Kind(
    name="sorteer",
    block=SorteerBlock,
    grade=grade,
    from_form=from_form,
    explain=explain,
    parts=lambda spec: frozenset(key for key, _ in items(spec, "cards")),
    required=lambda spec: makkelijk_ids(spec, "cards"),
    parts_called="kaarten",
    by_part=True,
    interaction="matching",
)
