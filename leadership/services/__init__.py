from leadership.services.duos import make_all_duos, make_duos
from leadership.services.groups import (
    IsOpen,
    NotAMonday,
    NotYours,
    begin_group,
    end_group,
    open_week,
    start_group,
)
from leadership.services.look_back import look_back
from leadership.services.meetings import plan_meeting
from leadership.services.products import ChangedMeanwhile, Saved, save_product, share_product
from leadership.services.programme import save_programme
from leadership.services.reviews import WrongReview, give_review

__all__ = [
    "ChangedMeanwhile",
    "IsOpen",
    "NotAMonday",
    "NotYours",
    "Saved",
    "WrongReview",
    "begin_group",
    "end_group",
    "give_review",
    "look_back",
    "make_all_duos",
    "make_duos",
    "open_week",
    "plan_meeting",
    "save_product",
    "save_programme",
    "share_product",
    "start_group",
]
