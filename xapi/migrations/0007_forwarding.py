"""Other record stores, the outbox for each, and the names under which they know learners."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import xapi.fields


class Migration(migrations.Migration):
    dependencies = [
        ("xapi", "0006_packed_statements"),
    ]

    operations = [
        migrations.CreateModel(
            name="ForwardTarget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("operator", "Van onszelf: krijgt alles"),
                            ("research", "Onderzoek: krijgt alles, zolang een afspraak geldt"),
                            ("organisation", "Van een organisatie: krijgt alleen welke les klaar is"),
                        ],
                        max_length=12,
                        verbose_name="soort",
                    ),
                ),
                ("organisation", models.BigIntegerField(blank=True, null=True)),
                ("address", models.CharField(max_length=300, verbose_name="adres")),
                (
                    "version",
                    models.CharField(
                        choices=[("1.0.3", "1.0.3"), ("2.0.0", "2.0")],
                        default="1.0.3",
                        max_length=8,
                        verbose_name="versie van xAPI",
                    ),
                ),
                ("sealed", models.TextField()),
                ("verbs", models.TextField(blank=True)),
                ("activities", models.TextField(blank=True)),
                ("of_clients", models.BooleanField(default=False)),
                ("agreement", models.CharField(blank=True, max_length=200, verbose_name="afspraak")),
                ("agreed_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=200)),
                ("next_try_at", models.DateTimeField(null=True)),
                ("at_once", models.PositiveSmallIntegerField(default=200)),
                ("lease", models.UUIDField(null=True)),
                ("leased_until", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "organisation"), ("organisation__isnull", False)),
                            models.Q(models.Q(("kind", "organisation"), _negated=True), ("organisation", None)),
                            _connector="OR",
                        ),
                        name="target_of_an_organisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "research"), _negated=True),
                            models.Q(("agreed_on__isnull", False), models.Q(("agreement", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="research_has_an_agreement",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ForwardName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("actor", models.UUIDField()),
                ("name", models.UUIDField(default=uuid.uuid4, unique=True)),
                (
                    "target",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="xapi.forwardtarget",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["actor", "target"], name="forward_name_actor")],
            },
        ),
        migrations.CreateModel(
            name="Forward",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "target", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("seq", models.BigIntegerField()),
                ("statement_id", models.UUIDField()),
                ("actor", models.UUIDField(null=True)),
                (
                    "state",
                    models.SmallIntegerField(
                        choices=[(0, "Waiting"), (1, "Tried"), (2, "Sent"), (3, "Refused")], default=0
                    ),
                ),
                ("document", xapi.fields.DocumentField(null=True)),
                ("held_until", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(default="", max_length=200)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "target",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outbox",
                        to="xapi.forwardtarget",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", (0, 1))), fields=["target", "seq"], name="forward_to_send"
                    ),
                    models.Index(condition=models.Q(("state", 3)), fields=["target", "seq"], name="forward_refused"),
                    models.Index(condition=models.Q(("actor__isnull", False)), fields=["actor"], name="forward_actor"),
                ],
            },
        ),
    ]
