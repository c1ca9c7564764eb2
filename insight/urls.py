"""The desk of who leads a class or team. Prefix: /klas/."""

from django.urls import path

from insight import use, views

app_name = "insight"
urlpatterns = [
    path("", views.cohorts, name="cohorts"),
    path("<int:cohort_id>/", views.cohort, name="cohort"),
    path("<int:cohort_id>/code/", views.renew_code, name="renew_code"),
    path("<int:cohort_id>/geholpen/<int:user_id>/", views.helped, name="helped"),
    path("<int:cohort_id>/voortgang.csv", views.export, name="export"),
]
use_urlpatterns = [path("gebruik/", use.take, name="use")]
