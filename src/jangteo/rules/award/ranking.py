"""The order of bids at an opening under qualification screening (적격심사), with reasons."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from jangteo.ground.errors import N_, Fault
from jangteo.ground.reason import Reason, Steps
from jangteo.rules.price.displayed import bid_rate
from jangteo.rules.price.floor import Floor
from jangteo.rules.price.net_cost import NetCost
from jangteo.rules.price.reserve import Reserve

LAW = "국가계약법 시행령 제42조제1항 · 지방계약법 시행령 제42조제1항"
TIES = "국가계약법 시행령 제47조제1항제2호 · 지방계약법 시행령 제48조제1항제2호"


@dataclass(frozen=True, slots=True)
class Bid:
    """key: whatever the caller knows the bid by, unique; amount: whole won."""

    key: str
    amount: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """rank 0: not ranked; rate: as displayed.

    remark: normal, above_reserve, below_floor or below_net_cost.
    """

    key: str
    amount: int
    rank: int
    remark: str
    rate: str
    reasons: Sequence[Reason]


class Keyed(Protocol):
    """Whatever has a key of its own."""

    @property
    def key(self) -> str: ...


def unique(bids: Sequence[Keyed]) -> None:
    """Fault if two bids have the same key."""
    if len({bid.key for bid in bids}) != len(bids):
        raise Fault("each bid has a key of its own")


@dataclass(frozen=True, slots=True)
class _Limits:
    """What bids are held against, and the articles that say so."""

    reserve: Reserve
    floor: Floor
    net: NetCost | None
    law: str
    ties: str

    def remark(self, amount: int) -> str:
        if amount > self.reserve.price:
            return "above_reserve"
        if amount < self.floor.price:
            return "below_floor"
        return "below_net_cost" if self.net and amount < self.net.line else "normal"


def rank(
    bids: Sequence[Bid], reserve: Reserve, floor: Floor, *, law: str = LAW, ties: str = TIES,
    net: NetCost | None = None,
) -> list[Ranked]:  # fmt: skip
    """Rank valid bids by price, the lowest first, and say why each stands where it does.

    Only bids from the floor price up to the reserve price are ranked, works below the net-cost
    line not either; the others have rank 0. Equal amounts share a rank and the next is skipped
    (3, 3, 5); who of them is awarded is decided by the examination, then by lot. Law: 국가계약법
    시행령 제42조제1항, 제47조; 지방계약법 시행령 제42조제1항, 제48조. Nothing is rounded but the
    displayed rate. The order of the list is ranked bids first, then the others, each by amount,
    then key, so it does not depend on the order given. law, ties: the articles of another method
    that orders in the same way.
    """
    unique(bids)
    limits = _Limits(reserve, floor, net, law, ties)
    remarks = {bid.key: limits.remark(bid.amount) for bid in bids}
    normal = Counter(bid.amount for bid in bids if remarks[bid.key] == "normal")
    ranks, place = {}, 1
    for amount in sorted(normal):
        ranks[amount] = place
        place += normal[amount]
    ranked = [_ranked(bid, remarks[bid.key], ranks, normal, limits) for bid in bids]
    return sorted(ranked, key=lambda bid: (bid.rank == 0, bid.amount, bid.key))


def _ranked(
    bid: Bid, remark: str, ranks: dict[int, int], normal: Counter[int], limits: _Limits
) -> Ranked:
    place, equals = ranks.get(bid.amount, 0), normal[bid.amount]
    return Ranked(
        bid.key, bid.amount, place, remark, bid_rate(bid.amount, limits.reserve.for_rates),
        Steps(lambda: _reasons(bid.amount, remark, place, equals, limits)),
    )  # fmt: skip


def _reasons(amount: int, remark: str, place: int, equals: int, limits: _Limits) -> list[Reason]:
    reasons = [_why(amount, remark, place, limits)]
    if equals > 1:
        reasons.append(
            Reason(
                "award.ranking.shared",
                N_("{equals} bids of the same amount share rank {rank}."),
                {"equals": equals, "rank": place},
                limits.ties,
            )
        )
    return reasons


def _why(amount: int, remark: str, place: int, limits: _Limits) -> Reason:
    if remark == "above_reserve":
        return above_reserve(amount, limits.reserve.price, limits.law)
    if remark == "below_floor":
        return Reason(
            "award.ranking.below_floor",
            N_("{amount:,} won is below the floor price of {floor:,} won: not ranked."),
            {"amount": amount, "floor": limits.floor.price},
            limits.floor.reasons[0].law if limits.floor.reasons else limits.law,
        )
    if remark == "below_net_cost" and limits.net:
        return below_net_cost(amount, limits.net)
    return Reason(
        "award.ranking.normal",
        N_("{amount:,} won lies between floor price and reserve price: rank {rank} by price."),
        {"amount": amount, "rank": place},
        limits.law,
    )


def above_reserve(amount: int, reserve_price: int, law: str) -> Reason:
    """Why a bid above the reserve price is not ranked."""
    return Reason(
        "award.ranking.above_reserve",
        N_("{amount:,} won is above the reserve price of {reserve:,} won: not ranked."),
        {"amount": amount, "reserve": reserve_price},
        law,
    )


def below_net_cost(amount: int, net: NetCost) -> Reason:
    """Why a bid below the net-cost line is not ranked, by the article of the line."""
    return Reason(
        "award.ranking.below_net_cost",
        N_("{amount:,} won is below the net-cost line of {line:,} won: not ranked."),
        {"amount": amount, "line": net.line},
        net.reasons[-1].law,
        net.row,
    )
