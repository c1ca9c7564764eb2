"""vul_de_prompt: build a good prompt from tiles, one slot at a time; what is typed never leaves the phone."""

from assessments.exercises.vul_de_prompt.block import VulDePromptBlock
from assessments.exercises.vul_de_prompt.grading import explain, from_form, grade
from assessments.kind import Kind

KIND = Kind(
    name="vul_de_prompt",
    block=VulDePromptBlock,
    grade=grade,
    from_form=from_form,
    explain=explain,
    interaction="matching",
)
