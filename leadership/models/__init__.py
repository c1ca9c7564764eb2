from leadership.models.group import Meeting, PeerPlace, ProgrammeGroup
from leadership.models.product import PeerReview, ProductVersion, Shared, WorkProduct
from leadership.models.programme import Programme

__all__ = [
    "Meeting",
    "PeerPlace",
    "PeerReview",
    "ProductVersion",
    "Programme",
    "ProgrammeGroup",
    "Shared",
    "WorkProduct",
]
