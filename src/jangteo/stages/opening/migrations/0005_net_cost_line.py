"""The net-cost line of a result."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jangteo_opening", "0004_way_out"),
    ]

    operations = [
        migrations.AddField(
            model_name="result", name="net_cost_line", field=models.BigIntegerField(null=True)
        ),
    ]
