"""Answers of a person: theirs alone."""

from typing import Any

from assessments.models import QuestionnaireAnswers, Response
from assessments.questionnaires import Questionnaire, questionnaire
from language.files import FilesError
from people.models import User
from people.purposes import Sign
from people.registry import WITH_THE_PERSON, Held, PersonalData, keeps_nothing, register


def export(user: User) -> dict[str, Any]:
    return {
        "antwoorden": [
            {
                "les": row.module,
                "opdracht": row.exercise,
                "antwoord": row.answer,
                "klopt": row.correct,
                "moment": row.received_at.isoformat(),
                "herhaling": row.review,
            }
            for row in Response.objects.filter(user=user).order_by("received_at")
        ],
        "vragenlijsten": [
            {
                "vragenlijst": row.questionnaire,
                "versie": row.version,
                "antwoorden": _in_words(row),
                "niveau": row.result["level"]["name"]["standaard"] if row.result["level"] else "",
                "voorgestelde lessen": [lesson["code"] for lesson in row.result["lessons"]],
                "moment": row.received_at.isoformat(),
            }
            for row in QuestionnaireAnswers.objects.filter(user=user).order_by("received_at")
        ],
    }


def _in_words(row: QuestionnaireAnswers) -> list[dict[str, str]]:
    """Question and answer as they read now; their ids where the file says something else by now."""
    form = _form_of(row.questionnaire)
    found = []
    for item_id, answer_id in row.answers.items():
        item = form.item(item_id) if form else None
        answer = item.answer(answer_id) if item else None
        found.append(
            {
                "vraag": item.text["standaard"] if item else item_id,
                "antwoord": answer.text["standaard"] if answer else answer_id,
            }
        )
    return found


def _form_of(code: str) -> Questionnaire | None:
    try:
        return questionnaire(code)
    except FilesError:
        return None


def erase(user: User) -> dict[str, int]:
    return {
        "antwoorden": Response.objects.filter(user=user).delete()[0],
        "vragenlijsten": QuestionnaireAnswers.objects.filter(user=user).delete()[0],
    }


def merge(source: User, target: User) -> None:
    Response.objects.filter(user=source).update(user=target)
    QuestionnaireAnswers.objects.filter(user=source).update(user=target)


def describe(user: User) -> str:
    """How many questionnaires someone filled in."""
    count = QuestionnaireAnswers.objects.filter(user=user).count()
    return f"{count} {'vragenlijst' if count == 1 else 'vragenlijsten'}" if count else ""


def register_assessments() -> None:
    register(
        PersonalData(
            room="assessments",
            models={
                "assessments.Response": Held("Antwoorden nakijken en herhalen", WITH_THE_PERSON),
                "assessments.QuestionnaireAnswers": Held(
                    "Een route voorstellen na de startmeting; de puls voor groepscijfers",
                    "een termijn: questionnaires; de puls tot zijn cijfers zijn verteld",
                ),
            },
            export=export,
            erase=erase,
            retain=keeps_nothing,
            merge=merge,
            describe=describe,
            signs=(Sign("assessments.QuestionnaireAnswers", "user", "received_at"),),
        )
    )
