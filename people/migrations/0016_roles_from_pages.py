"""Roles that wait for who was invited; and who put lessons online as an administrator gets a role of its own for that."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def let_administrators_edit_on(apps: Any, schema_editor: Any) -> None:
    """Until now the role 'Beheerder' put lessons online for all organisations; who has it keeps that right."""
    memberships = apps.get_model("people", "Membership").objects
    for one in memberships.filter(role="administrator"):
        memberships.get_or_create(user_id=one.user_id, organisation_id=one.organisation_id, role="editor")


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0015_signs_on"),
    ]

    operations = [
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("learner", "Leerling of medewerker"),
                    ("teacher", "Docent"),
                    ("hr_lead", "HR"),
                    ("team_lead", "Teamleider"),
                    ("facilitator", "Begeleider"),
                    ("author", "Auteur"),
                    ("reviewer", "Meelezer"),
                    ("editor", "Eindredacteur"),
                    ("privacy_officer", "Privacy officer"),
                    ("owner", "Ondernemer"),
                    ("administrator", "Beheerder"),
                ],
                max_length=16,
                verbose_name="rol",
            ),
        ),
        migrations.CreateModel(
            name="RoleInvite",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(db_index=True, max_length=254, verbose_name="e-mailadres")),
                ("name", models.CharField(max_length=40, verbose_name="naam")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("learner", "Leerling of medewerker"),
                            ("teacher", "Docent"),
                            ("hr_lead", "HR"),
                            ("team_lead", "Teamleider"),
                            ("facilitator", "Begeleider"),
                            ("author", "Auteur"),
                            ("reviewer", "Meelezer"),
                            ("editor", "Eindredacteur"),
                            ("privacy_officer", "Privacy officer"),
                            ("owner", "Ondernemer"),
                            ("administrator", "Beheerder"),
                        ],
                        max_length=16,
                        verbose_name="rol",
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="werkt tot")),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_invites",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "uitnodiging voor een rol",
                "verbose_name_plural": "uitnodigingen voor een rol",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "email", "role"), name="one_invite_per_role")
                ],
            },
        ),
        migrations.RunPython(let_administrators_edit_on, migrations.RunPython.noop),
    ]
