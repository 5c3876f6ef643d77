"""Drafts of before the second entry: their figures were written by whoever began the notice.

Without it nobody would be known as their writer: hidden from all, and never entered twice.
"""

from django.db import migrations

BY_ITS_AUTHOR = """
update jangteo_tender_draft d
set entered_as = gen_random_uuid(),
    entered_by = jsonb_build_object(t.created_by::text, '["base_amount"]'::jsonb)
from jangteo_tender_tender t
where t.id = d.tender_id and d.entered_as is null
  and coalesce(d.base_amount, d.estimated_price, d.a_value) is not null
"""


class Migration(migrations.Migration):
    dependencies = [
        ("jangteo_tender", "0005_entry"),
    ]

    operations = [
        migrations.RunSQL(BY_ITS_AUTHOR, migrations.RunSQL.noop),
    ]
