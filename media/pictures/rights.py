"""Who may add, change and choose pictures."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission


def allow_pictures(group: Group, *, of_others: bool = False) -> None:
    """The group adds and chooses pictures, and changes and deletes its own; with `of_others` those of everyone.

    Deleting one that is in use is refused anyway. Wagtail asks for the rights of its own model, whatever model is
    used in its place.
    """
    wanted = ("add_image", "choose_image", *(["change_image"] if of_others else []))
    if root := Collection.get_first_root_node():
        for right in Permission.objects.filter(content_type__app_label="wagtailimages", codename__in=wanted):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=right)
