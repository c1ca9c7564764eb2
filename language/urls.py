"""The word list. Prefix: /woord/"""

from django.urls import path

from language import views

app_name = "language"
urlpatterns = [
    path("", views.words, name="words"),
    path("talen.json", views.languages, name="languages"),
    path("<slug:slug>/", views.word, name="word"),
]
