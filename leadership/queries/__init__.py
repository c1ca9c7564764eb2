"""Reads of the leadership programme, by subject; scope is built in."""

from leadership.queries.facilitating import Circle, circle_of
from leadership.queries.groups import (
    TAKES_PART,
    all_programmes,
    groups_led_by,
    groups_of,
    is_in_one,
    open_form,
    partners_of,
    people_in,
    programmes,
    size_of,
    takes_part,
)
from leadership.queries.products import products_of, weeks_done
from leadership.queries.sharing import (
    GivenReview,
    OwnSharing,
    Readers,
    SharedProduct,
    learning_groups_of,
    own_sharing,
    readers_for,
    reviews_by,
    reviews_for,
    shared_product,
    shared_products,
)

__all__ = [
    "TAKES_PART",
    "Circle",
    "GivenReview",
    "OwnSharing",
    "Readers",
    "SharedProduct",
    "all_programmes",
    "circle_of",
    "groups_led_by",
    "groups_of",
    "is_in_one",
    "learning_groups_of",
    "open_form",
    "own_sharing",
    "partners_of",
    "people_in",
    "products_of",
    "programmes",
    "readers_for",
    "reviews_by",
    "reviews_for",
    "shared_product",
    "shared_products",
    "size_of",
    "takes_part",
    "weeks_done",
]
