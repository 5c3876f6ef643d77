"""What is set aside for a purchase."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jangteo_tender", "0009_difficulty"),
    ]

    operations = [
        migrations.AddField(
            model_name=name, name="budget_amount", field=models.BigIntegerField(null=True)
        )
        for name in ("draft", "noticeversion")
    ]
