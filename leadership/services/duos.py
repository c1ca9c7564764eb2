"""Who reviews with whom, kept as people come and go."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from leadership.models import PeerPlace, ProgrammeGroup
from leadership.pairs import Duos, arrange
from leadership.queries import people_in
from people.models import User
from people.services import send_notice


@transaction.atomic
def make_duos(*, group_id: int) -> Duos:
    """A duo for everybody in a group, by the rule in `leadership.pairs`; who gets another partner is told.

    After someone came or left too: then the rest stay as they are. Nothing happens before the first week is open, so
    that who came in together is not paired with a colleague; nor for a group that ended.
    """
    group = ProgrammeGroup.objects.select_for_update(of=("self",)).select_related("cohort").filter(pk=group_id).first()
    if group is None or group.cohort.closed_at is not None or not group.open_until(timezone.localdate()):
        return {}
    people = people_in(group)
    before = dict(PeerPlace.objects.filter(group=group).values_list("user_id", "duo"))
    duos = arrange(people, before)
    PeerPlace.objects.filter(group=group).exclude(user__in=duos).delete()
    for user, duo in duos.items():
        if before.get(user) != duo:
            PeerPlace.objects.update_or_create(group=group, user_id=user, defaults={"duo": duo})
    changed = [user for user in duos if _with(user, duos) != _with(user, before)]
    link = reverse("leadership:shared", args=[group.pk])
    for person in User.objects.filter(pk__in=changed).order_by("pk"):
        send_notice(user=person, text="Je hebt een nieuw duo in je leergroep.", link=link)
    return duos


def _with(user: int, duos: Duos) -> set[int]:
    return {other for other, duo in duos.items() if duo == duos.get(user) and other != user}


def make_all_duos() -> None:
    """In every group that goes on: those whose first week opened by itself, and who was missed."""
    going = ProgrammeGroup.objects.filter(cohort__closed_at=None)
    for group_id in going.order_by("pk").values_list("pk", flat=True):
        make_duos(group_id=group_id)
