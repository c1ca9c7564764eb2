"""The player of H5P and its files. Prefix: /h5p/"""

from django.urls import path

from media.h5p import play_views

app_name = "h5p"
urlpatterns = [
    path("<str:ticket>/speler", play_views.player, name="player"),
    path("<str:ticket>/<path:path>", play_views.file, name="file"),
]
