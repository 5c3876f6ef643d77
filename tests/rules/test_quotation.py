"""Small-value quotations: limits, fewest quotations, floor, notice period, region, ranking."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.ground.errors import Refusal, Refusals
from jangteo.rules.award import quotation
from jangteo.rules.award.outcome import outcome
from jangteo.rules.award.ranking import Bid, Ranked
from jangteo.rules.calendar import day_kind
from jangteo.rules.deadline.manner import QUOTATION
from jangteo.rules.deadline.notice_period import (
    check_schedule,
    earliest_deadline_day,
    latest_posting_day,
)
from jangteo.rules.deadline.window import Schedule
from jangteo.rules.eligibility import licence, region
from jangteo.rules.price.defaults import floor_rate
from jangteo.rules.price.floor import Floor, floor_price
from jangteo.rules.price.reserve import Reserve

ON = date(2026, 11, 24)
M = 10**6
RESERVE = Reserve(1000, Fraction(1000), Fraction(1000), ())
FLOOR = Floor(880, ())


@pytest.mark.parametrize(
    ("regime", "category", "trades", "limit", "law"),
    [
        ("national", "works", ["0002"], 400 * M, "국가계약법 시행령 제26조제1항제5호가목1)"),
        ("national", "works", ["4990"], 200 * M, "국가계약법 시행령 제26조제1항제5호가목1)"),
        ("national", "works", ["0037"], 160 * M, "국가계약법 시행령 제26조제1항제5호가목1)"),
        (
            "national",
            "works",
            ["0002", "4990"],
            200 * M,
            "국가계약법 시행령 제26조제1항제5호가목1)",
        ),
        ("national", "works", [], 160 * M, "국가계약법 시행령 제26조제1항제5호가목1)"),
        ("national", "goods", [], 100 * M, "국가계약법 시행령 제26조제1항제5호가목2), 3)"),
        ("local", "works", ["0001"], 400 * M, "지방계약법 시행령 제25조제1항제5호가목"),
        ("local", "works", ["4990"], 200 * M, "지방계약법 시행령 제25조제1항제5호가목"),
        ("local", "services", [], 100 * M, "지방계약법 시행령 제25조제1항제5호나목, 라목"),
    ],
)
def test_up_to_its_limit_and_not_a_won_more(
    regime: str, category: str, trades: list[str], limit: int, law: str
) -> None:
    asked = {"regime": regime, "category": category, "licence": trades, "on": ON}
    within = quotation.allowed(estimated_price=limit, **asked)
    assert (within.allowed, within.reasons[0].law) == (True, law)
    assert "may be asked for" in within.reasons[0].text
    assert within.reasons[0].params["limit"] == limit
    beyond = quotation.allowed(estimated_price=limit + 1, **asked)
    assert (beyond.allowed, beyond.reasons[0].law) == (False, law)
    assert "is possible up to {limit:,} won only" in beyond.reasons[0].text
    assert beyond.reasons[0].row.startswith("award/quotation_limit:")


@pytest.mark.parametrize(("price", "codes"), [(20 * M, []), (20 * M + 1, ["small_enterprise"])])
def test_above_twenty_million_goods_come_from_small_enterprises(
    price: int, codes: list[str]
) -> None:
    found = quotation.allowed(
        estimated_price=price, category="goods", licence=[], regime="national", on=ON
    )
    said = [reason.code.rpartition(".")[2] for reason in found.reasons[1:]]
    assert (found.allowed, said) == (True, codes)


def test_the_kinds_of_works() -> None:
    assert licence.quoted_kinds(["0001"], on=ON) == ("general",)
    assert licence.quoted_kinds(["0037", "4990", "0036"], on=ON) == ("other", "specialty")
    assert licence.quoted_kinds([], on=ON) == ("other",)
    with pytest.raises(Refusal) as refused:
        licence.quoted_kinds(["9999"], on=ON)
    assert refused.value.code == "tender.licences.unknown"


@pytest.mark.parametrize(
    ("regime", "category", "on", "rate"),
    [
        ("national", "works", date(2026, 1, 29), "87.745"),
        ("national", "works", date(2026, 1, 30), "89.745"),
        ("local", "works", date(2025, 4, 30), "87.745"),
        ("local", "works", date(2025, 5, 1), "89.745"),
        ("national", "goods", ON, "88"),
        ("local", "services", ON, "88"),
        ("national", "simple_labour", ON, "90"),
        ("local", "simple_labour", ON, "90"),
    ],
)
def test_floor_rates(regime: str, category: str, on: date, rate: str) -> None:
    found = floor_rate(regime, category, 50 * M, on=on, procedure="quotation")
    assert found.rate == rate
    assert found.row.startswith(f"price/floor_rate:{regime}-quotation-")
    assert "제30조제5항" in found.reasons[0].law


def test_the_floor_of_a_tender_is_another_row() -> None:
    """Local works: tenders moved on 1 July 2025, quotations on 1 May."""
    june = date(2025, 6, 1)
    assert floor_rate("local", "works", 50 * M, on=june).rate == "87.745"
    assert floor_rate("local", "works", 50 * M, on=june, procedure="quotation").rate == "89.745"
    assert floor_rate("local", "goods", 50 * M, on=ON).rate == "84.245"
    assert floor_rate("local", "goods", 50 * M, on=ON, procedure="quotation").rate == "88"
    with pytest.raises(Refusal) as refused:
        floor_rate("local", "goods", 10**9, on=ON)
    assert refused.value.code == "price.floor_rate.none"
    with pytest.raises(Refusal) as refused:
        floor_rate("local", "works", 10**9, on=ON, procedure="quotation")
    assert "제30조제5항" in refused.value.law


@pytest.mark.parametrize(("rate", "floor"), [("88", 40_197_433), ("90", 41_111_011)])
def test_worked_example_of_the_floor(rate: str, floor: int) -> None:
    assert floor_price(45_678_901, rate, 0).price == floor


def _ranked(*amounts: int) -> list[Ranked]:
    bids = [Bid(f"b{place}", amount) for place, amount in enumerate(amounts)]
    return quotation.rank(bids, RESERVE, FLOOR)


def test_the_lowest_at_or_above_the_floor_comes_first() -> None:
    found = _ranked(879, 900, 880, 1001)
    assert [(one.amount, one.rank, one.remark) for one in found] == [
        (880, 1, "normal"), (900, 2, "normal"), (879, 0, "below_floor"),
        (1001, 0, "above_reserve"),
    ]  # fmt: skip
    assert found[0].reasons[0].law == "국가계약법 시행령 제30조 · 지방계약법 시행령 제30조"
    assert frozenset() == quotation.METHOD.needs


@pytest.mark.parametrize(
    ("regime", "price", "valid", "kind", "law"),
    [
        ("national", 20 * M, 1, "opened", "국가계약법 시행령 제30조제1항제2호"),
        ("national", 20 * M + 1, 1, "failed", "국가계약법 시행령 제30조제1항"),
        ("national", 20 * M + 1, 2, "opened", "국가계약법 시행령 제30조제1항"),
        ("national", 1, 0, "failed", "국가계약법 시행령 제30조제1항제2호"),
        ("local", 20 * M, 1, "opened", "지방계약법 시행령 제30조제1항제2호"),
        ("local", 20 * M + 1, 1, "failed", "지방계약법 시행령 제30조제1항"),
    ],
)
def test_how_many_quotations_suffice(
    regime: str, price: int, valid: int, kind: str, law: str
) -> None:
    found = outcome(
        valid, _ranked(*[900] * valid), regime=regime, on=ON, procedure="quotation",
        estimated_price=price,
    )  # fmt: skip
    assert (found.kind, found.reasons[0].law) == (kind, law)


@pytest.mark.parametrize(
    ("regime", "law"),
    [("national", "국가계약법 시행령 제30조제6항"), ("local", "지방계약법 시행령 제30조제3항")],
)
def test_nobody_inside_the_limits(regime: str, law: str) -> None:
    terms = {"regime": regime, "on": ON, "procedure": "quotation", "estimated_price": 50 * M}
    found = outcome(2, _ranked(1, 2000), **terms)
    assert (found.kind, found.reasons[0].code) == ("failed", "award.outcome.none")
    assert found.reasons[0].law == law


NOTICE = {"category": "goods", "estimated_price": 30 * M, "manner": QUOTATION}


@pytest.mark.parametrize("regime", ["national", "local"])
@pytest.mark.parametrize(
    ("posted", "earliest"),
    [
        (date(2026, 11, 24), date(2026, 11, 28)),
        (date(2026, 11, 26), date(2026, 12, 2)),
        (date(2026, 12, 23), date(2026, 12, 30)),
    ],
    ids=["midweek", "over a weekend", "over Christmas"],
)
def test_three_days_without_saturdays_and_holidays(
    regime: str, posted: date, earliest: date
) -> None:
    found = earliest_deadline_day(regime=regime, on=posted, **NOTICE)
    assert (found.day, found.days) == (earliest, 3)
    assert "제30조" in found.reasons[0].law
    back = latest_posting_day(earliest, regime=regime, on=posted, **NOTICE)
    assert back.day == posted


@given(st.dates(date(2026, 1, 2), date(2027, 10, 1)), st.sampled_from(["national", "local"]))
def test_at_least_three_working_days_lie_between(posted: date, regime: str) -> None:
    found = earliest_deadline_day(regime=regime, on=posted, **NOTICE)
    span = [posted + timedelta(days=n) for n in range(1, (found.day - posted).days)]
    assert sum(day_kind(day).working for day in span) == 3
    assert latest_posting_day(found.day, regime=regime, on=posted, **NOTICE).day >= posted


def test_a_quotation_is_not_shortened_by_urgency() -> None:
    found = earliest_deadline_day(regime="national", on=ON, urgency="disaster", **NOTICE)
    assert (found.days, "제30조제3항" in found.reasons[0].law) == (3, True)


def test_a_schedule_too_short_names_the_article() -> None:
    from tests.stages.tender.agency import kst

    schedule = Schedule(kst(1, 9), kst(1, 10), kst(4, 10), kst(4, 11))
    with pytest.raises(Refusals) as refused:
        check_schedule(schedule, regime="national", on=date(2026, 12, 1), **NOTICE)
    found = refused.value.refusals
    assert [one.code for one in found] == ["tender.notice_period.too_short"]
    assert "제30조제3항" in found[0].law
    assert found[0].params["earliest"] == "2026-12-05"


def test_a_national_quotation_is_reserved_to_one_region() -> None:
    asked = {"kind": "quotation", "estimated_price": 90 * M, "on": ON}
    reasons = region.check_restriction(["11"], regime="national", **asked)
    assert reasons[0].law == "국가계약법 시행령 제30조제4항, 시행규칙 제33조제2항"
    with pytest.raises(Refusal) as refused:
        region.check_restriction(["11", "41"], regime="national", **asked)
    assert refused.value.code == "tender.regions.too_many"
    assert region.check_restriction(["11", "41"], regime="local", **asked)
    assert region.check_restriction([], regime="national", **asked) == []
