"""The learner's pages. No prefix."""

from django.urls import path

from learning.api import api
from learning.views import credentials, digiscan, help, lesson, measure, overview, plan, reviews, routes

app_name = "learning"
urlpatterns = [
    path("", overview.start, name="start"),
    path("mijn/", overview.home, name="home"),
    path("lessen/", overview.lessons, name="lessons"),
    path("les/<slug:slug>/", lesson.show, name="lesson"),
    path("les/<slug:slug>/klaar/", lesson.finish, name="finish"),
    path("les/<slug:slug>/klopt-niet/", help.report, name="report"),
    path("les/<slug:slug>/<str:step_id>/", lesson.step, name="step"),
    path("herhalen/", reviews.show, name="reviews"),
    path("herhalen/stop/", reviews.stop, name="stop_reviews"),
    path("herhalen/aan/", reviews.resume, name="resume_reviews"),
    path("herhalen/instellen/", reviews.settings_page, name="review_settings"),
    path("herhalen/geen-mail/<str:token>/", reviews.stop_mail, name="stop_mail"),
    path("herhalen/<slug:slug>/<str:step_id>/", reviews.question, name="review"),
    path("vak/", overview.trade, name="trade"),
    path("plan/<uuid:response>/", plan.show, name="plan"),
    path("plan/<uuid:response>/gelukt/", plan.answer, name="answer_plan"),
    path("plan/<uuid:response>/bewaar/", plan.keep, name="keep_plan"),
    path("startmeting/", measure.ask, {"measure": measure.BEFORE}, name="measure"),
    path("startmeting/uitslag/", measure.result, {"measure": measure.BEFORE}, name="measure_result"),
    path("startmeting/na/", measure.ask, {"measure": measure.AFTER}, name="measure_after"),
    path("startmeting/na/uitslag/", measure.result, {"measure": measure.AFTER}, name="measure_after_result"),
    path("startmeting/route/", measure.take, name="take_route"),
    path("startmeting/route/weg/", measure.drop, name="drop_route"),
    path("routes/", routes.show_all, name="paths"),
    path("routes/<slug:slug>/", routes.show, name="path"),
    path("routes/<slug:slug>/volg/", routes.follow, name="follow_path"),
    path("bewijzen/", credentials.show_own, name="credentials"),
    path("bewijzen/nieuw/", credentials.make, name="make_credential"),
    path("bewijzen/<uuid:credential_id>/", credentials.show_one, name="own_credential"),
    path("bewijzen/<uuid:credential_id>/laat-zien/", credentials.show_to_others, name="show_credential"),
    path("bewijzen/<uuid:credential_id>/verberg/", credentials.hide, name="hide_credential"),
    path("bewijzen/<uuid:credential_id>/weg/", credentials.remove, name="remove_credential"),
    path("bewijs/<uuid:credential_id>/", credentials.show_public, name="credential"),
    path("bewijs/<uuid:credential_id>/bewijs.<str:ending>", credentials.give, name="credential_file"),
    path("bewijs/ingetrokken/<int:number>", credentials.status, name="credential_status"),
    path(".well-known/did.json", credentials.did, name="did"),
    path("digiscan/", measure.ask, {"measure": measure.DIGISCAN}, name="digiscan"),
    path("digiscan/uitslag/", digiscan.latest, name="digiscan_latest"),
    path("digiscan/regio/", digiscan.choose_region, name="digiscan_region"),
    path("digiscan/<uuid:scan_id>/", digiscan.result, name="digiscan_result"),
    path("digiscan/<uuid:scan_id>/beeld.svg", digiscan.picture, name="digiscan_picture"),
    path("digiscan/<uuid:scan_id>/digiscan.pdf", digiscan.document, name="digiscan_document"),
    path("digiscan/<uuid:scan_id>/sturen/", digiscan.send, name="digiscan_send"),
    path("hulp/", help.help_page, name="help"),
    path("hulp/vragen/", help.ask, name="ask_for_help"),
    path("hulp/stand/", help.standing, name="help_standing"),
    path("hulp/klaar/", help.end, name="end_help"),
]
api_urlpatterns = [path("leren/", api.urls)]
