import django.db.models.deletion
from django.db import migrations, models

UNAUDITED = '"format":"kortwijs-artikel-4-dossier/1"'


def drop_unaudited_counts(apps, schema_editor):
    """Versions of the first format hold counts over all time, which were never audited (decision 0044)."""
    apps.get_model("leadership", "DossierVersion").objects.filter(content__contains=UNAUDITED).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("leadership", "0007_registers_remember_what_was_told"),
    ]

    operations = [
        migrations.RunPython(drop_unaudited_counts, migrations.RunPython.noop),
        migrations.CreateModel(
            name="DossierFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ending", models.CharField(max_length=4)),
                ("content", models.BinaryField()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="leadership.dossierversion",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("version", "ending"), name="one_file_per_ending")],
            },
        ),
    ]
