"""The order of bids at an opening under qualification screening (적격심사), with reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

from jangteo.ground.errors import N_, Fault
from jangteo.ground.reason import Reason
from jangteo.rules.price.displayed import bid_rate
from jangteo.rules.price.floor import Floor
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
    """rank 0: not ranked; remark: normal, below_floor or above_reserve; rate: as displayed."""

    key: str
    amount: int
    rank: int
    remark: str
    rate: str
    reasons: tuple[Reason, ...]


def rank(
    bids: Sequence[Bid], reserve: Reserve, floor: Floor, *, law: str = LAW, ties: str = TIES
) -> list[Ranked]:
    """Rank valid bids by price, the lowest first, and say why each stands where it does.

    Only bids from the floor price up to the reserve price are ranked; the others have rank 0.
    Equal amounts share a rank and the next is skipped (3, 3, 5); who of them is awarded is
    decided by the examination, then by lot. Law: 국가계약법 시행령 제42조제1항, 제47조; 지방계약법
    시행령 제42조제1항, 제48조. Nothing is rounded but the displayed rate. The order of the list
    is ranked bids first, then the others, each by amount, then key, so it does not depend on
    the order given. law, ties: the articles of another method that orders in the same way.
    """
    if len({bid.key for bid in bids}) != len(bids):
        raise Fault("each bid has a key of its own")
    normal = sorted(bid.amount for bid in bids if _remark(bid, reserve, floor) == "normal")
    ranks: dict[int, int] = {}
    for place, amount in enumerate(normal, 1):
        ranks.setdefault(amount, place)
    ranked = [_ranked(bid, ranks, normal, reserve, floor, law, ties) for bid in bids]
    return sorted(ranked, key=lambda bid: (bid.rank == 0, bid.amount, bid.key))


def _remark(bid: Bid, reserve: Reserve, floor: Floor) -> str:
    if bid.amount > reserve.price:
        return "above_reserve"
    return "below_floor" if bid.amount < floor.price else "normal"


def _ranked(
    bid: Bid, ranks: dict[int, int], normal: list[int], reserve: Reserve, floor: Floor, law: str,
    ties: str,
) -> Ranked:  # fmt: skip
    remark = _remark(bid, reserve, floor)
    place = ranks[bid.amount] if remark == "normal" else 0
    reasons = [_why(bid, remark, place, reserve, floor, law)]
    equals = normal.count(bid.amount) if remark == "normal" else 0
    if equals > 1:
        reasons.append(
            Reason(
                "award.ranking.shared",
                N_("{equals} bids of the same amount share rank {rank}."),
                {"equals": equals, "rank": place},
                ties,
            )
        )
    rate = bid_rate(bid.amount, reserve.for_rates)
    return Ranked(bid.key, bid.amount, place, remark, rate, tuple(reasons))


def _why(bid: Bid, remark: str, place: int, reserve: Reserve, floor: Floor, law: str) -> Reason:
    if remark == "above_reserve":
        return Reason(
            "award.ranking.above_reserve",
            N_("{amount:,} won is above the reserve price of {reserve:,} won: not ranked."),
            {"amount": bid.amount, "reserve": reserve.price},
            law,
        )
    if remark == "below_floor":
        return Reason(
            "award.ranking.below_floor",
            N_("{amount:,} won is below the floor price of {floor:,} won: not ranked."),
            {"amount": bid.amount, "floor": floor.price},
            floor.reasons[0].law if floor.reasons else law,
        )
    return Reason(
        "award.ranking.normal",
        N_("{amount:,} won lies between floor price and reserve price: rank {rank} by price."),
        {"amount": bid.amount, "rank": place},
        law,
    )
