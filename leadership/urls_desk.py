"""The AI register and the article 4 dossier of an organisation. Prefix: /docent/ai/."""

from django.urls import path

from leadership.dossier import annexes
from leadership.dossier import views as dossier
from leadership.dossier.files import FILES
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
    path("<int:organisation_id>/dossier/", dossier.dossier, name="dossier"),
    path("<int:organisation_id>/dossier/over/", dossier.about, name="about"),
    path("<int:organisation_id>/dossier/doel/<uuid:goal_id>/", dossier.goal, name="goal"),
    path("<int:organisation_id>/dossier/terugblik/<uuid:evaluation_id>/", dossier.evaluation, name="evaluation"),
    path("<int:organisation_id>/dossier/vastleggen/", dossier.record, name="record"),
    path("<int:organisation_id>/dossier/<int:number>/ai-dossier.pdf", dossier.file, {"ending": "pdf"}, name="pdf"),
    path(
        "<int:organisation_id>/dossier/<int:number>/ai-dossier.csv", dossier.file, {"ending": "csv"}, name="dossier_csv"
    ),
    path("<int:organisation_id>/dossier/<int:number>/ai-dossier.json", dossier.file, {"ending": "json"}, name="json"),
    *(
        path(
            f"<int:organisation_id>/dossier/<int:number>/ai-dossier.{ending}.jws",
            dossier.signature,
            {"ending": ending},
            name=f"{ending}_signature",
        )
        for ending in FILES
    ),
    path("<int:organisation_id>/bijlagen/", annexes.annexes, name="annexes"),
    path("<int:organisation_id>/bijlagen/bewijzen.csv", annexes.export, name="proofs_csv"),
    path("<int:organisation_id>/bijlagen/<int:proof_id>/weg/", annexes.drop, name="drop_proof"),
]
