"""Default terms of a notice, and terms inferred from published prices."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.ground.errors import Refusal
from jangteo.rules import dated
from jangteo.rules.price.defaults import defaults
from jangteo.rules.price.infer import infer_terms, rate_of
from jangteo.rules.price.preliminary import derive_rates, displayed_price, strata

ON = date(2026, 11, 24)
SEEDS = st.binary(min_size=32, max_size=32)


def test_works_of_both_regimes() -> None:
    national, local = defaults("national", "works", ON), defaults("local", "works", ON)
    assert (national.range_low, national.range_high) == ("-2", "2")
    assert (local.range_low, local.range_high) == ("-3", "3")
    for terms in (national, local):
        assert (terms.unit, terms.price_rounding) == (100, "up")
        assert (terms.mean_of, terms.mean_rounding) == ("displayed", "up")
        assert all(dated.row(row).table == name for name, row in terms.rows.items())
        assert set(terms.rows) == {
            "price/range", "price/unit", "price/rounding", "price/mean_of", "price/mean_rounding",
        }  # fmt: skip
    assert local.floor_rate(200_000_000).rate == "89.745"


def test_roundings_follow_a_chosen_unit() -> None:
    terms = defaults("local", "works", ON, unit=1)
    assert (terms.unit, terms.price_rounding) == (1, "half_even")
    assert (terms.mean_of, terms.mean_rounding) == ("unrounded", "half_up")
    assert "price/unit" not in terms.rows
    assert defaults("local", "goods", ON).unit == 1
    with pytest.raises(dated.RuleMissing):
        defaults("local", "works", ON, unit=10)


@pytest.mark.parametrize(
    ("regime", "price"), [("national", 10_000_000_000), ("local", 30_000_000_000)]
)
def test_where_there_is_no_floor_rate(regime: str, price: int) -> None:
    with pytest.raises(Refusal) as refused:
        defaults(regime, "works", ON).floor_rate(price)
    assert refused.value.code == "price.floor_rate.none"
    assert refused.value.field == "estimated_price"


def test_rates_that_do_not_exist_or_are_many() -> None:
    assert rate_of(144_442_100, 141_614_000, 100, "up") == "101.997"
    with pytest.raises(Refusal) as refused:
        rate_of(144_442_200, 141_614_000, 100, "up")
    assert refused.value.code == "price.rate.none"
    with pytest.raises(Refusal) as refused:
        rate_of(1_000_000, 1_000_000, 100, "up")
    assert refused.value.code == "price.rate.ambiguous"
    assert refused.value.params["found"] == 10


def test_rates_are_looked_for_as_far_as_rounding_can_carry_them() -> None:
    assert rate_of(111_109, 111_111, 1, "down") == "99.999"
    assert rate_of(111_109, 111_111, 1, "up") == "99.998"
    assert rate_of(0, 200_000_000, 1, "down") == "0.000"


def test_prices_that_no_range_explains() -> None:
    base = 100_000_000
    with pytest.raises(Refusal) as refused:
        infer_terms([base + 1000 * n for n in range(15)], base, on=ON)
    assert refused.value.code == "price.infer.no_strata"


@given(
    SEEDS, SEEDS, st.sampled_from(["local", "national"]), st.sampled_from([100, 1]),
    st.integers(20_000_000, 10**11),
)  # fmt: skip
def test_what_seeds_made_is_found_again(
    one: bytes, other: bytes, regime: str, unit: int, base: int
) -> None:
    terms = defaults(regime, "works", ON, unit=unit)
    cells = strata(terms.range_low, terms.range_high, on=ON)
    rates = derive_rates(one, other, terms.range_low, terms.range_high, cells)
    prices = [displayed_price(base, rate, unit, terms.price_rounding) for rate in rates]
    found = infer_terms(prices, base, on=ON)
    if found.unit == unit:
        assert list(found.rates) == rates
        assert (found.range_low, found.range_high) == (terms.range_low, terms.range_high)
        assert (found.mean_of, found.mean_rounding) == (terms.mean_of, terms.mean_rounding)


def test_every_default_says_in_words_what_it_is() -> None:
    for regime in ("national", "local"):
        for category in ("works", "goods", "services"):
            for unit in (None, 100, 1):
                for reason in defaults(regime, category, ON, unit=unit).reasons:
                    said = reason.text.format(**reason.params)
                    assert said.endswith(".")
                    assert "_" not in said
                    assert reason.row.startswith("price/")
