from leadership.models.dossier import (
    Dossier,
    DossierFile,
    DossierVersion,
    Evaluation,
    Measure,
    RoleGoal,
    SharedProof,
)
from leadership.models.group import Meeting, PeerPlace, ProgrammeGroup
from leadership.models.look_back import LookBack, Obstacle, Success
from leadership.models.product import PeerReview, ProductVersion, Shared, WorkProduct
from leadership.models.programme import Programme
from leadership.models.register import AiSystem, OwnRole, Personal, Risk, State, SystemChange

__all__ = [
    "AiSystem",
    "Dossier",
    "DossierFile",
    "DossierVersion",
    "Evaluation",
    "LookBack",
    "Measure",
    "Meeting",
    "Obstacle",
    "OwnRole",
    "PeerPlace",
    "PeerReview",
    "Personal",
    "ProductVersion",
    "Programme",
    "ProgrammeGroup",
    "Risk",
    "RoleGoal",
    "Shared",
    "SharedProof",
    "State",
    "Success",
    "SystemChange",
    "WorkProduct",
]
