"""The learner's pages. No prefix."""

from django.urls import path

from learning.api import api
from learning.views import help, lesson, overview

app_name = "learning"
urlpatterns = [
    path("", overview.start, name="start"),
    path("mijn/", overview.home, name="home"),
    path("lessen/", overview.lessons, name="lessons"),
    path("les/<slug:slug>/", lesson.show, name="lesson"),
    path("les/<slug:slug>/klaar/", lesson.finish, name="finish"),
    path("les/<slug:slug>/klopt-niet/", help.report, name="report"),
    path("les/<slug:slug>/<str:step_id>/", lesson.step, name="step"),
    path("vak/", overview.trade, name="trade"),
    path("hulp/", help.help_page, name="help"),
    path("hulp/vragen/", help.ask, name="ask_for_help"),
    path("hulp/klaar/", help.end, name="end_help"),
]
api_urlpatterns = [path("leren/", api.urls)]
