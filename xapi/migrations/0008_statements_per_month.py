"""PostgreSQL keeps statements in a part per month, and their ids in a small table (xapi.partitions).

What is there is moved, in this transaction: 30 seconds per million statements, in which nobody reads or writes them,
and for so long the room of the table twice. On SQLite the small table stays empty.
"""

from django.db import migrations, models

from xapi.partitions import divide


def divide_statements(apps, schema_editor):
    divide(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("xapi", "0007_forwarding")]

    operations = [
        migrations.CreateModel(
            name="StatementId",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
            ],
            options={"db_table": "xapi_statement_id"},
        ),
        migrations.RemoveIndex("statement", "statement_activity"),
        migrations.RemoveIndex("statement", "statement_context"),
        migrations.RunPython(divide_statements),
        migrations.AddIndex(
            "statement", models.Index(fields=["activity_key", "seq", "verb_key"], name="statement_activity")
        ),
        migrations.AddIndex(
            "statement",
            models.Index(
                fields=["context_key", "seq", "verb_key"],
                name="statement_context",
                condition=models.Q(("context_key__isnull", False)),
            ),
        ),
    ]
