"""A whole tender at once, and that every reason of it can be put into words."""

from datetime import date

import pytest

from jangteo.ground.errors import Refusal
from jangteo.rules.award import lowest_price
from jangteo.rules.award.ranking import Bid
from jangteo.rules.award.whole import Tender, decide
from jangteo.rules.price.displayed import bid_rate
from jangteo.rules.price.draw import draw
from jangteo.rules.price.net_cost import net_cost_line
from jangteo.rules.price.preliminary import strata
from tests.rules.said import said

ON = date(2026, 11, 26)


def test_a_whole_tender_is_its_rules_one_after_the_other() -> None:
    tender = Tender(
        on=ON, regime="national", category="works", base_amount=100_000_000,
        estimated_price=90_909_090, a_value=3_000_000, floor_rate="89.745", range_low="-2",
        range_high="2", seeds=(bytes(range(32)), bytes(range(32, 64))), unit=100,
        price_rounding="up", mean_of="displayed", mean_rounding="up",
        bids=[Bid("a", 90_500_000), Bid("b", 89_000_000), Bid("c", 101_000_000)],
        picks=[[1, 2], [3, 4], [1, 3]],
    )  # fmt: skip
    found = decide(tender)
    assert found.draw.chosen == (1, 3, 2, 4)
    prices = [found.prices.prices[number - 1].price for number in (1, 2, 3, 4)]
    assert found.reserve.price == -(-sum(prices) // 4)
    assert [(one.key, one.rank, one.remark) for one in found.ranked] == [
        ("a", 1, "normal"), ("b", 0, "below_floor"), ("c", 0, "above_reserve"),
    ]  # fmt: skip
    assert found.scores.keys() == {"a"}
    assert found.scores["a"].passes


def test_every_reason_can_be_put_into_words() -> None:
    tender = Tender(
        on=ON, regime="local", category="works", base_amount=100_000_000,
        estimated_price=90_909_090, a_value=3_000_000, floor_rate="89.745", range_low="-3",
        range_high="3", seeds=(bytes(range(32)), bytes(range(32, 64))), unit=1,
        price_rounding="half_even", mean_of="unrounded", mean_rounding="half_up",
        bids=[Bid(str(n), 89_000_000 + n * 500_000) for n in range(30)] + [Bid("z", 95_000_000)],
        picks=[[2, 9]] * 31,
    )  # fmt: skip
    found = decide(tender)
    assert found.draw.chosen == (2, 9, 1, 5)
    told = said(found) + [text for score in found.scores.values() for text in said(score)]
    assert "Numbers 2, 9 were picked most often; of equal counts the lower number wins." in told
    assert "Too few numbers were picked; 1, 5 were supplied by the recorded seed." in told
    assert sum("of the same amount share rank" in text for text in told) == 2
    net = net_cost_line(
        base_net_cost=800, base_amount=1000, reserve_price=1000, regime="national",
        category="works", on=ON,
    )  # fmt: skip
    assert said(net) == [
        "800 × 1,000 / 1,000, rounded up, is 800 won of net cost.",
        "98 % of 800 won, rounded up, is 784 won.",
    ]
    bids = [Bid("a", 700), Bid("b", 900), Bid("c", 1001)]
    assert said(lowest_price.rank(bids, 1000, regime="national", net=net)) == [
        "700 won is below the net-cost line of 784 won: not ranked.",
        "900 won is not above the reserve price: rank 1 by price.",
        "1,001 won is above the reserve price of 1,000 won: not ranked.",
    ]


def test_edges_of_what_is_asked() -> None:
    for reserve in (0, -1):
        with pytest.raises(ValueError, match="reserve price"):
            bid_rate(1, reserve)
    assert bid_rate(1, 1) == "100.000"
    with pytest.raises(ValueError, match="shorter"):
        draw([[1, 2], [3, 4]], [True], on=ON)
    net = net_cost_line(
        base_net_cost=1000, base_amount=1000, reserve_price=990, regime="national",
        category="works", on=ON,
    )  # fmt: skip
    assert net is not None
    assert (net.net, net.line) == (990, 971)
    for low, high in (("-100", "2"), ("-2", "100"), ("0", "2"), ("-2", "0")):
        with pytest.raises(Refusal):
            strata(low, high, on=ON)
