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
from jangteo.rules.award import METHODS
from jangteo.rules.award.case import in_force
from jangteo.rules.award.figures import answer
from jangteo.rules.price.preliminary import strata

#: how many sets of bids a notice is tried with before it is published
SETS = 200
_BIDS = 5
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
    return made | {"rows": in_force(made)}


def cases(made: Mapping[str, Any], key: str, *, count: int = SETS) -> list[dict[str, Any]]:
    """So many cases of `parameters`, whose bids crowd floor and net-cost line and tie; key: seeds
    the chance."""
    return [_case(made, f"{key}/{number}") for number in range(count)]


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
    well. Nothing where a row of the screening is not known. Law: of
    the method.
    """
    low, high = (Fraction(made["drawing"][end]) for end in ("range_low", "range_high"))
    found = []
    for number, percent in enumerate((Fraction(0), low / 2, high / 2)):
        reserve = int(made["base_amount"] * (100 + percent) / 100)
        plain = {name: value for name, value in made.items() if name != "drawing"}
        limits = _limits(plain, reserve)
        if limits is None:
            return ()
        found.append(_worked(plain, reserve, *limits, more=[reserve + 1] if number == 2 else []))
    return tuple(found)


def _limits(plain: Mapping[str, Any], reserve: int) -> tuple[int, int] | None:
    """Floor price and net-cost line; None where the case cannot be answered."""
    bids = [{"key": "0", "amount": reserve}, {"key": "1", "amount": reserve}]
    figures = answer({**plain, "reserve_price": reserve, "bids": bids}).get("figures")
    return (figures["floor_price"], figures.get("net_cost_line", 0)) if figures else None


def _worked(
    plain: Mapping[str, Any], reserve: int, floor: int, line: int, more: list[int]
) -> Worked:
    step = max(1, reserve // 1_000)
    amounts = [floor - 1, floor, floor + step]
    if line > floor:
        amounts = [floor - 1, floor, line - 1, line, line + step]
    amounts += more
    bids = [{"key": str(n), "amount": amount} for n, amount in enumerate(amounts)]
    said = answer({**plain, "reserve_price": reserve, "bids": bids})
    told = {one["key"]: one for one in said["bids"]}
    lines = tuple(
        Reason(
            f"entry.trial.{told[bid['key']]['remark']}", _REMARKS[told[bid["key"]]["remark"]],
            {"amount": bid["amount"], "rank": told[bid["key"]]["rank"]},
        )
        for bid in bids
    )  # fmt: skip
    law = METHODS[plain["method"]].laws[plain["regime"]]
    if not said["chosen"]:
        nobody = N_("Nobody would win: of those that count none passes the screening.")
        return Worked(reserve, floor, line, lines, Reason("entry.trial.nobody", nobody, {}, law))
    winner = amounts[int(said["chosen"][0])]
    text = N_("{amount:,} won would come first: the lowest that is not below the floor price.")
    if line > floor:
        text = N_("{amount:,} won would come first: the lowest from the net-cost line on.")
    first = Reason("entry.trial.first", text, {"amount": winner}, law)
    return Worked(reserve, floor, line, lines, first)
