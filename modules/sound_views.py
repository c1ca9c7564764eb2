"""The sound of a lesson for its authors: how far it is, every sentence to hear, a recording to put with it."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from media.speech.queries import SoundStatus, problems_of, sentences_of, voices_of
from media.speech.recordings import keep_recording, read_upload, remove_recording
from media.speech.services import make_script, try_failed_again
from media.tasks import make_speech, sweep_speech
from modules.models import ModulePage
from modules.speech import name_of, sound_status

AT_ONCE = 5  # seconds: one recording is ready before its author looks again


def _lesson(request: HttpRequest, pk: int) -> ModulePage:
    """The lesson, for who may change it."""
    page: ModulePage = get_object_or_404(ModulePage, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


def _context(page: ModulePage) -> dict[str, Any]:
    status = sound_status(page)
    return {
        "page": page,
        "status": status,
        "is_busy": _is_busy(page, status),
        "without_voice": max(0, status.wanted - status.made - status.failed),
        "voices": voices_of(name_of(page)),
        "problems": problems_of(name_of(page)),
    }


def _is_busy(page: ModulePage, status: SoundStatus) -> bool:
    """Whether something is still being made, or about to be; without any voice nothing is."""
    if not page.live:
        return False
    waiting = [one for one in sentences_of(name_of(page)) if one.clip and not one.clip.made_at and not one.problem]
    return bool(waiting) or not status.wanted


@require_GET
@never_cache
def state(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How far the sound is, as a piece of a page."""
    return render(request, "modules/admin/sound_state.html", _context(_lesson(request, pk)))


@require_GET
@never_cache
def sentences(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every sentence, to hear, and to record."""
    page = _lesson(request, pk)
    context = {**_context(page), "sentences": sentences_of(name_of(page))}
    return render(request, "modules/admin/sound.html", context)


@require_POST
def record(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Put a recording with a sentence of this lesson."""
    page, text = _lesson(request, pk), request.POST.get("text", "")
    try:
        if text not in {one.text for one in sentences_of(name_of(page))}:
            raise ValidationError("Deze zin staat niet meer in de les. Kies de zin zoals hij nu is.")
        if "file" not in request.FILES:
            raise ValidationError("Kies eerst een bestand met de opname.")
        keep_recording(text=text, pcm=read_upload(request.FILES["file"]))  # type: ignore[arg-type]
    except ValidationError as error:
        messages.error(request, f"‘{text[:80]}’: {error.message} Wat er was, is er nog.")
        return redirect("lesson_sound", pk)
    log(page, "modules.record", data={"sentence": text})
    messages.success(request, f"‘{text[:80]}’ klinkt nu als je opname.")
    return _made_anew(page)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a recording away: another voice says the sentence again."""
    page, text = _lesson(request, pk), request.POST.get("text", "")
    if text in {one.text for one in sentences_of(name_of(page))} and remove_recording(text=text):
        log(page, "modules.unrecord", data={"sentence": text})
        messages.success(request, f"De opname van ‘{text[:80]}’ is weg.")
    return _made_anew(page)


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Try once more what failed."""
    page = _lesson(request, pk)
    if count := try_failed_again(name_of(page)):
        messages.success(request, f"{count} zin(nen) worden opnieuw geprobeerd.")
    transaction.on_commit(partial(make_speech.delay, name_of(page)), robust=True)
    return redirect("lesson_sound", pk)


def _made_anew(page: ModulePage) -> HttpResponseBase:
    make_script(name_of(page), seconds=AT_ONCE)
    transaction.on_commit(sweep_speech.delay, robust=True)  # the sentence may stand in other lessons too
    return redirect("lesson_sound", page.pk)
