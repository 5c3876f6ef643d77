"""Cases of award arithmetic (docs/figures.md) made from chance, with the rows that fit them."""

import random
from datetime import date, timedelta
from functools import cache
from typing import Any

import jangteo_verify as verify
from jangteo.interfaces.rehearsal.engines import offers
from jangteo.interfaces.rehearsal.engines.terms import ROUNDINGS
from jangteo.rules import dated
from jangteo.rules.award.case import TABLES
from jangteo.rules.price.preliminary import strata

FIRST, DAYS = date(2023, 8, 1), 1200
MOST = 10**13
CATEGORIES = {
    "qualification": (
        "works", "works", "special_works", "goods", "goods_manufacture", "sme_goods", "services",
    ),
    "quotation": ("works", "goods", "services", "simple_labour"),
    "lowest_price": ("works", "goods", "services"),
    "comprehensive": ("works", "special_works"),
}  # fmt: skip
#: values of rows that another agency or year could set; each is tried now and then
OTHER_VALUES: dict[str, dict[str, tuple[str, ...]]] = {
    "award/negotiation_price": {
        "lowest_clamped": ("yes", "no"), "lowest_of": ("valid", "qualified"),
        "places": ("0", "2", "4", "5"), "rounding": ROUNDINGS, "extra": ("2", "1.5"),
    },
    "award/committee": {"highest": ("0", "1", "2"), "lowest": ("0", "1"), "rounding": ROUNDINGS},
    "award/comprehensive": {"rounding": ROUNDINGS, "near": ("88", "70", "110")},
    "award/screening": {"least": ("2", "60"), "cap": ("90.25", "95", "88.005"), "k": ("4", "0.5")},
    "price/net_cost": {"percent": ("98", "99.9", "90")},
}  # fmt: skip


