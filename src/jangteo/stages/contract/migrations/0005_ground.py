from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jangteo_contract", "0004_own_words")]

    operations = [
        migrations.AddField(
            model_name="contract",
            name="ground",
            field=models.CharField(blank=True, default="", max_length=10),
            preserve_default=False,
        ),
    ]
