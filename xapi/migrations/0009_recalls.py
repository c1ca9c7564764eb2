"""What other record stores got of somebody who was erased, and is asked back."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("xapi", "0008_statements_per_month"),
    ]

    operations = [
        migrations.CreateModel(
            name="ForwardRecall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("names", models.TextField(blank=True)),
                ("statements", models.TextField(blank=True)),
                ("count", models.PositiveIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recalls", to="xapi.forwardtarget"
                    ),
                ),
            ],
        ),
    ]
