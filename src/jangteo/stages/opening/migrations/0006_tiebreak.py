"""The number of a bid in the lot among those of its rank."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jangteo_opening", "0005_net_cost_line")]

    operations = [
        migrations.AddField("openedbid", "tiebreak", models.CharField(blank=True, max_length=64)),
    ]
