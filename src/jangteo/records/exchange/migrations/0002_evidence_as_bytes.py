from django.db import migrations, models


class Migration(migrations.Migration):
    """Evidence is kept byte for byte; nothing was ever written before."""

    dependencies = [("jangteo_exchange", "0001_initial")]

    operations = [
        migrations.AddField("exchange", "asked", models.IntegerField(default=0)),
        migrations.RemoveField("evidence", "sent"),
        migrations.RemoveField("evidence", "received"),
        migrations.AddField("evidence", "sent", models.BinaryField(default=bytes)),
        migrations.AddField("evidence", "received", models.BinaryField(default=bytes)),
    ]
