"""Who may write, review and publish lessons in Wagtail: a group per role, with no more rights than its work asks.

Nobody in these groups sees people. Decision 0029 says why authors and reviewers do not publish by themselves.
"""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from media.pictures.rights import allow_pictures
from modules.models import CataloguePage
from people.models import Membership, Role, User

Rights = dict[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class EditorGroup:
    """What one role may do: on pages, and per app with what else lessons are made of."""

    name: str
    role: Role
    page_rights: tuple[str, ...]
    rights: Rights


_WRITE: Rights = {
    "language": (
        "add_fact",
        "change_fact",
        "add_glossaryterm",
        "change_glossaryterm",
        "add_hardword",
        "change_hardword",
    ),
    "learning": ("change_lessonreport",),
    "media": ("add_pronunciation", "change_pronunciation", "add_h5ppackage"),
}
_MANAGE: Rights = {
    **_WRITE,
    "language": (*_WRITE["language"], "delete_fact", "delete_glossaryterm", "delete_hardword"),
    "media": (*_WRITE["media"], "delete_pronunciation", "change_h5ppackage", "approve_h5plibrary"),
}

AUTHORS = EditorGroup("Auteurs", Role.AUTHOR, ("add_page", "change_page"), _WRITE)
REVIEWERS = EditorGroup("Meelezers", Role.REVIEWER, ("change_page",), _WRITE)
EDITORS = EditorGroup(
    "Eindredacteuren",
    Role.EDITOR,
    ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
    _MANAGE,
)
EDITOR_GROUPS = (AUTHORS, REVIEWERS, EDITORS)


def ensure_editor_groups(catalogue: CataloguePage) -> dict[EditorGroup, Group]:
    """The three groups with exactly these rights, and in them everyone who has the role."""
    return {kind: _ensure(kind, catalogue) for kind in EDITOR_GROUPS}


def ensure_author_group(catalogue: CataloguePage) -> Group:
    """The group that adds and edits lessons, facts and words, and sends lessons in for review."""
    return _ensure(AUTHORS, catalogue)


def _ensure(kind: EditorGroup, catalogue: CataloguePage) -> Group:
    group, _ = Group.objects.get_or_create(name=kind.name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for app, codenames in kind.rights.items():
        group.permissions.add(*Permission.objects.filter(content_type__app_label=app, codename__in=codenames))
    allow_pictures(group, of_others=kind is EDITORS)
    for codename in kind.page_rights:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page=catalogue, permission=permission)
    here = GroupPagePermission.objects.filter(group=group, page=catalogue)
    here.exclude(permission__codename__in=kind.page_rights).delete()
    group.user_set.add(*User.objects.filter(memberships__role=kind.role))
    return group


def let_in(membership: Membership) -> None:
    """Who gets a role that makes lessons, is in its group from now on."""
    for kind in EDITOR_GROUPS:
        if kind.role == membership.role and (group := Group.objects.filter(name=kind.name).first()):
            membership.user.groups.add(group)


def let_out(membership: Membership) -> None:
    """Who has the role nowhere any more, is out of its group."""
    for kind in EDITOR_GROUPS:
        still = Membership.objects.filter(user=membership.user_id, role=membership.role).exclude(pk=membership.pk)
        if kind.role == membership.role and not still.exists():
            Group.user_set.through.objects.filter(user=membership.user_id, group__name=kind.name).delete()
