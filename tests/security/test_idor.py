"""Keys of organisation A in the hands of everybody of organisation B: in addresses, forms and questions."""

import re
from typing import Any

import pytest

from tests.security.addresses import addresses, examples, with_keys
from tests.security.forms import forms_of
from tests.security.place import Place, writes
from tests.security.tally import Tally, tally

pytestmark = pytest.mark.django_db
# Goes home whether there is such a plan or not, so that pressing twice is no error; nothing is written for another.
QUIET = re.compile(r"^POST /plan/[0-9a-f-]{36}/bewaar/$")
NOTHING = (400, 401, 403, 404, 405, 410)


def text_of(reply: Any) -> str:
    try:
        return reply.getvalue().decode(errors="replace")
    except Exception:
        return ""


def judge(line: Tally, place: Place, who: str, what: str, reply: Any, seen: list[Any]) -> None:
    """A refusal, with nothing of A in it, and nothing written."""
    line.count()
    to_sign_in = reply.status_code == 302 and re.search(r"^/inloggen/|next=", reply.url)
    page = text_of(reply)
    if reply.status_code >= 500:
        line.found(f"{reply.status_code} {what} as {who}")
    if told := place.told(page.replace(what.partition(" ")[2], "")):
        line.found(f"tells of A: {what} as {who}: {told}")
    if reply.status_code not in NOTHING and not to_sign_in and not QUIET.search(what):
        line.found(f"opened ({reply.status_code}): {what} as {who}")
    touched = [sql[:60] for sql, _ in seen]
    if touched:
        line.found(f"wrote: {what} as {who}: {sorted(set(touched))}")


def own_data(client: Any, place: Place, address: str) -> dict[str, Any]:
    """What this person's own page at this address would send."""
    for example, of_a in examples(address, place):
        if not of_a:
            page = text_of(client.get(example))
            posting = [form for form in forms_of(page) if form.method == "post" and form.action in ("", example)]
            if posting:
                return posting[0].filled()
    return {}


def test_no_address_with_a_key_of_another_organisation_opens(place):
    with tally("IDOR: sleutels van een ander in een adres", "verzoeken", at_least=5000) as line:
        for who in place.people:
            client = place.browser(who)
            for address in with_keys():
                data = own_data(client, place, address)
                for example, of_a in examples(address, place):
                    if of_a:
                        for method in ("get", "post"):
                            with place.undone(), writes() as seen:
                                given = [data] if method == "post" else []
                                reply = getattr(client, method)(example, *given)
                            judge(line, place, who, f"{method.upper()} {example}", reply, seen)


def start_pages(client: Any, place: Place) -> dict[str, str]:
    """Every page this person can open with keys of B only: its address and what stands there."""
    found = {}
    for address in dict.fromkeys(addresses()):
        if address in ("/healthz", "/readyz", "/metrics", "/sw.js") or address.startswith(("/xapi/", "/geluid/")):
            continue
        try:
            filled = [one for one, of_a in examples(address, place) if not of_a][:3]
        except AssertionError:
            continue  # an address of which the key is a secret
        for example in filled:
            reply = client.get(example)
            if reply.status_code == 200 and "html" in reply.get("Content-Type", ""):
                found[example] = text_of(reply)
    return found


KEY = re.compile(r"^(8\d{7}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|)$")


def keys_for(value: str, place: Place, by_number: dict[int, str]) -> list[Any]:
    """What of A could stand where this stands: rows of the same table; where nothing stands, of every table."""
    if value.isdigit() and int(value) in by_number:
        return place.a[by_number[int(value)]][:2]
    labels = ("people.Cohort", "people.User", "people.Organisation", "courses.CoursePath", "people.CohortMember",
              "leadership.AiSystem", "leadership.WorkProduct", "learning.Credential", "people.Membership")  # fmt: skip
    if "-" in value:
        labels = tuple(name for name, keys in place.a.items() if keys and hasattr(keys[0], "hex"))
    return [place.a[name][0] for name in labels if place.a[name]]


def test_no_form_takes_a_key_of_another_organisation(place):
    """Each field in which a key is sent, with keys of A in it: nothing is written that names a row of A."""
    by_number = {key: name for name, keys in place.b.items() for key in keys if isinstance(key, int)}
    with tally("IDOR: sleutels van een ander in formulieren", "verzoeken", at_least=500) as line:
        for who in place.people:
            client = place.browser(who)
            for page, text in start_pages(client, place).items():
                if told := place.told(text):
                    line.found(f"tells of A: GET {page} as {who}: {told}")
                for form in forms_of(text):
                    if form.method == "post" and not form.action.startswith("/uitloggen"):
                        try_form(line, place, who, client, form.action or page, form, by_number)


def names_a(place: Place, sql: str, given: Any) -> bool:
    """Whether a row of A is written or pointed at. A new row may have any key of the browser's own making."""
    own_key = bool(re.match(r'\s*INSERT INTO "\w+" \("(id|key)"', sql))
    return any(place.is_of_a(part) for part in given[1 if own_key else 0 :])


def try_form(line: Tally, place: Place, who: str, client: Any, action: str, form: Any, by_number: Any) -> None:
    for one in {field.name: field for field in form.choosing()}.values():
        value = one.value or next(filter(None, one.options), "")
        if not (KEY.match(value) or one.kind == "hidden"):
            continue
        for key in keys_for(value, place, by_number):
            data = {**form.filled(), one.name: [str(key)]}
            with place.undone(), writes() as seen:
                reply = client.post(action, data)
                after = client.get(reply.url) if reply.status_code == 302 and reply.url.startswith("/") else None
            line.count()
            what = f"POST {action} {one.name}={key} as {who}"
            if reply.status_code >= 500:
                line.found(f"{reply.status_code}: {what}")
            if bad := [sql[:70] for sql, given in seen if names_a(place, sql, given)]:
                line.found(f"wrote: {what}: {sorted(set(bad))}")
            for page in filter(None, (reply, after)):
                if told := place.told(text_of(page).replace(str(key), "")):
                    line.found(f"tells of A: {what}: {told}")


ASKED = {  # what pages read from the question of an address, found in the views
    "/docent/cijfers/": ("bij",), "/docent/cijfers/groepscijfers.csv": ("bij",), "/docent/cijfers/bedrijf/": ("bij",),
    "/docent/routes/nieuw/": ("van",), "/telefoon/": ("next",), "/wie/": ("wie",), "/wie/wissen/": ("wie",),
    "/docent/logboek/": ("wie", "organisatie", "voor"), "/onderweg/": ("route",), "/plaatjes/": ("wie",),
    "/docent/klassen/nieuw/": ("organisatie",), "/docent/klassen/lijst/": ("organisatie", "bij"),
}  # fmt: skip


def test_no_question_in_an_address_takes_a_key_of_another_organisation(place):
    with tally("IDOR: sleutels van een ander in een vraag", "verzoeken", at_least=200) as line:
        for who in place.people:
            client = place.browser(who)
            for page, names in ASKED.items():
                for name in names:
                    for label in ("people.Organisation", "people.Cohort", "people.User", "courses.CoursePath"):
                        for key in place.a[label][:3]:
                            with place.undone(), writes() as seen:
                                reply = client.get(page, {name: key})
                            line.count()
                            what = f"GET {page}?{name}={key} as {who}"
                            if reply.status_code >= 500:
                                line.found(f"{reply.status_code}: {what}")
                            if told := place.told(text_of(reply).replace(str(key), "")):
                                line.found(f"tells of A: {what}: {told}")
                            if seen:
                                line.found(f"wrote: {what}")
