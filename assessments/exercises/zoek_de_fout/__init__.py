"""zoek_de_fout: tap what is wrong in a mail, a chat, a drawing or a row of pictures; the rest belongs there."""

from assessments.exercises.zoek_de_fout.block import ZoekDeFoutBlock
from assessments.exercises.zoek_de_fout.grading import explain, from_form, grade
from assessments.kind import Kind

KIND = Kind(
    name="zoek_de_fout",
    block=ZoekDeFoutBlock,
    grade=grade,
    from_form=from_form,
    explain=explain,
    interaction="choice",
)
