"""The AI register and the article 4 dossier of an organisation. Prefix: /docent/ai/."""

from django.urls import path

from leadership.register import views as register

app_name = "register"
urlpatterns = [
    path("", register.home, name="home"),
    path("<int:organisation_id>/", register.register, name="register"),
    path("<int:organisation_id>/ai-register.csv", register.export, {"ending": "csv"}, name="csv"),
    path("<int:organisation_id>/ai-register.xlsx", register.export, {"ending": "xlsx"}, name="xlsx"),
    path("<int:organisation_id>/inlezen/", register.read_in, name="read_in"),
    path("<int:organisation_id>/overnemen/", register.from_product, name="from_product"),
    path("<int:organisation_id>/systeem/<uuid:system_id>/", register.system, name="system"),
    path("<int:organisation_id>/systeem/<uuid:system_id>/bekeken/", register.review, name="review"),
    path("<int:organisation_id>/systeem/<uuid:system_id>/risico/", register.risk, name="risk"),
]
