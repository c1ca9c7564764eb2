"""keuze: one clear best act out of two to four, or all that are right."""

from assessments.exercises.keuze.block import KeuzeBlock
from assessments.exercises.keuze.grading import explain, from_form, grade
from assessments.kind import Kind

KIND = Kind(
    name="keuze",
    block=KeuzeBlock,
    grade=grade,
    from_form=from_form,
    explain=explain,
    interaction="choice",
    comes_back=True,
)
