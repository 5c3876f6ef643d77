"""Cases of award arithmetic on exactly a notice's terms: for a trial, and as worked examples."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Any

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason
from jangteo.rules.award import METHODS, screening
from jangteo.rules.award.case import in_force
from jangteo.rules.award.figures import answer
from jangteo.rules.price.preliminary import strata

#: how many sets of bids a notice is tried with before it is published
SETS = 200
_BIDS = 5
#: where no table scores: what floor, A value and ranking are asked as, then the net-cost line
_UNSCORED = ("quotation", "lowest_price")
_DRAWING = ("price_rounding", "mean_of", "mean_rounding", "range_low", "range_high")
_REMARKS = {
    "normal": N_("{amount:,} won counts: rank {rank}."),
    "below_floor": N_("{amount:,} won is left out: it is below the floor price."),
    "above_reserve": N_("{amount:,} won is left out: it is above the reserve price."),
    "below_net_cost": N_("{amount:,} won is left out: it is below the net-cost line."),
}


@dataclass(frozen=True, slots=True)
class Worked:
    """A worked example: reserve price, floor price, net-cost line (0: none); a sentence for each
    bid, who comes first."""

    reserve: int
    floor: int
    line: int
    bids: tuple[Reason, ...]
    first: Reason


def parameters(terms: Mapping[str, Any], *, on: date) -> dict[str, Any]:
    """What the arithmetic of a notice hangs on, as a case has it, rows of the tables with it.

    terms: of a notice, defaults filled in. The bids are still missing.
    """
    scoring = METHODS[terms["award_method"]].scoring
    category = terms["service_kind"] or terms["category"]
    if scoring and terms["category"] == "works":
        category = scoring.category(terms["category"], terms["licences"], on=on)
    made = {
        "method": terms["award_method"],
        "regime": terms["regime"],
        "category": category,
        "on": on.isoformat(),
        "estimated_price": terms["estimated_price"],
        "base_amount": terms["base_amount"],
        "a_value": terms["a_value"],
        "floor_rate": terms["floor_rate"],
        "drawing": {name: terms[name] for name in _DRAWING}
        | {
            "unit": terms["price_unit"],
            "bounds": list(strata(terms["range_low"], terms["range_high"], on=on).bounds),
        },
    }
    if terms["base_net_cost"] is not None:
        made["base_net_cost"] = terms["base_net_cost"]
    if terms["difficulty"]:
        made["difficulty"] = terms["difficulty"]
    return made | {"rows": in_force(made)}


def cases(made: Mapping[str, Any], key: str, *, count: int = SETS) -> list[dict[str, Any]]:
    """So many cases of `parameters`, whose bids crowd floor and net-cost line and tie; key: seeds
    the chance.

    Where no row scores its candidates they are asked without the score, so that draw, reserve
    price, floor, net-cost line and ranking are computed all the same.
    """
    asked = _ways(made)
    return [_case(asked[number % len(asked)], f"{key}/{number}") for number in range(count)]


def scored(made: Mapping[str, Any]) -> bool:
    """Whether a row at hand scores the candidates of these parameters, or nobody is scored."""
    return METHODS[made["method"]].scoring is None or bool(made["rows"].get(screening.TABLE))


def _ways(made: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parameters as they can be asked: as they are, or by the methods that score nobody."""
    if scored(made):
        return [dict(made)]
    names = _UNSCORED if "base_net_cost" in made else _UNSCORED[:1]
    plain = {name: value for name, value in made.items() if name != "rows"}
    ways = [{**plain, "method": name} for name in names]
    return [{**one, "rows": in_force(one)} for one in ways]


