"""Addresses under /admin/statements/."""

from django.urls import path

from integrations.statements import views

urlpatterns = [
    path("", views.index, name="statements"),
    path("nieuw/", views.newer, name="newer_statements"),
    path("uitvoer/", views.export_list, name="statement_exports"),
    path("uitvoer/maak/", views.export, name="export_statements"),
    path("uitvoer/<uuid:key>/", views.export_page, name="statement_export"),
    path("uitvoer/<uuid:key>/stand/", views.export_state, name="statement_export_state"),
    path("uitvoer/<uuid:key>/bestand/", views.download, name="download_statements"),
    path("uitvoer/<uuid:key>/opnieuw/", views.retry, name="retry_statement_export"),
    path("uitvoer/<uuid:key>/weg/", views.remove, name="remove_statement_export"),
    path("<uuid:statement_id>/", views.statement, name="statement"),
]
