import uuid

from django.db import models
from django.utils import timezone

from people.models.organisation import Organisation
from people.models.user import User


class AuditEntry(models.Model):
    """Who did what to whom or what, when and why. It names keys and counts, never answers.

    Rows are only ever added: the database refuses the rest (people/append_only.py). So people stand here by a random
    key of their own (`User.audit_key`), which means nothing any more once they are erased. Times are kept as they were.
    `looked`: somebody looked at what is kept of `person_key`, who may read so; without one at a list of the group in
    `subject`, and who was in it then may read so.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor_key = models.UUIDField(null=True)
    person_key = models.UUIDField(null=True)
    organisation = models.ForeignKey(  # an organisation that goes leaves its number
        Organisation, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=40, blank=True)
    looked = models.BooleanField(default=False)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["person_key", "at"], name="audit_person", condition=models.Q(looked=True)),
            models.Index(
                fields=["subject", "at"], name="audit_group", condition=models.Q(looked=True, person_key=None)
            ),
            models.Index(fields=["person_key"], name="audit_place", condition=models.Q(action="place_ended")),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject}"


class FormerAuditKey(models.Model):
    """The key of a learner who became part of this person."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(User, models.CASCADE, related_name="former_audit_keys")

    def __str__(self) -> str:
        return str(self.key)


class AuditTerm(models.Model):
    """Lines from before this moment may go: a row is here only while `people.audit.forget_before` is at work."""

    before = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.before:%Y-%m-%d}"
