import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("integrations", "0003_statement_exports"),
        ("people", "0015_signs_on"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SignOnProvider",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("surfconext", "SURFconext"),
                            ("entra", "Microsoft Entra ID"),
                            ("other", "Een andere (OpenID Connect)"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("issuer", models.CharField(max_length=255)),
                ("client_id", models.CharField(max_length=200)),
                ("sealed", models.TextField()),
                ("home_claim", models.CharField(blank=True, max_length=60)),
                ("home_value", models.CharField(blank=True, max_length=200)),
                ("second_claim", models.CharField(blank=True, max_length=60)),
                ("step_value", models.CharField(blank=True, max_length=200)),
                ("asks_name", models.BooleanField(default=False)),
                ("asks_email", models.BooleanField(default=False)),
                ("shown", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_on_providers",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisatie-login",
                "verbose_name_plural": "organisatie-logins",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SignOnIdentity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("issuer", models.CharField(max_length=255)),
                ("subject", models.CharField(max_length=255)),
                ("second", models.CharField(blank=True, max_length=64)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("used_at", models.DateTimeField()),
                (
                    "provider",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="identities",
                        to="integrations.signonprovider",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_on_identities",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["issuer", "second"], name="second_of_an_issuer")],
                "constraints": [models.UniqueConstraint(fields=("issuer", "subject"), name="one_person_per_subject")],
            },
        ),
    ]
