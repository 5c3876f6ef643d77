"""What was published, held against what our opening found, field by field."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from jangteo.interfaces.rehearsal.replay.plan import Plan

FIELDS = ("prices", "drawn", "reserve price", "ranks", "rates", "split")


@dataclass(slots=True)
class Comparison:
    """Counts of what was compared and equal, by field, and each difference in words."""

    compared: Counter[str] = field(default_factory=Counter)
    equal: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def hold(self, name: str, what: str, ours: Any, published: Any) -> None:
        """Compare one value; a difference is named with field, ours and published."""
        self.compared[name] += 1
        if ours == published:
            self.equal[name] += 1
        else:
            self.differences.append(f"{what}: ours {ours}, published {published}")


def plain(rate: str) -> str:
    """A rate without the zeros at its end, which publications leave out."""
    return rate.rstrip("0").rstrip(".") if "." in rate else rate


def compare(plan: Plan, result: dict[str, Any], places: dict[int, int]) -> Comparison:
    """Compare a result of the API with the plan's line.

    places: index of each listed bid of the line -> index of its row in result["bids"].
    """
    found = Comparison()
    line = plan.line
    if not result["prices"]:
        found.hold("drawn", "outcome", f"{result['outcome']}, {result['text']}", "opened")
        return found
    rows = {int(row["number"]): row for row in result["prices"]}
    for price in line.prices:
        row = rows[price.number]
        found.hold("prices", f"price {price.number}", int(row["price"]), price.price)
        found.hold("prices", f"picks of {price.number}", int(row["picked"]), price.picked)
    ours = sorted(number for number, row in rows.items() if row["drawn"])
    for one, other in zip(ours, line.drawn, strict=False):
        found.hold("drawn", "number drawn", one, other)
    found.hold("drawn", "count of numbers drawn", len(ours), len(line.drawn))
    found.hold("reserve price", "reserve price", result["reserve_price"], line.reserve_price)
    for index, bid in enumerate(line.bids):
        row = result["bids"][places[index]]
        name = f"bid of {bid.amount:,} won"
        found.hold("ranks", f"rank of the {name}", int(row["rank"]), bid.rank)
        if bid.rate is not None:
            found.hold("rates", f"rate of the {name}", plain(row["rate"]), plain(bid.rate))
        if not plan.floor_inferred:
            found.hold("split", f"remark of the {name}", row["remark"], bid.remark)
    return found
