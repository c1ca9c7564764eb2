"""Clips. Prefix: /geluid/"""

from django.urls import path

from media import views

app_name = "media"
urlpatterns = [path("<str:key>.<str:ending>", views.clip, name="clip")]
