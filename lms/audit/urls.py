"""The audit trail. Prefix: /docent/logboek/."""

from django.urls import path

from lms.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.trail, name="trail"),
    path("logboek.csv", views.export, name="csv"),
]
