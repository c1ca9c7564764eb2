"""All addresses of the site; each room says its own prefix."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from insight.urls import monitor_urlpatterns, use_urlpatterns
from learning.urls import api_urlpatterns
from lms import accessibility, exercise_files, health, offline, readiness, security_txt, speech
from lms.watch import scraping
from people.views.sign_in import sign_in_for_admin

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", readiness.readyz, name="readyz"),
    path("metrics", scraping.metrics, name="metrics"),
    path(".well-known/security.txt", security_txt.security_txt, name="security_txt"),
    path("sw.js", offline.worker, name="worker"),
    path("app.webmanifest", offline.manifest, name="manifest"),
    path("toegankelijkheid/", accessibility.statement, name="accessibility"),
    path("zonder-internet/", offline.offline_page, name="offline"),
    *api_urlpatterns,
    path("", include("learning.urls")),  # before the others: what is asked most is found first
    path("admin/login/", sign_in_for_admin),
    path("admin/", include(wagtailadmin_urls)),
    path("documenten/", include(wagtaildocs_urls)),
    path("opdrachten/<str:kinds>/<str:digest>.<str:ending>", exercise_files.serve, name="exercise_file"),
    path("geluid/site.json", speech.site_manifest, name="site_speech"),
    path("geluid/les/", include("modules.urls")),
    path("geluid/", include("media.urls")),
    path("h5p/", include("media.h5p.urls")),
    path("xapi/", include("xapi.urls")),
    path("lti/", include("integrations.urls")),
    path("woord/", include("language.urls")),
    path("", include("media.pictures.urls")),
    *use_urlpatterns,
    path("monitor/", include((monitor_urlpatterns, "monitor"))),
    path("programma/", include("leadership.urls")),
    path("docent/logboek/", include("lms.audit.urls")),
    path("docent/bewaren/", include("lms.retention.urls")),
    path("docent/routes/", include("courses.urls")),
    path("docent/ai/", include("leadership.urls_desk")),
    path("docent/", include("insight.urls")),
    path("", include("integrations.single_sign_on.urls")),
    path("", include("people.urls_account")),
    path("", include("people.urls")),
]
handler404 = "lms.health.page_not_found"
handler500 = "lms.health.server_error"
