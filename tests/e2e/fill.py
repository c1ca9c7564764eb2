"""Makes the groups of groups.py, inside Django: `serving.prepare` runs it on a prepared folder."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from learning.models import Progress
from learning.services import ask_for_help
from modules.models import ModulePage
from modules.queries import live_modules
from people.demo import EMPLOYER, SCHOOL
from people.models import Cohort, Organisation, User
from people.services import close_cohort, join_cohort, renew_join_code
from tests.e2e.groups import CLASS, CLASS_CODE, EMPTY, ENDED, ENDED_CODE, FULL, OLD, OLD_CODE, TEAM, TEAM_CODE

NAMES = (
    "Amina Bilal Chloë Daan Danuta Eline Fatima Femke Gerben Hanna Ilse Jasper Joud Kevin "
    "Lieke Maryam Menno Naomi Nynke Omar Petra Ruben Samira Sjoerd Tesfay Tirza Wietske Yusuf"
)


@transaction.atomic
def fill() -> None:
    """A class and a team to join, codes that ended, and a full and an empty class; Bram and Chantal lead."""
    school, employer = (Organisation.objects.get(name=name) for name in (SCHOOL, EMPLOYER))
    bram, chantal = (User.objects.get(username=name) for name in ("bram", "chantal"))
    for name in (CLASS, FULL, EMPTY, OLD, ENDED):
        cohort = Cohort.objects.create(organisation=school, name=name, kind=Cohort.Kind.CLASS)
        cohort.members.create(user=bram, leads=True)
    team = Cohort.objects.create(organisation=employer, name=TEAM, kind=Cohort.Kind.TEAM)
    team.members.create(user=chantal, leads=True)
    for name, code in ((CLASS, CLASS_CODE), (TEAM, TEAM_CODE), (OLD, OLD_CODE), (ENDED, ENDED_CODE)):
        made = renew_join_code(cohort=Cohort.objects.get(name=name), actor=None)
        made.code = code
        if name == OLD:
            made.expires_at = timezone.now() - timedelta(days=1)
        made.save()
    close_cohort(cohort=Cohort.objects.get(name=ENDED), actor=None)
    _fill_class(Cohort.objects.get(name=FULL))


def _fill_class(cohort: Cohort) -> None:
    """28 learners: most did the first lesson, some are busy, some did nothing, three ask for help."""
    module = live_modules().first()
    assert isinstance(module, ModulePage)
    for number, name in enumerate(NAMES.split()):
        learner = User.objects.new_nameless(uuid.uuid4())
        join_cohort(user=learner, cohort=cohort, name=name)
        if number % 7 != 3:
            _begin(learner, module, done=number % 7 > 1)
        if number in (4, 16, 24):
            ask_for_help(user=learner, module=module.code if number != 16 else "")


def _begin(learner: User, module: ModulePage, *, done: bool) -> None:
    Progress.objects.create(
        user=learner, module=module.code, attempt=uuid.uuid4(), revision=module.live_revision_id or 0,
        step=module.outline.ids[0], step_count=len(module.outline.ids), saved_at=timezone.now(),
        completed_at=timezone.now() if done else None,
    )  # fmt: skip
