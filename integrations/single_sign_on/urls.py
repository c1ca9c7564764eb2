"""Signing in with an organisation. No prefix."""

from django.urls import path

from integrations.single_sign_on import views

app_name = "sign_on"
urlpatterns = [
    path("inloggen/met/", views.show_all, name="all"),
    path("inloggen/met/<uuid:key>/", views.door, name="door"),
    path("inloggen/met/<uuid:key>/terug/", views.back, name="back"),
    path("inloggen/met/<uuid:key>/uit/", views.signed_out, name="out"),
    path("mijn/inloggen/met/", views.mine, name="mine"),
    path("mijn/inloggen/met/<uuid:key>/", views.link, name="link"),
    path("mijn/inloggen/met/<int:pk>/weg/", views.unlink, name="unlink"),
]
