"""h5p: plays a package that was made elsewhere; it is done when the content says so, or by 'Klaar'."""

from assessments.exercises.h5p.block import H5pBlock
from assessments.exercises.h5p.grading import asked, explain, from_form, grade, hear
from assessments.kind import Kind

KIND = Kind(
    name="h5p",
    block=H5pBlock,
    grade=grade,
    from_form=from_form,
    explain=explain,
    hear=hear,
    parts=asked,
    required=asked,
    graded=False,
)
