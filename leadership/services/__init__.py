from leadership.services.groups import NotAMonday, NotYours, make_duos, open_week, plan_meeting, start_group
from leadership.services.products import Saved, save_product, share_product
from leadership.services.programme import save_programme
from leadership.services.reviews import WrongReview, give_review

__all__ = [
    "NotAMonday",
    "NotYours",
    "Saved",
    "WrongReview",
    "give_review",
    "make_duos",
    "open_week",
    "plan_meeting",
    "save_product",
    "save_programme",
    "share_product",
    "start_group",
]
