"""How carefully a notice is entered, and what cannot be right in it."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from jangteo.ground.clock import KST
from jangteo.rules.dated import table
from jangteo.rules.entry.care import FULL, care
from jangteo.rules.entry.finding import Earlier, Entered, Past
from jangteo.rules.entry.plausible import doubts

ON = date(2026, 12, 1)
GOOD = Entered(
    on=ON,
    title="복지관 지붕 보수공사",
    site="세종특별자치시 한누리대로 2130",
    regime="national",
    category="works",
    procedure="open",
    urgency="",
    base_amount=330_000_000,
    estimated_price=300_000_000,
    budget_amount=396_000_000,
    a_value=12_345_678,
    base_net_cost=280_000_000,
    range_low="",
    range_high="",
    price_unit=None,
    licences=("0002",),
    regions=(),
    agency_region="36",
    region_names={"11": ("서울특별시", "서울"), "36": ("세종특별자치시", "세종")},
)


def codes(past: Past | None = None, **changed: Any) -> list[str]:
    """kind and code of each doubt, in their order."""
    base = changed.get("base_amount")
    own = {"base_net_cost": base * 85 // 100, "budget_amount": base * 6 // 5} if base else {}
    changed = own | changed
    found = doubts(replace(GOOD, **changed), past or Past())
    return [f"{one.kind} {one.code.removeprefix('entry.')}" for one in found]


def test_a_good_notice_is_not_doubted() -> None:
    assert codes() == []


@pytest.mark.parametrize(
    ("procedure", "price", "twice"),
    [
        ("quotation", 20_000_000, False),
        ("quotation", 300_000_000, False),
        ("open", 100_000_000, False),
        ("open", 100_000_001, True),
        ("open", 90_000_000_000, True),
        ("open", None, True),
        ("negotiation", 20_000_000, True),  # the table does not know it: the full care
    ],
)
def test_care_follows_procedure_and_price(procedure: str, price: int | None, twice: bool) -> None:
    found = care(procedure, price, on=ON)
    assert (found.second_entry, found.two_override) == (twice, twice)
    assert (found is FULL) == (price is None or procedure == "negotiation")


@pytest.mark.parametrize(
    ("base", "price", "said"),
    [
        (330_000_011, 300_000_000, ""),  # roundings of either amount
        (329_999_989, 300_000_000, ""),
        (330_000_012, 300_000_000, "warning amounts.not_to_the_won"),
        (330_300_000, 300_000_000, "warning amounts.not_to_the_won"),  # 1.101
        (330_300_001, 300_000_000, "stop amounts.tax_mixed"),
        (329_700_000, 300_000_000, "warning amounts.not_to_the_won"),
        (329_699_999, 300_000_000, "warning amounts.tax_missing"),
        (300_000_000, 300_000_000, "warning amounts.tax_missing"),
        (299_700_000, 300_000_000, "warning amounts.tax_missing"),
        (299_699_999, 300_000_000, "stop amounts.swapped"),
        (363_000_000, 300_000_000, "stop amounts.tax_mixed"),
        (3_300_000_000, 300_000_000, "stop amounts.power_of_ten"),
        (3_000_000_000, 300_000_000, "stop amounts.power_of_ten"),
        (330_000_000, 3_000_000_000, "stop amounts.power_of_ten"),
        (330_000_000, 300_000_000_000, "stop amounts.power_of_ten"),
        (None, 300_000_000, ""),
    ],
)
def test_the_base_amount_is_the_estimated_price_with_tax(
    base: int | None, price: int, said: str
) -> None:
    share = base // 25 if base else 0
    assert codes(base_amount=base, estimated_price=price, a_value=share) == ([said] if said else [])


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "warning a_value.none"),
        (4_949_999, "warning a_value.unusual"),
        (4_950_000, ""),
        (39_600_000, ""),
        (39_600_001, "warning a_value.unusual"),
        (98_999_999, "warning a_value.unusual"),
        (99_000_000, "stop a_value.too_large"),
    ],
)
def test_an_a_value_is_some_percent_of_the_base_amount(value: int, said: str) -> None:
    assert codes(a_value=value) == ([said] if said else [])


@pytest.mark.parametrize(
    ("cost", "said"),
    [
        (None, "warning net_cost.missing"),
        (98_999_999, "stop net_cost.too_small"),
        (99_000_000, "warning net_cost.unusual"),
        (214_499_999, "warning net_cost.unusual"),
        (214_500_000, ""),
        (316_800_000, ""),
        (316_800_001, "warning net_cost.unusual"),
        (330_000_000, "warning net_cost.unusual"),
        (330_000_001, "stop net_cost.too_large"),
    ],
)
def test_a_net_cost_is_asked_for_and_is_some_percent_of_the_base_amount(
    cost: int | None, said: str
) -> None:
    assert codes(base_net_cost=cost) == ([said] if said else [])


def test_a_net_cost_holds_the_a_value() -> None:
    limits = {"a_value": 98_000_000, "base_net_cost": 99_000_000}
    assert codes(**limits)[1:] == ["warning net_cost.unusual"]
    assert "stop net_cost.below_a_value" not in codes(**limits)
    assert codes(a_value=98_999_999, base_net_cost=98_999_998) == [
        "stop net_cost.too_small", "warning a_value.unusual",
    ]  # fmt: skip


def test_no_net_cost_is_asked_for_where_the_law_draws_no_line() -> None:
    none: dict[str, Any] = {"base_net_cost": None}
    assert codes(**none, procedure="quotation", a_value=0) == []
    assert codes(**none, category="goods", title="의자 구매", licences=(), a_value=0) == []
    assert codes(**none, on=date(2020, 5, 26)) == []
    assert codes(**none, on=date(2020, 5, 27)) == ["warning net_cost.missing"]
    assert codes(**none, on=date(2023, 7, 11), regime="local") == []
    assert codes(**none, on=date(2023, 7, 12), regime="local") == ["warning net_cost.missing"]
    # ±2 %: the lowest reserve price of 10.2 bn is 9.996 bn, that of 10.21 bn is over 10 bn
    for base, said in ((10_200_000_000, ["warning net_cost.missing"]), (10_210_000_000, [])):
        large = {"base_amount": base, "estimated_price": base * 10 // 11, "a_value": base // 25}
        assert codes(**none, **large) == said
    (missing,) = doubts(replace(GOOD, base_net_cost=None))
    assert (missing.law, missing.field, missing.row) == (
        "국가계약법 제10조제3항, 조달청 시설공사 적격심사세부기준 제5조", "base_net_cost",
        "price/net_cost:national-2020-05-27",
    )  # fmt: skip


@pytest.mark.parametrize("band", ["quotation", "open"])
def test_a_rate_that_departs_from_the_table_takes_two_people_whatever_the_amount(band: str) -> None:
    small = {
        "estimated_price": 30_000_000, "base_amount": 33_000_000, "a_value": 1_000_000,
        "floor_rate": "87.745", "floor_rate_reason": "옛 공고", "procedure": band,
        "budget_amount": 33_000_000,
        "base_net_cost": 28_000_000 if band == "open" else None,
    }  # fmt: skip
    (found,) = doubts(replace(GOOD, **small), Past())
    assert (found.code, found.two) == ("entry.floor_rate.other_row", True)
    assert found.params == {"given": "87.745", "usual": "89.745", "reason": "옛 공고"}


@pytest.mark.parametrize(
    ("regime", "price", "told"),
    [
        ("national", 20_000_000_000, {"given": "81.5", "reason": "-"}),  # the table knows none
        ("local", 20_000_000_000, {"given": "81.5", "usual": "81.995", "reason": "-"}),  # assumed
    ],
)
def test_where_no_table_is_sure_two_people_name_the_rate(
    regime: str, price: int, told: dict[str, str]
) -> None:
    large = {
        "estimated_price": price, "base_amount": price * 11 // 10, "a_value": price // 25,
        "base_net_cost": price, "floor_rate": "81.5", "regime": regime, "range_low": "",
    }  # fmt: skip
    found = [one for one in doubts(replace(GOOD, **large), Past()) if "floor" in one.code]
    assert [(one.kind, one.code, one.two) for one in found] == [
        ("warning", "entry.floor_rate.own", True)
    ]
    assert found[0].params == told


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, ""), (1, "warning a_value.unusual"), (4_950_000, ""),
        (39_600_001, "warning a_value.unusual"), (99_000_000, "stop a_value.too_large"),
    ],
)  # fmt: skip
def test_an_a_value_of_a_quotation_is_doubted_where_there_is_one(value: int, said: str) -> None:
    found = codes(procedure="quotation", base_net_cost=None, a_value=value)
    assert found == ([said] if said else [])


def test_no_a_value_is_missed_where_there_is_none() -> None:
    assert codes(a_value=0, category="goods", title="의자 구매", licences=()) == []
    assert codes(a_value=0, procedure="quotation") == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"range_low": "-2", "range_high": "2", "price_unit": 100}, ""),
        ({"range_low": "-3"}, "stop range.outside"),
        ({"range_high": "2.001"}, "stop range.outside"),
        ({"range_high": "0"}, "warning range.unusual"),
        ({"range_low": "-3", "range_high": "3", "regime": "local"}, ""),
        ({"price_unit": 1}, "warning unit.unusual"),
        ({"floor_rate": "89.745"}, ""),
        ({"floor_rate": "87.745"}, "warning floor_rate.other_row"),  # before the raise
        ({"floor_rate": "89.7"}, "stop floor_rate.in_no_row"),
        ({"floor_rate": "55"}, "stop floor_rate.in_no_row"),
        ({"floor_rate": "99.9", "floor_rate_reason": "지침"}, "stop floor_rate.in_no_row"),
        ({"floor_rate": "87.745", "estimated_price": None}, ""),
    ],
)
def test_range_and_unit_are_the_tables(changed: dict[str, Any], said: str) -> None:
    assert codes(**changed) == ([said] if said else [])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": "교실 책걸상 구매"}, "warning category.unlike_title"),
        ({"title": "청사 소독 용역"}, "warning category.unlike_title"),
        ({"title": "새 이름"}, ""),
        ({"title": "수변전설비 개선공사"}, "warning licences.unlike_title"),
        ({"title": "수변전설비 개선공사", "licences": ("0037",)}, ""),
        ({"title": "수변전설비 개선공사", "licences": ()}, ""),
        ({"title": "지붕 방수공사", "licences": ("4991",)}, ""),
        ({"title": "옥상 방수공사", "licences": ("4991",)}, "warning licences.unlike_title"),
        ({"regions": ("11",)}, "warning regions.elsewhere"),
        ({"regions": ("11", "36")}, ""),
        ({"regions": ("11",), "site": "서울 종로구 1"}, ""),
        ({"regions": ("11",), "site": "본관"}, "warning regions.elsewhere"),
        ({"regions": ("11",), "site": "본관", "agency_region": ""}, ""),
    ],
)
def test_title_and_place_fit_the_conditions(changed: dict[str, Any], said: str) -> None:
    assert codes(**changed) == ([said] if said else [])


def test_an_amount_above_nearly_all_is_doubted() -> None:
    assert codes(Past(top=329_999_999, known=200)) == ["warning amounts.above_all"]
    assert codes(Past(top=330_000_000, known=200)) == []
    assert codes(Past(top=1, known=199)) == []


def test_odd_won_are_doubted_where_amounts_end_in_thousands() -> None:
    even = tuple(Earlier(str(n), "", 1_000 * n, 0) for n in range(1, 20))
    odd = Earlier("20", "", 123_456, 0)
    changed = {"base_amount": 330_000_010, "a_value": 12_345_678}
    assert codes(Past(own=(*even, odd)), **changed) == ["warning amounts.last_digits"]
    assert codes(Past(own=even), **changed) == []  # too few are known
    assert codes(Past(own=(*even, odd, odd)), **changed) == []  # 19 of 21 are not 95 percent
    assert codes(Past(own=(*even, odd))) == []


def test_figures_of_an_earlier_notice_are_doubted() -> None:
    same = Past(own=(Earlier("R26BK00000001", "체육관", 330_000_000, 1),))
    assert codes(same) == ["warning copied.base_amount"]
    assert codes(same, urgency="renotice") == []
    assert codes(Past(own=(replace(same.own[0], ended=True),))) == []
    other = Past(own=(Earlier("R26BK00000001", "체육관", 500_000_000, 12_345_678),))
    assert codes(other) == ["warning copied.a_value"]
    none = Past(own=(Earlier("R26BK00000001", "체육관", 500_000_000, 0),))
    assert codes(none, a_value=0) == ["warning a_value.none"]


def test_conditions_that_leave_nearly_nobody_are_doubted() -> None:
    assert codes(Past(able=2, suppliers=200)) == ["warning conditions.few_left"]
    assert codes(Past(able=3, suppliers=200)) == []
    assert codes(Past(able=0, suppliers=199)) == []
    assert codes(Past(able=0, suppliers=200), licences=()) == []


def test_stops_come_first_and_every_doubt_says_why_and_what_to_do() -> None:
    found = doubts(replace(GOOD, range_low="-5", a_value=0, price_unit=1, title="의자 구매"))
    assert [one.kind for one in found] == ["stop", "warning", "warning", "warning"]
    for one in found:
        assert one.text.format(**one.params)
        assert one.repair.format(**one.params)
        assert one.law
        assert not one.row or table(one.row.partition(":")[0]).row(one.row)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (33_000_000, True), (22_000_000, True), (49_500_000, True), (3_300_000, True),
        (330_000, True), (3_300_000_000, True), (330_000_000_000, True),
        (21_999_999, False), (49_500_001, False), (300_000_000, False), (100_000_000, False),
    ],
)  # fmt: skip
def test_all_amounts_ten_times_too_high_are_told_by_the_same_purchase_before(
    before: int, said: bool
) -> None:
    own = (
        Earlier("R25BK00000002", "2025년 복지관 지붕 보수공사(2차)", before, 1),
        Earlier("R24BK00000001", "복지관 지붕 보수공사", 300_000_000, 2),  # an older one
    )
    titled = {"title": "2026년 복지관 지붕 보수공사 (2차)"}
    found = doubts(replace(GOOD, **titled), Past(own=own))
    assert [one.code for one in found] == (["entry.amounts.unlike_the_same"] if said else [])
    assert [one.two for one in found] == ([True] if said else [])
    assert codes(Past(own=own), title="체육관 지붕 보수공사") == []
    # a long number names a purchase, a year and a count do not
    numbered = (replace(own[0], title="R25BK00614610-000"), own[1])
    assert codes(Past(own=numbered), title="R25BK00614611-000") == []
    same = codes(Past(own=numbered), title="R26BK00614610-001")
    assert same == (["warning amounts.unlike_the_same"] if said else [])


@pytest.mark.parametrize(
    ("low", "high", "known", "said"),
    [
        (20_000_000, 33_000_000, 30, True),
        (20_000_000, 33_000_001, 30, False),
        (3_300_000_000, 4_000_000_000, 30, True),
        (3_299_999_999, 4_000_000_000, 30, False),
        (20_000_000, 33_000_000, 29, False),
    ],
)
def test_amounts_ten_times_apart_from_all_of_their_kind_are_doubted(
    low: int, high: int, known: int, said: bool
) -> None:
    amounts = [low, *[high] * (known - 1)]
    own = tuple(Earlier(str(n), f"공고{'가' * n}", one, 0) for n, one in enumerate(amounts))
    assert codes(Past(own=own)) == (["warning amounts.unlike_all"] if said else [])


def test_a_copy_with_hardly_a_change_is_doubted() -> None:
    terms = ("title", "site", "estimated_price", "base_net_cost", "licences", "regions")
    same: dict[str, Any] = {name: getattr(GOOD, name) for name in terms}
    one = Earlier("R26BK00000001", base_amount=310_000_000, a_value=12_345_677, **same)
    # base amount and A value differ, nothing else
    assert codes(Past(own=(one,))) == ["warning copied.hardly_changed"]
    assert codes(Past(own=(replace(one, site="다른 곳"),))) == []
    assert codes(Past(own=(replace(one, ended=True),))) == []
    assert codes(Past(own=(one,)), urgency="renotice") == []
    assert codes(Past(own=(replace(one, base_amount=330_000_000),))) == [
        "warning copied.base_amount"
    ]


@pytest.mark.parametrize(
    ("at", "reason", "said"),
    [
        ((9, 10, 0), "", ""),
        ((9, 17, 0), "", ""),
        ((9, 10, 30), "", "stop deadline.between_slots"),
        ((9, 10, 0, 1), "", "stop deadline.between_slots"),
        ((9, 16, 59), "행사 일정", "stop deadline.between_slots"),
        ((12, 10, 0), "", ""),  # a Saturday without a reason: the law refuses it
        ((12, 10, 0), "행사 일정", "warning deadline.unusual"),
        ((9, 18, 0), "행사 일정", "warning deadline.unusual"),
        ((9, 9, 0), "행사 일정", "warning deadline.unusual"),
        ((9, 11, 0), "행사 일정", ""),
    ],
)
def test_bids_close_on_the_hour_of_an_office_day(
    at: tuple[int, ...], reason: str, said: str
) -> None:
    deadline = datetime(2026, 12, *at, tzinfo=KST)
    assert codes(deadline=deadline, deadline_reason=reason) == ([said] if said else [])
    found = doubts(replace(GOOD, deadline=deadline, deadline_reason=reason), Past())
    assert [one.two for one in found] == ([said.startswith("warning")] if said else [])


def test_a_mistyped_year_is_left_to_the_window_and_seconds_are_told() -> None:
    """Beyond the frozen holidays no day is known; the page must stay open to mend it."""
    assert codes(deadline=datetime(2030, 3, 11, 10, tzinfo=KST), deadline_reason="행사") == []
    (one,) = doubts(replace(GOOD, deadline=datetime(2026, 12, 9, 10, 0, 1, tzinfo=KST)))
    assert one.params == {"time": "10:00:01"}
