"""Recompute published works openings: floor price to the won, and the first bid above both lines.

A line has notice, opened, base_amount, a_value, reserve_price, base_net_cost (empty where the rule
does not apply), floor_rate, floor_price and first_ranked_amount; money in whole won, the rate in
percent. Nothing of the platform's own records is read.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jangteo.ground.errors import N_, Refusal
from jangteo.rules.price.floor import floor_price
from jangteo.rules.price.net_cost import NetCost, net_cost_line

#: the project's own cases
CASES = Path(__file__).parents[1] / "cases" / "works-awards.csv"
FIELDS = (
    "notice", "opened", "base_amount", "a_value", "reserve_price", "base_net_cost", "floor_rate",
    "floor_price", "first_ranked_amount",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One published opening. number: of the line in the file, the head is 1; money in won."""

    number: int
    notice: str
    opened: date
    base_amount: int
    a_value: int
    reserve_price: int
    base_net_cost: int | None
    floor_rate: str
    floor_price: int
    first_ranked_amount: int


def read(path: Path) -> Iterator[Line | Refusal]:
    """The lines in their order; a Refusal `rules.recompute.line` in the place of a broken one.

    Refusal `rules.recompute.head` is raised if the columns are not those of the form.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != FIELDS:
            raise Refusal(
                "rules.recompute.head",
                N_("The file's columns are not those of published works openings."),
                repair=N_("The first line must read {fields}."),
                fields=",".join(FIELDS),
            )
        for number, row in enumerate(rows, 2):
            yield _line(number, row)


def _line(number: int, row: dict[str, str]) -> Line | Refusal:
    try:
        net = row["base_net_cost"]
        return Line(
            number, row["notice"], date.fromisoformat(row["opened"]), int(row["base_amount"]),
            int(row["a_value"]), int(row["reserve_price"]), int(net) if net else None,
            row["floor_rate"], int(row["floor_price"]), int(row["first_ranked_amount"]),
        )  # fmt: skip
    except (ValueError, TypeError, KeyError) as no:
        return Refusal(
            "rules.recompute.line",
            N_("Line {number} cannot be read: {why}."),
            repair=N_("Give whole numbers of won and the rate in percent."),
            number=number,
            why=str(no),
        )


def differences(line: Line) -> list[str]:
    """A sentence for each figure that does not come out; empty if all do."""
    try:
        floor = floor_price(line.reserve_price, line.floor_rate, line.a_value)
    except Refusal as no:
        return [no.text.format(**no.params)]
    found, first = [], line.first_ranked_amount
    if floor.price != line.floor_price:
        found.append(f"floor price {floor.price:,} instead of {line.floor_price:,}")
    if first < floor.price:
        found.append(f"first in rank {first:,} is {floor.price - first:,} below the floor price")
    net = _net_cost(line)
    if net is not None and first < net.line:
        found.append(f"first in rank {first:,} is {net.line - first:,} below the net-cost line")
    return found


def _net_cost(line: Line) -> NetCost | None:
    """The net-cost line, where the file gives a net cost; both regimes know the same 98 %."""
    if line.base_net_cost is None:
        return None
    return net_cost_line(
        base_net_cost=line.base_net_cost, base_amount=line.base_amount,
        reserve_price=line.reserve_price, regime="national", category="works", on=line.opened,
    )  # fmt: skip
