"""A whole tender at once, from the seeds to the order and the scores: for benches, rehearsals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jangteo.rules.award import ranking, screening
from jangteo.rules.award.method import Score
from jangteo.rules.award.price_score import Scale
from jangteo.rules.award.ranking import Bid, Ranked
from jangteo.rules.dated import table
from jangteo.rules.price.draw import Draw
from jangteo.rules.price.drawing import Terms, drawn
from jangteo.rules.price.floor import Floor, floor_price
from jangteo.rules.price.preliminary import PreliminaryPrices, derive_rates, strata
from jangteo.rules.price.reserve import Reserve


@dataclass(frozen=True, slots=True, kw_only=True)
class Tender:
    """What a qualification tender is decided by; seeds: agency's, platform's; picks: one a bid."""

    on: date
    regime: str
    category: str
    base_amount: int
    estimated_price: int
    a_value: int
    floor_rate: str
    range_low: str
    range_high: str
    seeds: tuple[bytes, bytes]
    unit: int
    price_rounding: str
    mean_of: str
    mean_rounding: str
    bids: Sequence[Bid]
    picks: Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Decided:
    """scores: of the ranked bids by key, every other item at its full mark."""

    prices: PreliminaryPrices
    draw: Draw
    reserve: Reserve
    floor: Floor
    ranked: Sequence[Ranked]
    scores: dict[str, Score]


def decide(tender: Tender) -> Decided:
    """Prices, draw, reserve price, floor, order and provisional scores, each by its own rule.

    Reasons are put into words only when somebody asks for them. Law: of the rules called.
    """
    low, high = tender.range_low, tender.range_high
    rates = derive_rates(*tender.seeds, low, high, strata(low, high, on=tender.on))
    terms = Terms(
        tender.base_amount, tender.unit, tender.price_rounding, tender.mean_of,
        tender.mean_rounding,
    )  # fmt: skip
    held = drawn(terms, rates, tender.picks, seed=b"".join(tender.seeds), on=tender.on)
    reserve = held.reserve
    floor = floor_price(reserve.price, tender.floor_rate, tender.a_value)
    ranked = ranking.rank(tender.bids, reserve, floor)
    row = table(screening.TABLE).on(
        tender.on, regime=tender.regime, category=tender.category,
        estimated_price=tender.estimated_price,
    )  # fmt: skip
    scale = Scale(row, reserve_price=reserve.price, a_value=tender.a_value)
    full = screening.marks(row)
    scores = {one.key: full.score(scale.score(one.amount)) for one in ranked if one.rank}
    return Decided(held.prices, held.draw, reserve, floor, ranked, scores)
