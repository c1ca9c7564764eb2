"""What a launch can open: a lesson or a path, by the address that stands in the platform."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from courses.models import CoursePath, Sharing
from integrations.models import LtiCompletion
from modules.models import ModulePage
from modules.queries import live_modules
from people.models import Organisation

_ADDRESS = re.compile(r"/lti/(les|route)/([A-Za-z0-9-]{1,40})/")


@dataclass(frozen=True)
class Target:
    """One lesson or path: what it is called, and where its learner goes."""

    kind: str
    code: str
    title: str
    page: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.code}"

    @property
    def address(self) -> str:
        """What stands in the platform."""
        return f"{settings.BASE_URL}/lti/{self.kind}/{self.code}/"


def lessons() -> list[Target]:
    """Every lesson that can be taken."""
    return [_lesson(module) for module in live_modules().order_by("code")]


def paths_for(organisation: Organisation) -> QuerySet[CoursePath]:
    """Ready paths, and those of this organisation that its people share; never those of another."""
    own = Q(organisation=organisation) & ~Q(sharing=Sharing.ALONE)
    return CoursePath.objects.filter(Q(organisation=None) | own, archived=False).order_by("organisation", "title")


def paths(organisation: Organisation) -> list[Target]:
    return [_path(path) for path in paths_for(organisation)]


def target_of(address: str, organisation: Organisation) -> Target | None:
    """What an address of ours opens for this organisation; None for one that opens nothing."""
    if not address.startswith(settings.BASE_URL + "/"):
        return None
    found = _ADDRESS.fullmatch(address.removeprefix(settings.BASE_URL).split("?")[0])
    return target_by_key(f"{found[1]}:{found[2]}", organisation) if found else None


def target_by_key(key: str, organisation: Organisation | None) -> Target | None:
    """The same by 'les:A1' or 'route:12'."""
    kind, _, code = key.partition(":")
    if kind == LtiCompletion.Kind.LESSON:
        module = live_modules().filter(code=code).first()
        return _lesson(module) if module else None
    if kind == LtiCompletion.Kind.PATH and organisation and code.isascii() and code.isdigit() and len(code) < 10:
        path = paths_for(organisation).filter(pk=int(code)).first()
        return _path(path) if path else None
    return None


def _lesson(module: ModulePage) -> Target:
    page = reverse("learning:lesson", args=[module.slug])
    return Target(LtiCompletion.Kind.LESSON.value, module.code, module.title_twin["standaard"], page)


def _path(path: CoursePath) -> Target:
    page = reverse("learning:path", args=[path.slug])
    return Target(LtiCompletion.Kind.PATH.value, str(path.pk), path.title, page)
