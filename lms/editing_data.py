"""What Wagtail keeps of who edits and of who is edited: in its own tables, in copies of pages, in lines of its log.

What was made for others stays, without a name; what is only of the person goes: what they wrote beside a page, half
filled forms, a picture of themselves.
"""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import FileField, ForeignKey, Model, QuerySet
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import Comment, CommentReply, ModelLogEntry, PageLogEntry, ReferenceIndex, Revision, TaskState
from wagtail.models.media import UploadedFile
from wagtail.users.models import UserProfile

from people.models import User
from people.registry import Held, PersonalData, keeps_nothing, register

_MADE = Held(
    "Nagaan wie een les, woord of beeld maakte of veranderde",
    "zo lang als wat er gemaakt is; van wie zich wist zonder mens",
)
_UPLOADED = ("media.Picture", "media.H5PImport", "media.H5PLibrary", "media.H5PPackage", "media.H5PVersion")
_OF_THE_PERSON = (UploadedFile, UserProfile)
"""Rows that go whole, with their file."""
_SETTINGS = ("preferred_language", "current_time_zone", "avatar", "dismissibles")
_COMMENTS = "wagtail_admin_comments"


def _editor_fields() -> Iterator[tuple[type[Model], ForeignKey[Any, Any]]]:
    """Every field of Wagtail's tables, of pictures and of H5P that points at who edited, commented or uploaded."""
    for model in apps.get_models():
        if model._meta.app_label.startswith("wagtail") or model._meta.label in _UPLOADED:
            for field in model._meta.local_fields:
                if isinstance(field, ForeignKey) and field.related_model is User:
                    yield model, field


def export_editing(user: User) -> dict[str, Any]:
    """How often the person stands in each of the editor's tables, what they wrote there and what they set."""
    told: dict[str, Any] = {
        f"{model._meta.label}.{field.name}": count
        for model, field in _editor_fields()
        if (count := model._default_manager.filter(**{field.name: user.pk}).count())
    }
    told["opmerkingen"] = [
        *Comment.objects.filter(user=user).values_list("text", flat=True),
        *CommentReply.objects.filter(user=user).values_list("text", flat=True),
        *TaskState.objects.filter(finished_by=user).exclude(comment="").values_list("comment", flat=True),
    ]
    told["half ingevulde formulieren"] = list(FormState.objects.filter(user=user).values_list("data", flat=True))
    told["instellingen"] = list(
        UserProfile.objects.filter(user=user).values(
            "preferred_language", "current_time_zone", "avatar", "dismissibles"
        )
    )
    told["veranderd"] = [
        {"wat": one.label, "hoe": one.action, "wanneer": one.timestamp.isoformat()}
        for log in (PageLogEntry, ModelLogEntry)
        for one in log.objects.filter(user=user).order_by("timestamp")
    ]
    return {name: value for name, value in told.items() if value}


def erase_editing(user: User) -> dict[str, int]:
    """What was made for others stays, without the name; what was only the person's goes."""
    counts = Counter[str]()
    edited = Revision.objects.filter(user=user).exists() or PageLogEntry.objects.filter(user=user).exists()
    for log in (PageLogEntry, ModelLogEntry):
        counts[log._meta.label] += _forget_words(log.objects.filter(user=user, data__has_key="comment"))
    if edited or Comment.objects.filter(user=user).exists():
        counts["wagtailcore.Revision"] += _forget_in_copies(user)
    for model in _OF_THE_PERSON:
        counts[model._meta.label] += _delete_with_files(model, user)
    for model, field in _editor_fields():
        rows = model._default_manager.filter(**{field.name: user.pk})
        counts[model._meta.label] += rows.update(**{field.name: None}) if field.null else rows.delete()[0]
    counts.update(_forget_who_was_edited(user))
    return dict(counts)


def _forget_words(entries: QuerySet[Any]) -> int:
    """What someone wrote beside a page stands in the log too (wagtail.models.pages.Comment.log_create)."""
    for entry in entries:
        left = {name: value for name, value in entry.data.items() if name != "comment"}
        type(entry).objects.filter(pk=entry.pk).update(data=left)
    return len(entries)


def _forget_in_copies(user: User) -> int:
    """A copy of a page holds who owned and locked it, and what was written beside it; gives in how many they stood.

    Every copy is read: one of long ago may hold a remark that was deleted since.
    """
    found = 0
    for revision in Revision.objects.only("content").iterator(100):
        content = revision.content
        remarks = content.get(_COMMENTS) or []
        left = [_without_replies(one, user) for one in remarks if one.get("user") != user.pk]
        is_theirs = [name for name in ("owner", "locked_by") if content.get(name) == user.pk]
        if left != remarks or is_theirs:
            content |= dict.fromkeys(is_theirs)
            if remarks:
                content[_COMMENTS] = left
            revision.save(update_fields=["content"])
            found += 1
    return found


def _without_replies(remark: dict[str, Any], user: User) -> dict[str, Any]:
    replies = [one for one in remark.get("replies") or [] if one.get("user") != user.pk]
    resolved = {"resolved_by": None} if remark.get("resolved_by") == user.pk else {}
    return {**remark, **({"replies": replies} if "replies" in remark else {}), **resolved}


def _delete_with_files(model: type[Model], user: User) -> int:
    (field,) = (one for one in model._meta.local_fields if one.related_model is User)
    (file,) = (one for one in model._meta.local_fields if isinstance(one, FileField))
    rows = model._default_manager.filter(**{field.name: user.pk})
    for name in [name for name in rows.values_list(file.name, flat=True) if name]:
        transaction.on_commit(partial(file.storage.delete, name))
    return rows.delete()[0]


def _forget_who_was_edited(user: User) -> dict[str, int]:
    """Lines and drafts of an administrator about this person, which name them."""
    counts, kind = Counter[str](), ContentType.objects.get_for_model(User)
    for model in (ModelLogEntry, EditingSession, FormState, ReferenceIndex):
        rows = model._default_manager.filter(content_type=kind, object_id=str(user.pk))
        counts[model._meta.label] += rows.delete()[0]
    pointing = ReferenceIndex.objects.filter(to_content_type=kind, to_object_id=str(user.pk))
    counts[ReferenceIndex._meta.label] += pointing.delete()[0]
    return {label: count for label, count in counts.items() if count}


def merge_editing(source: User, target: User) -> None:
    """A nameless learner, the only one who is ever merged away, cannot edit."""


def register_wagtail() -> None:
    register(
        PersonalData(
            room="wagtail",
            models=dict.fromkeys((model._meta.label for model, _ in _editor_fields()), _MADE),
            export=export_editing,
            erase=erase_editing,
            retain=keeps_nothing,
            merge=merge_editing,
        )
    )
