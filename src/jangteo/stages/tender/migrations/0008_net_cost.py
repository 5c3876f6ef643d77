"""The net cost within the base amount."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jangteo_tender", "0007_trial"),
    ]

    operations = [
        migrations.AddField(
            model_name=name, name="base_net_cost", field=models.BigIntegerField(null=True)
        )
        for name in ("draft", "noticeversion")
    ]
