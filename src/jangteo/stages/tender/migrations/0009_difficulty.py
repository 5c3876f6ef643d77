"""The difficulty of the works; notices from before name none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jangteo_tender", "0008_net_cost"),
    ]

    operations = [
        migrations.AddField(
            model_name=name, name="difficulty", field=models.CharField(blank=True, max_length=4)
        )
        for name in ("draft", "noticeversion")
    ]
