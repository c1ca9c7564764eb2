"""The forms of a page, as a browser would send them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = "de brief van B"


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    checked: bool = False


@dataclass
class Form:
    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    def filled(self) -> dict[str, list[str]]:
        """As it stands, with the first answer where one must choose and some text where nothing stands."""
        data: dict[str, list[str]] = {}
        for one in self.fields:
            if not one.name or one.kind in ("file", "image", "reset", "button"):
                continue
            if one.kind == "radio":
                if one.checked or one.name not in data:
                    data[one.name] = [one.value]
            elif one.kind == "checkbox":
                if one.checked:
                    data.setdefault(one.name, []).append(one.value)
            elif one.kind == "select":
                data[one.name] = [one.value or next(filter(None, one.options), "")]
            elif one.kind == "submit":
                data.setdefault(one.name, [one.value])
            elif one.kind in ("text", "textarea", "search"):
                data.setdefault(one.name, []).append(one.value or VOID)
            elif one.kind == "date":
                data.setdefault(one.name, []).append(one.value or "2026-12-01")
            elif one.kind == "number":
                data.setdefault(one.name, []).append(one.value or "1")
            elif one.kind == "email":
                data.setdefault(one.name, []).append(one.value or "b@voorbeeld.nl")
            else:
                data.setdefault(one.name, []).append(one.value)
        return data

    def choosing(self) -> Iterator[Field]:
        """Fields in which a browser sends the key of something: a choice, or what is hidden."""
        for one in self.fields:
            if one.name and one.name != "csrfmiddlewaretoken" and one.kind in ("select", "radio", "checkbox", "hidden"):
                yield one


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.open: Form | None = None
        self.select: Field | None = None
        self.text: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self.open)
            self.by_id[given.get("id", "")] = self.open
            return
        form = self.by_id.get(given["form"]) if given.get("form") else self.open
        if form is None:
            return
        if tag == "input":
            form.fields.append(
                Field(
                    given.get("name", ""),
                    given.get("type", "text").lower(),
                    given.get("value", ""),
                    [],
                    "checked" in given,
                )
            )
        elif tag == "button" and given.get("name"):
            form.fields.append(Field(given["name"], "submit", given.get("value", "")))
        elif tag == "select":
            self.select = Field(given.get("name", ""), "select")
            form.fields.append(self.select)
        elif tag == "option" and self.select is not None:
            self.select.options.append(given.get("value", ""))
            if "selected" in given:
                self.select.value = given.get("value", "")
        elif tag == "textarea":
            self.text = Field(given.get("name", ""), "textarea")
            form.fields.append(self.text)

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.text = None


def forms_of(page: str) -> list[Form]:
    reader = _Reader()
    reader.feed(page)
    return reader.forms
