"""Which organisations hear that a lesson is done, on their own record store, and what a learner reads about that."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings

from courses.queries import organisations_that_assign
from learning.statements import activity_id
from people.models import Organisation, User
from people.queries import agreement_of
from people.visibility import Forwarding
from xapi.forwarding.models import ForwardTarget
from xapi.forwarding.queries import organisations_told, targets_of_organisations, targets_told_all
from xapi.forwarding.services import record_completion


def tell_of_completions(*, user: User, modules: Collection[str], now: datetime) -> None:
    """In the transaction in which these lessons became done. An employer hears nothing without an agreement."""
    told = organisations_told() if modules else set()
    if not told:
        return
    for module in modules:
        organisations = [one.pk for one in organisations_that_assign(user, module) if one.pk in told and _may_hear(one)]
        if organisations:
            record_completion(
                actor=user.pseudonym.name,
                organisations=organisations,
                activity=activity_id(settings.BASE_URL, module),
                now=now,
            )


def _may_hear(organisation: Organisation) -> bool:
    return organisation.kind == Organisation.Kind.SCHOOL or agreement_of(organisation) is not None


def forwarded_about(user: User | None) -> list[Forwarding]:
    """Every record store that gets something about this learner: for 'Wie ziet wat?'."""
    found = [
        Forwarding(
            target.name, everything=True, research=target.kind == ForwardTarget.Kind.RESEARCH, until=target.ends_on
        )
        for target in targets_told_all()
    ]
    if user is None:
        return found
    own = {one.pk: one for one in organisations_that_assign(user) if _may_hear(one)}
    return found + [
        Forwarding(target.name, organisation=own[target.organisation].name)
        for target in targets_of_organisations(own)
        if target.organisation in own
    ]
