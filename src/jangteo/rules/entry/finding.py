"""What is found in a notice that was entered: a doubt with its reason, and what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as of_own
from datetime import date, datetime
from typing import Any

STOP, WARNING = "stop", "warning"


@dataclass(frozen=True, slots=True)
class Entered:
    """A notice as entered; terms as of the stage, blanks still blank.

    Money in whole won, None while it is open; rates as text in percent. range_low … floor_rate
    hold the officer's own value or "" (None for the unit) where the rule's own is to hold.
    region_names: of every province, code -> its names; agency_region: code of the buyer's own.
    """

    on: date
    title: str
    site: str
    regime: str
    category: str
    procedure: str
    urgency: str
    base_amount: int | None
    estimated_price: int | None
    a_value: int | None
    range_low: str
    range_high: str
    price_unit: int | None
    licences: tuple[str, ...]
    regions: tuple[str, ...]
    budget_amount: int | None = None
    base_net_cost: int | None = None
    difficulty: str = ""
    service_kind: str = ""
    floor_rate: str = ""
    floor_rate_reason: str = ""
    deadline: datetime | None = None
    deadline_reason: str = ""
    agency_region: str = ""
    region_names: Mapping[str, tuple[str, ...]] = of_own(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A notice that the same agency published before; ended: without a contract.

    The terms are those of `Entered`, as that notice had them.
    """

    number: str
    title: str
    base_amount: int
    a_value: int
    ended: bool = False
    site: str = ""
    estimated_price: int | None = None
    base_net_cost: int | None = None
    licences: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """What is known from before.

    own: the agency's notices of this category; top: the amount below which the share of
    `entry/limits` top lies in the market's class, of `known` amounts; able: registered suppliers
    who may bid, of `suppliers`.
    """

    own: tuple[Earlier, ...] = ()
    top: int = 0
    known: int = 0
    able: int = 0
    suppliers: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """kind: "stop" cannot be overridden, "warning" can, with a reason; row: of a dated table.

    two: whether a second person agrees with the reason whatever the size of the notice.
    """

    kind: str
    code: str
    text: str
    repair: str
    law: str
    field: str
    row: str = ""
    params: Mapping[str, Any] = of_own(default_factory=dict)
    two: bool = False
