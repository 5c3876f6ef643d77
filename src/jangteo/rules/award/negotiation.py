"""Negotiated contracts (협상에 의한 계약): technique and price, then talks in order."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from jangteo.ground.errors import N_, Fault
from jangteo.ground.reason import Reason, Steps
from jangteo.ground.rounding import round_places
from jangteo.rules.award.method import Method
from jangteo.rules.award.order import Placed, places, points
from jangteo.rules.award.ranking import above_reserve, unique
from jangteo.rules.dated import Row, table

LAWS = {"national": "국가계약법 시행령 제43조제1항", "local": "지방계약법 시행령 제43조제1항"}
WEIGHTS, PRICE, VAT = "award/negotiation", "award/negotiation_price", "price/vat"


@dataclass(frozen=True, slots=True)
class Proposal:
    """technical: points after any deduction; heaviest: the mark of the item that weighs most."""

    key: str
    amount: int
    technical: Fraction
    heaviest: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """reserve_price: None if none was made; weights: of technique and price, None: the usual."""

    regime: str
    on: date
    estimated_price: int
    reserve_price: int | None = None
    weights: tuple[int, int] | None = None
    rows: Mapping[str, Row] = field(default_factory=dict)

    def row(self, name: str) -> Row:
        """The row of a table: the one given, otherwise the one in force."""
        asked = {} if name == VAT else {"regime": self.regime}
        return self.rows.get(name) or table(name).on(self.on, **asked)


@dataclass(frozen=True, slots=True)
class Standing:
    """reference: what prices are measured by; ceiling: above it nobody is fit, None: no ceiling."""

    reference: int
    ceiling: int | None
    placed: tuple[Placed, ...]


def rank(proposals: Sequence[Proposal], terms: Terms) -> Standing:
    """The order in which is negotiated: technique and price added up, the highest first.

    Fit are those with at least 85 % of the technical weight and a price not above the reserve
    price; without one, under the local act, not above the estimated price with tax. Equal sums:
    better technique, then the heaviest item's mark, then by lot. The price's score is rounded
    half up at the fifth decimal. Law: 국가계약법 시행령 제43조제1항·제7항; 지방계약법 시행령
    제43조제1항·제8항 and the ministers' standards. In the order given. `terms.on`: the rule day.
    """
    unique(proposals)
    weights = terms.row(WEIGHTS)
    technical, price = _weights(weights, terms.weights)
    reference = terms.estimated_price if terms.reserve_price is None else terms.reserve_price
    ceiling = _ceiling(terms)
    cutoff = technical * weights.fraction("cutoff") / 100
    remarks = {one.key: _remark(one, ceiling, cutoff) for one in proposals}
    scale = _Scale(terms.row(PRICE), reference, price, _lowest(proposals, remarks, terms))
    scores = {one.key: scale.score(one.amount) for one in proposals if remarks[one.key] == "normal"}
    totals = Counter(one.technical + scores[one.key] for one in proposals if one.key in scores)
    ranks = places(
        {
            one.key: (-one.technical - scores[one.key], -one.technical, -one.heaviest)
            for one in proposals
            if one.key in scores
        }
    )
    placed = tuple(
        _placed(one, remarks[one.key], ranks.get(one.key, 0), scores.get(one.key),
                _Said(terms, weights, scale, ceiling, cutoff, totals))
        for one in proposals
    )  # fmt: skip
    return Standing(reference, ceiling, placed)


def _weights(row: Row, chosen: tuple[int, int] | None) -> tuple[int, int]:
    if chosen is None:
        return row.integer("technical"), row.integer("price")
    least, most = row.integer("price_least"), row.integer("price_most")
    if sum(chosen) != 100 or not least <= chosen[1] <= most:
        raise Fault(f"weights add up to 100, the price's lies between {least} and {most}")
    return chosen


def _ceiling(terms: Terms) -> int | None:
    if terms.reserve_price is not None or terms.regime == "national":
        return terms.reserve_price
    return int(terms.estimated_price * (100 + terms.row(VAT).fraction()) // 100)


def _remark(one: Proposal, ceiling: int | None, cutoff: Fraction) -> str:
    if ceiling is not None and one.amount > ceiling:
        return "above_reserve"
    return "unqualified" if one.technical < cutoff else "normal"


def _lowest(proposals: Sequence[Proposal], remarks: Mapping[str, str], terms: Terms) -> int:
    """The lowest price that others are measured by; 0 where nobody is."""
    out = {"valid": ("above_reserve",), "qualified": ("above_reserve", "unqualified")}
    left = out[terms.row(PRICE).text("lowest_of")]
    return min((one.amount for one in proposals if remarks[one.key] not in left), default=0)


class _Scale:
    """The price's score: its share of the lowest price, and a slope below 80 % of the reference."""

    def __init__(self, row: Row, reference: int, weight: int, lowest: int) -> None:
        self.row, self.weight = row, weight
        self.near = reference * row.fraction("near") / 100
        self.far = reference * row.fraction("far") / 100
        clamped = row.text("lowest_clamped") == "yes"
        self.lowest = max(Fraction(lowest), self.far) if clamped else Fraction(lowest)

    def score(self, amount: int) -> Fraction:
        if amount >= self.near:
            exact = self.weight * self.lowest / amount
        else:
            slope = (self.near - max(Fraction(amount), self.far)) / (self.near - self.far)
            exact = self.weight * self.lowest / self.near + self.row.fraction("extra") * slope
        return round_places(exact, self.row.integer("places"), self.row.text("rounding"))

    def reason(self, amount: int, score: Fraction) -> Reason:
        said = {
            "weight": self.weight, "lowest": _won(self.lowest), "amount": amount,
            "near": _won(self.near), "far": _won(self.far), "extra": self.row.text("extra"),
            "score": points(score),
        }  # fmt: skip
        if amount >= self.near:
            text = N_("{weight} × {lowest} / {amount:,} is {score} points for the price.")
            return self.row.reason("award.negotiation.price", text, **said)
        text = N_(
            "Below {near} won: {weight} × {lowest} / {near} + {extra} × ({near} − {amount:,}) / "
            "({near} − {far}), no price counting below {far}, is {score} points for the price."
        )
        return self.row.reason("award.negotiation.price_low", text, **said)


