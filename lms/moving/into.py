"""Take an organisation in that another Kortwijs wrote: all of it, or nothing.

Numbers are given anew; random ids and keys stay, so a phone goes on where it was. What is compared in the end is what
the file says that was in it.
"""

import json
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Model

from learning.badges.services import take_slot
from learning.models import StatusSlot
from lms.backups import archive
from lms.backups.errors import BackupError
from lms.moving.trail import subject_here
from lms.moving.what import found_by, moved, points_at
from modules.queries import live_modules
from people.models import AuditEntry, CohortMember, FormerKey, Membership, Organisation, Pseudonym, User
from people.services import record_audit, send_notice
from xapi.services import bring_in, bring_in_document

AT_ONCE = 200
Say = Callable[[str], None]
_NOT_WHOLE = "Dit bestand is geen organisatie van Kortwijs, of het is niet heel."
_ANEW: dict[str, dict[str, Any]] = {
    "people.User": {"is_staff": False, "is_superuser": False, "is_demo": False},
    "integrations.SignOnProvider": {"sealed": "", "shown": False},
}
"""What does not come along of a row: rights on the site, and what the key of the old site had locked."""
_FREE = {
    "people.User": ("username", "login_email"),
    "people.JoinCode": ("code",),
}
"""Fields of which a value may be another's here."""


@dataclass
class Arrived:
    """What came in. left_out: rows that lean on something that this site does not have, by table."""

    organisation: Organisation
    counts: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    already_here: int = 0
    elsewhere: int = 0


def import_organisation(*, file: Path, identities: Path, say: Say) -> Arrived:
    """Take it in, in one transaction. Raises BackupError: for a file that is not whole or not for this key, for an
    organisation that is here already, and where counts differ."""
    taking = _Taking(say)
    try:
        with transaction.atomic(), archive.opened(file, archive.identities_in(identities)) as members:
            taking.read(members)
    except BaseException:
        for place in taking.files:
            storages["paths"].delete(place)
        raise
    return taking.arrived


