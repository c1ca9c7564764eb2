"""JSON in a column, so that what comes out is what went in, on every database."""

import json
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from xapi.core.packing import pack, unpack
from xapi.core.parsing import canonical


class DocumentField(models.TextField):  # type: ignore[type-arg]
    """JSON kept as its canonical text. PostgreSQL's jsonb would lose the order and refuse \\u0000."""

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        return None if value is None else json.loads(value)

    def get_prep_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else canonical(value)


class PackedField(models.BinaryField):  # type: ignore[type-arg]
    """JSON kept as its canonical text, packed (xapi.core.packing); what is given as bytes is packed already."""

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        return None if value is None else json.loads(unpack(value))

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, bytes):
            return value
        return pack(value if isinstance(value, str) else canonical(value))

    def value_to_string(self, obj: models.Model) -> str:
        """The text itself, for a copy of the table that can be read (Django's serializers)."""
        return canonical(self.value_from_object(obj))

    def to_python(self, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) else value