def _won(value: Fraction) -> str:
    return f"{int(value):,}" if value.denominator == 1 else points(value)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the reasons of every proposal rest on."""

    terms: Terms
    weights: Row
    scale: _Scale
    ceiling: int | None
    cutoff: Fraction
    totals: Counter[Fraction]


def _placed(
    one: Proposal, remark: str, place: int, price: Fraction | None, said: _Said
) -> Placed:  # fmt: skip
    scores = {"technical": one.technical}
    if price is not None:
        scores |= {"price": price, "total": one.technical + price}
    return Placed(
        one.key, place, remark, scores, Steps(lambda: _why(one, remark, place, price, said))
    )  # fmt: skip


def _why(
    one: Proposal, remark: str, place: int, price: Fraction | None, said: _Said
) -> list[Reason]:
    if remark == "above_reserve":
        return [above_reserve(one.amount, said.ceiling or 0, LAWS[said.terms.regime])]
    technical, cutoff = points(one.technical), points(said.cutoff)
    if price is None:
        text = N_("{technical} technical points; {cutoff} are needed to negotiate.")
        params = {"technical": technical, "cutoff": cutoff}
        return [said.weights.reason("award.negotiation.unqualified", text, **params)]
    text = N_("{technical} + {price} is {total} points: rank {rank} to negotiate.")
    params = {
        "technical": technical, "price": points(price), "total": points(one.technical + price),
        "rank": str(place),
    }  # fmt: skip
    found = [
        said.scale.reason(one.amount, price),
        said.weights.reason("award.negotiation.total", text, **params),
    ]
    if said.totals[one.technical + price] > 1:
        text = N_(
            "Equal sums: then technique ({technical}), the mark of the heaviest item ({heaviest}), "
            "the lot."
        )
        params = {"technical": technical, "heaviest": points(one.heaviest)}
        found.append(said.weights.reason("award.negotiation.tie", text, **params))
    return found


METHOD = Method(laws=LAWS, inputs=frozenset({"amount", "technical"}))
