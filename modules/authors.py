"""Who may write lessons in Wagtail."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from modules.models import CataloguePage

GROUP = "Auteurs"
PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
RIGHTS = {  # per app: what authors may do there
    "language": ("add_fact", "change_fact", "add_glossaryterm", "change_glossaryterm"),
    "learning": ("change_lessonreport",),
}


def ensure_author_group(catalogue: CataloguePage) -> Group:
    """The group that adds, edits and publishes lessons, facts and words; nothing about people."""
    group, _ = Group.objects.get_or_create(name=GROUP)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for app, codenames in RIGHTS.items():
        group.permissions.add(*Permission.objects.filter(content_type__app_label=app, codename__in=codenames))
    for codename in PAGE_RIGHTS:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=catalogue, permission=permission)
    return group
