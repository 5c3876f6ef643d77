"""Believable notices of the practice world's agencies, with what each agency published before."""

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from jangteo.ground.clock import KST
from jangteo.interfaces.rehearsal.world import names
from jangteo.rules.calendar import is_working_day
from jangteo.rules.eligibility.region import regions
from jangteo.rules.entry.finding import Earlier, Past
from jangteo.stages.tender import queries
from jangteo.stages.tender.queries import DraftRow

FIRST = datetime(2026, 3, 2, 9, tzinfo=KST)
DAYS = 250
#: of works by competition, of quotations of works, goods, services: as the practice world has them
SHARES = (74, 14, 6, 6)
_KINDS = (
    ("works", "open"), ("works", "quotation"), ("goods", "quotation"), ("services", "quotation"),
)  # fmt: skip
_EARLIER = 40


@dataclass(frozen=True, slots=True)
class Notice:
    """A draft that is ready to be checked at a moment, and what is known from before.

    region: of its agency; quick: entered on one page, one amount following from the other.
    """

    row: DraftRow
    at: datetime
    region: str
    past: Past
    quick: bool = False


def notice(chance: random.Random) -> Notice:
    """A notice without an error; amounts as the practice world has them."""
    name, region, regime = chance.choice(names.AGENCIES)
    category, procedure = chance.choices(_KINDS, SHARES)[0]
    title, licence = _what(category, chance)
    base = _base(category, procedure, chance)
    at = _morning(chance)
    row = _row(
        title=f"{name} {title}", site=_site(region, name, at, chance), regime=regime,
        category=category, procedure=procedure, award_method=_METHODS[procedure], base_amount=base,
        estimated_price=base * 10 // 11, a_value=_a_value(category, base, chance),
        budget_amount=budget(base) if procedure == "open" else None,
        base_net_cost=net_cost(base) if (category, procedure) == ("works", "open") else None,
        licences=(licence,) if licence else (),
        regions=(region,) if regime == "local" and base < 330_000_000 else (),
    )  # fmt: skip
    found = queries.suggestion(row, at=at)
    if found is None:
        raise ValueError("a good notice has a lawful schedule")
    moments = {
        "bidding_from": found.bidding_from, "deadline": found.deadline,
        "opening_at": found.opening_at,
    }  # fmt: skip
    own = Past(_earlier(category, procedure, chance), 780_000_000, 2_000, 40, 2_000)
    quick = procedure == "quotation" and chance.random() < 0.5
    return Notice(replace(row, **moments), at, region, own, quick)


_METHODS = {"open": "qualification", "quotation": "quotation"}


def _what(category: str, chance: random.Random) -> tuple[str, str]:
    if category == "works":
        return names.title(chance.randrange(len(names.WORKS)), chance)
    return names.order(chance.randrange(10_000), category, own=False)


def _base(category: str, procedure: str, chance: random.Random) -> int:
    """In thousands of won, nearly always."""
    if procedure == "open":
        base = chance.randrange(38_000, 780_000) * 1_000
    elif category == "works":
        base = chance.randrange(20_000, 170_000) * 1_000
    else:
        base = chance.randrange(5_000, 100_000) * 1_000
    return base if chance.random() < 0.98 else base + chance.randrange(1, 1_000)


def _a_value(category: str, base: int, chance: random.Random) -> int:
    """As published openings have it, 3.2 to 7.1 percent; now and then there is none."""
    if category != "works":
        return 0
    if chance.random() < 0.03:
        return 0
    return base * chance.randrange(320, 710) // 10_000 + chance.randrange(100)


def net_cost(base: int) -> int:
    """78 to 91 percent of the base amount, as published openings have it."""
    return base * (78 + base // 1_000 % 14) // 100


def budget(base: int) -> int:
    """What was set aside: half the time the base amount, else up to 120 percent of it."""
    return base * (100 + max(0, base // 1_000 % 41 - 20)) // 100


def _site(region: str, name: str, at: datetime, chance: random.Random) -> str:
    known = {one.code: one.ko for one in regions(at.date())}
    return f"{known[region]} {name}로 {chance.randrange(1, 300)}"


def _morning(chance: random.Random) -> datetime:
    at = FIRST + timedelta(days=chance.randrange(DAYS))
    while not is_working_day(at.date()):
        at += timedelta(days=1)
    return at


def _earlier(category: str, procedure: str, chance: random.Random) -> tuple[Earlier, ...]:
    found = []
    for number in range(_EARLIER):
        base = _base(category, procedure, chance)
        value = _a_value(category, base, chance)
        found.append(Earlier(f"R25BK{number:08d}", "지난 공고", base, value))
    return tuple(found)


def _row(**given: Any) -> DraftRow:
    blank: dict[str, Any] = {
        "description": "", "service_kind": "", "urgency": "", "urgency_reason": "",
        "floor_rate": "", "floor_rate_reason": "", "range_low": "", "range_high": "",
        "price_unit": None, "price_rounding": "", "mean_of": "", "mean_rounding": "",
        "difficulty": "", "bidding_from": None, "deadline": None, "opening_at": None,
        "deadline_reason": "", "documents": (), "number": "R26BK00000000", "next_version": 0,
        "saved_at": FIRST, "correction_reason": "", "custody_attempt": 0, "keys_asked": False,
        "scope": "",
    }  # fmt: skip
    return DraftRow(**(blank | given))
