"""What intake may know of people: a name for the journal, and nothing else of an account."""

from django.db import migrations

AGENT = "create view jangteo_bid_agent as select id, name from jangteo_account_account;"


class Migration(migrations.Migration):
    dependencies = [("jangteo_bid", "0001_initial"), ("jangteo_account", "0001_initial")]
    operations = [migrations.RunSQL(AGENT, "drop view jangteo_bid_agent")]
