"""The desk of who leads a class or team; prefix: /docent/. Below: the monitor of the region, for everybody."""

from django.urls import path

from insight import use
from insight.views import (
    agreements,
    board,
    cohorts,
    exports,
    figures,
    groups,
    learners,
    monitor,
    questions,
    route,
    sign_in,
)

app_name = "insight"
urlpatterns = [
    path("", cohorts.desk, name="desk"),
    path("klassen/", cohorts.cohorts, name="cohorts"),
    path("klassen/nieuw/", groups.new, name="new_group"),
    path("klassen/lijst/", learners.add_classes, name="add_classes"),
    path("klassen/lijst/<uuid:key>/", learners.list_import, name="list"),
    path("klassen/<int:cohort_id>/", cohorts.cohort, name="cohort"),
    path("klassen/<int:cohort_id>/beheer/", groups.manage, name="manage"),
    path("klassen/<int:cohort_id>/beheer/collega/", groups.change_leaders, name="change_leaders"),
    path("klassen/<int:cohort_id>/beheer/stop/", groups.close, name="close"),
    path("klassen/<int:cohort_id>/erbij/", learners.add, name="add_learners"),
    path("klassen/<int:cohort_id>/leerling/<int:user_id>/", learners.learner, name="learner"),
    path("klassen/<int:cohort_id>/bord/", board.board, name="board"),
    path("klassen/<int:cohort_id>/code/", cohorts.renew_code, name="renew_code"),
    path("klassen/<int:cohort_id>/geholpen/<int:user_id>/", cohorts.helped, name="helped"),
    path("klassen/<int:cohort_id>/voortgang.csv", exports.progress, {"ending": "csv"}, name="export"),
    path("klassen/<int:cohort_id>/voortgang.xlsx", exports.progress, {"ending": "xlsx"}, name="export_xlsx"),
    path("klassen/<int:cohort_id>/vragen/", questions.questions, name="questions"),
    path("klassen/<int:cohort_id>/vragen.csv", questions.export, {"ending": "csv"}, name="questions_csv"),
    path("klassen/<int:cohort_id>/vragen.xlsx", questions.export, {"ending": "xlsx"}, name="questions_xlsx"),
    path("klassen/<int:cohort_id>/route/", route.route, name="route"),
    path("klassen/<int:cohort_id>/route/anders/", route.for_some, name="route_for_some"),
    path("afspraak/", agreements.agreements, name="agreements"),
    path("afspraak/<int:agreement_id>/stop/", agreements.end, name="end_agreement"),
    path("cijfers/", figures.figures, name="figures"),
    path("cijfers/groepscijfers.csv", figures.export, {"ending": "csv"}, name="figures_csv"),
    path("cijfers/bedrijf/", figures.about, name="about_firm"),
    path("cijfers/bedrijf/meedoen/", figures.take_part, name="take_part"),
    path("klassen/<int:cohort_id>/inloggen/", sign_in.sign_in, name="sign_in"),
    path("klassen/<int:cohort_id>/inloggen/open/", sign_in.change_sign_in, name="change_sign_in"),
    path("klassen/<int:cohort_id>/inloggen/kaarten.pdf", sign_in.cards, name="cards"),
    path("klassen/<int:cohort_id>/inloggen/<int:user_id>/plaatjes/", sign_in.new_pictures, name="new_pictures"),
    path("klassen/<int:cohort_id>/inloggen/<int:user_id>/kaart/", sign_in.card, name="card"),
]
use_urlpatterns = [path("gebruik/", use.take, name="use")]
monitor_urlpatterns = [
    path("", monitor.monitor, name="monitor"),
    path("monitor.csv", monitor.export, name="csv"),
]
