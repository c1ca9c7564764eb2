from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0009_lists_of_names")]

    operations = [
        migrations.RenameField(model_name="agreement", old_name="ended_on", new_name="ends_on"),
        migrations.AlterField(
            model_name="agreement",
            name="ends_on",
            field=models.DateField(blank=True, null=True, verbose_name="geldt tot"),
        ),
        migrations.AddField(
            model_name="agreement",
            name="document",
            field=models.CharField(
                blank=True, help_text="Naam of nummer, en waar het ligt", max_length=160, verbose_name="document"
            ),
        ),
    ]