def _case(made: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Bids around floor price and net-cost line of a reserve price that nobody knows yet."""
    chance = _Chance(key)
    base, value, cost = made["base_amount"], made["a_value"], made.get("base_net_cost")
    share = Fraction(made["floor_rate"]) / 100
    bids: list[dict[str, Any]] = []
    for number in range(_BIDS):
        reserve = base * chance.below(97_000, 103_000) // 100_000
        edge = ceil((reserve - value) * share) + value
        if cost is not None and number % 2:
            edge = cost * reserve * 98 // (base * 100)
        amount = max(1, edge + chance.below(-3, 4) * chance.below(0, 2_000))
        if bids and chance.below(0, 6) == 0:
            amount = bids[-1]["amount"]
        first = chance.below(1, 16)
        picks = [first, 1 + (first + chance.below(0, 14)) % 15]
        bids.append({"key": f"{number}", "amount": amount, "picks": picks})
    seeds = [chance.hex(32), chance.hex(32)]
    drawing = made["drawing"] | {"seeds": seeds, "shortage_seed": chance.hex(64)}
    return {**made, "drawing": drawing, "bids": bids}


class _Chance:
    """Numbers that look like chance and are always the same for a key."""

    def __init__(self, key: str) -> None:
        self.key, self.step = key, 0

    def below(self, low: int, high: int) -> int:
        """A whole number from low up to but not including high."""
        return low + int(self.hex(8), 16) % (high - low)

    def hex(self, size: int) -> str:
        """So many bytes in hex."""
        self.step += 1
        return hashlib.sha512(f"{self.key}/{self.step}".encode()).hexdigest()[: 2 * size]


def worked(made: Mapping[str, Any]) -> tuple[Worked, ...]:
    """Three examples: the reserve price at the base amount and near both ends of the range.

    In each a bid of a won less than the floor price, one of exactly it and one above, and the same
    around a net-cost line that lies above the floor; in the last one above the reserve price as
    well. Where no row scores the candidates they show who comes first by price. Nothing only
    where the parameters find no answer at all. Law: of the method.
    """
    low, high = (Fraction(made["drawing"][end]) for end in ("range_low", "range_high"))
    found = []
    for number, percent in enumerate((Fraction(0), low / 2, high / 2)):
        reserve = int(made["base_amount"] * (100 + percent) / 100)
        plain = {name: value for name, value in made.items() if name != "drawing"}
        limits = _limits(plain, reserve)
        more = [reserve + 1] if number == 2 else []
        found.append(_worked(plain, reserve, *limits, more) if limits else None)
    shown = tuple(one for one in found if one)
    return shown if len(shown) == len(found) else ()


def _limits(plain: Mapping[str, Any], reserve: int) -> tuple[int, int] | None:
    """Floor price and net-cost line; None where the case cannot be answered."""
    said = _said(plain, reserve, [reserve, reserve])
    return (said.figures["floor_price"], said.figures.get("net_cost_line", 0)) if said else None


@dataclass(frozen=True, slots=True)
class _Said:
    """What the rules answer; told: rank and remark of each amount in the order given."""

    told: list[tuple[int, str]]
    figures: dict[str, Any]
    chosen: list[int]


def _said(plain: Mapping[str, Any], reserve: int, amounts: list[int]) -> _Said | None:
    """The answer to these amounts; without a score the net-cost line is asked of those inside."""
    left: list[dict[str, Any]] = [
        {"key": str(n), "amount": amount} for n, amount in enumerate(amounts)
    ]
    told: dict[int, tuple[int, str]] = {}
    figures: dict[str, Any] = {}
    said: dict[str, Any] = {}
    for way in _ways(plain):
        said = answer({**way, "reserve_price": reserve, "bids": left})
        if "refused" in said:
            return None
        told |= {int(one["key"]): (one["rank"], one["remark"]) for one in said["bids"]}
        figures |= said["figures"]
        left = [one for one in left if told[int(one["key"])][1] == "normal"]
    order = [told[number] for number in range(len(amounts))]
    return _Said(order, figures, [int(key) for key in said["chosen"]])


def _worked(
    plain: Mapping[str, Any], reserve: int, floor: int, line: int, more: list[int]
) -> Worked | None:
    step = max(1, reserve // 1_000)
    amounts = [floor - 1, floor, floor + step]
    if line > floor:
        amounts = [floor - 1, floor, line - 1, line, line + step]
    amounts += more
    said = _said(plain, reserve, amounts)
    if said is None:
        return None
    lines = tuple(
        Reason(f"entry.trial.{remark}", _REMARKS[remark], {"amount": amount, "rank": rank})
        for amount, (rank, remark) in zip(amounts, said.told, strict=True)
    )
    winner = amounts[said.chosen[0]] if said.chosen else None
    first = _first(plain, winner, above_line=line > floor)
    return Worked(reserve, floor, line, lines, first)


def _first(plain: Mapping[str, Any], winner: int | None, *, above_line: bool) -> Reason:
    """Who comes first, and by what; winner: the amount, None if nobody passes."""
    law = METHODS[plain["method"]].laws[plain["regime"]]
    if winner is None:
        nobody = N_("Nobody would win: of those that count none passes the screening.")
        return Reason("entry.trial.nobody", nobody, {}, law)
    said = {"amount": winner}
    if not scored(plain):
        text = N_(
            "{amount:,} won would come first by price; two people score it by your own standard."
        )
        return Reason("entry.trial.first_by_price", text, said, law)
    text = N_("{amount:,} won would come first: the lowest that is not below the floor price.")
    if above_line:
        text = N_("{amount:,} won would come first: the lowest from the net-cost line on.")
    return Reason("entry.trial.first", text, said, law)
