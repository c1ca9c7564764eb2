"""The tables of the record store. A search looks at keys (xapi.core.keys) and goes through `seq`."""

import uuid
from datetime import UTC, datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from xapi.core.formats import moment
from xapi.core.keys import Role
from xapi.fields import DocumentField, PackedField
from xapi.forwarding.models import Forward, ForwardName, ForwardRecall, ForwardTarget

__all__ = [
    "Activity", "Attachment", "Credential", "Document", "Forward", "ForwardName", "ForwardRecall", "ForwardTarget",
    "Kind", "Reference", "Related", "Scope", "Statement", "StatementId", "seq_at",
]  # fmt: skip

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
TIE_BITS = 12  # statements stored in the same microsecond by two writers
LAST = 2**63 - 1


def seq_at(moment: datetime, tie: int = 0) -> int:
    """Where a moment lies in the order of `seq`; before the epoch of the store it is below zero."""
    return ((moment - EPOCH) // timedelta(microseconds=1) << TIE_BITS) + tie


class Statement(models.Model):
    """One stored statement, as it was when it came. `seq` follows the moment of storing, so it is the order too.

    `actor` is the random name of a learner of ours: who that is, only `people.Pseudonym` knows. On PostgreSQL there
    is a part per month (xapi.partitions) and no index on `id`: statements are looked for by id through xapi.ids.
    """

    seq = models.BigIntegerField(primary_key=True)
    id = models.UUIDField(unique=True)
    stored = models.DateTimeField()
    actor = models.UUIDField(null=True)
    agent_key = models.BigIntegerField(null=True)
    verb_key = models.BigIntegerField()
    activity_key = models.BigIntegerField(null=True)
    context_key = models.BigIntegerField(null=True)  # one related activity; others are in Related
    registration = models.UUIDField(null=True)
    credential = models.BigIntegerField(null=True)  # whose authority it has; None: written from inside
    document = PackedField()

    class Meta:
        indexes = [
            models.Index(fields=["agent_key", "seq"], name="statement_agent"),
            models.Index(fields=["verb_key", "seq"], name="statement_verb"),
            # With the verb, so that a lesson with many statements is not read to find the few with that verb; as a sum,
            # since so it is asked where it may not lead (xapi.search).
            models.Index("activity_key", "seq", models.F("verb_key") + 0, name="statement_activity"),
            models.Index(
                "context_key",
                "seq",
                models.F("verb_key") + 0,
                name="statement_context",
                condition=models.Q(context_key__isnull=False),
            ),
            models.Index(
                fields=["registration", "seq"],
                name="statement_registration",
                condition=models.Q(registration__isnull=False),
            ),
            models.Index(fields=["actor"], name="statement_actor", condition=models.Q(actor__isnull=False)),
            models.Index(
                fields=["credential", "seq"], name="statement_credential", condition=models.Q(credential__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def timestamp(self) -> datetime:
        """When it happened, as the sender says."""
        return moment(self.document["timestamp"], "timestamp")


class StatementId(models.Model):
    """Where the statement with an id stands: what keeps ids unique over all parts of PostgreSQL; see xapi.ids.

    On SQLite it stays empty: there the table of statements does that itself.
    """

    id = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField()

    class Meta:
        db_table = "xapi_statement_id"

    def __str__(self) -> str:
        return str(self.id)


def _statement() -> "models.ForeignKey[Statement, Statement]":
    """The statement that a row belongs to, by `seq`. Without a constraint: rows come and go with their statement."""
    return models.ForeignKey(Statement, models.DO_NOTHING, db_column="seq", db_constraint=False, related_name="+")


class Related(models.Model):  # noqa: DJ008
    """An agent or activity that is in a statement without being its actor or object."""

    pk = models.CompositePrimaryKey("key", "role", "statement")
    key = models.BigIntegerField()
    role = models.SmallIntegerField(choices=[(role.value, role.name) for role in Role])
    statement = _statement()


class Reference(models.Model):  # noqa: DJ008
    """A statement is about another, at once or through others; `voids` when it is the voiding one itself."""

    pk = models.CompositePrimaryKey("target", "statement")
    target = models.ForeignKey(
        Statement,
        models.DO_NOTHING,
        to_field="id",
        db_column="target",
        db_constraint=False,
        db_index=False,
        related_name="references",
    )  # fmt: skip  (a statement may refer to one that is not here yet)
    statement = _statement()
    voids = models.BooleanField(default=False)


class Activity(models.Model):
    """What is known of an activity; a statement that tells more adds to it."""

    key = models.BigIntegerField(primary_key=True)
    iri = models.TextField()
    definition = DocumentField()

    def __str__(self) -> str:
        return self.iri


class Attachment(models.Model):  # noqa: DJ008
    """Which statement has which file; the file itself is in storage, once, under its hash."""

    pk = models.CompositePrimaryKey("sha2", "statement")
    sha2 = models.CharField(max_length=128)
    statement = _statement()


class Kind(models.TextChoices):
    """The three resources that keep documents."""

    STATE = "state"
    ACTIVITY_PROFILE = "activity_profile"
    AGENT_PROFILE = "agent_profile"


class Document(models.Model):
    """A document of the state, activity profile or agent profile resource.

    `owner` is a hash of whose and about what it is (xapi.documents.owner); `registration` is zero when none was given.
    """

    owner = models.CharField(max_length=64)
    registration = models.UUIDField(default=uuid.UUID(int=0))
    name = models.TextField()
    kind = models.CharField(max_length=20, choices=Kind)
    actor = models.UUIDField(null=True)
    content = models.BinaryField()
    content_type = models.TextField()
    etag = models.CharField(max_length=40)
    updated = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "registration", "name"], name="document_once"),
        ]
        indexes = [models.Index(fields=["actor"], name="document_actor", condition=models.Q(actor__isnull=False))]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Scope(models.TextChoices):
    """What a client may do (1.0.3 part 3 section 4.2)."""

    ALL = "all", _("Alles")
    WRITE = "statements/write", _("Statements schrijven")
    READ = "statements/read", _("Statements lezen")
    STATE = "state", _("Stand bewaren (state)")
    PROFILE = "profile", _("Profielen bewaren")
    DEFINE = "define", _("Activiteiten beschrijven")


class Credential(models.Model):
    """A key and a secret of one client. Only a keyed hash of the secret is kept.

    With an organisation (an opaque number here) a client sees what clients of that organisation wrote, and no more.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    secret_digest = models.CharField(max_length=64)
    name = models.CharField(_("voor wie"), max_length=120)
    scopes = models.TextField(default=Scope.READ)  # with spaces between, as OAuth writes them
    organisation = models.BigIntegerField(null=True, blank=True)
    per_minute = models.PositiveIntegerField(_("verzoeken per minuut"), default=6000)
    minute = models.BigIntegerField(default=0)  # since 1970, of which `taken` tells how many requests were given out
    taken = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    def may(self, *scopes: str) -> bool:
        """Whether any of these was given, or all."""
        return bool({Scope.ALL.value, *scopes} & set(self.scopes.split()))
