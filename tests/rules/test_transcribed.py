"""The shipped rows against the law, typed by hand from its text and never made from the rows.

Both engines read the same rows, so neither sees one that was mistyped. What is typed here comes
from 국가계약법, 지방계약법, their decrees, 조달청 시설공사 적격심사세부기준 제9269호 with its
tables 1 to 5, and, where those only point to a minister's standard, from published notices that
followed it.
"""

from datetime import date
from typing import Any

import pytest

from jangteo.rules.dated import RuleMissing, table

BEFORE, SINCE = date(2026, 1, 29), date(2026, 1, 30)  # 별표의 입찰가격평가, 부칙 제1조
LOCAL_BEFORE, LOCAL_SINCE = date(2025, 6, 30), date(2025, 7, 1)
QUOTED_BEFORE, QUOTED_SINCE = date(2025, 4, 30), date(2025, 5, 1)

#: first and last won of a band, rate before the raise, rate since it
WORKS = (
    (1, 999_999_999, "87.745", "89.745"),
    (1_000_000_000, 4_999_999_999, "86.745", "88.745"),
    (5_000_000_000, 9_999_999_999, "85.495", "87.495"),
)
LOCAL_WORKS = (*WORKS, (10_000_000_000, 29_999_999_999, "79.995", "81.995"))


def at(name: str, day: date, **asked: Any) -> dict[str, str]:
    return dict(table(name).on(day, **asked).values)


@pytest.mark.parametrize(
    ("regime", "days", "bands"),
    [
        ("national", (BEFORE, SINCE), WORKS),
        ("local", (LOCAL_BEFORE, LOCAL_SINCE), LOCAL_WORKS),
    ],
)
def test_floor_rates_of_works(regime: str, days: tuple[date, date], bands: Any) -> None:
    for first, last, *rates in bands:
        for day, rate in zip(days, rates, strict=True):
            for price in (first, last):
                asked = {"regime": regime, "procedure": "open", "category": "works"}
                found = at("price/floor_rate", day, **asked, estimated_price=price)
                assert found == {"value": rate}, (regime, day, price)


def test_above_ten_billion_the_state_knows_no_floor() -> None:
    asked = {"regime": "national", "procedure": "open", "category": "works"}
    with pytest.raises(RuleMissing):
        at("price/floor_rate", SINCE, **asked, estimated_price=10_000_000_000)


@pytest.mark.parametrize(
    ("regime", "category", "before", "since", "days"),
    [
        ("national", "works", "87.745", "89.745", (BEFORE, SINCE)),
        ("local", "works", "87.745", "89.745", (QUOTED_BEFORE, QUOTED_SINCE)),
        ("national", "goods", "88", "88", (BEFORE, SINCE)),
        ("national", "services", "88", "88", (BEFORE, SINCE)),
        ("national", "simple_labour", "90", "90", (BEFORE, SINCE)),
        ("local", "goods", "88", "88", (QUOTED_BEFORE, QUOTED_SINCE)),
        ("local", "services", "88", "88", (QUOTED_BEFORE, QUOTED_SINCE)),
        ("local", "simple_labour", "90", "90", (QUOTED_BEFORE, QUOTED_SINCE)),
    ],
)
def test_floor_rates_of_quotations(
    regime: str, category: str, before: str, since: str, days: tuple[date, date]
) -> None:
    asked = {"regime": regime, "procedure": "quotation", "category": category}
    said = [at("price/floor_rate", day, **asked, estimated_price=20_000_001) for day in days]
    assert said == [{"value": before}, {"value": since}]


#: [별표 1] … [별표 5]: first and last won, points of the price, k, flat score, from which ratio
TABLES = (
    (5_000_000_000, 9_999_999_999, "50", "2", "45", "92.5"),
    (1_000_000_000, 4_999_999_999, "70", "4", "65", "91.25"),
    (300_000_000, 999_999_999, "80", "20", "75", "90.25"),
    (200_000_000, 299_999_999, "90", "20", "85", "90.25"),
    (1, 199_999_999, "90", "20", "85", "90.25"),
)
#: 전기, 정보통신, 소방시설, 국가유산공사: [별표 2] reaches down to 300 million,
#: [별표 4] to 80 million
SPECIAL = (
    (5_000_000_000, 9_999_999_999, "50", "2", "45", "92.5"),
    (1_000_000_000, 4_999_999_999, "70", "4", "65", "91.25"),
    (300_000_000, 999_999_999, "70", "20", "65", "90.25"),
    (80_000_000, 299_999_999, "90", "20", "85", "90.25"),
    (1, 79_999_999, "90", "20", "85", "90.25"),
)


@pytest.mark.parametrize(("category", "bands"), [("works", TABLES), ("special_works", SPECIAL)])
def test_price_scores_of_works(category: str, bands: Any) -> None:
    for first, last, weight, k, flat, cap in bands:
        for price in (first, last):
            asked = {"regime": "national", "category": category, "estimated_price": price}
            found = at("award/screening", SINCE, **asked)
            names = ("weight", "k", "flat", "cap", "basis", "pass", "least")
            assert [found[name] for name in names] == [weight, k, flat, cap, "90", "95", "2"]
            assert at("award/screening", BEFORE, **asked)["basis"] == "88"


