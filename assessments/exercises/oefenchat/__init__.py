"""oefenchat: a note that must lose everything that points to a person, before a practice assistant answers."""

from assessments.exercises.oefenchat.block import OefenchatBlock
from assessments.exercises.oefenchat.grading import explain, from_form, grade
from assessments.kind import Kind

KIND = Kind(name="oefenchat", block=OefenchatBlock, grade=grade, from_form=from_form, explain=explain)
