"""What the editor of a word asks besides saving it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from language.models import GlossaryTerm, WordForm
from language.services import decide_form

LONGEST = WordForm._meta.get_field("form").max_length or 0


@require_POST
def decide_word_form(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Keep what an author said of a compound: it belongs to this word ('hoort') or never does ('nooit')."""
    if not request.user.has_perm("language.change_glossaryterm"):
        raise PermissionDenied
    form, answer = request.POST.get("form", "").strip(), request.POST.get("answer")
    if not form or len(form) > LONGEST or not form.isprintable() or answer not in ("hoort", "nooit"):
        return JsonResponse({"problem": "Tik bij een woord op een van de twee knoppen."}, status=400)
    row = decide_form(term=get_object_or_404(GlossaryTerm, pk=pk), form=form, refused=answer == "nooit")
    return JsonResponse({"form": row.form, "refused": row.refused})
