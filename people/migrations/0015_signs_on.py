from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0014_break_glass"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="has_sign_on",
            field=models.BooleanField(default=False, editable=False, verbose_name="logt in met een organisatie"),
        ),
    ]
