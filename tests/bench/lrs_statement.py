"""A statement for the benches of the record store."""

import uuid
from typing import Any

PEOPLE, LESSONS = 500, 60


def statement(number: int) -> dict[str, Any]:
    """About 1.2 kB, as an H5P exercise sends them."""
    lesson = number % LESSONS
    home = "https://leren.voorbeeld.nl"
    return {
        "id": str(uuid.uuid4()),
        "actor": {"objectType": "Agent", "account": {"homePage": home, "name": str(uuid.UUID(int=number % PEOPLE))}},
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{('answered', 'experienced', 'completed')[number % 3]}"},
        "object": {
            "objectType": "Activity",
            "id": f"{home}/xapi/activities/L{lesson}/stap-{number % 7}",
            "definition": {
                "name": {"nl": f"Wat deel je wel en wat niet? Vraag {number % 7}"},
                "description": {"nl": "Kies bij elk stukje of het in een AI-assistent mag. " * 6},
                "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
                "interactionType": "choice",
            },
        },
        "result": {"score": {"scaled": 0.5, "raw": 1, "min": 0, "max": 2}, "success": False, "duration": "PT12.5S"},
        "context": {
            "registration": str(uuid.UUID(int=number // 20)),
            "platform": "Kortwijs",
            "language": "nl",
            "contextActivities": {"parent": [{"objectType": "Activity", "id": f"{home}/xapi/activities/L{lesson}"}]},
            "extensions": {f"{home}/xapi/extensions/revision": 7},
        },
        "timestamp": "2026-11-28T12:00:00.000Z",
    }
