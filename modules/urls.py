"""What a lesson sounds like. Prefix: /geluid/les/"""

from django.urls import path

from modules import views

app_name = "modules"
urlpatterns = [path("<slug:slug>.json", views.lesson_sound, name="lesson_sound")]
