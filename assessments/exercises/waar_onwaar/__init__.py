"""waar_onwaar: breaks a myth; the learner picks the reason too."""

from assessments.exercises.waar_onwaar.block import WaarOnwaarBlock
from assessments.exercises.waar_onwaar.grading import explain, from_form, grade
from assessments.kind import Kind

KIND = Kind(
    name="waar_onwaar",
    block=WaarOnwaarBlock,
    grade=grade,
    from_form=from_form,
    explain=explain,
    interaction="true-false",
    comes_back=True,
)
