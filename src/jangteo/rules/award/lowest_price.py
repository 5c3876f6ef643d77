"""Lowest price (최저가): the lowest bid not above the reserve price, whatever it is."""

from collections.abc import Sequence

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason, Steps
from jangteo.rules.award.method import Method
from jangteo.rules.award.order import Placed, places
from jangteo.rules.award.ranking import Bid, above_reserve, below_net_cost, unique
from jangteo.rules.price.net_cost import NetCost

LAWS = {"national": "국가계약법 제10조제2항", "local": "지방계약법 제13조제2항"}


def rank(
    bids: Sequence[Bid], reserve_price: int, *, regime: str, net: NetCost | None = None
) -> list[Placed]:
    """Rank by amount, the lowest first; in the order given. Equal firsts are drawn by lot.

    No floor; works below the net-cost line are left out all the same. Law: 국가계약법 제10조제2항,
    지방계약법 제13조제2항. Nothing is rounded.
    """
    unique(bids)
    remarks = {bid.key: _remark(bid.amount, reserve_price, net) for bid in bids}
    ranks = places({bid.key: bid.amount for bid in bids if remarks[bid.key] == "normal"})
    return [_placed(bid, ranks, remarks[bid.key], reserve_price, net, regime) for bid in bids]


def _remark(amount: int, reserve_price: int, net: NetCost | None) -> str:
    if amount > reserve_price:
        return "above_reserve"
    return "below_net_cost" if net and amount < net.line else "normal"


def _placed(
    bid: Bid, ranks: dict[str, int], remark: str, reserve_price: int, net: NetCost | None,
    regime: str,
) -> Placed:  # fmt: skip
    place = ranks.get(bid.key, 0)
    return Placed(
        bid.key, place, remark, {},
        Steps(lambda: [_why(bid.amount, place, remark, reserve_price, net, LAWS[regime])]),
    )  # fmt: skip


def _why(
    amount: int, place: int, remark: str, reserve_price: int, net: NetCost | None, law: str
) -> Reason:
    if remark == "below_net_cost" and net:
        return below_net_cost(amount, net)
    if remark == "above_reserve":
        return above_reserve(amount, reserve_price, law)
    text = N_("{amount:,} won is not above the reserve price: rank {rank} by price.")
    return Reason("award.lowest.normal", text, {"amount": amount, "rank": place}, law)


METHOD = Method(laws=LAWS, inputs=frozenset({"reserve_price", "amount"}))
