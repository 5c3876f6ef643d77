"""What is known from before about notices like one that is being prepared."""

from datetime import date

from django.db import connection

from jangteo.rules.dated import table
from jangteo.rules.eligibility.region import regions
from jangteo.rules.entry.finding import Earlier, Entered, Past
from jangteo.stages.registration.queries import count_able
from jangteo.stages.tender.models import NoticeVersion, Tender
from jangteo.stages.tender.queries.rows import TermsRow

#: how many of an agency's notices, and of the market's amounts, are looked at: the latest
_OWN, _MARKET = 300, 20_000
_WITHOUT_CONTRACT = frozenset({"unsuccessful", "cancelled"})
_TOP = """
select coalesce(percentile_disc(cast(%s as double precision) / 100)
  within group (order by base_amount), 0), count(*)
from (
  select n.base_amount from jangteo_tender_noticeversion n
  join jangteo_tender_tender t on t.id = n.tender_id and t.version = n.version
  where n.category = %s and n.procedure = %s and t.id <> %s
  order by n.published_at desc limit %s
) as latest
"""


def entered(row: TermsRow, *, on: date, agency_region: str = "") -> Entered:
    """A draft or a notice as the rules of entry ask for it."""
    return Entered(
        on=on,
        title=row.title,
        site=row.site,
        regime=row.regime,
        category=row.category,
        procedure=row.procedure,
        urgency=row.urgency,
        base_amount=row.base_amount,
        estimated_price=row.estimated_price,
        budget_amount=row.budget_amount,
        a_value=row.a_value,
        base_net_cost=row.base_net_cost,
        difficulty=row.difficulty,
        range_low=row.range_low,
        range_high=row.range_high,
        price_unit=row.price_unit,
        licences=row.licences,
        regions=row.regions,
        service_kind=row.service_kind,
        floor_rate=row.floor_rate,
        floor_rate_reason=row.floor_rate_reason,
        deadline=row.deadline,
        deadline_reason=row.deadline_reason,
        agency_region=agency_region,
        region_names={one.code: (one.ko, one.short, one.en) for one in regions(on)},
    )


def past(row: TermsRow, tender: Tender, *, on: date) -> Past:
    """The agency's own notices of the category, the market's amounts, and who may bid."""
    top, known = _top(row, tender, on)
    able, suppliers = count_able(row.licences, row.regions)
    return Past(_own(row, tender), top, known, able, suppliers)


def _own(row: TermsRow, tender: Tender) -> tuple[Earlier, ...]:
    found = NoticeVersion.objects.filter(
        tender__buyer_id=tender.buyer_id, category=row.category, procedure=row.procedure
    ).exclude(tender=tender)
    latest = found.select_related("tender").order_by("-published_at")[:_OWN]
    return tuple(
        Earlier(
            one.tender.number, one.title, one.base_amount or 0, one.a_value or 0,
            one.tender.status in _WITHOUT_CONTRACT, one.site, one.estimated_price,
            one.base_net_cost, tuple(one.licences), tuple(one.regions),
        )
        for one in latest
        if one.version == one.tender.version
    )  # fmt: skip


def _top(row: TermsRow, tender: Tender, on: date) -> tuple[int, int]:
    percent = table("entry/limits").on(on, name="top").text("percent")
    with connection.cursor() as cursor:
        cursor.execute(_TOP, [percent, row.category, row.procedure, tender.pk, _MARKET])
        top, known = cursor.fetchone()
    return int(top), int(known)
