"""Loading used to link a lesson to what comes first after its revision was saved. So the revision did not know, and
publishing from the editor took the links away. This puts the links of today into the newest revision of each lesson,
where no author saved it."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def put_links_in(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    pages = apps.get_model("modules", "ModulePage")
    links = pages._meta.get_field("prerequisites").remote_field.through
    for page in pages.objects.exclude(latest_revision=None).select_related("latest_revision"):
        first = list(
            links.objects.filter(from_modulepage_id=page.pk).order_by("pk").values_list("to_modulepage_id", flat=True)
        )
        revision = page.latest_revision
        if first and revision.user_id is None and not revision.content.get("prerequisites"):
            revision.content["prerequisites"] = first
            revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("modules", "0001_first")]

    operations = [migrations.RunPython(put_links_in, migrations.RunPython.noop)]
