"""From a published opening to bidders: who picks what, who bids how much, who is excluded."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from jangteo.ground.errors import N_, Refusal
from jangteo.interfaces.rehearsal.replay.lines import Line, PublishedBid
from jangteo.interfaces.rehearsal.replay.picks import excluded_counts, pairs
from jangteo.rules.dated import table
from jangteo.rules.price.infer import Inferred, infer_terms

#: how far above the reserve price the bidders bid of whom nothing was published
ABOVE = 1_000


@dataclass(frozen=True, slots=True)
class Bidder:
    """One bidder to be played. published is None where nothing was published of its bid."""

    amount: int
    picks: tuple[int, int]
    excluded: bool = False
    published: PublishedBid | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a re-enactment of one line needs.

    terms: with the 15 rates behind the prices; floor_rate: percent, three decimals.
    notes: what was inferred, for the line's report.
    """

    line: Line
    terms: Inferred
    a_value: int
    floor_rate: str
    floor_inferred: bool
    bidders: tuple[Bidder, ...]
    notes: tuple[str, ...]


def impossible(text: str, **params: object) -> Refusal:
    """The refusal for a line that contradicts itself or the law's arithmetic."""
    return Refusal(
        "replay.line.impossible",
        text,
        repair=N_("Compare the line with the publication it was taken from."),
        **params,
    )


def _normal(line: Line) -> list[PublishedBid]:
    found = [bid for bid in line.bids if bid.remark == "normal"]
    if any(bid.rank < 1 for bid in found):
        raise impossible(N_("A normal bid has no rank."))
    return sorted(found, key=lambda bid: (bid.rank, bid.amount))


def floor_terms(line: Line) -> tuple[int, str, bool]:
    """(A value, floor rate, whether inferred).

    Inferred: the highest rate of the table of works that keeps the lowest normal bid, and the
    least A value by which it keeps out every bid published as below the floor. Where no rate of
    the table does, A = 0 and the highest rate of three decimals that keeps the lowest normal bid.
    """
    if line.a_value is not None and line.floor_rate is not None:
        return line.a_value, line.floor_rate, False
    normal = _normal(line)
    below = [bid.amount for bid in line.bids if bid.remark == "below_floor"]
    lowest = normal[0].amount if normal else line.reserve_price
    for rate in sorted(_known_rates(line.opened), reverse=True):
        found = _keeping_out(line, rate, max(below, default=0))
        if found is not None and floor_of(line, found, str(rate)) <= lowest:
            return found, str(rate), True
    thousandths = lowest * 100_000 // line.reserve_price
    share = Fraction(min(thousandths, 100_000), 100_000)
    if below and max(below) >= ceil(line.reserve_price * share):
        raise impossible(N_("No floor rate separates the bids below the floor from the others."))
    return 0, f"{thousandths // 1000}.{thousandths % 1000:03d}", True


def _known_rates(on: date) -> set[Decimal]:
    """Every floor rate of works in open competition on a day, in percent, of any amount."""
    rows = table("price/floor_rate").all_on(on)
    asked = {"procedure": "open", "category": "works"}
    kept = [row for row in rows if asked.items() <= row.where.items()]
    return {Decimal(row.value) for row in kept}


def _keeping_out(line: Line, rate: Decimal, below: int) -> int | None:
    """The least A value with which a floor lies above an amount; None above a third of it all."""
    share = Fraction(rate) / 100
    missing = below - line.reserve_price * share
    a_value = max(0, floor(missing / (1 - share)) + 1) if missing >= 0 else 0
    return a_value if a_value * 3 <= line.reserve_price else None


def floor_of(line: Line, a_value: int, rate: str) -> int:
    """The floor price in won, rounded up, by which hidden bidders stay among the ranked."""
    return ceil((line.reserve_price - a_value) * Fraction(rate) / 100 + a_value)


def hidden_amounts(line: Line, floor: int, left: int) -> list[int]:
    """Amounts of bidders of whom nothing was published: in the gaps of the ranks, or above.

    left: how many such bidders there are. A gap is filled with amounts between its neighbours,
    equal to the lower one where there is no room. Where the ranks leave more gaps than there are
    bidders, the ranks that come out differ from the published ones and are named by the replay.
    """
    amounts: list[int] = []
    expected, lower = 1, floor - 1
    for bid in _normal(line):
        gap = bid.rank - expected
        room = bid.amount - lower - 1
        for step in range(1, gap + 1):
            amounts.append(lower + max(1, room * step // (gap + 1)) if room >= gap else lower)
        expected, lower = max(expected, bid.rank) + 1, bid.amount
    above = line.reserve_price + ABOVE
    return amounts[:left] + [above + step for step in range(left - len(amounts))]


def terms_of(line: Line) -> Inferred:
    """Range, unit, roundings and rates behind the 15 prices; a price that has none is named."""
    try:
        return infer_terms([price.price for price in line.prices], line.base_amount)
    except Refusal as refusal:
        wrong = [p.number for p in line.prices if p.price == refusal.params.get("price")]
        if not wrong:
            raise
        raise impossible(
            N_("Price {number} of {price:,} won is no rate of three decimals of the base amount."),
            number=wrong[0],
            price=refusal.params["price"],
        ) from refusal


def plan(line: Line) -> Plan:
    """How a line is played; Refusal `replay.line.impossible` if it cannot be."""
    if line.picks % 2 or not line.picks:
        raise impossible(
            N_("{picks} picks were counted, but each bidder makes two."), picks=line.picks
        )
    count = line.picks // 2
    surplus = max(0, count - line.bidders_listed) if line.bidders_listed else 0
    left = count - surplus - len(line.bids)
    if left < 0 or (left and line.bids_complete):
        raise impossible(
            N_("{bids} bids are listed, but the picks are those of {count} bidders."),
            bids=len(line.bids),
            count=count - surplus,
        )
    terms = terms_of(line)
    a_value, floor_rate, inferred = floor_terms(line)
    said = f"{floor_rate} %, A = {a_value:,}"
    hidden = hidden_amounts(line, floor_of(line, a_value, floor_rate), left)
    counts = [price.picked for price in line.prices]
    shut = excluded_counts(counts, line.drawn, surplus)
    open_pairs = pairs([c - s for c, s in zip(counts, shut, strict=True)])
    listed = [(bid.amount, bid) for bid in line.bids] + [(amount, None) for amount in hidden]
    bidders = [
        Bidder(amount, picks, published=bid)
        for (amount, bid), picks in zip(listed, open_pairs, strict=True)
    ]
    bidders += [Bidder(line.base_amount, picks, excluded=True) for picks in pairs(shut)]
    return Plan(
        line, terms, a_value, floor_rate, inferred, tuple(bidders),
        tuple(_notes(line, terms, said if inferred else "", surplus, len(hidden))),
    )  # fmt: skip


def _notes(line: Line, terms: Inferred, floor_said: str, surplus: int, hidden: int) -> list[str]:
    notes = [f"range {terms.range_low}…{terms.range_high} % and unit {terms.unit} won inferred"]
    if floor_said:
        notes.append(f"floor inferred ({floor_said})")
    if surplus:
        notes.append(f"{surplus} bidders excluded before the release")
    if hidden:
        notes.append(f"{hidden} of {line.picks // 2} bids not published, played")
    return notes
