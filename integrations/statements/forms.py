"""What an administrator asks of the record store. Every field may stay empty; what is wrong is said beside it."""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from xapi.core import agents, formats, parsing
from xapi.core.errors import Invalid
from xapi.core.keys import activity_key, agent_key, verb_key
from xapi.core.parameters import Wanted
from xapi.core.statements import VERBS, actor
from xapi.looking import Look, Voided, client_names

INSIDE = "kortwijs"
LONGEST = 2000  # letters of an address


class LookForm(forms.Form):
    """Filters, as they stand in the address of the page; `look` is what they ask."""

    agent = forms.CharField(
        label="Wie",
        max_length=LONGEST,
        required=False,
        help_text="Een schuilnaam, een adres met mailto: ervoor, of een agent als JSON.",
    )
    verb = forms.CharField(label="Werkwoord", max_length=LONGEST, required=False, help_text="Het hele adres.")
    activity = forms.CharField(label="Activiteit", max_length=LONGEST, required=False, help_text="Het hele adres.")
    related = forms.BooleanField(label="Ook waar deze mens of activiteit in de context staat", required=False)
    registration = forms.UUIDField(label="Registratie", required=False)
    since = forms.DateTimeField(
        label="Bewaard na", required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    until = forms.DateTimeField(
        label="Bewaard tot en met", required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    voided = forms.ChoiceField(
        label="Ingetrokken statements",
        required=False,
        choices=[("", "Laat ze weg"), (Voided.ONLY.value, "Alleen die"), (Voided.TOO.value, "Laat ze ook zien")],
    )
    client = forms.ChoiceField(label="Geschreven door", required=False)
    refers = forms.UUIDField(label="Verwijst naar", required=False, help_text="Het id van een statement.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        names = [(str(pk), name) for pk, name in client_names().items()]
        field = self.fields["client"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Iedereen"), (INSIDE, "Kortwijs zelf"), *names]
        self.fields["verb"].widget.attrs["list"] = "verbs"
        self.verbs = list(VERBS.values())

    def clean_agent(self) -> str:
        given: str = self.cleaned_data["agent"].strip()
        if given:
            self._agent = _agent(given)
        return given

    def clean_verb(self) -> str:
        return _iri(self.cleaned_data["verb"])

    def clean_activity(self) -> str:
        return _iri(self.cleaned_data["activity"])

    @property
    def look(self) -> Look:
        """What is asked; only of a form that is valid."""
        asked = self.cleaned_data
        client = asked["client"]
        return Look(
            wanted=Wanted(
                agent=self._agent if asked["agent"] else None,
                verb=verb_key(asked["verb"]) if asked["verb"] else None,
                activity=activity_key(asked["activity"]) if asked["activity"] else None,
                registration=str(asked["registration"]) if asked["registration"] else None,
                related_activities=asked["related"],
                related_agents=asked["related"],
                since=asked["since"],
                until=asked["until"],
            ),
            client=int(client) if client and client != INSIDE else None,
            inside=client == INSIDE,
            voided=Voided(asked["voided"] or Voided.LEFT_OUT),
            refers=asked["refers"],
        )

    @property
    def person_name(self) -> uuid.UUID | None:
        """The random name of ours that is asked for; only of a form that is valid."""
        asked = self.cleaned_data["agent"]
        return uuid.UUID(asked) if formats.UUID(asked) else None

    @property
    def as_parameters(self) -> dict[str, str]:
        """The filters that are filled in, as they can stand in an address or a row; only of a form that is valid."""
        return {name: _written(value) for name, value in self.cleaned_data.items() if value not in (None, "", False)}


def for_audit(look: Look) -> dict[str, Any]:
    """What was asked, as keys: an agent may be a mail address, and that does not belong in an audit."""
    asked = look.wanted
    told = {
        "agent_key": asked.agent,
        "verb_key": asked.verb,
        "activity_key": asked.activity,
        "related": asked.related_agents or None,
        "registration": asked.registration,
        "since": asked.since,
        "until": asked.until,
        "voided": look.voided if look.voided is not Voided.LEFT_OUT else None,
        "client": INSIDE if look.inside else look.client,
        "refers": look.refers,
    }
    return {name: str(value) for name, value in told.items() if value is not None}


def parameters_of(given: Mapping[str, str]) -> dict[str, str]:
    """Only what is a filter, of all that a request brings."""
    return {name: given[name] for name in LookForm.base_fields if name in given}


def agent_parameter(found: Any) -> str:
    """How the filter names this agent: ours by the random name alone; empty for a group without a name."""
    account = found.get("account", {})
    if account.get("homePage") == settings.BASE_URL and formats.UUID(account.get("name", "")):
        return str(account["name"])
    if "mbox" in found:
        return str(found["mbox"])
    for name in agents.IDENTIFIERS:
        if name in found:
            return json.dumps({name: found[name]}, ensure_ascii=False)
    return ""


def _agent(given: str) -> int | None:
    if formats.UUID(given):
        return agent_key(actor(settings.BASE_URL, uuid.UUID(given)))
    try:
        found = {"mbox": given} if given.startswith("mailto:") else parsing.parse(given, "agent")
        agents.identified(found, "agent")
    except Invalid as error:
        raise ValidationError("Dit is geen schuilnaam, geen adres met mailto: en geen agent als JSON.") from error
    return agent_key(found)


def _iri(given: str) -> str:
    if given and not formats.IRI(given):
        raise ValidationError("Schrijf het hele adres, met https:// of een ander begin.")
    return given


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return "on" if value is True else str(value)
