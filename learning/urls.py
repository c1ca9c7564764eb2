"""The learner's pages. No prefix."""

from django.urls import path

from learning import help_views, views
from learning.api import api

app_name = "learning"
urlpatterns = [
    path("", views.start, name="start"),
    path("mijn/", views.home, name="home"),
    path("lessen/", views.lessons, name="lessons"),
    path("les/<slug:slug>/", views.lesson, name="lesson"),
    path("les/<slug:slug>/klaar/", views.finish, name="finish"),
    path("les/<slug:slug>/klopt-niet/", help_views.report, name="report"),
    path("les/<slug:slug>/<str:step_id>/", views.step, name="step"),
    path("vak/", views.trade, name="trade"),
    path("hulp/", help_views.help_page, name="help"),
    path("hulp/vragen/", help_views.ask, name="ask_for_help"),
    path("hulp/klaar/", help_views.end, name="end_help"),
]
api_urlpatterns = [path("leren/", api.urls)]
