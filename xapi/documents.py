"""Documents of the state and profile resources, with ETags (1.0.3 part 3 sections 2.2 and 3.1)."""

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from xapi.core.errors import Invalid
from xapi.core.keys import identifier
from xapi.core.multipart import media_type
from xapi.core.parsing import parse
from xapi.core.rules import Json
from xapi.intake import random_name
from xapi.models import Document, Kind

NO_REGISTRATION = uuid.UUID(int=0)


class PreconditionFailed(Exception):
    """If-Match or If-None-Match does not hold."""


class WouldOverwrite(Exception):
    """A PUT over a document that is there, by a client that does not say that it knows it."""


class NotKnown(Exception):
    """A PUT of a new document without If-None-Match, which 1.0.3 wants for profiles."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where documents of one kind, about one activity or agent, of one organisation are."""

    kind: Kind
    organisation: int | None
    activity: str = ""
    agent: Json | None = None
    registration: uuid.UUID | None = None

    @property
    def owner(self) -> str:
        who = identifier(self.agent) if self.agent else ""
        parts = [self.kind.value, str(self.organisation or ""), self.activity, who or ""]
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def one(self, name: str) -> "QuerySet[Document]":
        registration = self.registration or NO_REGISTRATION
        return Document.objects.filter(owner=self.owner, registration=registration, name=name)

    def all(self) -> "QuerySet[Document]":
        """All of them; of one registration if one is given (section 2.3)."""
        found = Document.objects.filter(owner=self.owner)
        return found.filter(registration=self.registration) if self.registration else found


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a client knows of the document that it changes (RFC 9110 section 13)."""

    if_match: str = ""
    if_none_match: str = ""

    def check(self, document: Document | None) -> None:
        if self.if_match and not (document and _names(self.if_match, document.etag)):
            raise PreconditionFailed("If-Match: the document is another now")
        if self.if_none_match and document and _names(self.if_none_match, document.etag):
            raise PreconditionFailed("If-None-Match: the document is there already")

    @property
    def given(self) -> bool:
        return bool(self.if_match or self.if_none_match)


def _names(header: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/").strip('"') for tag in header.split(",")]
    return "*" in tags or etag in tags


@dataclass(frozen=True, slots=True)
class Sent:
    content: bytes
    content_type: str

    @property
    def is_json(self) -> bool:
        return media_type(self.content_type) == "application/json"


def put_document(shelf: Shelf, name: str, sent: Sent, known: Conditions, *, careful: bool, new_needs: bool) -> None:
    """Store a document in the place of the one that is there.

    `careful`: not over one that is there without a condition; `new_needs`: a new one needs a condition too.
    """
    if sent.is_json:
        parse(sent.content)
    with _changing(shelf, name) as document:
        known.check(document)
        if careful and document and not known.given:
            raise WouldOverwrite("The document is there already. Ask for it, and send its ETag in If-Match.")
        if new_needs and not document and not known.given:
            raise NotKnown("If-None-Match: is needed for a new document, or If-Match for one that is there")
        _save(shelf, name, document, sent)


def post_document(shelf: Shelf, name: str, sent: Sent, known: Conditions) -> None:
    """Merge a JSON object into the one that is there, or store a new document (section 2.2)."""
    if sent.is_json and not isinstance(parse(sent.content), dict):
        raise Invalid("body", "must be a JSON object")
    with _changing(shelf, name) as document:
        known.check(document)
        if document is None:
            _save(shelf, name, None, sent)
            return
        there = Sent(bytes(document.content), document.content_type)
        if not (sent.is_json and there.is_json):
            raise Invalid("Content-Type", "must be application/json, of what is there and of what is sent, to merge")
        old = parse(there.content)
        if not isinstance(old, dict):
            raise Invalid("body", "cannot be merged with a document that is no JSON object")
        both = json.dumps({**old, **parse(sent.content)}, ensure_ascii=False).encode("utf-8", "surrogatepass")
        _save(shelf, name, document, Sent(both, sent.content_type))


def delete_document(shelf: Shelf, name: str, known: Conditions) -> None:
    with _changing(shelf, name) as document:
        known.check(document)
        if document is not None:
            document.delete()


def delete_documents(shelf: Shelf) -> None:
    shelf.all().delete()


def names_since(shelf: Shelf, since: datetime | None) -> list[str]:
    """The ids of documents, of those that were stored after a moment if one is given."""
    found = shelf.all()
    if since is not None:
        found = found.filter(updated__gt=since)
    return list(dict.fromkeys(found.order_by("id").values_list("name", flat=True)))


class _changing:
    """The document, held until the end: of two who change it at once the second sees what the first made of it."""

    def __init__(self, shelf: Shelf, name: str) -> None:
        self._held = transaction.atomic()
        self._shelf, self._name = shelf, name

    def __enter__(self) -> Document | None:
        self._held.__enter__()
        return self._shelf.one(self._name).select_for_update().first()

    def __exit__(self, *error: object) -> None:
        self._held.__exit__(*error)  # type: ignore[arg-type]


def _save(shelf: Shelf, name: str, document: Document | None, sent: Sent) -> None:
    etag = hashlib.sha1(sent.content, usedforsecurity=False).hexdigest()  # 1.0.3 part 3 section 3.1 asks for SHA-1
    fields = {"content": sent.content, "content_type": sent.content_type, "etag": etag, "updated": timezone.now()}
    if document is not None:
        Document.objects.filter(pk=document.pk).update(**fields)
        return
    actor = random_name(shelf.agent) if shelf.agent else None
    place = {"owner": shelf.owner, "kind": shelf.kind, "name": name, "actor": actor}
    try:
        Document.objects.create(registration=shelf.registration or NO_REGISTRATION, **place, **fields)
    except IntegrityError as error:
        raise WouldOverwrite("Another client stored this document at the same moment. Ask for it first.") from error
