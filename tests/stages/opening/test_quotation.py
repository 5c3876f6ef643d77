"""Quotations are opened like bids, by their own fewest, floor and articles; the verifier agrees."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from jangteo.stages.opening import queries
from jangteo.stages.tender.queries import notice
from tests.stages.opening.ceremony import Ceremony
from tests.stages.opening.examples import ONE_RATES, TWO_RATES
from tests.stages.tender.agency import kst

Begin = Callable[..., Ceremony]
TERMS: dict[str, Any] = {
    "procedure": "quotation", "category": "goods", "licences": [], "a_value": 0,
    "title": "민원실 의자 40개", "base_amount": 45_000_000, "estimated_price": 40_909_090,
    "bidding_from": kst(4, 10), "deadline": kst(8, 10), "range_low": "-3", "range_high": "3",
}  # fmt: skip
#: what each regime's own range of preliminary prices allows
OWN: dict[str, dict[str, Any]] = {
    "national": {"regime": "national", "range_low": "-2", "range_high": "2"},
    "local": {"regime": "local"},
}
RATES = {"national": TWO_RATES, "local": ONE_RATES}
SMALL = TERMS | {"base_amount": 22_000_000, "estimated_price": 20_000_000}


def opened(made: Ceremony) -> dict[str, Any]:
    frozen: dict[str, Any] = json.loads(made.open().bundle)
    return frozen


@pytest.mark.parametrize("regime", ["national", "local"])
def test_the_lowest_at_or_above_88_percent_is_first(begin: Begin, regime: str) -> None:
    made = begin(rates=RATES[regime], **TERMS | OWN[regime])
    made.receive_all([(42_000_000, (1, 2)), (41_000_000, (3, 4)), (30_000_000, (1, 2))])
    bundle = opened(made)
    found = queries.result(made.number)
    assert (found.outcome, found.code, found.verified) == ("published", "opening.ranked", "same")
    assert found.law == "전자조달법 시행령 제6조"
    assert found.floor_price == -(-(found.reserve_price or 0) * 88 // 100)
    assert [(bid.amount, bid.rank, bid.remark) for bid in found.bids] == [
        (41_000_000, 1, "normal"), (42_000_000, 2, "normal"), (30_000_000, 0, "below_floor"),
    ]  # fmt: skip
    assert "제30조" in found.bids[0].reasons[0]["law"]
    assert (bundle["notice"]["procedure"], bundle["notice"]["category"]) == ("quotation", "goods")
    assert "service_kind" not in bundle["notice"]
    rows = {name: row["where"].get("procedure") for name, row in bundle["rules"].items()}
    assert rows["price/floor_rate"] == rows["award/competition"] == "quotation"
    assert notice(made.number).status == "opened"
    mine = queries.my_result(made.bidders[1].actor(), made.number)
    assert mine.text == "You are first in rank. The agency asks you for the contract next."


def test_simple_labour_has_90_percent(begin: Begin) -> None:
    made = begin(
        rates=ONE_RATES, **TERMS | {"category": "services", "service_kind": "simple_labour"}
    )
    made.receive_all([(42_000_000, (1, 2)), (41_000_000, (3, 4))])
    bundle = opened(made)
    found = queries.result(made.number)
    assert found.floor_price == -(-(found.reserve_price or 0) * 90 // 100)
    assert bundle["notice"]["service_kind"] == "simple_labour"
    assert bundle["rules"]["price/floor_rate"]["where"]["category"] == "simple_labour"
    assert found.verified == "same"


@pytest.mark.parametrize(
    ("regime", "law"),
    [("national", "국가계약법 시행령 제30조제1항"), ("local", "지방계약법 시행령 제30조제1항")],
)
def test_one_quotation_is_too_few_above_twenty_million(begin: Begin, regime: str, law: str) -> None:
    made = begin(**TERMS | OWN[regime])
    made.receive_all([(42_000_000, (1, 2))])
    made.prepare()
    made.close()
    result = made.hold()
    assert (result.outcome, result.code, result.law) == ("failed", "opening.failed.too_few", law)
    assert result.verified == "same"
    assert "견적" not in queries.result(made.number).sentence
    assert queries.result(made.number).sentence.startswith("No contract: fewer quotations")


@pytest.mark.parametrize("regime", ["national", "local"])
def test_one_quotation_will_do_up_to_twenty_million(begin: Begin, regime: str) -> None:
    made = begin(rates=RATES[regime], **SMALL | OWN[regime])
    made.receive_all([(20_500_000, (1, 2))])
    bundle = opened(made)
    found = queries.result(made.number)
    assert (found.outcome, found.verified) == ("published", "same")
    assert [(bid.amount, bid.rank) for bid in found.bids] == [(20_500_000, 1)]
    assert len(bundle["supplied"]) == 2
    needed = bundle["rules"]["award/competition"]
    assert (needed["values"]["value"], needed["law"][-10:]) == ("1", "제30조제1항제2호")


def test_nobody_quoted(begin: Begin) -> None:
    made = begin(**SMALL | OWN["national"])
    made.prepare()
    made.close()
    result = made.hold()
    assert (result.code, result.verified) == ("opening.failed.too_few", "same")
    assert result.law == "국가계약법 시행령 제30조제1항제2호"


@pytest.mark.parametrize(
    ("regime", "law"),
    [("national", "국가계약법 시행령 제30조제6항"), ("local", "지방계약법 시행령 제30조제3항")],
)
def test_none_inside_the_limits(begin: Begin, regime: str, law: str) -> None:
    made = begin(rates=RATES[regime], **TERMS | OWN[regime])
    made.receive_all([(50_000_000, (1, 2)), (30_000_000, (3, 4))])
    made.open()
    found = queries.result(made.number)
    assert (found.code, found.law) == ("opening.failed.none_inside", law)
    assert found.verified == "same"
    assert notice(made.number).status == "unsuccessful"


def test_works_by_quotation_keep_their_a_value(begin: Begin) -> None:
    made = begin(
        rates=ONE_RATES,
        **TERMS | {"category": "works", "licences": ["0002"], "a_value": 1_000_000},
    )
    made.receive_all([(43_000_000, (1, 2)), (42_900_000, (3, 4))])
    made.open()
    found = queries.result(made.number)
    over = (found.reserve_price or 0) - 1_000_000
    assert found.floor_price == -(-over * 89_745 // 100_000) + 1_000_000
    assert found.verified == "same"
