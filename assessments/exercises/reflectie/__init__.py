"""reflectie: a question about one's own work; what one writes stays on the phone."""

from assessments.exercises.reflectie.block import ReflectieBlock
from assessments.exercises.reflectie.grading import explain, from_form, grade, no_parts
from assessments.kind import Kind

KIND = Kind(
    name="reflectie",
    block=ReflectieBlock,
    grade=grade,
    from_form=from_form,
    explain=explain,
    parts=no_parts,
    required=no_parts,
    graded=False,
    stays_here=True,
    private=True,
)
