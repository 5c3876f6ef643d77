"""Notices of every kind made from chance, with the rows of the dated tables that fit them."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from jangteo.ground.clock import KST
from jangteo.ground.errors import Refusal
from jangteo.records.vault.statements import moment
from jangteo.rules import dated
from jangteo.rules.price.defaults import defaults, floor_rate
from jangteo.rules.price.preliminary import strata

#: what is to come out of an opening
KINDS = (
    "open", "quotation", "alone", "ties", "shortage", "excluded", "unranked", "voided", "too_few",
    "hold_seed", "hold_set", "hold_rule", "corrected",
)  # fmt: skip
FIRST = datetime(2025, 7, 7, 9, tzinfo=KST)
#: floor rates of open competitions for which the tables have no row; the notice names its own
OWN_RATE = {"goods": "84.245", "services": "87.995"}
ROUNDINGS = ("up", "half_up", "half_even", "down")


@dataclass(slots=True)
class Terms:
    """A notice as a bundle holds it, and the ids of the rows it rests on, table by table."""

    kind: str
    notice: dict[str, Any]
    rows: dict[str, str] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day whose law holds."""
        return date.fromisoformat(self.notice["rule_day"])

    @property
    def needed(self) -> int:
        """How many valid bids are needed."""
        n = self.notice
        found = dated.table("award/competition").on(
            self.day, regime=n["regime"], procedure=n["procedure"],
            estimated_price=n["estimated_price"],
        )  # fmt: skip
        return int(found.values["value"])


def make(chance: random.Random, kind: str) -> Terms:
    """A notice of this kind; amounts, day, regime, category, perhaps own terms by chance."""
    n: dict[str, Any] = {"regime": chance.choice(("national", "local"))}
    n["procedure"] = "quotation" if kind in ("quotation", "alone") else "open"
    n["award_method"] = "quotation" if n["procedure"] == "quotation" else "qualification"
    n["category"] = chance.choice(("works", "works", "goods", "services"))
    if kind == "alone":
        n["category"] = chance.choice(("goods", "services"))
    if n["category"] == "services" and n["procedure"] == "quotation" and chance.random() < 0.5:
        n["service_kind"] = "simple_labour"
    made = Terms(kind, n)
    _name(made, chance)
    _times(made, chance)
    _amounts(made, chance)
    _prices(made, chance)
    return made


def _name(made: Terms, chance: random.Random) -> None:
    n = made.notice
    n |= {"number": f"R26BK{chance.randrange(10**8):08d}", "lot": "1", "round": 0}
    n["version"] = chance.randint(1, 3) if made.kind == "corrected" else 0
    n["scope"] = f"{n['number']}/1/0/{n['version']:03d}/{chance.randint(0, 2)}"
    n |= {"title": "두 계산기를 맞대어 보는 “공고” & <시험>", "buyer": "재현 기관"}
    n["sealer_hash"] = chance.randbytes(32).hex()


def _times(made: Terms, chance: random.Random) -> None:
    posted = FIRST + timedelta(days=chance.randrange(480), microseconds=chance.randrange(10**6))
    deadline = (posted + timedelta(days=chance.randint(7, 40))).replace(hour=10, microsecond=0)
    rule_day = posted.date() - timedelta(days=5 * (made.kind == "corrected"))
    made.notice |= {
        "rule_day": rule_day.isoformat(), "published_at": moment(posted),
        "bidding_from": moment(deadline - timedelta(hours=72)), "deadline": moment(deadline),
        "opening_at": moment(deadline + timedelta(hours=1)),
    }  # fmt: skip


def _amounts(made: Terms, chance: random.Random) -> None:
    n = made.notice
    most = {"works": 9_900_000_000, "goods": 200_000_000, "services": 490_000_000}[n["category"]]
    if n["procedure"] == "quotation":
        most = 160_000_000 if n["category"] == "works" else 100_000_000
    least = 20_000_001
    if made.kind == "alone":
        least, most = 1_000_000, 20_000_000
    estimated = int(least * (most / least) ** chance.random())
    n |= {"estimated_price": estimated, "base_amount": estimated * 11 // 10, "a_value": 0}
    if n["category"] == "works" and chance.random() < 0.7:
        n["a_value"] = chance.randrange(n["base_amount"] // 8)
    if n["category"] == "works" and n["procedure"] == "open" and chance.random() < 0.7:
        # so much of it that the net-cost line lies around the floor price
        n["base_net_cost"] = n["base_amount"] * chance.randrange(88_000, 97_000) // 100_000
    if n["procedure"] == "open" and n["category"] == "works" and estimated >= 5_000_000_000:
        n["difficulty"] = chance.choice(("1.00", "0.95", "0.90", "0.85", "0.80"))
    try:
        found = floor_rate(
            n["regime"], n.get("service_kind", n["category"]), estimated, on=made.day,
            procedure=n["procedure"],
        )  # fmt: skip
        n["floor_rate"], made.rows["price/floor_rate"] = found.rate, found.row
    except Refusal:
        n["floor_rate"] = OWN_RATE.get(n["category"], "87.995")


def _prices(made: Terms, chance: random.Random) -> None:
    n, unit = made.notice, chance.choice((1, 100, None))
    found = defaults(n["regime"], n["category"], made.day, unit)
    terms = {
        "range_low": found.range_low, "range_high": found.range_high, "price_unit": found.unit,
        "price_rounding": found.price_rounding, "mean_of": found.mean_of,
        "mean_rounding": found.mean_rounding,
    }  # fmt: skip
    own: dict[str, Any] = {}
    if chance.random() < 0.3:
        own = {"price_unit": chance.choice((1, 10, 100, 1000))}
        own |= {
            "price_rounding": chance.choice(ROUNDINGS),
            "mean_rounding": chance.choice(ROUNDINGS),
        }
        own["mean_of"] = chance.choice(("displayed", "unrounded"))
    if chance.random() < 0.2:
        own |= {"range_low": "-2.5", "range_high": chance.choice(("2.5", "3"))}
    n |= terms | own
    made.rows |= {table: row for table, row in found.rows.items() if not _named(table, own, unit)}
    cut = strata(n["range_low"], n["range_high"], on=made.day)
    made.rows["price/strata"] = cut.reasons[0].row


def _named(table: str, own: dict[str, Any], unit: int | None) -> bool:
    """Whether the notice names this term itself, so that no row of the table holds."""
    name = table.removeprefix("price/")
    if name == "unit":
        return unit is not None or "price_unit" in own
    if name == "range":
        return "range_low" in own
    return "price_unit" in own


def soon(after: str, chance: random.Random) -> str:
    """A moment within seconds after another."""
    at = datetime.fromisoformat(after).astimezone(UTC)
    return moment(at + timedelta(microseconds=chance.randint(1, 10**7)))


def read(text: str) -> datetime:
    """A moment as it stands in a bundle."""
    return datetime.fromisoformat(text)
