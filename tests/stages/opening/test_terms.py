"""A notice may depart from the usual terms; its opening is verified all the same."""

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from jangteo.records.account.queries import Actor
from jangteo.records.journal.queries import now
from jangteo.stages.opening import queries
from jangteo.stages.tender.queries import notice
from tests.stages.opening.ceremony import Ceremony
from tests.stages.tender.agency import kst

Begin = Callable[..., Ceremony]
BIDS = [(296_000_000 + n * 4_000_000, (n % 14 + 1, 15)) for n in range(7)]


def opened(made: Ceremony) -> tuple[queries.ResultRow, dict[str, Any]]:
    made.receive_all(BIDS)
    made.open()
    data, _ = queries.bundle(Actor.anyone(), made.number)
    return queries.result(made.number), json.loads(data)


@pytest.mark.parametrize(
    ("terms", "table"),
    [
        ({"range_low": "-2", "range_high": "2"}, "price/range"),
        ({"range_low": "-2.5"}, "price/range"),
        ({"price_unit": 1}, "price/unit"),
        ({"price_rounding": "down"}, "price/rounding"),
        ({"mean_of": "unrounded"}, "price/mean_of"),
        ({"mean_rounding": "down"}, "price/mean_rounding"),
        ({"floor_rate": "90.000", "floor_rate_reason": "지침 제3조"}, "price/floor_rate"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_term_of_the_notices_own_is_verified_and_names_no_rule(
    begin: Begin, terms: dict[str, Any], table: str
) -> None:
    found, whole = opened(begin(**terms))
    assert (found.outcome, found.verified) == ("published", "same")
    assert table not in whole["rules"]
    for name in terms.keys() & {"range_low", "range_high", "floor_rate"}:
        assert Fraction(whole["notice"][name]) == Fraction(terms[name])
    for name in terms.keys() & {"price_unit", "price_rounding", "mean_of", "mean_rounding"}:
        assert whole["notice"][name] == terms[name]


@pytest.mark.parametrize("low", ["-3.000", "-3.0", "-3"])
def test_a_usual_range_written_otherwise_is_verified(begin: Begin, low: str) -> None:
    found, whole = opened(begin(range_low=low))
    assert (found.outcome, found.verified) == ("published", "same")
    assert whole["rules"]["price/strata"]["values"] == {"below": "8", "above": "7"}


def test_another_range_is_cut_into_equal_cells(begin: Begin) -> None:
    found, whole = opened(begin(range_low="-2.5", range_high="1.5"))
    assert (found.outcome, found.verified) == ("published", "same")
    assert whole["rules"]["price/strata"]["where"]["low"] == "other"
    rates = sorted(int(price.rate.replace(".", "")) for price in found.prices)
    assert 97_500 <= rates[0] <= rates[-1] <= 101_500


def test_a_corrected_notice_opens_as_its_last_version(begin: Begin) -> None:
    made = begin(regime="national")
    made.agency.correct(made.number, at=now(), deadline=kst(21, 10), price_rounding="down")
    made.notice = notice(made.number)
    found, whole = opened(made)
    assert (found.version, found.outcome, found.verified) == (1, "published", "same")
    assert (whole["notice"]["version"], whole["notice"]["price_rounding"]) == (1, "down")


def test_given_rates_of_the_mirrored_kind_are_taken_as_given(begin: Begin) -> None:
    bounds = [97_000 + 3_000 * i // 7 for i in range(7)] + [100_000 + 375 * i for i in range(8)]
    given = [f"{(edge + 100) // 1000}.{(edge + 100) % 1000:03d}" for edge in bounds]
    found, whole = opened(begin(rates=given))
    assert (found.outcome, found.verified) == ("published", "same")
    assert [price["rate"] for price in whole["prices"]] == given
    assert sum(Fraction(price.rate) < 100 for price in found.prices) == 7
