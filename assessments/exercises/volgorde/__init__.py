"""volgorde: the steps of a procedure, tapped in order."""

from assessments.exercises.volgorde.block import VolgordeBlock
from assessments.exercises.volgorde.grading import explain, from_form, grade
from assessments.kind import Kind

KIND = Kind(
    name="volgorde",
    block=VolgordeBlock,
    grade=grade,
    from_form=from_form,
    explain=explain,
    interaction="sequencing",
    comes_back=True,
)
