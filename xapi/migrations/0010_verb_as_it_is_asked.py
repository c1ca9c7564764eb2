"""The verb in the indexes of activities as a search asks for it: PostgreSQL then knows how many there are."""

from django.db import migrations, models


def count(apps, schema_editor):
    """Of what is in an index that is a sum, PostgreSQL knows nothing until it has looked."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ANALYZE xapi_statement")


class Migration(migrations.Migration):
    dependencies = [("xapi", "0009_recalls")]

    operations = [
        migrations.RemoveIndex("statement", "statement_activity"),
        migrations.RemoveIndex("statement", "statement_context"),
        migrations.AddIndex(
            "statement", models.Index("activity_key", "seq", models.F("verb_key") + 0, name="statement_activity")
        ),
        migrations.AddIndex(
            "statement",
            models.Index(
                "context_key",
                "seq",
                models.F("verb_key") + 0,
                name="statement_context",
                condition=models.Q(("context_key__isnull", False)),
            ),
        ),
        migrations.RunPython(count, migrations.RunPython.noop, elidable=True),
    ]
