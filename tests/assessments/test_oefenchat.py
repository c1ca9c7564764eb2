"""The block of the oefenchat refuses a note that cannot be practised on."""

from typing import Any

import pytest
from wagtail.blocks import StructBlockValidationError

from assessments.exercises import KINDS

BLOCK = KINDS["oefenchat"].block()
SHOWN: dict[str, Any] = BLOCK.meta.preview_value


def problem(**changed: Any) -> str:
    with pytest.raises(StructBlockValidationError) as caught:
        BLOCK.clean(BLOCK.to_python({**SHOWN, **changed}))
    return str(caught.value.as_json_data())


def part(text: str, kind: str = "naam", instead: str = "") -> dict[str, Any]:
    both = {"standaard": text, "makkelijk": text}
    return {"text": both, "kind": kind, "instead": {"standaard": instead, "makkelijk": instead}}


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([part("meneer Bos"), part("een", "niets")], "Dit staat niet precies zo in de tekst"),
        ([part("mevrouw De Groot", "niets"), part("brief", "niets")], "minstens 1 deel aan dat naar iemand wijst"),
        ([part("mevrouw De Groot"), part("brief")], "minstens 1 deel aan dat niemand aanwijst"),
        (
            [part("mevrouw De Groot") | {"instead": {"standaard": "x", "makkelijk": ""}}, part("brief", "niets")],
            "alleb",
        ),
    ],
)
def test_parts_stand_in_both_notes_and_some_point_and_some_do_not(parts, told, db):
    assert told in problem(parts=parts)


def test_a_note_is_not_longer_than_a_screen_can_hold(db):
    note = {variant: text + " lang" * 300 for variant, text in SHOWN["note"].items()}
    assert "Hoogstens 1000 tekens" in problem(note=note)
