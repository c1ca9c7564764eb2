"""Reads of modules; they are public, so no organisation limits them."""

import json

from django.db.models import Q, QuerySet
from wagtail.models import Revision

from modules.models import ModulePage
from modules.steps import Steps


def live_modules() -> QuerySet[ModulePage]:
    """What can be taken now, in the order of the catalogue."""
    found: QuerySet[ModulePage] = ModulePage.objects.live().order_by("track", "code")
    return found


def catalogue() -> QuerySet[ModulePage]:
    """Live modules and those announced ('komt nog'), without their steps."""
    found: QuerySet[ModulePage] = (
        ModulePage.objects.filter(Q(live=True) | Q(announced=True)).order_by("track", "code").defer("steps")
    )
    return found


def steps_of_revisions(revision_ids: set[int]) -> dict[int, tuple[str, Steps]]:
    """Per revision the code of its module and its steps as they were taken; unknown ids are left out."""
    found: dict[int, tuple[str, Steps]] = {}
    revisions = Revision.objects.filter(pk__in=revision_ids, content_type__app_label="modules")
    for revision in revisions.select_related("content_type"):
        content = revision.content
        if "code" in content and "steps" in content:
            found[revision.pk] = (content["code"], Steps(json.loads(content["steps"])))
    return found
