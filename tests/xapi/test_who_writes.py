"""Statements are written by `xapi.services` alone; an import contract keeps other rooms from what is below it."""

import ast
from pathlib import Path

from django.conf import settings

ROOMS = (
    "lms", "integrations", "leadership", "insight", "learning", "courses", "modules", "assessments", "language",
    "media", "people",
)  # fmt: skip
FREE = {"Credential", "Scope", "outgoing"}  # the page for keys shows the first two; the last asks other machines
LOOKING = {"Statement", "seq_at"}  # administrators read statements, and export them in order


def test_no_other_room_can_reach_a_table_of_statements():
    found = []
    for room in ROOMS:
        for file in sorted((Path(settings.BASE_DIR) / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.ImportFrom) and node.module in ("xapi", "xapi.models"):
                    found += [
                        f"{file}: {name.name}"
                        for name in node.names
                        if name.name not in FREE and not (name.name in LOOKING and "statements" in file.parts)
                    ]
                elif isinstance(node, ast.Import):
                    found += [f"{file}: {name.name}" for name in node.names if name.name.startswith("xapi")]
                elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("get_model"):
                    found += [f"{file}: {ast.unparse(node)}" for text in map(ast.unparse, node.args) if "xapi" in text]
    assert found == []
