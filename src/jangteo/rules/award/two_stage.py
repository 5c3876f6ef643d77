"""Two stages (2단계 경쟁), or both at once (규격·가격 동시입찰): technique, then price."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason, Steps
from jangteo.rules.award.method import Method
from jangteo.rules.award.order import Placed, places, points
from jangteo.rules.award.ranking import above_reserve, unique

LAWS = {
    "national": "국가계약법 시행령 제18조, 제42조제3항",
    "local": "지방계약법 시행령 제18조, 제42조제1항제3호",
}
TIES = {
    "national": "국가계약법 시행령 제47조제1항제4호",
    "local": "지방계약법 시행령 제48조제1항제5호",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """qualified: at the first stage, with technical points; amount: None if no price was given."""

    key: str
    qualified: bool
    technical: Fraction
    amount: int | None


def stands(offers: Sequence[Offer], needed: int, *, at_once: bool) -> bool:
    """Whether the prices may be looked at.

    The first stage is a competition and needs so many offers. Prices that are asked for later
    are a competition of their own; of those sealed at the same time one qualified is enough.
    Law: 국가계약법 시행령 제11조, 시행규칙 제48조제2항; 지방계약법 시행령 제12조, 시행규칙
    제46조제2항.
    """
    qualified = sum(one.qualified for one in offers)
    return len(offers) >= needed and qualified >= (1 if at_once else needed)


def rank(offers: Sequence[Offer], reserve_price: int, *, regime: str) -> list[Placed]:
    """Rank the qualified by amount, the lowest first; of equal amounts the better technique.

    Not above the reserve price; no floor. Equal in both share a rank and are drawn by lot. Law:
    국가계약법 시행령 제42조제3항, 제47조제1항제4호; 지방계약법 시행령 제42조제1항제3호,
    제48조제1항제5호. Nothing is rounded. In the order given.
    """
    unique(offers)
    standing = {
        one.key: (one.amount, -one.technical)
        for one in offers
        if one.qualified and one.amount is not None and one.amount <= reserve_price
    }
    ranks = places(standing)
    equal = _shared([amount for amount, _ in standing.values()])
    return [_placed(one, ranks.get(one.key, 0), equal, reserve_price, regime) for one in offers]


def _shared(amounts: Sequence[int]) -> frozenset[int]:
    return frozenset(amount for amount in amounts if amounts.count(amount) > 1)


def _placed(
    one: Offer, place: int, equal: frozenset[int], reserve_price: int, regime: str
) -> Placed:
    if not one.qualified or one.amount is None:
        return Placed(one.key, 0, "unqualified", {}, Steps(lambda: [_unqualified(regime)]))
    remark = "normal" if place else "above_reserve"
    amount = one.amount
    return Placed(
        one.key, place, remark, {"technical": one.technical},
        Steps(lambda: _why(amount, one.technical, place, amount in equal, reserve_price, regime)),
    )  # fmt: skip


def _unqualified(regime: str) -> Reason:
    text = N_("Not qualified at the first stage: the price is not looked at.")
    return Reason("award.two_stage.unqualified", text, {}, LAWS[regime])


def _why(
    amount: int, technical: Fraction, place: int, shared: bool, reserve_price: int, regime: str
) -> list[Reason]:
    if not place:
        return [above_reserve(amount, reserve_price, LAWS[regime])]
    text = N_("Qualified, and {amount:,} won is not above the reserve price: rank {rank}.")
    found = [
        Reason("award.two_stage.normal", text, {"amount": amount, "rank": place}, LAWS[regime])
    ]
    if shared:
        text = N_("Of equal amounts the better technique stands first: {technical} points.")
        said = {"technical": points(technical)}
        found.append(Reason("award.two_stage.technique", text, said, TIES[regime]))
    return found


METHOD = Method(laws=LAWS, inputs=frozenset({"reserve_price", "qualified", "technical", "amount"}))
