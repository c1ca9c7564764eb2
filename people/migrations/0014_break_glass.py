import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0013_append_only_audit")]

    operations = [
        migrations.CreateModel(
            name="BreakGlass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("gevraagd", "Deze mens vroeg om hulp"),
                            ("kapot", "Er is iets kapot"),
                            ("recht", "Deze mens vraagt om gegevens (AVG)"),
                            ("veilig", "Voor de veiligheid van het account"),
                        ],
                        max_length=10,
                        verbose_name="waarom",
                    ),
                ),
                ("text", models.CharField(max_length=200, verbose_name="uitleg")),
                ("opened_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "administrator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="looked_into",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["-opened_at"]},
        ),
    ]