@pytest.mark.parametrize("regime", ["national", "local"])
@pytest.mark.parametrize(("category", "bands"), [("works", TABLES), ("special_works", SPECIAL)])
def test_reputation_of_works(regime: str, category: str, bands: Any) -> None:
    """일반신인도 −1…+4 and 건설안전신인도 −8…+2; [별표 1] a fifth; [별표 5] 특별신인도 2 more."""
    edges = [("-4", "2"), *[("-9", "6")] * 3, ("-9", "8")]
    for (first, last, *_), edge in zip(bands, edges, strict=True):
        for price in (first, last):
            asked = {"regime": regime, "category": category, "estimated_price": price}
            for day in (date(2025, 6, 30), BEFORE, SINCE):
                found = at("award/screening", day, **asked)
                assert (found["reputation_low"], found["reputation_high"]) == edge


#: every band of local works as screened: first and last won, points of the price, k, flat, pass
#: mark, from which ratio; the last from its floor rates, since its standard is not at hand
LOCAL_TABLES = (
    *((*band[:5], "95", band[5]) for band in TABLES),
    (10_000_000_000, 29_999_999_999, "30", "1", "22", "92", "98"),
)
LOCAL_SPECIAL = (*((*band[:5], "95", band[5]) for band in SPECIAL), LOCAL_TABLES[-1])


@pytest.mark.parametrize(
    ("category", "bands"), [("works", LOCAL_TABLES), ("special_works", LOCAL_SPECIAL)]
)
def test_price_scores_of_local_works(category: str, bands: Any) -> None:
    for first, last, weight, k, flat, enough, cap in bands:
        for price in (first, last):
            asked = {"regime": "local", "category": category, "estimated_price": price}
            found = at("award/screening", LOCAL_SINCE, **asked)
            names = ("weight", "k", "flat", "pass", "cap", "basis", "least")
            assert [found[name] for name in names] == [weight, k, flat, enough, cap, "90", "2"]
            assert at("award/screening", LOCAL_BEFORE, **asked)["basis"] == "88"


def test_no_table_screens_works_that_are_evaluated_as_a_whole() -> None:
    for regime, price in (("national", 10_000_000_000), ("local", 30_000_000_000)):
        for category in ("works", "special_works"):
            with pytest.raises(RuleMissing):
                at(
                    "award/screening", SINCE, regime=regime, category=category,
                    estimated_price=price,
                )  # fmt: skip


@pytest.mark.parametrize(
    ("regime", "first"),
    [
        ("national", date(2020, 5, 27)),  # 2019.11.26 신설, 공포 후 6개월
        ("local", date(2023, 7, 12)),  # 2023.4.11 신설, 공포 후 3개월
    ],
)
def test_the_net_cost_line(regime: str, first: date) -> None:
    asked = {"regime": regime, "category": "works"}
    assert at("price/net_cost", first, **asked, reserve_price=9_999_999_999) == {"percent": "98"}
    with pytest.raises(RuleMissing):
        at("price/net_cost", first, **asked, reserve_price=10_000_000_000)
    with pytest.raises(RuleMissing):
        at("price/net_cost", date.fromordinal(first.toordinal() - 1), **asked, reserve_price=1)


@pytest.mark.parametrize("regime", ["national", "local"])
def test_how_many_bids_and_how_large_a_quotation(regime: str) -> None:
    two = {"regime": regime, "procedure": "open"}
    assert at("award/competition", SINCE, **two, estimated_price=1) == {"value": "2"}
    quoted = {"regime": regime, "procedure": "quotation"}
    for price, needed in ((20_000_000, "1"), (20_000_001, "2")):
        found = at("award/competition", SINCE, **quoted, estimated_price=price)
        assert found == {"value": needed}
    for kind, limit in (
        ("general", "400000000"), ("specialty", "200000000"), ("other", "160000000"),
    ):  # fmt: skip
        found = at("award/quotation_limit", SINCE, regime=regime, category="works", kind=kind)
        assert found == {"limit": limit}
    for category in ("goods", "services"):
        found = at("award/quotation_limit", SINCE, regime=regime, category=category, kind="*")
        assert found == {"limit": "100000000", "anyone": "20000000"}


def test_the_preliminary_prices() -> None:
    assert at("price/range", SINCE, regime="national") == {"low": "-2", "high": "2"}
    assert at("price/range", SINCE, regime="local") == {"low": "-3", "high": "3"}
    assert at("price/draw", SINCE) == {"prices": "15", "picks": "2", "chosen": "4"}


def test_from_where_on_works_are_evaluated_as_a_whole() -> None:
    """국가계약법 시행령 제42조제4항제1호: 100억원; 지방계약법 시행령 제42조제1항제1호: 300억원."""
    known = {
        regime: at("award/screening_limit", SINCE, regime=regime, category="works")
        for regime in ("national", "local")
    }
    assert known == {"national": {"from": "10000000000"}, "local": {"from": "30000000000"}}
