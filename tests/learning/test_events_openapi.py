"""The shape of what phones send is a promise: a phone that was offline for months still speaks it."""

import json
import os
from pathlib import Path

from django.conf import settings

from learning.api import api

SNAPSHOT = Path(settings.BASE_DIR) / "docs" / "reference" / "events-openapi.json"
REFRESH = (
    "The shape changed. When phones in the field are still understood, refresh the snapshot: "
    "REFRESH=1 .venv/bin/python -m pytest tests/learning/test_events_openapi.py"
)


def test_the_shape_of_events_is_the_one_in_the_reference():
    current = json.dumps(api.get_openapi_schema(), indent=2, sort_keys=True, default=str) + "\n"
    if os.environ.get("REFRESH"):
        SNAPSHOT.write_text(current)
    assert SNAPSHOT.read_text() == current, REFRESH
