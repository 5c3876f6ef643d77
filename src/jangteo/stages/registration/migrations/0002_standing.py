"""Which suppliers may take part, as the bid intake asks it in SQL."""

from django.db import migrations

STANDING = """
create view jangteo_registration_standing as
select registration.party_id
from jangteo_registration_registration registration
join jangteo_party_party party on party.id = registration.party_id
where registration.status = 'active' and party.kind = 'supplier';
"""


class Migration(migrations.Migration):
    dependencies = [("jangteo_registration", "0001_initial"), ("jangteo_party", "0001_initial")]
    operations = [migrations.RunSQL(STANDING, "drop view jangteo_registration_standing")]
