"""Answers a case of award arithmetic (docs/figures.md) by the rules: one of two engines."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from jangteo.ground.errors import Fault, Refusal
from jangteo.rules.award import (
    balance,
    committee,
    comprehensive,
    lowest_price,
    negotiation,
    ranking,
    screening,
    two_stage,
)  # fmt: skip
from jangteo.rules.award.case import Case, Part, Refused, number, read
from jangteo.rules.award.order import Placed, first, points
from jangteo.rules.award.price_score import Scale
from jangteo.rules.award.ranking import Bid, Ranked
from jangteo.rules.price import net_cost
from jangteo.rules.price.displayed import bid_rate
from jangteo.rules.price.drawing import Terms, drawn
from jangteo.rules.price.floor import Floor, floor_price
from jangteo.rules.price.net_cost import NetCost
from jangteo.rules.price.preliminary import Strata, derive_rates
from jangteo.rules.price.reserve import Reserve

Figures = dict[str, Any]


@dataclass(slots=True)
class _Found:
    """What is known of a case on the way to its answer; bids: those not excluded."""

    case: Case
    bids: tuple[Part, ...]
    reserve: Reserve | None = None
    figures: Figures = field(default_factory=dict)
    rates: dict[str, str] = field(default_factory=dict)
    chosen: tuple[str, ...] | None = None

    @property
    def price(self) -> int:
        """The reserve price; "form" is refused where the method needs one and there is none."""
        if self.reserve is None:
            raise Refused("form")
        return self.reserve.price

    def amounts(self) -> list[Bid]:
        return [Bid(one.text("key"), one.whole("amount", 1)) for one in self.bids]


def answer(case: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of the rules to a case, both as docs/figures.md writes them.

    Order, remarks, scores and who stands first; {"refused": code} where the case cannot be
    answered. The rows are those that the case brings, so a draft of a change of law can be asked
    about as well. Pure: the same case, the same answer.
    """
    try:
        return _answer(read(case))
    except Refused as no:
        return {"refused": no.code}
    except Refusal as no:
        return {"refused": "a_value" if no.code == "price.floor.a_value_too_large" else "form"}
    except (Fault, ValueError, ArithmeticError):
        return {"refused": "form"}


def _answer(case: Case) -> dict[str, Any]:
    left = tuple(one for one in case.bids if not one.flag("excluded"))
    found = _Found(case, left)
    needed = case.row("award/competition").integer()
    kind = _stands(found, needed)
    if kind == "too_few":
        return _written(found, kind, [])
    if kind == "none_inside":
        return _written(found, kind, two_stage.rank(_offers(found), 0, regime=case.regime))
    found.reserve = _reserve(found)
    placed = _BY[case.method](found)
    ranked = any(one.rank for one in placed)
    return _written(found, "opened" if ranked else "none_inside", placed)


def _stands(found: _Found, needed: int) -> str:
    """ "opened", or why the prices are not looked at."""
    if len(found.bids) < needed:
        return "too_few"
    if found.case.method not in ("two_stage", "simultaneous"):
        return "opened"
    at_once = found.case.method == "simultaneous"
    if two_stage.stands(_offers(found), needed, at_once=at_once):
        return "opened"
    return "none_inside" if at_once else "too_few"


def _written(found: _Found, kind: str, placed: Sequence[Placed]) -> dict[str, Any]:
    by_key = {one.key: one for one in placed}
    bids = []
    for one in found.case.bids:
        key, out = one.text("key"), one.flag("excluded")
        its = by_key.get(key) or Placed(key, 0, "excluded" if out else "unranked", {}, ())
        scores = {name: _points(value) for name, value in its.scores.items()}
        rate = {"rate": found.rates[key]} if key in found.rates else {}
        bids.append({"key": key, "rank": its.rank, "remark": its.remark, "scores": scores | rate})
    chosen = first(placed) if found.chosen is None else found.chosen
    return {
        "outcome": kind,
        "bids": sorted(bids, key=lambda one: str(one["key"])),
        "chosen": list(chosen) if kind == "opened" else [],
        "figures": found.figures,
    }


def _points(value: Fraction | str) -> str:
    return value if isinstance(value, str) else points(value)


def _reserve(found: _Found) -> Reserve | None:
    """The reserve price as given or drawn, with what was found on the way; None without one."""
    part = found.case.part
    if part.has("drawing") and part.has("reserve_price"):
        raise Refused("form")
    if part.has("drawing"):
        reserve = _drawn(found, Part(part.given["drawing"]))
        for one in _offering(found):
            rate = bid_rate(one.whole("amount", 1), reserve.for_rates)
            found.rates[one.text("key")] = rate
    elif part.has("reserve_price"):
        price = part.whole("reserve_price", 1)
        reserve = Reserve(price, Fraction(price), Fraction(price), ())
    elif found.case.method == "negotiation":
        return None
    else:
        raise Refused("form")
    found.figures["reserve_price"] = reserve.price
    return reserve


