"""Bids that crowd the edges of a notice, and the figures that the rules give for them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from jangteo.interfaces.rehearsal.engines.terms import Terms
from jangteo.rules.award.outcome import outcome
from jangteo.rules.award.ranking import Bid, rank
from jangteo.rules.price import drawing
from jangteo.rules.price.floor import floor_price
from jangteo.rules.price.net_cost import net_cost_line
from jangteo.rules.price.preliminary import derive_rates, strata

#: procedure -> code -> the article of an opening, national and local, as docs/bundle.md lists them
LAW = {
    "open": {
        "opening.ranked": ("국가계약법 시행령 제40조", "지방계약법 시행령 제40조"),
        "opening.failed.too_few": ("국가계약법 시행령 제11조", "지방계약법 시행령 제12조"),
        "opening.failed.none_inside": (
            "국가계약법 시행령 제20조제1항", "지방계약법 시행령 제19조제1항",
        ),
    },
    "quotation": {
        "opening.ranked": ("전자조달법 시행령 제6조", "전자조달법 시행령 제6조"),
        "opening.failed.too_few": (
            "국가계약법 시행령 제30조제1항", "지방계약법 시행령 제30조제1항",
        ),
        "opening.failed.none_inside": (
            "국가계약법 시행령 제30조제6항", "지방계약법 시행령 제30조제3항",
        ),
    },
}  # fmt: skip


@dataclass(slots=True)
class Played:
    """A bid of the plan: amount in won, picks, whether it is set aside or void."""

    key: str
    picks: tuple[int, int]
    amount: int = 0
    excluded: bool = False
    void: bool = False


@dataclass(slots=True)
class Figures:
    """What the rules make of the bids: the fields of a bundle, and the outcome's code."""

    fields: dict[str, Any]
    code: str
    rows: dict[str, str] = field(default_factory=dict)


def plan(terms: Terms, chance: random.Random, count: int = 0) -> list[Played]:
    """Bids without amounts: how many, their picks, and which are excluded or void."""
    kind, few = terms.kind, terms.needed
    count = count or chance.randint(max(few, 2), 9)
    count = {"alone": 1, "too_few": few - 1, "voided": few}.get(kind, count)
    numbers = chance.sample(range(1, 16), 2 if kind == "shortage" else chance.randint(2, 15))
    bids = []
    for place in range(count):
        one, other = chance.sample(numbers, 2)
        bids.append(Played(f"{place}", (one, other)))
    if kind == "voided":
        bids[0].void = True
    if kind == "excluded":
        for place in range(chance.randint(1, 2)):
            extra = (chance.randint(1, 8), chance.randint(9, 15))
            bids.append(Played(f"excluded {place}", extra, excluded=True))
        bids.append(Played("void", (14, 15), void=True))
    return bids


def price(
    terms: Terms, bids: Sequence[Played], chance: random.Random, reserve: int, floor: int,
    line: int = 0,
) -> None:  # fmt: skip
    """Give every bid an amount: on, under and over floor, net-cost line (0: none) and reserve
    price, many of them equal."""
    edges = [floor, floor, floor - 1, floor + 1, reserve, reserve + 1, reserve - 1]
    edges += [line, line - 1, line + 1] if line else []
    inside = [chance.randint(floor, max(floor, reserve)) for _ in range(3)]
    outside = [max(1, floor - 1), reserve + 1, reserve * 2, max(1, floor // 2)]
    for bid in bids:
        bid.amount = max(1, chance.choice(outside if terms.kind == "unranked" else edges + inside))
    if terms.kind == "ties":
        shared = chance.choice((floor, floor + 1, *inside))
        for bid in chance.sample(list(bids), min(len(bids), chance.randint(2, 4))):
            bid.amount = shared


def work_out(
    terms: Terms, bids: Sequence[Played], seeds: tuple[bytes, bytes], chance: random.Random
) -> Figures:
    """Prices, draw, reserve and floor price, amounts of the bids, ranks and outcome."""
    n, day = terms.notice, terms.day
    cut = strata(n["range_low"], n["range_high"], on=day)
    rates = derive_rates(*seeds, n["range_low"], n["range_high"], cut)
    opened = [bid for bid in bids if not bid.void]
    counted = [not bid.excluded for bid in opened]
    asked = drawing.Terms(
        n["base_amount"], n["price_unit"], n["price_rounding"], n["mean_of"], n["mean_rounding"]
    )
    picks = [bid.picks for bid in opened]
    held = drawing.drawn(asked, rates, picks, counted, b"".join(seeds), on=day)
    drawn, reserve = held.draw, held.reserve
    floor = floor_price(reserve.price, n["floor_rate"], n["a_value"])
    net = None
    if "base_net_cost" in n:
        net = net_cost_line(
            base_net_cost=n["base_net_cost"], base_amount=n["base_amount"],
            reserve_price=reserve.price, regime=n["regime"], category=n["category"], on=day,
        )  # fmt: skip
    price(terms, bids, chance, reserve.price, floor.price, net.line if net else 0)
    valid = [bid for bid in opened if not bid.excluded]
    ranked = rank([Bid(bid.key, bid.amount) for bid in valid], reserve, floor, net=net)
    found = outcome(
        len(valid), ranked, regime=n["regime"], on=day, procedure=n["procedure"],
        estimated_price=n["estimated_price"],
    )  # fmt: skip
    failed = found.kind == "failed"
    fields: dict[str, Any] = {
        "rates_from": "seeds",
        "prices": [
            {"number": one.number, "rate": one.rate, "price": one.price,
             "picked": drawn.counts[one.number - 1], "counted": drawn.drawn_from[one.number - 1]}
            for one in held.prices.prices
        ],
        "drawn": list(drawn.chosen), "supplied": list(drawn.supplied),
        "reserve_price": reserve.price, "floor_price": floor.price,
        "ranking": [
            {"key": one.key, "rank": one.rank, "remark": one.remark, "rate": one.rate}
            for one in ranked
        ],
    }  # fmt: skip
    if net:
        fields |= {"net_cost": net.net, "net_cost_line": net.line}
    reasons = [*drawn.reasons, *found.reasons, *(net.reasons if net else ())]
    rows = {one.row.partition(":")[0]: one.row for one in reasons if one.row}
    return Figures(fields, "opening.failed.none_inside" if failed else "opening.ranked", rows)


def article(terms: Terms, code: str) -> str:
    """The article of an outcome as docs/bundle.md lists it."""
    n = terms.notice
    local = n["regime"] == "local"
    if code.startswith("opening.hold"):
        code = "opening.ranked"
    said = LAW[n["procedure"]][code.replace("too_few_opened", "too_few")][local]
    only = n["procedure"] == "quotation" and "too_few" in code and terms.needed == 1
    return said + ("제2호" if only else "")
