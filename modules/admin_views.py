"""Screens of the editor that Wagtail does not have."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

from modules.forms import CopyLessonForm, NewLessonForm
from modules.models import CataloguePage
from modules.services.writing import begin_lesson, copy_lesson

TAKEN = "Deze code is zojuist door iemand anders gebruikt. Kies een andere."


class NewLessonView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """Asks what the steps need to stand ready, and opens the editor with them."""

    form_class = NewLessonForm
    template_name = "modules/admin/new_lesson.html"
    page_title = "Nieuwe les"
    header_icon = "plus"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.catalogue = CataloguePage.objects.get()
        if not self.catalogue.permissions_for_user(request.user).can_add_subpage():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        catalogue = {"url": reverse("wagtailadmin_explore", args=[self.catalogue.pk]), "label": self.catalogue.title}
        return [*self.breadcrumbs_items, catalogue, {"url": "", "label": self.page_title}]

    def form_valid(self, form: NewLessonForm) -> HttpResponseBase:  # type: ignore[override]
        try:
            lesson = begin_lesson(beginning=form.beginning, user=self.request.user)  # type: ignore[arg-type]
        except IntegrityError:
            form.add_error("code", TAKEN)
            return self.form_invalid(form)
        messages.success(self.request, "De onderdelen staan klaar. Vul ze van boven naar beneden in.")
        return redirect("wagtailadmin_pages:edit", lesson.pk)


class CopyLessonView(CopyView):
    """A copy has a code of its own, and is never online at once."""

    template_name = "modules/admin/copy_lesson.html"

    def get_form_class(self) -> type[CopyLessonForm]:
        return CopyLessonForm

    def form_valid(self, form: Any) -> HttpResponseBase:
        data = form.cleaned_data
        try:
            copy = copy_lesson(
                lesson=self.page.specific,
                code=data["new_code"],
                title=data["new_title"],
                slug=data["new_slug"],
                user=self.request.user,
            )
        except IntegrityError:
            form.add_error("new_code", TAKEN)
            return self.form_invalid(form)
        messages.success(self.request, f"Dit is een kopie van ‘{self.page}’. Niemand ziet hem nog.")
        return redirect("wagtailadmin_pages:edit", copy.pk)


class LessonEditView(EditView):
    """One save at a time per lesson.

    The editor saves by itself while someone types. A save that began before an approval and ended after it would
    write back that the lesson is not online; so each waits for the other.
    """

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return super().dispatch(request, page_id, **kwargs)
        with transaction.atomic():
            list(Page.objects.select_for_update().filter(pk=page_id).values_list("pk"))
            return super().dispatch(request, page_id, **kwargs)