def _offering(found: _Found) -> list[Part]:
    """The bids whose prices are looked at."""
    staged = found.case.method in ("two_stage", "simultaneous")
    return [one for one in found.bids if not staged or one.flag("qualified")]


def _drawn(found: _Found, terms: Part) -> Reserve:
    asked = Terms(
        found.case.part.whole("base_amount", 1), terms.whole("unit", 1),
        terms.text("price_rounding"), terms.text("mean_of"), terms.text("mean_rounding"),
    )  # fmt: skip
    offering = {one.text("key") for one in _offering(found)}
    drawing = [one for one in found.case.bids if one.text("key") in offering or _excluded(one)]
    seed = bytes.fromhex(terms.text("shortage_seed")) if terms.has("shortage_seed") else b""
    held = drawn(
        asked, _rates(terms), [_picks(one) for one in drawing],
        [one.text("key") in offering for one in drawing], seed, on=found.case.on,
        row=found.case.row("price/draw"),
    )  # fmt: skip
    found.figures |= {
        "prices": [one.price for one in held.prices.prices],
        "counts": list(held.draw.counts),
        "drawn_from": list(held.draw.drawn_from),
        "drawn": list(held.draw.chosen),
    }
    return held.reserve


def _excluded(one: Part) -> bool:
    return one.flag("excluded") and one.has("picks")


def _picks(one: Part) -> list[int]:
    picks = one.listed("picks")
    if any(type(pick) is not int for pick in picks):
        raise Refused("form")
    return picks


def _rates(terms: Part) -> list[str]:
    if terms.has("rates"):
        rates = terms.listed("rates")
        for one in rates:
            number(one)
        if len(rates) != 15:
            raise Refused("form")
        return rates
    seeds = [bytes.fromhex(str(one)) for one in terms.listed("seeds")]
    bounds = terms.listed("bounds")
    if len(seeds) != 2 or len(bounds) != 16 or any(type(one) is not int for one in bounds):
        raise Refused("form")
    low, high = terms.decimal("range_low"), terms.decimal("range_high")
    return derive_rates(seeds[0], seeds[1], low, high, Strata(tuple(bounds)))


def _floor(found: _Found) -> Floor:
    part = found.case.part
    if part.has("floor_rate"):
        rate = part.text("floor_rate")
        number(rate)
    else:
        rate = found.case.row("price/floor_rate").value
    floor = floor_price(found.price, rate, _a_value(found))
    found.figures["floor_price"] = floor.price
    return floor


def _a_value(found: _Found) -> int:
    value = found.case.part.given.get("a_value", 0)
    if type(value) is not int:
        raise Refused("form")
    return value


def _net(found: _Found) -> NetCost | None:
    part = found.case.part
    if not part.has("base_net_cost"):
        return None
    row = found.case.find(net_cost.TABLE, reserve_price=found.price)
    if row is None:
        return None
    base = part.whole("base_amount", 1)
    net = net_cost.by_row(row, part.whole("base_net_cost", 1), base, found.price)
    found.figures |= {"net_cost": net.net, "net_cost_line": net.line}
    return net


def _qualification(found: _Found) -> list[Placed]:
    if found.reserve is None:
        raise Refused("form")
    floor, net = _floor(found), _net(found)
    row = found.case.row(screening.TABLE)
    scale = Scale(row, reserve_price=found.price, a_value=_a_value(found))
    difficulty = found.case.part.decimal("difficulty", "1")
    given = {one.text("key"): one for one in found.bids}
    placed, passing = [], []
    for one in ranking.rank(found.amounts(), found.reserve, floor, net=net):
        scores: dict[str, Any] = {}
        if one.rank:
            price = scale.score(one.amount)
            figures = given[one.key].decimals("scores")
            score = screening.marks(row, figures, difficulty).score(price)
            scores = {
                "ratio": Fraction(price.ratio, 10_000), "price": score.price,
                "others": score.others, "total": score.total,
                "passes": "yes" if score.passes else "no",
            }  # fmt: skip
            if score.passes:
                passing.append((one.rank, -score.total, one.key))
        placed.append(Placed(one.key, one.rank, one.remark, scores, one.reasons))
    best = min(passing)[:2] if passing else None
    found.chosen = tuple(sorted(one[2] for one in passing if one[:2] == best))
    return placed


