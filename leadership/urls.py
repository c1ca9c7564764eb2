"""The leadership programme. Prefix: /programma/."""

from django.urls import path

from leadership.views import programme

app_name = "leadership"
urlpatterns = [
    path("", programme.home, name="home"),
]
