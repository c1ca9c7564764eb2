"""scenario: a situation with two decisions and three endings, from each of which one learns."""

from assessments.exercises.scenario.block import ScenarioBlock
from assessments.exercises.scenario.grading import explain, from_form, grade, outcome
from assessments.kind import Kind

KIND = Kind(
    name="scenario",
    block=ScenarioBlock,
    grade=grade,
    from_form=from_form,
    explain=explain,
    outcome=outcome,
    graded=False,
)
