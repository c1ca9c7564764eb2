"""Texts that would like to be something else, in every text of the site; and how one sees that one got its way."""

import json
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.db import models

from tests.security.place import JSON_TEXTS, ROOMS

# An element, an attribute and the templates of Django, JavaScript and Typst at once; the second where little fits.
LONG = "\"'><zqx onload=zq(1)>{{7*7}}${7*7}#zqx[*b*]$x$`y`</script>"
MIDDLE = "\"'><zqx a=zq(1)>{{7*7}}"
SHORT = "\"'><zqx>"
# Texts that a machine wrote and reads: a key, a code, a digest, a place in a lesson. Nobody types them.
MACHINE = {
    "password", "username", "digest", "slug", "code", "token", "sealed", "salt", "serial", "mark", "home_claim",
    "errors", "second_claim", "step_value",
    "issuer", "subject", "client_id", "module", "step", "exercise", "template", "track",
    "revision", "pictogram", "levels", "trades", "steps", "content", "content_version", "session_data", "session_key",
    "kind", "state", "risk", "trade", "name_key", "verbs", "activities", "iri", "content_type", "etag", "version",
    "secret_digest", "scopes", "category", "group", "told", "hidden", "indicator", "source_digest", "last_try", "file",
    "origin_digest", "filter_spec", "focal_point_key", "file_hash", "key", "backend", "voice", "language", "path",
    "url_path", "machine_name", "ending", "licence", "action", "subject_key", "form", "cursor", "what", "target",
    "email",    "login_email", "address", "link", "size", "region", "questionnaire", "spoken", "text_key", "owner_key",
    "sector", "province", "level_standaard", "level_makkelijk", "digcomp", "line_item", "members_url", "where",
    "error", "names", "statements", "told_about", "origin", "error_code", "kinds", "own_role", "personal", "written",
    "locale", "maker", "source", "term", "agreement", "desk", "why",
}  # fmt: skip


MOST_ROWS = 60  # of a table, the newest: those of B are all in it


def fits(most: int | None) -> str:
    return next((one for one in (LONG, MIDDLE) if most is None or len(one) <= most), SHORT[: most or 8])


def text_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [
        one
        for one in model._meta.concrete_fields
        if type(one) in (models.CharField, models.TextField)
        and not one.choices
        and not one.primary_key
        and one.name not in MACHINE
        and (not one.unique or one.name == "name")
    ]


def put_everywhere(texts: Sequence[str] = ()) -> int:
    """In every text of every row, of `texts` one after another; gives how many texts that were."""
    count = 0
    for model in apps.get_models():
        if model._meta.app_label not in ROOMS or model._meta.label in ("modules.ModulePage", "modules.CataloguePage"):
            continue
        if model._meta.label in ("people.AuditEntry", "media.Clip", "media.Recording", "lms.Pulse"):
            continue  # the trail refuses changes; sound has no page
        for field in text_fields(model):
            rows = model._default_manager.exclude(**{field.name: ""}).order_by("-pk")[:MOST_ROWS]
            for key in rows.values_list("pk", flat=True):
                payload = texts[count % len(texts)][: field.max_length] if texts else fits(field.max_length)
                text = payload
                if field.max_length is None or field.max_length >= len(payload) + 9:
                    text = f"{payload}{str(key)[-8:]}"  # rows of one organisation may have to differ
                try:
                    model._default_manager.filter(pk=key).update(**{field.name: text})
                    count += 1
                except Exception as error:
                    raise AssertionError(f"{model._meta.label}.{field.name}: {error}") from error
    for label, name in JSON_TEXTS.items():
        model = apps.get_model(label)
        for row in model._default_manager.all():
            values = {
                key: (texts[number % len(texts)] if texts else LONG) if isinstance(text, str) else text
                for number, (key, text) in enumerate(getattr(row, name).items())
            }
            model._default_manager.filter(pk=row.pk).update(**{name: values})
            count += len(values)
    return count


IN_LESSON = "\"'><zqx onload=zq>"  # brackets and the like are refused in a lesson


def in_texts(data: Any) -> Any:
    """A file of a lesson with the payload in each text that someone reads."""
    if not isinstance(data, dict):
        return [in_texts(one) for one in data] if isinstance(data, list) else data
    made = {}
    for key, value in data.items():
        if key in ("standaard", "makkelijk") and isinstance(value, str):
            made[key] = f"{value} {IN_LESSON}"
        elif key == "alt":
            made[key] = IN_LESSON
        else:  # parts name a piece of another text, to the letter
            made[key] = value if key == "parts" else in_texts(value)
    return made


class Gotcha(HTMLParser):
    """What of a payload became markup."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.inside = ""
        self.kind = ""
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag.startswith("zqx"):
            self.found.append(f"<{tag}> became an element")
        for name, value in attrs:
            if "zq" in name or (name.startswith("on") and "zq" in (value or "")):
                self.found.append(f"{name}={value!r} became an attribute of <{tag}>")
            if name in ("href", "src", "action", "formaction", "data", "xlink:href") and re.match(
                r"(?i)[\s\x00-\x20]*(javascript|vbscript|data:text)", value or ""
            ):
                self.found.append(f"{name}={value!r} of <{tag}>")
            if name == "style" and "zq" in (value or ""):
                self.found.append(f"style={value!r} of <{tag}>")
        if tag in ("script", "style"):
            self.inside, self.kind, self.text = tag, dict(attrs).get("type") or "", ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.text += data
        if "49" in data and "zqx" in data and "7*7" not in data:
            self.found.append(f"a template was computed: {data[:60]!r}")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.inside:
            if "zqx" in self.text:
                if self.kind in ("application/json", "application/ld+json"):
                    try:
                        json.loads(self.text)
                    except ValueError:
                        self.found.append("broke out of JSON in a page")
                else:
                    self.found.append(f"stands in a <{tag}>: {self.text[:80]!r}")
            self.inside = ""


def gotcha(page: str) -> list[str]:
    return sorted(set(Gotcha(page).found))
