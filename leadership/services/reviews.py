"""What partners say of each other's products."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from leadership.models import PeerReview, ProgrammeGroup, WorkProduct
from leadership.programme import TEXT
from leadership.queries import partners_of, shared_product
from leadership.services.groups import NotYours
from leadership.values import UNFIT
from people.models import User
from people.services import send_notice


class WrongReview(Exception):
    """Answers that cannot be kept; `problems` are pairs of a question and what is wrong."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{question}: {said}" for question, said in problems))


@transaction.atomic
def give_review(*, group: ProgrammeGroup, product_id: int, reviewer: User, answers: Any) -> PeerReview:
    """What a partner says of a product that was shared, to each question; giving it again replaces it.

    The author is told the first time. Raises NotYours for a product that is not shared with them or not of their
    partner; WrongReview when an answer is missing, too long or no text.
    """
    product = WorkProduct.objects.select_for_update().filter(pk=product_id, group=group).first()
    is_partner = product and partners_of(reviewer, group).filter(pk=product.owner_id).exists()
    if product is None or not is_partner or shared_product(reviewer, group, product_id) is None:
        raise NotYours
    said = {"answers": _checked(group, answers), "version": product.shared, "given_at": timezone.now()}
    review, is_new = PeerReview.objects.update_or_create(product=product, reviewer=reviewer, defaults=said)
    if is_new:
        send_notice(user=product.owner, text="Je duo heeft je stuk gelezen.")
    return review


def _checked(group: ProgrammeGroup, answers: Any) -> dict[str, str]:
    questions = [question.id for question in group.programme.text.peer_questions]
    if not isinstance(answers, dict) or set(answers) - set(questions):
        raise WrongReview([("", "Dit zijn andere vragen.")])
    found = {question: answers.get(question, "") for question in questions}
    problems = [(question, said) for question, answer in found.items() if (said := _wrong(answer))]
    if problems:
        raise WrongReview(problems)
    return {question: answer.strip() for question, answer in found.items()}


def _wrong(answer: Any) -> str:
    if not isinstance(answer, str) or not answer.strip():
        return "Vul hier nog iets in."
    if UNFIT.search(answer):
        return "Hier staat een teken dat geen tekst is. Typ het opnieuw."
    return f"Dit is te lang. Er passen {TEXT} tekens." if len(answer) > TEXT else ""
