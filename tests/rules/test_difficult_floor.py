"""The floor rate of difficult works is the lowest that passes with their lowered full mark."""

from datetime import date

import pytest

from jangteo.rules.award import screening
from jangteo.rules.entry import terms
from jangteo.rules.entry.finding import Entered
from jangteo.rules.price.defaults import FloorRate, floor_rate
from jangteo.rules.price.floor import floor_price
from tests.rules.said import said

BN = 10**9


def _floor(regime: str, price: int, on: date, difficulty: str) -> FloorRate:
    return screening.raised(
        floor_rate(regime, "works", price, on=on), regime=regime, category="works",
        estimated_price=price, on=on, difficulty=difficulty,
    )  # fmt: skip


OLD, NEW = date(2025, 12, 1), date(2026, 11, 27)
RESERVE = 10 * BN


@pytest.mark.parametrize(
    ("regime", "price", "on", "difficulty", "rate"),
    [
        ("national", 7 * BN, OLD, "", "85.495"),
        ("national", 7 * BN, OLD, "1.00", "85.495"),
        ("national", 7 * BN, OLD, "0.95", "85.745"),
        ("national", 7 * BN, OLD, "0.90", "85.995"),
        ("national", 7 * BN, OLD, "0.85", "86.245"),
        ("national", 7 * BN, OLD, "0.80", "86.495"),
        ("national", 7 * BN, NEW, "0.90", "87.995"),
        ("national", 7 * BN, NEW, "0.85", "88.245"),
        ("local", 20 * BN, date(2025, 3, 1), "0.80", "82.795"),
    ],
)
def test_who_bids_the_floor_price_passes_and_a_won_less_fails(
    regime: str, price: int, on: date, difficulty: str, rate: str
) -> None:
    found = _floor(regime, price, on, difficulty)
    assert found.rate == rate
    lowest = floor_price(RESERVE, found.rate, 0).price
    passes = [
        screening.provisional(
            amount=amount, reserve_price=RESERVE, a_value=0, estimated_price=price,
            regime=regime, category="works", on=on, difficulty=difficulty,
        ).passes
        for amount in (lowest, lowest - 1)
    ]  # fmt: skip
    assert passes == [True, False]


def test_it_says_by_how_much_and_rests_on_no_row_of_the_table() -> None:
    found = _floor("national", 7 * BN, NEW, "0.85")
    assert found.row == ""
    assert (
        said(found)[-1]
        == "With a difficulty of 0.85 a bid passes from 0.750 % higher on: 88.245 %."
    )
    assert (found.reasons[-1].code, found.reasons[-1].row.partition(":")[0]) == (
        "award.screening.raised", "award/screening",
    )  # fmt: skip
    usual = _floor("national", 7 * BN, NEW, "1.00")
    assert usual.row.startswith("price/floor_rate:")
    assert usual == floor_rate("national", "works", 7 * BN, on=NEW)
    smaller = _floor("national", BN, NEW, "0.85")
    assert smaller == floor_rate("national", "works", BN, on=NEW)


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ("88.245", []),
        ("88.2450", []),
        ("87.495", ["entry.floor_rate.other_row"]),
        ("88.246", ["entry.floor_rate.in_no_row"]),
    ],
)
def test_the_risen_rate_is_the_tables_and_no_override(given: str, codes: list[str]) -> None:
    entered = Entered(
        on=NEW, title="", site="", regime="national", category="works", procedure="open",
        urgency="", base_amount=None, estimated_price=7 * BN, a_value=None, range_low="",
        range_high="", price_unit=None, licences=(), regions=(), difficulty="0.85",
        floor_rate=given,
    )  # fmt: skip
    found = terms.floor_rate(entered)
    assert [one.code for one in found] == codes
    assert {one.params["usual"] for one in found} <= {"88.245"}
    assert _floor("national", 7 * BN, NEW, "0.85").rate == "88.245"
