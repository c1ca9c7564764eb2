"""Who may add, change and choose pictures."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission

# Wagtail asks for the rights of its own model, whatever model is used in its place.
PICTURE_RIGHTS = ("add_image", "change_image", "choose_image", "delete_image")


def allow_pictures(group: Group) -> None:
    """The group adds, changes, chooses and deletes pictures; deleting one that is in use is refused anyway."""
    root = Collection.get_first_root_node()
    if root is None:
        return
    for permission in Permission.objects.filter(content_type__app_label="wagtailimages", codename__in=PICTURE_RIGHTS):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