def _quotation(found: _Found) -> list[Placed]:
    if found.reserve is None:
        raise Refused("form")
    return _as_placed(ranking.rank(found.amounts(), found.reserve, _floor(found)))


def _as_placed(ranked: Sequence[Ranked]) -> list[Placed]:
    return [Placed(one.key, one.rank, one.remark, {}, one.reasons) for one in ranked]


def _lowest_price(found: _Found) -> list[Placed]:
    net = _net(found)
    return lowest_price.rank(found.amounts(), found.price, regime=found.case.regime, net=net)


def _offers(found: _Found) -> list[two_stage.Offer]:
    return [
        two_stage.Offer(
            one.text("key"), one.flag("qualified"), one.decimal("technical"),
            one.whole("amount", 1) if one.flag("qualified") else None,
        )
        for one in found.bids
    ]  # fmt: skip


def _two_stage(found: _Found) -> list[Placed]:
    return two_stage.rank(_offers(found), found.price, regime=found.case.regime)


def _proposal(one: Part, found: _Found, heaviest: str | None) -> negotiation.Proposal:
    mark = Fraction(0)
    if one.has("marks"):
        marks = [_marks(part) for part in one.parts("marks")]
        verdict = committee.evaluate(found.case.row("award/committee"), marks)
        technical = verdict.technical
        mark = verdict.items.get(heaviest or "", mark)
    else:
        technical = one.decimal("technical")
    technical -= one.decimal("deduction", "0")
    return negotiation.Proposal(one.text("key"), one.whole("amount", 1), technical, mark)


def _marks(part: Part) -> dict[str, Fraction]:
    """One evaluator's marks by item."""
    return {code: number(value) for code, value in part.given.items()}


def _negotiation(found: _Found) -> list[Placed]:
    case = found.case
    names = (negotiation.WEIGHTS, negotiation.PRICE)
    rows = {name: case.row(name) for name in names}
    if case.regime == "local" and found.reserve is None:
        rows[negotiation.VAT] = case.row(negotiation.VAT)
    terms = negotiation.Terms(
        regime=case.regime, on=case.on, estimated_price=case.estimated_price,
        reserve_price=found.reserve.price if found.reserve else None,
        weights=_weights(case.part), rows=rows,
    )  # fmt: skip
    heaviest = _heaviest(case.part)
    proposals = [_proposal(one, found, heaviest) for one in found.bids]
    standing = negotiation.rank(proposals, terms)
    found.figures["reference"] = standing.reference
    if standing.ceiling is not None:
        found.figures["ceiling"] = standing.ceiling
    return list(standing.placed)


def _weights(part: Part) -> tuple[int, int] | None:
    if not part.has("technical_weight") and not part.has("price_weight"):
        return None
    return part.whole("technical_weight"), part.whole("price_weight")


def _heaviest(part: Part) -> str | None:
    if not part.has("items"):
        return None
    items = [(one.text("code"), one.decimal("full")) for one in part.parts("items")]
    return max(items, key=lambda one: one[1])[0] if items else None


def _comprehensive(found: _Found) -> list[Placed]:
    part, row = found.case.part, found.case.row(comprehensive.TABLE)
    entries = [_entry(one) for one in found.bids]
    own = balance.Own(found.price, part.maybe("fixed"), part.maybe("labour"))
    counted = balance.serious(entries, own, row)
    middle = None
    if counted:
        by = found.case.row(balance.TABLE, bids=len(counted))
        middle = balance.balance_price(counted, row=row, by=by, on=found.case.on)
    if middle:
        found.figures["balance_price"] = str(middle.price)
    return comprehensive.rank(entries, found.price, row=row, balance=middle, net=_net(found))


def _entry(one: Part) -> comprehensive.Entry:
    return comprehensive.Entry(
        key=one.text("key"), amount=one.whole("amount", 1), mismatch=one.flag("mismatch"),
        negative=one.flag("negative"), fixed=one.maybe("fixed"), labour=one.maybe("labour"),
        price=one.decimal("price_score"), capability=one.decimal("capability"),
        social=one.decimal("social"), recent_awards=one.whole("recent_awards", usual=0),
    )  # fmt: skip


_BY: Mapping[str, Callable[[_Found], list[Placed]]] = {
    "qualification": _qualification,
    "quotation": _quotation,
    "lowest_price": _lowest_price,
    "two_stage": _two_stage,
    "simultaneous": _two_stage,
    "negotiation": _negotiation,
    "comprehensive": _comprehensive,
}
