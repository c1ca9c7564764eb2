"""The indexes of every search, once the keys are there."""

from django.db import migrations, models

FILLED = {
    "statement_context": "context_key",
    "statement_registration": "registration",
    "statement_credential": "credential",
}


class Migration(migrations.Migration):
    dependencies = [("xapi", "0003_keys_of_what_is_there")]

    operations = [
        migrations.AddIndex("statement", models.Index(fields=["agent_key", "seq"], name="statement_agent")),
        migrations.AddIndex("statement", models.Index(fields=["verb_key", "seq"], name="statement_verb")),
        migrations.AddIndex("statement", models.Index(fields=["activity_key", "seq"], name="statement_activity")),
        *(
            migrations.AddIndex(
                "statement",
                models.Index(fields=[field, "seq"], name=name, condition=models.Q((f"{field}__isnull", False))),
            )
            for name, field in FILLED.items()
        ),
        migrations.AddIndex(
            "statement",
            models.Index(fields=["actor"], name="statement_actor", condition=models.Q(("actor__isnull", False))),
        ),
    ]
