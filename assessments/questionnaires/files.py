"""Reads questionnaire files, checks them and keeps them per process."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from jsonschema import Draft202012Validator

from assessments.questionnaires.checks import problems_of
from assessments.questionnaires.form import Questionnaire, from_data
from language.files import FilesError, Problem, read_data, validator_of

SCHEMA = Path(__file__).parent / "questionnaire.schema.json"


@cache
def questionnaire(code: str) -> Questionnaire:
    """The questionnaire with this code, as its file says; read once per process.

    Raises FilesError when the file is not there or is not right.
    """
    return read_questionnaire(Path(settings.QUESTIONNAIRES) / f"{code}.yaml")


def read_questionnaire(file: Path, lessons: frozenset[str] | None = None) -> Questionnaire:
    """One file, checked. `lessons`: the codes that exist; None when that is not known here.

    Raises FilesError with everything that is wrong.
    """
    problems: list[Problem] = []
    data = _read(file, problems)
    if not problems:
        problems = list(problems_of(file, data, lessons))
    if problems:
        raise FilesError(problems)
    return from_data(data)


def read_questionnaires(folder: Path, lessons: frozenset[str]) -> tuple[list[Questionnaire], list[Problem]]:
    """All files of a folder that are right, and everything that is wrong in the others."""
    found: list[Questionnaire] = []
    problems: list[Problem] = []
    for file in sorted(folder.glob("*.yaml")):
        try:
            found.append(read_questionnaire(file, lessons))
        except FilesError as error:
            problems += error.problems
    return found, problems


def _read(file: Path, problems: list[Problem]) -> Any:
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        problems.append(Problem(file, "", "dit bestand is er niet"))
        return None
    return read_data(file, content, _validator(), problems)


@cache
def _validator() -> Draft202012Validator:
    return validator_of(json.loads(SCHEMA.read_text(encoding="utf-8")))
