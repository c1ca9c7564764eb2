"""What there is to watch: an administrator, a privacy officer, somebody who was looked at, a task that failed."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from people.demo import SCHOOL
from people.inactive import UNUSABLE
from people.models import Cohort, CohortMember, Membership, Organisation, RetentionRun, Role, User
from people.registry import purpose_of
from people.services import looks_now, note_group_look, note_look, open_break_glass, set_retention_term
from tests.e2e.groups import LOOKED_AT, OFFICER, WATCHER
from tests.e2e.serving import PASSWORD


def fill_watch() -> None:
    from lms.watch.failures import keep_failure

    school = Organisation.objects.get(name=SCHOOL)
    chief = User.objects.create_superuser(WATCHER, password=PASSWORD, first_name="Willem")
    officer = User.objects.create_user(OFFICER, password=PASSWORD, first_name="Petra")
    Membership.objects.create(user=officer, organisation=school, role=Role.PRIVACY_OFFICER)
    seen = User.objects.create_user(LOOKED_AT, password=PASSWORD, first_name="Lotte")
    Membership.objects.create(user=seen, organisation=school, role=Role.LEARNER)
    open_break_glass(administrator=chief, person=seen, why="kapot", text="Je lessen van vorige week waren weg.")
    if glass := looks_now(chief, seen):
        note_look(glass=glass)
    watched = Cohort.objects.create(organisation=school, name="Klas Kijk", kind=Cohort.Kind.CLASS)
    watched.members.create(user=seen, joined_at=timezone.now() - timedelta(days=10))
    for days in (9, 2, 0):
        with time_machine.travel(timezone.now() - timedelta(days=days)):
            note_group_look(actor=User.objects.get(username="bram"), cohort=watched)
    _terms_of(school, officer)
    try:
        raise ConnectionError
    except ConnectionError as error:
        keep_failure(name="xapi.tasks.forward_to_target", args=(3,), kwargs={}, error=error)
        keep_failure(name="media.tasks.make_speech", args=("les-B2",), kwargs={}, error=error)


def _terms_of(school: Organisation, officer: User) -> None:
    """A class that ended, a shorter term that waits, and a run that is over."""
    now = timezone.now()
    ended = Cohort.objects.create(
        organisation=school, name="Zorg 1B", kind=Cohort.Kind.CLASS, closed_at=now - timedelta(days=200)
    )
    for name in ("Fleur", "Gijs", "Hatice"):
        learner = User.objects.create(username=f"was-{name.lower()}", first_name=name, password=UNUSABLE)
        CohortMember.objects.create(cohort=ended, user=learner, by_lead=True)
    set_retention_term(purpose=purpose_of("audit"), organisation=school, days=500, actor=officer, confirmed=True)
    RetentionRun.objects.create(
        organisation=school, asked_by=officer, state=RetentionRun.State.DONE, at=now, made_at=now - timedelta(days=1),
        counts={"places": {str(school.pk): 28}, "learners_in_groups": {str(school.pk): 1}}, done=29, total=29,
        finished_at=now,
    )  # fmt: skip
