"""Comprehensive evaluation (종합심사낙찰제): price, capability and social duty added up."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason, Steps
from jangteo.rules.award.balance import Balance, Tested, shown
from jangteo.rules.award.method import Method
from jangteo.rules.award.order import Placed, places, points
from jangteo.rules.award.ranking import above_reserve, below_net_cost, unique
from jangteo.rules.dated import Row
from jangteo.rules.price.net_cost import NetCost

TABLE = "award/comprehensive"
LAWS = {
    "national": "국가계약법 시행령 제42조제4항",
    "local": "지방계약법 시행령 제42조의3제2항",
}
TIES = {
    "national": "국가계약법 시행령 제47조제1항제5호",
    "local": "지방계약법 시행령 제48조제1항제3호",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Tested):
    """Points of price, capability and social duty, as the agency's standard gives them.

    recent_awards: won awarded to the bidder by this method in the last year.
    """

    price: Fraction
    capability: Fraction
    social: Fraction
    recent_awards: int

    @property
    def total(self) -> Fraction:
        """All three."""
        return self.price + self.capability + self.social


def rank(
    entries: Sequence[Entry], reserve_price: int, *, row: Row, balance: Balance | None,
    net: NetCost | None = None,
) -> list[Placed]:  # fmt: skip
    """Rank by the sum of points among bids not above the reserve price; in the order given.

    row: of award/comprehensive. Equal sums: capability and social duty together; then the bid
    nearest to the balance price, or the lower one where that is at least 88 % of the reserve
    price; capability; social duty; less awarded in the last year; then by lot. Law: 국가계약법
    시행령 제42조제4항, 제47조제1항제5호; 지방계약법 시행령 제42조의3, 제48조제1항제3호, and the
    ministers' standards. Nothing is rounded.
    """
    unique(entries)
    remarks = {one.key: _remark(one.amount, reserve_price, net) for one in entries}
    low = _lower_wins(row, balance, reserve_price)
    ranks = places(
        {one.key: _standing(one, balance, low) for one in entries if remarks[one.key] == "normal"}
    )
    totals = Counter(one.total for one in entries if remarks[one.key] == "normal")
    said = _Said(reserve_price, row, net, row.where["regime"], totals, balance, low)
    return [_placed(one, remarks[one.key], ranks.get(one.key, 0), said) for one in entries]


@dataclass(frozen=True, slots=True)
class _Said:
    reserve_price: int
    row: Row
    net: NetCost | None
    regime: str
    totals: Counter[Fraction]
    balance: Balance | None
    lower_wins: bool


def _remark(amount: int, reserve_price: int, net: NetCost | None) -> str:
    if amount > reserve_price:
        return "above_reserve"
    return "below_net_cost" if net and amount < net.line else "normal"


def _lower_wins(row: Row, balance: Balance | None, reserve_price: int) -> bool:
    return balance is not None and balance.price * 100 >= reserve_price * row.fraction("near")


def _standing(one: Entry, balance: Balance | None, lower_wins: bool) -> tuple[Any, ...]:
    distance = Fraction(0)
    if balance:
        distance = Fraction(one.amount) if lower_wins else abs(one.amount - balance.price)
    # whoever is equal in both together and in capability is equal in social duty as well
    return (
        -one.total, -one.capability - one.social, distance, -one.capability, one.recent_awards
    )  # fmt: skip


def _placed(one: Entry, remark: str, place: int, said: _Said) -> Placed:
    scores = {
        "price": one.price, "capability": one.capability, "social": one.social, "total": one.total,
    }  # fmt: skip
    found = scores if remark == "normal" else {}
    return Placed(one.key, place, remark, found, Steps(lambda: _reasons(one, remark, place, said)))


def _reasons(one: Entry, remark: str, place: int, said: _Said) -> list[Reason]:
    reasons = [_why(one, remark, place, said)]
    if remark == "normal" and said.totals[one.total] > 1:
        reasons.append(_tie(one, said))
    return reasons


def _tie(one: Entry, said: _Said) -> Reason:
    """By what those of an equal sum are ordered, with this bid's figures."""
    nearest = N_(
        "Equal sums: then capability with social duty ({both}), nearness to the balance price "
        "{balance} ({amount:,} won), capability ({capability}), less awarded in a year "
        "({recent:,} won), the lot."
    )
    lower = N_(
        "Equal sums: then capability with social duty ({both}), the lower bid ({amount:,} won, as "
        "the balance price is {balance}), capability ({capability}), less awarded in a year "
        "({recent:,} won), the lot."
    )
    alone = N_(
        "Equal sums: then capability with social duty ({both}), capability ({capability}), less "
        "awarded in a year ({recent:,} won), the lot."
    )
    text = alone if said.balance is None else lower if said.lower_wins else nearest
    params = {
        "both": points(one.capability + one.social), "capability": points(one.capability),
        "amount": one.amount, "recent": one.recent_awards,
        "balance": shown(said.balance.price) if said.balance else "",
    }  # fmt: skip
    return Reason("award.comprehensive.tie", text, params, TIES[said.regime], said.row.id)


def _why(one: Entry, remark: str, place: int, said: _Said) -> Reason:
    if remark == "above_reserve":
        return above_reserve(one.amount, said.reserve_price, LAWS[said.regime])
    if remark == "below_net_cost" and said.net:
        return below_net_cost(one.amount, said.net)
    text = N_("{price} + {capability} + {social} is {total} points: rank {rank}.")
    return said.row.reason(
        "award.comprehensive.total", text,
        price=points(one.price), capability=points(one.capability), social=points(one.social),
        total=points(one.total), rank=place,
    )  # fmt: skip


METHOD = Method(
    laws=LAWS, inputs=frozenset({"reserve_price", "amount", "price_score", "capability", "social"})
)
