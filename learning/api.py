"""The JSON that phones speak with. Prefix: /leren/ (shape: docs/reference/events-openapi.json)."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.decorators import decorate_view
from ninja.errors import HttpError, ValidationError

from learning.events import MODULE_CODE, Batch, Receipt, Refusal, read_events
from learning.intake import keys_of, take_events
from learning.playing import BadState, find_play, keep_state, state_of
from learning.queries import progress_in
from people.origin import same_origin_required
from people.owner import SignInFirst, keep_as_learner, owner_in_cookie, set_owner_cookie, signed_in
from people.services import adopt_key

api = NinjaAPI(title="Kortwijs: leren", version="1", urls_namespace="learning_api", docs_url=None, openapi_url=None)


class Standing(Schema):
    """Where this learner is in a module, for a phone that lost its own memory."""

    attempt: UUID
    step: str
    seen: list[str]
    results: dict[str, dict[str, bool | None]]


def _refuse(status: int, error: str, message: str) -> tuple[int, Refusal]:
    return status, Refusal(error=error, message=message)


@api.post("events", response={200: Receipt, 400: Refusal, 401: Refusal, 413: Refusal}, url_name="events")
@decorate_view(same_origin_required)
def post_events(request: HttpRequest, batch: Batch, response: HttpResponse) -> Any:
    """Keep what a phone did; the phone forgets only what is named safe."""
    if len(batch.events) > settings.EVENTS_PER_BATCH:
        message = f"Stuur hoogstens {settings.EVENTS_PER_BATCH} gebeurtenissen per keer. Er is niets bewaard."
        return _refuse(413, "too_many", message)
    events, refused = read_events(batch.events)
    known = signed_in(request)
    if known is None and not events:
        return _refuse(400, "nothing", "Er zit geen gebeurtenis in die te bewaren is.")
    key = owner_in_cookie(request)
    if known and key and key != known.owner_key and any(event.owner == key for event in events):
        adopt_key(user=known, key=key)
    # The phone's own key goes before those of others whose events still wait on it.
    owner = known.owner_key if known else key or events[0].owner
    try:
        taken = keep_as_learner(request, owner, lambda learner: take_events(user=learner, events=events))
    except SignInFirst:
        return _refuse(401, "sign_in", "Log opnieuw in. Alles blijft op je telefoon staan tot dan.")
    if learner := signed_in(request):
        owner = learner.owner_key
        if known is None or key != owner:
            set_owner_cookie(response, learner)
    return Receipt(owner=owner, safe=taken.safe, refused={**refused, **taken.refused})


@api.get("stand/{module}", response={200: Standing, 204: None}, url_name="standing")
def get_standing(request: HttpRequest, module: str, response: HttpResponse) -> Any:
    """The learner's own place in a module."""
    response.headers["Cache-Control"] = "private, no-store"
    user = signed_in(request)
    progress = progress_in(user, module) if user and MODULE_CODE.fullmatch(module) else None
    return (200, progress) if progress else (204, None)


class Playing(Schema):
    """Where the player of a step is, for some hours, and how far this learner was; '' for who begins."""

    address: str
    state: str


class State(Schema):
    """How far someone is in what a step plays: JSON that only the content reads, as text."""

    owner: UUID
    state: str


@api.get("h5p/{module}/{step}", response={200: Playing, 404: Refusal}, url_name="playing")
def get_playing(request: HttpRequest, module: str, step: str, response: HttpResponse) -> Any:
    """What a step of a published lesson plays, for everybody, and the learner's own state of it."""
    response.headers["Cache-Control"] = "private, no-store"
    play = find_play(module, step)
    if play is None:
        return _refuse(404, "nothing", "Hier is niets te spelen.")
    user = signed_in(request)
    return Playing(address=play.address, state=state_of(user, play) if user else "")


@api.put(
    "h5p/{module}/{step}",
    response={204: None, 400: Refusal, 401: Refusal, 403: Refusal, 404: Refusal, 413: Refusal},
    url_name="keep_playing",
)
@decorate_view(same_origin_required)
def put_state(request: HttpRequest, module: str, step: str, said: State) -> Any:
    """Keep how far a learner is. Who did nothing yet that is kept is nobody: the phone asks again later."""
    user = signed_in(request)
    if user is None:
        return _refuse(401, "nobody_yet", "We weten nog niet wie je bent. Er is niets bewaard.")
    if said.owner not in keys_of(user):
        return _refuse(403, "of_another", "Dit is van iemand anders. Er is niets bewaard.")
    play = find_play(module, step)
    if play is None:
        return _refuse(404, "nothing", "Hier is niets te spelen. Er is niets bewaard.")
    try:
        keep_state(user=user, play=play, state=said.state)
    except BadState as error:
        return _refuse(413 if str(error) == "te lang" else 400, "state", f"Dit is {error}. Er is niets bewaard.")
    return 204, None


@api.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, error: Exception) -> HttpResponse:
    refusal = Refusal(error="too_big", message="Dit is te groot. Stuur minder per keer. Er is niets bewaard.")
    return api.create_response(request, refusal, status=413)


@api.exception_handler(ValidationError)
def _wrong_shape(request: HttpRequest, error: Exception) -> HttpResponse:
    refusal = Refusal(error="wrong_shape", message="Verwacht {“events”: [...]}. Er is niets bewaard.")
    return api.create_response(request, refusal, status=400)


@api.exception_handler(HttpError)
def _not_json(request: HttpRequest, error: Exception) -> HttpResponse:
    refusal = Refusal(error="not_json", message="Dit is geen JSON. Er is niets bewaard.")
    return api.create_response(request, refusal, status=getattr(error, "status_code", 400))
