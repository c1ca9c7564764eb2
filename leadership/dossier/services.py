"""Writes of the dossier: each in one transaction, with a line in the audit trail that names no text."""

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from leadership.dossier.content import canonical, content_of, digest_of
from leadership.models import Dossier, DossierVersion, Evaluation, RoleGoal, SharedProof
from leadership.register.queries import organisations_kept
from learning.models import Credential
from people.models import Organisation, User
from people.services import record_audit

MOST_ROWS = 200  # goals, and looks back


class DossierRefused(ValueError):
    """Why the dossier cannot take this; the message is for who keeps it."""


def _lock(organisation: Organisation, actor: User) -> None:
    """One write at a time in a dossier, and only by who keeps it."""
    if not organisations_kept(actor).filter(pk=organisation.pk).exists():
        raise ValueError("only for who keeps this dossier")
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _audit(organisation: Organisation, actor: User, action: str, **details: Any) -> None:
    record_audit(actor=actor, action=action, about=organisation, **details)


@transaction.atomic
def save_about(*, organisation: Organisation, values: Mapping[str, Any], actor: User) -> Dossier:
    """What holds for the dossier as a whole. Raises ValueError for who does not keep it."""
    _lock(organisation, actor)
    kept, _ = Dossier.objects.update_or_create(organisation=organisation, defaults=dict(values))
    _audit(organisation, actor, "dossier_about")
    return kept


@transaction.atomic
def save_goal(*, organisation: Organisation, goal_id: uuid.UUID, values: Mapping[str, Any], actor: User) -> RoleGoal:
    """Add a goal for a role, or change the one with this id; sent twice, it is written once.

    Raises ValueError for who does not keep this dossier and for a goal of another one, DossierRefused.
    """
    _lock(organisation, actor)
    fields = {name: value for name, value in values.items() if name != "systems"}
    goal: RoleGoal = _put(RoleGoal, organisation, goal_id, fields)
    goal.systems.set(values.get("systems", ()))
    _audit(organisation, actor, "dossier_goal", goal=str(goal_id))
    return goal


@transaction.atomic
def save_evaluation(
    *, organisation: Organisation, evaluation_id: uuid.UUID, values: Mapping[str, Any], actor: User
) -> Evaluation:
    """Add a look back, or change the one with this id. Raises as `save_goal`."""
    _lock(organisation, actor)
    kept: Evaluation = _put(Evaluation, organisation, evaluation_id, values)
    _audit(organisation, actor, "dossier_evaluation", evaluation=str(evaluation_id))
    return kept


def _put(model: Any, organisation: Organisation, key: uuid.UUID, fields: Mapping[str, Any]) -> Any:
    there = model.objects.filter(pk=key).first()
    if there and there.organisation_id != organisation.pk:
        raise ValueError("of another organisation")
    if there is None and model.objects.filter(organisation=organisation).count() >= MOST_ROWS:
        raise DossierRefused(f"Het dossier is vol. Er passen {MOST_ROWS} in.")
    kept, _ = model.objects.update_or_create(pk=key, defaults={"organisation": organisation, **fields})
    return kept


@transaction.atomic
def remove_part(*, part: RoleGoal | Evaluation, actor: User) -> None:
    """Take a goal or look back out; versions that were recorded keep it. Raises ValueError for who keeps no dossier."""
    _lock(part.organisation, actor)
    _audit(part.organisation, actor, f"remove_{part._meta.model_name}", part=str(part.pk))
    part.delete()


@transaction.atomic
def record_version(*, organisation: Organisation, actor: User) -> tuple[DossierVersion, bool]:
    """Record the dossier as it is now, with a number and today's date; the last one again where nothing changed.

    Raises ValueError for who does not keep it.
    """
    _lock(organisation, actor)
    Dossier.objects.get_or_create(organisation=organisation)
    today = timezone.localdate()
    content = content_of(organisation)
    digest = digest_of(canonical(content))
    last = DossierVersion.objects.filter(organisation=organisation).first()
    if last and last.digest == digest:
        return last, False
    number = last.number + 1 if last else 1
    made = DossierVersion.objects.create(
        organisation=organisation, number=number, made_on=today, digest=digest,
        content=canonical({**content, "version": number, "date": today.isoformat()}),
    )  # fmt: skip
    _audit(organisation, actor, "record_dossier", version=number)
    transaction.on_commit(partial(_hint, made.pk), robust=True)
    return made, True


def _hint(version: int) -> None:
    """A worker makes the files; the sweep finds what this forgot."""
    from leadership.tasks import make_dossier_files

    make_dossier_files.delay(version)


@transaction.atomic
def keep_proof(*, organisation: Organisation, credential: Credential, actor: User) -> SharedProof:
    """A credential of which its learner gave the address. Raises ValueError for who keeps no dossier, DossierRefused
    for a credential that its learner does not show."""
    _lock(organisation, actor)
    if not credential.is_shown:
        raise DossierRefused("Dit bewijs laat niemand zien. Vraag wie het heeft om ‘Laat zien’ te kiezen.")
    proof, made = SharedProof.objects.get_or_create(organisation=organisation, credential=credential)
    if made:
        _audit(organisation, actor, "keep_proof")
    return proof


@transaction.atomic
def drop_proof(*, proof: SharedProof, actor: User) -> None:
    """Take it out of the annex. Raises ValueError for who keeps no dossier."""
    _lock(proof.organisation, actor)
    proof.delete()
    _audit(proof.organisation, actor, "drop_proof")
