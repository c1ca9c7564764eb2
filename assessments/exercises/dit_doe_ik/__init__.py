"""dit_doe_ik: one thing to do today; a choice without right or wrong, for the learner alone."""

from assessments.exercises.dit_doe_ik.block import DitDoeIkBlock
from assessments.exercises.dit_doe_ik.grading import explain, from_form, grade
from assessments.kind import Kind

KIND = Kind(
    name="dit_doe_ik",
    block=DitDoeIkBlock,
    grade=grade,
    from_form=from_form,
    explain=explain,
    graded=False,
    private=True,
)
