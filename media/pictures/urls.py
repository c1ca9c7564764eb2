from django.urls import path

from media.pictures import views

app_name = "pictures"
urlpatterns = [
    path("bestanden/beeld/<path:path>", views.picture_file, name="file"),
    path("beeld/", views.credits_page, name="credits"),
]
