"""From one readable table to the whole record store: keys for every search, text for documents.

Rows that are there get their keys in 0003, which is why the new columns may be empty until then.
"""

import uuid

from django.db import migrations, models

import xapi.fields


class Migration(migrations.Migration):
    dependencies = [("xapi", "0001_first")]

    operations = [
        migrations.RemoveIndex("statement", "statement_actor"),
        migrations.RemoveIndex("statement", "statement_verb"),
        migrations.RemoveIndex("statement", "statement_activity"),
        migrations.RemoveIndex("statement", "statement_registration"),
        migrations.RemoveField("statement", "timestamp"),
        migrations.RemoveField("statement", "verb"),
        migrations.RemoveField("statement", "activity"),
        migrations.AlterField("statement", "seq", models.BigIntegerField(primary_key=True, serialize=False)),
        migrations.AlterField("statement", "stored", models.DateTimeField()),
        migrations.AlterField("statement", "actor", models.UUIDField(null=True)),
        migrations.AlterField("statement", "document", xapi.fields.DocumentField()),
        migrations.AddField("statement", "agent_key", models.BigIntegerField(null=True)),
        migrations.AddField("statement", "verb_key", models.BigIntegerField(default=0), preserve_default=False),
        migrations.AddField("statement", "activity_key", models.BigIntegerField(null=True)),
        migrations.AddField("statement", "context_key", models.BigIntegerField(null=True)),
        migrations.AddField("statement", "credential", models.BigIntegerField(null=True)),
        migrations.CreateModel(
            name="Related",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key", "role", "statement", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.BigIntegerField()),
                (
                    "role",
                    models.SmallIntegerField(
                        choices=[(1, "DIRECT_AGENT"), (2, "RELATED_AGENT"), (3, "RELATED_ACTIVITY")]
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        db_column="seq",
                        db_constraint=False,
                        on_delete=models.deletion.DO_NOTHING,
                        related_name="+",
                        to="xapi.statement",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reference",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "target", "statement", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        db_column="target",
                        db_constraint=False,
                        db_index=False,
                        on_delete=models.deletion.DO_NOTHING,
                        related_name="references",
                        to="xapi.statement",
                        to_field="id",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        db_column="seq",
                        db_constraint=False,
                        on_delete=models.deletion.DO_NOTHING,
                        related_name="+",
                        to="xapi.statement",
                    ),
                ),
                ("voids", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("iri", models.TextField()),
                ("definition", xapi.fields.DocumentField()),
            ],
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "sha2", "statement", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sha2", models.CharField(max_length=128)),
                (
                    "statement",
                    models.ForeignKey(
                        db_column="seq",
                        db_constraint=False,
                        on_delete=models.deletion.DO_NOTHING,
                        related_name="+",
                        to="xapi.statement",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("owner", models.CharField(max_length=64)),
                ("registration", models.UUIDField(default=uuid.UUID(int=0))),
                ("name", models.TextField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("state", "State"),
                            ("activity_profile", "Activity Profile"),
                            ("agent_profile", "Agent Profile"),
                        ],
                        max_length=20,
                    ),
                ),
                ("actor", models.UUIDField(null=True)),
                ("content", models.BinaryField()),
                ("content_type", models.TextField()),
                ("etag", models.CharField(max_length=40)),
                ("updated", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "registration", "name"), name="document_once")
                ],
                "indexes": [
                    models.Index(condition=models.Q(("actor__isnull", False)), fields=["actor"], name="document_actor")
                ],
            },
        ),
        migrations.AddField("credential", "scopes", models.TextField(default="statements/read")),
        migrations.AddField("credential", "organisation", models.BigIntegerField(blank=True, null=True)),
        migrations.AddField(
            "credential", "per_minute", models.PositiveIntegerField(default=6000, verbose_name="verzoeken per minuut")
        ),
        migrations.AddField("credential", "used_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField("credential", "name", models.CharField(max_length=120, verbose_name="voor wie")),
    ]
