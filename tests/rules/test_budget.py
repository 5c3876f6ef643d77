"""The base amount against what is set aside for the purchase, at the edges of each line."""

from dataclasses import replace
from typing import Any

import pytest

from jangteo.rules.entry.budget import against_the_base
from jangteo.rules.entry.finding import STOP, WARNING
from tests.rules.test_entry import GOOD

BASE = 330_000_000


def told(base: int | None, budget: int | None, **changed: Any) -> list[tuple[str, str]]:
    """kind and code of each doubt; the estimated price holds no tax."""
    entered = replace(GOOD, base_amount=base, budget_amount=budget, **changed)
    return [(one.kind, one.code.removeprefix("entry.budget.")) for one in against_the_base(entered)]


@pytest.mark.parametrize(
    ("base", "budget", "said"),
    [
        (BASE, BASE, []),
        (BASE + 1, BASE, [(STOP, "exceeded")]),
        (10 * BASE, BASE, [(STOP, "exceeded")]),
        (BASE, 471_428_571, []),  # 70 % and a little
        (BASE, 471_428_572, [(WARNING, "far_below")]),
        (BASE, 1_649_999_999, [(WARNING, "far_below")]),
        (BASE, 1_650_000_000, [(STOP, "digit_missing")]),  # 20 %
        (BASE // 10, BASE, [(STOP, "digit_missing")]),
        (None, BASE, []),
        (BASE, None, [(WARNING, "none")]),
    ],
)
def test_a_base_amount_fits_its_budget(
    base: int | None, budget: int | None, said: list[tuple[str, str]]
) -> None:
    assert told(base, budget) == said


def test_a_budget_with_tax_and_a_base_amount_without_are_told() -> None:
    """1.1 alone says nothing: a budget may really be a tenth larger."""
    mixed = [(STOP, "tax_mixed")]
    assert told(BASE, BASE * 11 // 10) == []
    assert told(BASE, BASE * 11 // 10, estimated_price=BASE) == mixed
    assert told(BASE, BASE * 1101 // 1000, estimated_price=BASE) == mixed
    assert told(BASE, BASE * 1101 // 1000 + 1, estimated_price=BASE) == []
    assert told(BASE, BASE, estimated_price=BASE) == []  # exempt, and so is its budget


def test_a_quotation_names_a_budget_if_it_likes() -> None:
    assert told(BASE, None, procedure="quotation") == []
    assert told(BASE, BASE - 1, procedure="quotation") == [(STOP, "exceeded")]


def test_the_sentence_says_both_amounts() -> None:
    (one,) = against_the_base(replace(GOOD, base_amount=BASE + 1, budget_amount=BASE))
    assert one.text.format(**one.params) == (
        "The base amount, 330,000,001 won, is above the budget, 330,000,000 won."
    )
    assert (one.field, one.row) == ("budget_amount", "entry/limits:budget-2020")
    assert one.law == "국가계약법 시행령 제9조 · 지방계약법 시행령 제10조"
