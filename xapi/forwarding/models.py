"""Other record stores, and the outbox: what each of them gets, in the order of `seq`."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xapi.fields import DocumentField

LARGEST = 200  # statements in one request


class ForwardTarget(models.Model):
    """Another record store that gets statements of ours.

    The one of the operator gets statements as they are, under names of its own. One for research gets the same, as
    long as an agreement holds that is recorded here. One of an organisation (an opaque number here) gets only that its
    own learners finished a lesson, and on which day. `sealed` is the key and the secret, encrypted.
    """

    class Kind(models.TextChoices):
        OPERATOR = "operator", _("Van onszelf: krijgt alles")
        RESEARCH = "research", _("Onderzoek: krijgt alles, zolang een afspraak geldt")
        ORGANISATION = "organisation", _("Van een organisatie: krijgt alleen welke les klaar is")

    class Version(models.TextChoices):
        V1 = "1.0.3", "1.0.3"
        V2 = "2.0.0", "2.0"

    name = models.CharField(_("naam"), max_length=120)
    kind = models.CharField(_("soort"), max_length=12, choices=Kind)
    organisation = models.BigIntegerField(null=True, blank=True)
    address = models.CharField(_("adres"), max_length=300)
    version = models.CharField(_("versie van xAPI"), max_length=8, choices=Version, default=Version.V1)
    sealed = models.TextField()
    verbs = models.TextField(blank=True)  # IRIs on lines; empty: all
    activities = models.TextField(blank=True)  # beginnings of IRIs of what a statement is about; empty: all
    of_clients = models.BooleanField(default=False)  # also what other systems wrote here
    agreement = models.CharField(_("afspraak"), max_length=200, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    # How sending goes.
    failures = models.PositiveIntegerField(default=0)  # in a row
    error = models.CharField(max_length=200, blank=True)
    next_try_at = models.DateTimeField(null=True)
    at_once = models.PositiveSmallIntegerField(default=LARGEST)
    lease = models.UUIDField(null=True)  # whose turn it is to send, until `leased_until`
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="organisation", organisation__isnull=False)
                | (~Q(kind="organisation") & Q(organisation=None)),
                name="target_of_an_organisation",
            ),
            models.CheckConstraint(
                condition=~Q(kind="research") | (Q(agreed_on__isnull=False) & ~Q(agreement="")),
                name="research_has_an_agreement",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def holds_on(self, day: date) -> bool:
        """Whether something may go to it on this day: for research only while the agreement holds."""
        if self.ended_at is not None:
            return False
        if self.kind != self.Kind.RESEARCH:
            return True
        return self.agreed_on is not None and self.agreed_on <= day and (self.ends_on is None or day < self.ends_on)


class Forward(models.Model):  # noqa: DJ008
    """One statement for one target. `seq` gives the order; `statement_id` is the id under which the target gets it.

    What an organisation is told is no statement of ours, so it stands in `document`, until it was sent. `actor` is our
    own random name of whose it is. It waits until `held_until`.
    """

    class State(models.IntegerChoices):
        WAITING = 0
        TRIED = 1  # it went on its way: it may have arrived
        SENT = 2
        REFUSED = 3

    pk = models.CompositePrimaryKey("target", "seq")
    target = models.ForeignKey(ForwardTarget, models.CASCADE, related_name="outbox", db_index=False)
    seq = models.BigIntegerField()
    statement_id = models.UUIDField()
    actor = models.UUIDField(null=True)
    state = models.SmallIntegerField(choices=State, default=State.WAITING)
    document = DocumentField(null=True)
    held_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, default="")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["target", "seq"], name="forward_to_send", condition=Q(state__in=(0, 1))),
            models.Index(fields=["target", "seq"], name="forward_refused", condition=Q(state=3)),
            models.Index(fields=["actor"], name="forward_actor", condition=Q(actor__isnull=False)),
        ]


class ForwardRecall(models.Model):
    """What a target has of somebody who was erased here: under which names it knew them, and the ids of statements.

    Whose it was stands nowhere. Once the target said that it is gone, names and ids go too.
    """

    target = models.ForeignKey(ForwardTarget, models.CASCADE, related_name="recalls")
    names = models.TextField(blank=True)  # on lines
    statements = models.TextField(blank=True)  # ids, on lines
    count = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.target}, {self.asked_at:%Y-%m-%d}"


class ForwardName(models.Model):
    """Under which random name a target knows an actor of ours; the oldest counts when two became one."""

    target = models.ForeignKey(ForwardTarget, models.CASCADE, related_name="names", db_index=False)
    actor = models.UUIDField()
    name = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        indexes = [models.Index(fields=["actor", "target"], name="forward_name_actor")]

    def __str__(self) -> str:
        return str(self.name)
