"""What other systems open. Prefix: lti/."""

from django.urls import path

from integrations.lti import views

app_name = "integrations"
urlpatterns = [
    path("", views.page, name="lti"),
    path("inloggen", views.login, name="lti_login"),
    path("start", views.start, name="lti_start"),
    path("start/verder", views.go, name="lti_go"),
    path("kies", views.choose, name="lti_choose"),
    path("sleutels.json", views.keys, name="lti_keys"),
    path("uitleg/", views.explained, name="lti_explained"),
    path("aanmelden/<uuid:invitation>/", views.register, name="lti_register"),
    path("<slug:kind>/<slug:code>/", views.page, name="lti_target"),
]
