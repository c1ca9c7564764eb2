"""Questionnaires as files: what they say (form), whether that can be right (checks) and what answers mean (scoring)."""

from assessments.questionnaires.files import questionnaire, read_questionnaires
from assessments.questionnaires.form import Questionnaire
from assessments.questionnaires.scoring import Result, WrongAnswers, score

__all__ = ["Questionnaire", "Result", "WrongAnswers", "questionnaire", "read_questionnaires", "score"]
