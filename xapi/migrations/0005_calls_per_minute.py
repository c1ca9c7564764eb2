"""How many calls a key made in the last minute, counted by all processes together."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("xapi", "0004_indexes")]

    operations = [
        migrations.AddField("credential", "minute", models.BigIntegerField(default=0)),
        migrations.AddField("credential", "taken", models.BigIntegerField(default=0)),
    ]
