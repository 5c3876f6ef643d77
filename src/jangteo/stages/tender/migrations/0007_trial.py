"""Both engines tried on parameters, worked examples confirmed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jangteo_tender", "0006_entered_before"),
    ]

    operations = [
        migrations.CreateModel(
            name="Trial",
            fields=[
                (
                    "parameters_hash",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("sets", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="draft",
            name="examples_seen",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
