import uuid

from django.db import migrations, models


def give_keys(apps, schema_editor):
    """Each person a key of their own; a default in the database would be the same for all on SQLite."""
    User = apps.get_model("people", "User")
    batch = []
    for user in User.objects.only("pk").iterator(chunk_size=2000):
        user.audit_key = uuid.uuid4()
        batch.append(user)
        if len(batch) == 2000:
            User.objects.bulk_update(batch, ["audit_key"], batch_size=500)
            batch = []
    User.objects.bulk_update(batch, ["audit_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("people", "0011_about_organisations")]

    operations = [
        migrations.AddField(
            model_name="user", name="audit_key", field=models.UUIDField(editable=False, null=True, default=uuid.uuid4)
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="user",
            name="audit_key",
            field=models.UUIDField(
                default=uuid.uuid4, editable=False, unique=True, verbose_name="sleutel in het logboek"
            ),
        ),
    ]
