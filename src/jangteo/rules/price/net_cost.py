"""The net-cost line (순공사원가): works for less than 98 % of their bare cost are not awarded."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jangteo.ground.errors import N_, Fault
from jangteo.ground.reason import Reason, Steps
from jangteo.rules.dated import Row, RuleMissing, table

TABLE = "price/net_cost"


@dataclass(frozen=True, slots=True)
class NetCost:
    """net: net cost within the reserve price; line: the lowest amount that may be awarded."""

    net: int
    line: int
    row: str
    reasons: Sequence[Reason]


def net_cost_line(
    *, base_net_cost: int, base_amount: int, reserve_price: int, regime: str, category: str,
    on: date,
) -> NetCost | None:  # fmt: skip
    """The line of a works tender, None where the law knows none: other than works, from 10 bn on.

    base_net_cost: material, labour, expenses and the value-added tax on them within the base
    amount. It is scaled to the reserve price, then 98 % are taken; a fraction of a won counts as
    a whole one both times. Law: 국가계약법 제10조제3항; 지방계약법 제13조제4항; 조달청 시설공사
    적격심사세부기준 제5조. `on` is the tender's rule day.
    """
    try:
        row = table(TABLE).on(on, regime=regime, category=category, reserve_price=reserve_price)
    except RuleMissing:
        return None
    return by_row(row, base_net_cost, base_amount, reserve_price)


def by_row(row: Row, base_net_cost: int, base_amount: int, reserve_price: int) -> NetCost:
    """The line by a row of price/net_cost. Fault unless 0 < net cost ≤ base amount."""
    if not 0 < base_net_cost <= base_amount:
        raise Fault("the net cost lies within the base amount")
    net = -(-base_net_cost * reserve_price // base_amount)
    line = math.ceil(net * row.fraction("percent") / 100)
    return NetCost(
        net, line, row.id,
        Steps(lambda: _reasons(row, base_net_cost, base_amount, reserve_price, net, line)),
    )  # fmt: skip


def _reasons(
    row: Row, base_net_cost: int, base_amount: int, reserve_price: int, net: int, line: int
) -> list[Reason]:
    return [
        row.reason(
            "price.net_cost.scaled",
            N_("{base_net:,} × {reserve:,} / {base:,}, rounded up, is {net:,} won of net cost."),
            base_net=base_net_cost, reserve=reserve_price, base=base_amount, net=net,
        ),
        row.reason(
            "price.net_cost.line",
            N_("{percent} % of {net:,} won, rounded up, is {line:,} won."),
            percent=row.text("percent"), net=net, line=line,
        ),
    ]  # fmt: skip