class _Taking:
    def __init__(self, say: Say) -> None:
        self.say, self.about, self.sums = say, dict[str, Any](), dict[str, str]()
        self.new: dict[type[Model], dict[Any, Any]] = {model: {} for model in moved()}
        self.later: list[tuple[type[Model], Any, str, type[Model], Any]] = []
        self.arrived: Arrived
        self.had: Counter[str] = Counter()
        self.attachments: dict[str, bytes] = {}
        self.revisions = {one.code: one.live_revision_id or 0 for one in live_modules()}
        self.known: set[str] = set()
        self.files: list[str] = []
        self.names: set[str] = set()  # under which the record store knows who is new here
        self.whole = False

    def read(self, members: Iterator[tuple[str, IO[bytes]]]) -> None:
        for name, content in members:
            counted = archive.Counted(content)
            if name == "about.json":
                self._begin(json.loads(counted.read()))
            elif not self.about:
                raise BackupError(_NOT_WHOLE)
            elif name == "manifest.json":
                self._end(json.loads(counted.read()))
                continue
            else:
                self._part(name, counted)
            self.sums[name] = counted.digest.hexdigest()
        if not self.whole:
            raise BackupError(_NOT_WHOLE)

    def _begin(self, about: dict[str, Any]) -> None:
        if about.get("what") != "organisation" or about.get("format") != 1:
            raise BackupError(_NOT_WHOLE)
        self.about = about
        known = AuditEntry.objects.filter(action="import_organisation", details__key=about["key"])
        if Organisation.objects.filter(pk__in=known.values("organisation")).exists():
            raise BackupError(f"{about['name']} is hier al.")

    def _part(self, name: str, content: archive.Counted) -> None:
        if name.startswith("files/paths/"):
            self._keep_file(name.removeprefix("files/paths/"), content.read())
            return
        rows = (json.loads(line) for line in _lines(content))
        label = name.removeprefix("rows/").removesuffix(".jsonl")
        models = {model._meta.label: model for model in moved()}
        if label in models:
            self.say(f"{label}")
            for some in _batches(rows):
                self._rows(models[label], some)
        elif label == "people.AuditEntry":
            for row in rows:
                self._entry(row)
        elif label == "xapi.Document":
            for row in rows:
                self._document(row)
        elif name == "attachments.jsonl":
            self.attachments = {row["sha2"]: b64decode(row["content"]) for row in rows}
        elif name == "statements.jsonl":
            renamed = {self.about["site"]: settings.BASE_URL}
            for some in _batches(rows):
                self.had["xapi.Statement"] += len(some)
                theirs = [one for one in some if one["actor"].get("account", {}).get("name") in self.names]
                self.arrived.counts["xapi.Statement"] += bring_in(theirs, contents=self.attachments, renamed=renamed)
        else:
            raise BackupError(_NOT_WHOLE)

    def _count(self, label: str, count: int) -> None:
        self.had[label] += count
        self.arrived.counts[label] += count

    def _rows(self, model: type[Model], rows: list[dict[str, Any]]) -> None:
        """Write these; the number of each is kept for what points at it."""
        label, made, old = model._meta.label, [], []
        self.had[label] += len(rows)
        for row in rows:
            if model is User and (here := self._here_already(row)) is not None:
                self.new[User][row["id"]] = here
                self.known.add(str(row["id"]))
                self.arrived.already_here += 1
                continue
            if self._is_of_known(model, row):
                continue
            one = self._made(model, row)
            if one is None:
                self.arrived.left_out[label] += 1
                continue
            made.append(one)
            old.append(_own_pk(model, row))
        _insert(model, made)
        for was, one in zip(old, made, strict=True):
            self.new[model][was] = one.pk
        if model is Organisation and made:
            self.arrived = Arrived(Organisation.objects.get(pk=made[0].pk))
        self.arrived.counts[label] += len(made)
        self.names |= {str(one.name) for one in made if isinstance(one, Pseudonym)}
        self._fill_later(model, rows)

    def _is_of_known(self, model: type[Model], row: dict[str, Any]) -> bool:
        """Of somebody who was here already only the place in the organisation is new."""
        if model in (Membership, CohortMember):
            return False
        return any(str(row[one.attname]) in self.known for one, to in points_at(model) if to is User and not one.null)

    def _here_already(self, row: dict[str, Any]) -> int | None:
        """A key that a phone made is the same person; who was erased here is none."""
        key = row["owner_key"]
        found = User.objects.filter(owner_key=key).values_list("pk", flat=True).first()
        return found or FormerKey.objects.filter(key=key).values_list("user", flat=True).first()

    def _made(self, model: type[Model], row: dict[str, Any]) -> Model | None:
        """This row as it is here; None where something that it cannot do without is not here."""
        values: dict[str, Any] = {}
        for one in model._meta.concrete_fields:
            value = row[one.attname]
            if one.primary_key and not one.is_relation:
                if not _is_number(one):
                    values[one.attname] = one.to_python(value)
                continue
            if one.is_relation:
                value = self._here(one, value)
                if value is None and not one.null:
                    return None
                values[one.attname] = value
            else:
                values[one.attname] = None if value is None else one.to_python(value)
        if model is User and values["is_demo"]:
            values["password"] = make_password(None)  # everybody knows theirs
        values |= _ANEW.get(model._meta.label, {})
        if "revision" in values and "module" in values:
            values["revision"] = self.revisions.get(values["module"], 0)
        return model(**values) if self._is_free(model, values) else None

    def _here(self, one: Any, value: Any) -> Any:
        """What this points at, here."""
        to = one.related_model
        if value is None:
            return None
        if isinstance(value, dict):
            return found_by(value["name"])
        if to is StatusSlot:
            return take_slot().pk
        if to in self.new:
            return self.new[to].get(value, self.new[to].get(str(value)))
        return None

    def _is_free(self, model: type[Model], values: dict[str, Any]) -> bool:
        """Names that are another's here get another one, or nothing; a code that is another's stays behind."""
        for name in _FREE.get(model._meta.label, ()):
            value = values[name]
            if value is None or not model._base_manager.filter(**{name: value}).exists():
                continue
            if name == "username":
                values[name] = f"{value[:110]}-{str(values['owner_key'])[:8]}"
            elif name == "login_email":
                values[name] = None
            else:
                return False
        names = Organisation.objects.filter(by_owner=False)
        if model is Organisation and not values["by_owner"] and names.filter(name__iexact=values["name"]).exists():
            raise BackupError(f"Er is hier al een organisatie met de naam {values['name']}. Verander die naam eerst.")
        return True

    def _fill_later(self, model: type[Model], rows: list[dict[str, Any]]) -> None:
        """What may stay empty can point at what comes later in the file."""
        order = moved()
        for one, to in points_at(model):
            if one.null and to in self.new and order.index(to) >= order.index(model):
                for row in rows:
                    if row[one.attname] is not None and not isinstance(row[one.attname], dict):
                        self.later.append((model, _own_pk(model, row), one.attname, to, row[one.attname]))

    def _entry(self, row: dict[str, Any]) -> None:
        """A line of the audit trail, as it was, under the numbers of here."""
        values = {one.attname: row[one.attname] for one in AuditEntry._meta.concrete_fields if not one.primary_key}
        organisation = self.new[Organisation].get(row["organisation_id"])
        values["subject"] = subject_here(row["subject"], self.new)
        values["organisation_id"] = organisation
        for one in AuditEntry._meta.concrete_fields:
            if one.attname in values and not one.is_relation and values[one.attname] is not None:
                values[one.attname] = one.to_python(values[one.attname])
        _insert(AuditEntry, [AuditEntry(**values)])
        self._count("people.AuditEntry", 1)

    def _document(self, row: dict[str, Any]) -> None:
        if row["actor"] not in self.names:
            self.had["xapi.Document"] += 1
            return
        bring_in_document(row)
        self._count("xapi.Document", 1)

    def _keep_file(self, name: str, content: bytes) -> None:
        """A page of a path finds it under the number of the organisation, and here that is another."""
        if "/" in name or not name[:1].isalnum():
            raise BackupError(_NOT_WHOLE)
        place = f"{self.arrived.organisation.pk}/{name}"
        if not storages["paths"].exists(place):
            self.files.append(storages["paths"].save(place, ContentFile(content)))
        self._count("files", 1)

    def _end(self, manifest: dict[str, Any]) -> None:
        """Everything is read: what waited for what came later, the record store, and was it all?"""
        if manifest["sums"] != self.sums:
            raise BackupError(_NOT_WHOLE)
        for model, was, name, to, value in self.later:
            here, target = self.new[model].get(was), self.new[to].get(value, self.new[to].get(str(value)))
            if here is not None and target is not None:
                model._base_manager.filter(pk=here).update(**{name: target})
        self._compare(manifest["counts"])
        self.arrived.elsewhere = manifest["elsewhere"]
        record_audit(
            actor=None, action="import_organisation", about=self.arrived.organisation, key=self.about["key"],
            people=self.arrived.counts["people.User"],
        )  # fmt: skip
        self._tell()
        self.whole = True

    def _compare(self, counts: dict[str, int]) -> None:
        if wrong := [label for label, count in counts.items() if self.had[label] != count]:
            raise BackupError(f"Niet alles is er: {', '.join(wrong)[:300]}")

    def _tell(self) -> None:
        """Who came along reads that their lessons stand elsewhere now."""
        name = self.arrived.organisation.name
        for pk in self.new[User].values():
            send_notice(
                user=User(pk=pk), text=f"{name} is verhuisd naar deze site. Je lessen zijn mee. Ze blijven van jou."
            )


def _lines(content: archive.Counted) -> Iterator[bytes]:
    rest = b""
    while part := content.read(1 << 16):
        *whole, rest = (rest + part).split(b"\n")
        yield from whole
    if rest:
        raise BackupError(_NOT_WHOLE)


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while some := list(islice(rows, AT_ONCE)):
        yield some


def _is_number(one: Any) -> bool:
    return bool(one.get_internal_type().endswith("AutoField"))


def _own_pk(model: type[Model], row: dict[str, Any]) -> Any:
    return row[model._meta.pk.attname]


def _insert(model: type[Model], rows: list[Any]) -> None:
    """As they are: moments at which a row was made or changed stay what they were. The numbers come back."""
    if not rows:
        return
    fields = [one for one in model._meta.concrete_fields if not (one.primary_key and _is_number(one))]
    wanted = [model._meta.pk]
    found = model._base_manager.all()._insert(  # type: ignore[attr-defined]
        rows, fields=fields, returning_fields=wanted, using="default", raw=True
    )
    for row, (pk,) in zip(rows, found, strict=True):
        row.pk = model._meta.pk.to_python(pk)