def case(chance: random.Random, method: str = "") -> dict[str, Any]:
    """A whole case: terms, rows and bids that crowd its edges; a few cannot be answered."""
    method = method or chance.choice(list(TABLES))
    made: dict[str, Any] = {"method": method, "regime": chance.choice(("national", "local"))}
    made["category"] = chance.choice(CATEGORIES.get(method, ("goods", "services")))
    made["on"] = _day(made, chance)
    made["estimated_price"] = _estimated(method, made["category"], chance)
    if made["category"].endswith("works") and chance.random() < 0.7:
        made["a_value"] = chance.randrange(made["estimated_price"] // 8 + 1)
    own = made["category"] == "special_works" or chance.random() < 0.2
    if method in ("qualification", "quotation") and own:
        made["floor_rate"] = chance.choice(("87.745", "89.745", "60", "100", "87.5"))
    made["rows"] = {table: _rows(table, made, chance) for table in TABLES[method]}
    _reserve(made, chance)
    _own(made, chance)
    offers.make(made, chance)
    if chance.random() < 0.03 and verify.answer(made).get("outcome") in ("opened", "none_inside"):
        _spoil(made, chance)
    return made


def _day(made: dict[str, Any], chance: random.Random) -> str:
    """Any day, or often the first or last day on which a row holds."""
    rows = [
        row
        for table in TABLES[made["method"]]
        for row in _known(table, made["regime"], made["category"])
    ]
    turns = [date.fromisoformat(row["since"]) for row in rows]
    near = [day - timedelta(days=n) for day in turns if day >= FIRST for n in (0, 1)]
    if near and chance.random() < 0.3:
        return chance.choice(near).isoformat()
    return (FIRST + timedelta(days=chance.randrange(DAYS))).isoformat()


def _estimated(method: str, category: str, chance: random.Random) -> int:
    most = {"goods": 10**9, "services": 5 * 10**8, "sme_goods": 5 * 10**9}.get(category, 10**10)
    if method in ("lowest_price", "comprehensive", "negotiation", "two_stage", "simultaneous"):
        most = MOST
    if method == "quotation":
        most = 10**9
        if chance.random() < 0.3:
            return chance.choice((20_000_000, 20_000_001, 1_000_000))
    if chance.random() < 0.05:
        return chance.choice((1_000, 1_001, 9_999, most - 1))
    return int(10**4 * (most / 10**4) ** chance.random())


@cache
def _known(table: str, regime: str, category: str) -> tuple[dict[str, Any], ...]:
    """The rows of a table for a regime and category, as a case holds them."""
    facts = {"regime": regime, "category": category}
    return tuple(
        {
            "id": row.id, "since": row.period.since.isoformat(), "where": dict(row.where),
            "values": dict(row.values),
        }
        | ({"until": row.period.until.isoformat()} if row.period.until else {})
        for row in dated.table(table).rows
        if all(row.where.get(name, "*") in (fact, "*") for name, fact in facts.items())
    )  # fmt: skip


def _rows(table: str, made: dict[str, Any], chance: random.Random) -> list[dict[str, Any]]:
    found = _known(table, made["regime"], made["category"])
    other = OTHER_VALUES.get(table, {}) if chance.random() < 0.3 else {}
    drawn = {name: chance.choice(values) for name, values in other.items()}
    return [row | {"values": row["values"] | drawn} for row in found]


def _reserve(made: dict[str, Any], chance: random.Random) -> None:
    """A reserve price, or what it is drawn from."""
    estimated = made["estimated_price"]
    made["base_amount"] = base = estimated * 11 // 10
    if made["method"] == "negotiation" and chance.random() < 0.4:
        return
    if chance.random() < 0.5:
        exact = base * chance.randint(97_000, 103_000) // 100_000
        made["reserve_price"] = chance.choice((exact, -(-exact // 1000) * 1000))
        return
    low, high = chance.choice((("-2", "2"), ("-3", "3"), ("-2.5", "3")))
    bounds = list(strata(low, high, on=date.fromisoformat(made["on"])).bounds)
    drawing: dict[str, Any] = {
        "unit": chance.choice((1, 1, 10, 100)), "price_rounding": chance.choice(ROUNDINGS),
        "mean_of": chance.choice(("displayed", "unrounded")),
        "mean_rounding": chance.choice(ROUNDINGS), "shortage_seed": chance.randbytes(64).hex(),
    }  # fmt: skip
    if chance.random() < 0.5:
        drawing["seeds"] = [chance.randbytes(32).hex() for _ in range(2)]
        drawing |= {"range_low": low, "range_high": high, "bounds": bounds}
    else:
        rates = [chance.randint(bounds[0], bounds[-1]) for _ in range(15)]
        drawing["rates"] = [f"{rate // 1000}.{rate % 1000:03d}" for rate in rates]
    made["drawing"] = drawing


def _own(made: dict[str, Any], chance: random.Random) -> None:
    """Terms that only one method has."""
    base = made["base_amount"]
    if "price/net_cost" in made["rows"] and chance.random() < 0.6:
        within = int(base * chance.uniform(0.6, 1))
        made["base_net_cost"] = chance.choice(
            (within, within, within, within, base, base + 1, 1, 0)
        )
    if made["method"] == "qualification" and chance.random() < 0.3:
        made["difficulty"] = chance.choice(("1", "0.95", "0.8"))
    if made["method"] == "negotiation" and chance.random() < 0.3:
        price = chance.choice((10, 10, 15, 20, 25, 30, 30, 9, 31))
        made |= {"technical_weight": 100 - price, "price_weight": price}
    if made["method"] == "comprehensive" and chance.random() < 0.6:
        made |= {"fixed": base // 10, "labour": base // 5}


def _spoil(made: dict[str, Any], chance: random.Random) -> None:
    """Make one thing wrong in a case that could be answered; both should refuse it for that."""
    match chance.randrange(5):
        case 0:
            made["bids"].append(dict(made["bids"][0]))
        case 1:
            del made["rows"][chance.choice(list(made["rows"]))]
        case 2:
            made["a_value"] = chance.choice((-1, 10**16, *[made.get("reserve_price", 5)] * 3))
        case 3:
            priced = [bid for bid in made["bids"] if "amount" in bid]
            for bid in priced[:1]:
                bid["amount"] = chance.choice((0, -5, "17"))
        case _:
            made["method"] = "raffle"
