"""What partners say of each other's products."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from leadership.models import PeerReview, ProductVersion, ProgrammeGroup, WorkProduct
from leadership.programme import TEXT
from leadership.queries import shared_product
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
def give_review(
    *, group: ProgrammeGroup, product_id: int, reviewer: User, answers: Any, read: int | None = None
) -> PeerReview:
    """What a partner says of a product that was shared, to each question; giving it again replaces it.

    `read` is the version they had before them, where that is not the one that is shared by now. Sent twice, it is
    kept once; the author is told the first time. Raises NotYours for a product that is not shared with them or not
    of their partner; WrongReview when an answer is missing, too long or no text.
    """
    product = WorkProduct.objects.select_for_update().filter(pk=product_id, group=group).first()
    shared = shared_product(reviewer, group, product_id)
    if product is None or shared is None or not shared.is_of_partner:
        raise NotYours
    said: dict[str, Any] = {"answers": _checked(group, answers), "version": _read(product, read)}
    before = PeerReview.objects.filter(product=product, reviewer=reviewer).first()
    if before and all(getattr(before, name) == value for name, value in said.items()):
        return before
    said["given_at"] = timezone.now()
    review, is_new = PeerReview.objects.update_or_create(product=product, reviewer=reviewer, defaults=said)
    if is_new:
        link = reverse("leadership:reviews", args=[product.pk])
        send_notice(user=product.owner, text="Je duo heeft je stuk gelezen.", link=link)
    return review


def _read(product: WorkProduct, read: int | None) -> ProductVersion | None:
    shared = product.versions.filter(kind=ProductVersion.Kind.SHARED, pk=read).first() if read else None
    return shared or product.shared


def _checked(group: ProgrammeGroup, answers: Any) -> dict[str, str]:
    questions = [question.id for question in group.programme.text.peer_questions]
    if not isinstance(answers, dict) or set(answers) - set(questions):
        raise WrongReview([("", "Dit zijn andere vragen.")])
    found = {question: _as_typed(answers.get(question, "")) for question in questions}
    problems = [(question, said) for question, answer in found.items() if (said := _wrong(answer))]
    if problems:
        raise WrongReview(problems)
    return found


def _as_typed(answer: Any) -> Any:
    return answer.replace("\r\n", "\n").strip() if isinstance(answer, str) else answer


def _wrong(answer: Any) -> str:
    if not isinstance(answer, str) or not answer:
        return "Vul hier nog iets in."
    if UNFIT.search(answer):
        return "Hier staat een teken dat geen tekst is. Typ het opnieuw."
    return f"Dit is te lang. Er passen {TEXT} tekens." if len(answer) > TEXT else ""
