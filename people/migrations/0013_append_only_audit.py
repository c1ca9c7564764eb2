import re
import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from people.append_only import lift


def take_triggers_away(apps, schema_editor):
    """They are there where this was migrated before; they come back after migrating."""
    lift(schema_editor.connection)


def name_people_by_their_key(apps, schema_editor):
    """Lines named people by their number, which stays when they are erased."""
    Entry, User = apps.get_model("people", "AuditEntry"), apps.get_model("people", "User")
    own = User.objects.filter(pk=OuterRef("actor_id")).values("audit_key")
    Entry.objects.exclude(actor=None).update(actor_key=Subquery(own))
    cohorts = dict(apps.get_model("people", "Cohort").objects.values_list("pk", "organisation_id"))
    organisations = set(cohorts.values()) | set(
        apps.get_model("people", "Organisation").objects.values_list("pk", flat=True)
    )
    keys = dict(User.objects.values_list("pk", "audit_key"))
    for entry in Entry.objects.iterator(chunk_size=2000):
        kind, _, number = entry.subject.rpartition(" ")
        found = int(number) if re.fullmatch("[0-9]{1,18}", number) else 0
        if kind == "user":
            entry.subject, entry.person_key = "", keys.get(found)
        elif kind == "cohort" and entry.action not in ("join_cohort", "leave_cohort"):
            entry.organisation_id = cohorts.get(found)
        elif kind == "organisation" and found in organisations:
            entry.organisation_id = found
        if "user" in entry.details:
            entry.person_key = keys.get(entry.details.pop("user"))
        entry.save(update_fields=["subject", "person_key", "organisation", "details"])


class Migration(migrations.Migration):
    dependencies = [("people", "0012_audit_keys")]

    operations = [
        migrations.CreateModel(
            name="AuditTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="FormerAuditKey",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_audit_keys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.RunPython(take_triggers_away, migrations.RunPython.noop),
        migrations.AlterModelOptions(name="auditentry", options={"ordering": ["-at", "-pk"]}),
        migrations.AlterField(
            model_name="auditentry",
            name="at",
            field=models.DateTimeField(db_index=True, default=django.utils.timezone.now),
        ),
        migrations.AddField(model_name="auditentry", name="actor_key", field=models.UUIDField(null=True)),
        migrations.AddField(model_name="auditentry", name="person_key", field=models.UUIDField(null=True)),
        migrations.AddField(
            model_name="auditentry",
            name="organisation",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="people.organisation",
            ),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="why",
            field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.AddField(model_name="auditentry", name="looked", field=models.BooleanField(default=False)),
        migrations.RunPython(name_people_by_their_key, migrations.RunPython.noop),
        migrations.RemoveField(model_name="auditentry", name="actor"),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(condition=models.Q(("looked", True)), fields=["person_key", "at"], name="audit_person"),
        ),
    ]
