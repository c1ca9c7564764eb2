"""How long is kept. Prefix: /docent/bewaren/."""

from django.urls import path

from lms.retention import views

app_name = "retention"
urlpatterns = [
    path("", views.home, name="home"),
    path("site/", views.terms, name="site"),
    path("site/<slug:purpose>/", views.term, name="site_term"),
    path("keer/<uuid:run_id>/", views.run, name="run"),
    path("<int:organisation_id>/", views.terms, name="organisation"),
    path("<int:organisation_id>/<slug:purpose>/", views.term, name="term"),
]
