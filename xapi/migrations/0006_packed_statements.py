"""Statements are kept packed (xapi.core.packing); those that are there are packed too."""

from django.db import migrations

import xapi.fields
from xapi.core.packing import pack, unpack

MANY = 1000


class ToBytes(migrations.AlterField):
    """PostgreSQL has to be told how text becomes bytes."""

    reversible = False

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                "ALTER TABLE xapi_statement ALTER COLUMN document TYPE bytea USING convert_to(document, 'UTF8')"
            )
        else:
            super().database_forwards(app_label, schema_editor, from_state, to_state)


def pack_all(apps, schema_editor):
    """The text itself, not what it means: what was kept is what will be read."""
    after = -(2**63)
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT seq, document FROM xapi_statement WHERE seq > %s ORDER BY seq LIMIT %s", [after, MANY]
            )
            rows = cursor.fetchall()
            if not rows:
                return
            after = rows[-1][0]
            cursor.executemany(
                "UPDATE xapi_statement SET document = %s WHERE seq = %s",
                [(pack(unpack(document)), seq) for seq, document in rows],
            )


class Migration(migrations.Migration):
    dependencies = [("xapi", "0005_calls_per_minute")]

    operations = [
        ToBytes("statement", "document", xapi.fields.PackedField()),
        migrations.RunPython(pack_all, migrations.RunPython.noop, elidable=True),
    ]
