"""A wish is a row that ends once, and never outlives what it is about; one table for all of them.

Wishes of before come along. Those that could no longer be confirmed (the award is contracted, the
candidate left its hold) have lapsed by that.
"""

import django.db.models.deletion
import jangteo.records.numbering.queries
from django.db import migrations, models
from django.db.models import F, Q

CAUSES = ["not_signed", "gave_up", "disqualified", "ruling", "data_entry", "formula"]

FILL = """
insert into jangteo_award_wish
  (id, verb, examination_id, cause, reason, asked_by, asked_at, ended, ended_by, ended_at, answer)
select r.id, k.verb, r.examination_id, '', r.reason, r.asked_by, r.asked_at,
  case when r.confirmed_by is not null then 'confirmed' when k.open then '' else 'lapsed' end,
  r.confirmed_by,
  case when r.confirmed_by is not null then r.confirmed_at
       when not k.open then coalesce(e.ended_at, r.asked_at) end, ''
from jangteo_award_reopening r
join jangteo_award_examination e on e.id = r.examination_id
cross join lateral (
  select case
    when r.confirmed_by is null and e.status <> 'failed' then 'compute_again'
    when r.confirmed_by is not null and exists (
      select from jangteo_journal_entry j
      where j.tender = e.tender_number and j.kind = 'examination.compute_again'
        and j.subject = 'examination:' || e.tender_number || ':' || e.supplier_id
        and j.at = r.confirmed_at) then 'compute_again'
    else 'reopen' end as verb,
    e.status in ('failed', 'hold') as open
) k;

insert into jangteo_award_wish
  (id, verb, award_id, cause, reason, asked_by, asked_at, ended, ended_by, ended_at, answer)
select gen_random_uuid(), 'annul', w.award_id, w.cause, w.reason, w.asked_by, w.asked_at,
  case when n.award_id is not null then 'confirmed' when c.stands then 'lapsed' else '' end,
  n."by",
  case when n.award_id is not null then n.at when c.stands then greatest(c.at, w.asked_at) end, ''
from jangteo_award_annulmentwish w
join jangteo_award_award a on a.id = w.award_id
left join jangteo_award_annulment n on n.award_id = w.award_id
cross join lateral (
  select count(*) filter (where j.kind = 'contract.draft')
    > count(*) filter (where j.kind in ('contract.cancel', 'contract.terminate')) as stands,
    max(j.at) filter (where j.kind = 'contract.draft') as at
  from jangteo_journal_entry j where j.tender = a.tender_number
) c;
"""
KEPT = """
create function jangteo_wish_kept() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare held text := null;
begin
  if tg_op = 'DELETE' then
    held := 'a wish ends, it is never deleted';
  elsif tg_op = 'INSERT' then
    if new.ended <> '' then
      held := 'a wish is asked for first and decided then';
    elsif not exists (select from jangteo_award_award a
                      where a.id = new.award_id and a.status = 'active')
      and not exists (select from jangteo_award_examination e where e.id = new.examination_id
                      and e.status = case new.verb when 'reopen' then 'failed' else 'hold' end) then
      held := 'nobody asks for what cannot be';
    end if;
  elsif old.ended <> '' then
    held := 'a wish that has ended stays as it is';
  elsif (new.id, new.verb, new.award_id, new.examination_id, new.cause, new.reason, new.asked_by,
         new.asked_at)
     is distinct from (old.id, old.verb, old.award_id, old.examination_id, old.cause, old.reason,
                       old.asked_by, old.asked_at) then
    held := 'a wish is decided as it was asked';
  end if;
  if held is not null then
    raise exception '%', held using errcode = 'check_violation';
  end if;
  return null;
end $$;

create function jangteo_award_outlives_its_wish() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (select from jangteo_award_wish w where w.award_id = new.id and w.ended = '') then
    raise exception 'no wish outlives the award it is about' using errcode = 'check_violation';
  end if;
  return null;
end $$;

create function jangteo_examination_outlives_its_wish() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (
    select from jangteo_award_wish w where w.examination_id = new.id and w.ended = ''
      and new.status <> case w.verb when 'reopen' then 'failed' else 'hold' end
  ) then
    raise exception 'no wish outlives the failure or the hold it is about'
      using errcode = 'check_violation';
  end if;
  return null;
end $$;

create function jangteo_annulment_as_wished() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (
    select from jangteo_award_wish w
    where w.award_id = new.award_id and w.verb = 'annul' and w.ended = 'confirmed'
      and (w.cause, w.reason, w.asked_by, w.ended_by)
        = (new.cause, new.reason, new.asked_by, new."by")
  ) then
    raise exception 'an annulment is what one person asked for and another confirmed'
      using errcode = 'check_violation';
  end if;
  return null;
end $$;

create trigger kept after insert or update or delete on jangteo_award_wish
  for each row execute function jangteo_wish_kept();
create trigger wish_over after update on jangteo_award_award
  for each row when (new.status <> 'active')
  execute function jangteo_award_outlives_its_wish();
create trigger wish_over after update on jangteo_award_examination
  for each row when (old.status is distinct from new.status)
  execute function jangteo_examination_outlives_its_wish();
create trigger wished after insert on jangteo_award_annulment
  for each row execute function jangteo_annulment_as_wished();
alter table jangteo_award_wish enable always trigger kept;
alter table jangteo_award_award enable always trigger wish_over;
alter table jangteo_award_examination enable always trigger wish_over;
alter table jangteo_award_annulment enable always trigger wished;
"""
GONE = """
drop trigger wished on jangteo_award_annulment;
drop trigger wish_over on jangteo_award_examination;
drop trigger wish_over on jangteo_award_award;
drop trigger kept on jangteo_award_wish;
drop function jangteo_annulment_as_wished();
drop function jangteo_examination_outlives_its_wish();
drop function jangteo_award_outlives_its_wish();
drop function jangteo_wish_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("jangteo_award", "0009_in_force_on_a_score"),
        ("jangteo_journal", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Wish",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jangteo.records.numbering.queries.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("verb", models.CharField(max_length=15)),
                ("cause", models.CharField(blank=True, max_length=20)),
                ("reason", models.CharField(max_length=500)),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("ended", models.CharField(blank=True, max_length=10)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=500)),
                (
                    "award",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wishes",
                        to="jangteo_award.award",
                    ),
                ),
                (
                    "examination",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wishes",
                        to="jangteo_award.examination",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="wish",
            constraint=models.UniqueConstraint(
                condition=Q(("ended", "")), fields=("award",), name="one_open_wish_an_award"
            ),
        ),
        migrations.AddConstraint(
            model_name="wish",
            constraint=models.UniqueConstraint(
                condition=Q(("ended", "")),
                fields=("examination",),
                name="one_open_wish_a_candidate",
            ),
        ),
        migrations.AddConstraint(
            model_name="wish",
            constraint=models.CheckConstraint(
                condition=Q(
                    Q(
                        ("award__isnull", False),
                        ("cause__in", CAUSES),
                        ("examination__isnull", True),
                        ("verb", "annul"),
                    ),
                    Q(
                        ("award__isnull", True),
                        ("cause", ""),
                        ("examination__isnull", False),
                        ("verb__in", ("reopen", "compute_again")),
                    ),
                    _connector="OR",
                ),
                name="wish_about_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="wish",
            constraint=models.CheckConstraint(
                condition=Q(
                    Q(("ended", ""), ("ended_at__isnull", True), ("ended_by__isnull", True)),
                    Q(("ended", "lapsed"), ("ended_at__isnull", False), ("ended_by__isnull", True)),
                    Q(
                        ("ended__in", ("confirmed", "refused", "withdrawn")),
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="wish_ends_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="wish",
            constraint=models.CheckConstraint(
                condition=Q(
                    Q(("ended__in", ("confirmed", "refused")), _negated=True),
                    Q(("asked_by", F("ended_by")), _negated=True),
                    _connector="OR",
                ),
                name="wish_by_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="wish",
            constraint=models.CheckConstraint(
                condition=Q(
                    Q(("ended", "refused"), Q(("answer", ""), _negated=True)),
                    Q(Q(("ended", "refused"), _negated=True), ("answer", "")),
                    _connector="OR",
                ),
                name="wish_refused_with_a_reason",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL("set constraints all immediate", migrations.RunSQL.noop),
        migrations.DeleteModel(name="Reopening"),
        migrations.DeleteModel(name="AnnulmentWish"),
        migrations.RunSQL(KEPT, GONE),
    ]
