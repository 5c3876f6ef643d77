"""Rates from seeds: fixed vectors, one rate in each cell, and an independent second writing."""

import hashlib
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.ground.errors import Fault, Refusal
from jangteo.rules.dated import RuleMissing
from jangteo.rules.price.preliminary import (
    Strata,
    derive_rates,
    displayed_price,
    preliminary_prices,
    strata,
)
from jangteo.rules.price.stream import Stream, key

ON = date(2026, 11, 24)
A, B = bytes(range(32)), bytes(range(32, 64))
LOCAL = [
    "101.758", "98.316", "102.205", "98.866", "102.928", "100.990", "99.425", "99.741",
    "100.790", "97.453", "101.530", "100.292", "97.184", "97.877", "99.227",
]  # fmt: skip
NATIONAL = [
    "101.404", "98.972", "101.529", "99.153", "101.988", "100.827", "99.715", "99.931",
    "100.486", "98.281", "100.959", "100.295", "98.135", "98.747", "99.574",
]  # fmt: skip
SEEDS = st.binary(min_size=32, max_size=32)


def test_vectors() -> None:
    assert derive_rates(A, B, "-3", "3", strata("-3", "3", on=ON)) == LOCAL
    assert derive_rates(A, B, Fraction(-2), Fraction(2), strata("-2", "2", on=ON)) == NATIONAL
    assert derive_rates(B, A, "-3", "3", strata("-3", "3", on=ON)) != LOCAL
    assert key("jangteo/preliminary-prices/1", A, B).hex() == (
        "7ef10d79bbb8db0f54923fe99e38ab4e427ed86b1bc51b3f77eee77ceda5c866"
    )


def _second_writing(seed: bytes, bounds: tuple[int, ...]) -> list[int]:
    """The page docs/rules/preliminary-prices.md once more, in other words."""
    root = hashlib.sha256(b"jangteo/preliminary-prices/1\0" + seed).digest()
    words: list[int] = []
    for counter in range(40):
        block = hashlib.sha256(root + counter.to_bytes(8, "big")).hexdigest()
        words += [int(block[i : i + 16], 16) for i in (0, 16, 32, 48)]

    def below(n: int) -> int:
        while (word := words.pop(0)) >= 2**64 // n * n:
            pass
        return word % n

    sizes = [high - low for low, high in pairwise(bounds)]
    sizes[-1] += 1
    rates = [low + below(size) for low, size in zip(bounds, sizes, strict=False)]
    for i in range(len(rates) - 1, 0, -1):
        j = below(i + 1)
        rates[i], rates[j] = rates[j], rates[i]
    return rates


@given(SEEDS, SEEDS, st.sampled_from([("-3", "3"), ("-2", "2"), ("-2.5", "2.5"), ("-1", "3")]))
def test_one_rate_in_each_cell_and_both_writings_agree(
    one: bytes, other: bytes, span: tuple[str, str]
) -> None:
    cells = strata(*span, on=ON)
    rates = derive_rates(one, other, *span, cells)
    assert cells.fits(rates)
    assert len(set(rates)) == 15
    assert [int(rate.replace(".", "")) for rate in rates] == _second_writing(
        one + other, cells.bounds
    )


def test_numbers_below_a_bound_are_fair_and_hit_both_ends() -> None:
    stream = Stream(key("test", b"fair"))
    found = [stream.below(5) for _ in range(5000)]
    assert {found.count(value) // 100 for value in range(5)} <= {9, 10}
    assert set(found) == {0, 1, 2, 3, 4}
    assert stream.below(1) == 0
    assert 0 <= stream.below(2**64) < 2**64
    for bound in (0, -1, 2**64 + 1):
        with pytest.raises(ValueError, match="between"):
            stream.below(bound)


def test_words_that_would_favour_small_numbers_are_rejected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = Stream(b"")
    monkeypatch.setattr(stream, "_words", iter([2**64 - 1, 2**64 - 2, 6]))
    assert stream.below(3) == 2**64 % 3 + (2**64 - 2) % 3 - 1
    assert stream.below(3) == 0


def test_cells() -> None:
    usual, mirrored = strata("-3", "3", on=ON), strata("-3", "3", on=ON, variant="mirrored")
    assert usual.bounds[8] == mirrored.bounds[7] == 100_000
    assert usual.bounds[9:11] == (100_428, 100_857)
    assert usual.reasons[0].row == "price/strata:3-percent-8-7-2020"
    assert strata("-3.000", "3.0", on=ON) == usual
    assert strata("-2.5", "2.5", on=ON).reasons[0].row == "price/strata:other-equal-2020"
    with pytest.raises(RuleMissing):
        strata("-2", "2", on=ON, variant="mirrored")


def test_a_bound_belongs_to_the_cell_above_it_and_the_last_to_the_last() -> None:
    cells = Strata((100, 200, 300))
    assert cells.fits(["0.300", "0.100"])
    assert cells.fits(["0.199", "0.200"])
    assert not cells.fits(["0.200", "0.300"])
    assert not cells.fits(["0.100"])


@pytest.mark.parametrize(("low", "high"), [("0", "3"), ("-3", "-1"), ("-3", "0"), ("-100", "1")])
def test_ranges_that_make_no_sense(low: str, high: str) -> None:
    with pytest.raises(Refusal) as refused:
        strata(low, high, on=ON)
    assert refused.value.code == "price.range.malformed"


def test_seeds_and_ranges_that_do_not_fit() -> None:
    cells = strata("-3", "3", on=ON)
    for one, other, low in ((A[:31], B, "-3"), (A, B + b"x", "-3"), (A, B, "-2")):
        with pytest.raises(Fault):
            derive_rates(one, other, low, "3", cells)


@given(st.integers(10**6, 10**11), st.integers(97_000, 103_000))
def test_displayed_prices_are_within_a_unit(base: int, thousandths: int) -> None:
    rate = f"{thousandths // 1000}.{thousandths % 1000:03d}"
    exact = Fraction(base * thousandths, 100_000)
    hundred = displayed_price(base, rate, 100, "up")
    assert hundred % 100 == 0
    assert 0 <= hundred - exact < 100
    assert abs(displayed_price(base, rate, 1, "half_even") - exact) * 2 <= 1
    found = preliminary_prices(base, [rate], 100, "up").prices[0]
    assert (found.number, found.price, found.exact) == (1, hundred, exact)
