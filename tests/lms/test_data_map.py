"""docs/reference/data.md says of every model with personal data why it is kept and until when."""

import os
from pathlib import Path

import pytest
from django.apps import apps

from lms.data_map import lines
from people.registry import rooms
from tests.people.test_personal_data_is_registered import through_the_user, touches_person

MAP = Path(__file__).parents[2] / "docs/reference/data.md"


def test_the_map_is_that_of_the_models():
    made = "\n".join(lines()).rstrip() + "\n"
    if os.environ.get("REFRESH"):
        MAP.write_text(made)
    assert MAP.read_text() == made, "make it anew: REFRESH=1 pytest tests/lms/test_data_map.py"


@pytest.mark.parametrize("entry", rooms(), ids=lambda entry: entry.room)
def test_every_model_has_a_purpose_and_a_term(entry):
    for label, held in entry.models.items():
        assert len(held.why) > 10, label
        assert len(held.until) > 5, label


def test_no_model_about_a_person_is_left_out():
    told = MAP.read_text()
    for model in apps.get_models(include_auto_created=True):
        if touches_person(model) and not through_the_user(model):
            assert f"`{model._meta.label}`" in told
