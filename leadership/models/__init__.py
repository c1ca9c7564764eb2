from leadership.models.dossier import (
    Dossier,
    DossierVersion,
    Evaluation,
    Measure,
    RoleGoal,
    SharedProof,
)
from leadership.models.group import Meeting, PeerPlace, ProgrammeGroup
from leadership.models.product import PeerReview, ProductVersion, Shared, WorkProduct
from leadership.models.programme import Programme
from leadership.models.register import AiSystem, OwnRole, Personal, Risk, State, SystemChange

__all__ = [
    "AiSystem",
    "Dossier",
    "DossierVersion",
    "Evaluation",
    "Measure",
    "Meeting",
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
    "SystemChange",
    "WorkProduct",
]
