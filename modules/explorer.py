"""How the admin shows lessons: the list under the catalogue, and the ways to begin one."""

from wagtail.admin.viewsets.pages import PageViewSet

from modules.admin_views import CopyLessonView
from modules.models import ModulePage


class LessonViewSet(PageViewSet):
    model = ModulePage
    icon = "doc-full"
    copy_view_class = CopyLessonView


lessons = LessonViewSet("lessons")
