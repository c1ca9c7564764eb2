"""The desk of who leads a class or team. Prefix: /docent/."""

from django.urls import path

from insight import use
from insight.views import cohorts, sign_in

app_name = "insight"
urlpatterns = [
    path("", cohorts.desk, name="desk"),
    path("klassen/", cohorts.cohorts, name="cohorts"),
    path("klassen/<int:cohort_id>/", cohorts.cohort, name="cohort"),
    path("klassen/<int:cohort_id>/code/", cohorts.renew_code, name="renew_code"),
    path("klassen/<int:cohort_id>/geholpen/<int:user_id>/", cohorts.helped, name="helped"),
    path("klassen/<int:cohort_id>/voortgang.csv", cohorts.export, name="export"),
    path("klassen/<int:cohort_id>/inloggen/", sign_in.sign_in, name="sign_in"),
    path("klassen/<int:cohort_id>/inloggen/open/", sign_in.change_sign_in, name="change_sign_in"),
    path("klassen/<int:cohort_id>/inloggen/kaarten.pdf", sign_in.cards, name="cards"),
    path("klassen/<int:cohort_id>/inloggen/<int:user_id>/plaatjes/", sign_in.new_pictures, name="new_pictures"),
    path("klassen/<int:cohort_id>/inloggen/<int:user_id>/kaart/", sign_in.card, name="card"),
]
use_urlpatterns = [path("gebruik/", use.take, name="use")]
