"""What the difficulty of works does to a screening, and which notices name one."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from jangteo.rules.award import screening
from tests.rules.said import said
from tests.rules.test_screening import BN, REVIEW, M


def test_difficulty_lowers_what_material_and_labour_prices_count() -> None:
    """Seven billion won at 87.495 %: 95 points with 1.00, 93.5 with 0.85, which is a fail."""
    offer = {**REVIEW, "amount": 874_950_000}
    old, easy = screening.provisional(**offer), screening.provisional(**offer, difficulty="1.00")
    hard = screening.provisional(**offer, difficulty="0.85")
    assert (old.total, easy.total, hard.total) == (95, 95, Fraction("93.5"))
    assert (old.passes, easy.passes, hard.passes) == (True, True, False)
    assert said(hard)[-2:] == [
        "Material and labour prices count up to 10 × 0.85 = 8.5 points, by the difficulty that the "
        "notice names.",
        "45 + 48.5 is 93.5 points; 95 are needed.",
    ]
    assert said(old)[-2] == (
        "Material and labour prices count up to 10 points: the notice names no difficulty and "
        "counts as one of 1.00."
    )
    article = "조달청 시설공사 적격심사세부기준 제4조제1항, [별표 11], [별표 12] 제1호"
    assert (hard.reasons[-2].law, old.reasons[-2].law) == (article, article)
    assert hard.rules[screening.DIFFICULTY] == "award/difficulty:national-works-2020"
    terms = {name: REVIEW[name] for name in ("estimated_price", "regime", "category", "on")}
    assert [one.full for one in screening.items(**terms, difficulty="0.85")] == [
        15, 15, Fraction("8.5"), 10,
    ]  # fmt: skip
    scores = {"experience": 15, "finance": 15, "wages": 10, "subcontracting": 10}
    given = {code: Fraction(mark) for code, mark in scores.items()}
    assert screening.reviewed(**offer, difficulty="0.85", scores=given).total == Fraction("93.5")


GRADES = ("0.80", "0.85", "0.90", "0.95", "1.00")


@pytest.mark.parametrize(
    ("changed", "values"),
    [
        ({}, GRADES),
        ({"estimated_price": 5 * BN}, GRADES),
        ({"estimated_price": 10 * BN - 1, "regime": "local"}, GRADES),
        ({"category": "special_works"}, ("1.00",)),
        ({"estimated_price": 5 * BN - 1}, None),
        ({"estimated_price": 10 * BN}, None),
        ({"category": "goods", "estimated_price": BN // 2}, None),
    ],
)  # fmt: skip
def test_which_notices_name_a_difficulty(
    changed: dict[str, Any], values: tuple[str, ...] | None
) -> None:
    terms = {name: REVIEW[name] for name in ("estimated_price", "regime", "category", "on")}
    found = screening.coefficients(**terms | changed)
    assert (found and found.values) == values


def test_no_step_about_difficulty_where_nothing_is_multiplied() -> None:
    small = {**REVIEW, "estimated_price": 250 * M}
    codes = [one.code for one in screening.provisional(**small).reasons]
    assert codes == ["award.screening.ratio", "award.screening.price", "award.screening.total"]
    assert list(screening.provisional(**small).rules) == [screening.TABLE]


@pytest.mark.parametrize(
    ("regime", "category", "span"),
    [
        ("national", "works", (5_000_000_000, 10_000_000_000)),
        ("national", "special_works", (5_000_000_000, 10_000_000_000)),
        ("local", "works", (5_000_000_000, 30_000_000_000)),
        ("national", "goods", None),
    ],
)
def test_between_which_prices_a_mark_is_multiplied(
    regime: str, category: str, span: tuple[int, int] | None
) -> None:
    on = date(2026, 12, 1)
    assert screening.multiplied(regime=regime, category=category, on=on) == span
    for price in span or ():
        asked = screening.coefficients(
            regime=regime, category=category, estimated_price=price, on=on
        )
        assert (asked is None) == (span is not None and price == span[1])
