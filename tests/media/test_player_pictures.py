"""The player's buttons show the drawings of the house."""

import re

import pytest

from lms.bundles import source_of
from media.drawings import drawing

SHAPES = dict(re.findall(r"^  (\w+):\s*'(.*)',$", source_of("media/speech/pictures.js"), re.MULTILINE))


def test_the_player_has_pictures():
    assert {"pause", "play", "again", "slow", "stop", "speaker"} == set(SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_a_picture_in_the_script_is_the_drawing(name):
    assert ("0 0 48 48", SHAPES[name]) == drawing("pictograms", name)
