"""The path builder of who teaches or leads. Prefix: /docent/routes/."""

from django.urls import path

from courses.views import builder, overview, page, sharing

app_name = "courses"
urlpatterns = [
    path("", overview.routes, name="routes"),
    path("nieuw/", overview.start, name="start"),
    path("<int:path_id>/", builder.builder, name="builder"),
    path("<int:path_id>/blad/<uuid:page_id>/", page.page, name="page"),
    path("<int:path_id>/blad/<uuid:page_id>/bestand/", page.page_file, name="page_file"),
    path("<int:path_id>/delen/", sharing.sharing, name="sharing"),
    path("<int:path_id>/kopie/", sharing.copy, name="copy"),
    path("<int:path_id>/opbergen/", sharing.archive, name="archive"),
]
