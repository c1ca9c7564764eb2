"""The group that puts lessons online has the name of its role ('Eindredacteur'): who manages an organisation does not
come with it any more (decision 0058). Who was in it stays in it, for people.0016 gives them that role."""

from typing import Any

from django.db import migrations


def _named(before: str, after: str) -> Any:
    def rename(apps: Any, schema_editor: Any) -> None:
        groups = apps.get_model("auth", "Group").objects
        if not groups.filter(name=after).exists():
            groups.filter(name=before).update(name=after)

    return rename


class Migration(migrations.Migration):
    dependencies = [
        ("modules", "0007_lessons_edition"),
        ("people", "0016_roles_from_pages"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunPython(_named("Beheerders", "Eindredacteuren"), _named("Eindredacteuren", "Beheerders")),
    ]
