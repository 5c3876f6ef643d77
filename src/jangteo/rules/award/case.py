"""A case of award arithmetic as docs/figures.md writes it, read with care."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from jangteo.ground.errors import Fault
from jangteo.ground.period import Period
from jangteo.rules.dated import Row, table

#: method -> tables it may ask
_OWN: Mapping[str, tuple[str, ...]] = {
    "qualification": ("award/screening", "price/floor_rate", "price/net_cost"),
    "quotation": ("price/floor_rate",),
    "lowest_price": ("price/net_cost",),
    "two_stage": (),
    "simultaneous": (),
    "negotiation": (
        "award/negotiation", "award/negotiation_price", "award/committee", "price/vat",
    ),
    "comprehensive": ("award/comprehensive", "award/balance_price", "price/net_cost"),
}  # fmt: skip
TABLES = {name: ("award/competition", "price/draw", *own) for name, own in _OWN.items()}
CATEGORIES = (
    "works", "special_works", "goods", "goods_manufacture", "sme_goods", "services",
    "simple_labour",
)  # fmt: skip
_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")


class Refused(Exception):
    """A case that cannot be answered; code: form, row or a_value."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Part:
    """An object of a case; each question says what it expects, and refuses "form" otherwise."""

    def __init__(self, given: Any) -> None:
        if not isinstance(given, Mapping):
            raise Refused("form")
        self.given = given

    def has(self, name: str) -> bool:
        return name in self.given

    def whole(self, name: str, least: int = 0, usual: int | None = None) -> int:
        """A whole number, at least so much; `usual` if it is left out."""
        found = self.given.get(name, usual)
        if type(found) is not int or found < least:
            raise Refused("form")
        return found

    def maybe(self, name: str, least: int = 0) -> int | None:
        return self.whole(name, least) if self.has(name) else None

    def flag(self, name: str) -> bool:
        found = self.whole(name, usual=0)
        if found > 1:
            raise Refused("form")
        return found == 1

    def text(self, name: str, among: Sequence[str] = ()) -> str:
        found = self.given.get(name)
        if not isinstance(found, str) or (among and found not in among):
            raise Refused("form")
        return found

    def decimal(self, name: str, usual: str | None = None) -> Fraction:
        return number(self.given.get(name, usual))

    def decimals(self, name: str) -> dict[str, Fraction] | None:
        """Item -> decimal, None if it is left out."""
        if not self.has(name):
            return None
        found = Part(self.given[name])
        return {code: number(value) for code, value in found.given.items()}

    def parts(self, name: str) -> list["Part"]:
        return [Part(one) for one in self.listed(name)]

    def listed(self, name: str) -> list[Any]:
        found = self.given.get(name)
        if not isinstance(found, list):
            raise Refused("form")
        return found

    def day(self, name: str) -> date:
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            raise Refused("form") from None


def number(value: Any) -> Fraction:
    """A decimal text as an exact fraction."""
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise Refused("form")
    return Fraction(value)


@dataclass(frozen=True, slots=True)
class Case:
    """The heading of a case; reserve_price is None until it is drawn or where there is none."""

    part: Part
    method: str
    regime: str
    category: str
    on: date
    estimated_price: int
    bids: tuple[Part, ...]

    @property
    def procedure(self) -> str:
        return "quotation" if self.method == "quotation" else "open"

    def asked(self) -> dict[str, str | int]:
        """What the tables are asked by, as far as the heading tells it."""
        return {
            "regime": self.regime, "category": self.category, "procedure": self.procedure,
            "estimated_price": self.estimated_price,
        }  # fmt: skip

    def find(self, name: str, **more: int) -> Row | None:
        """The row of a table that answers this case; None if the case brings none."""
        given = Part(self.part.given.get("rows")).given.get(name, [])
        fields = table(name).fields
        asked = self.asked() | more
        for one in given if isinstance(given, list) else [given]:
            row = _row(name, Part(one), fields)
            where = {field: asked[field] for field in fields if field in asked}
            if len(where) == len(fields) and self.on in row.period and row.matches(where):
                return row
        return None

    def row(self, name: str, **more: int) -> Row:
        """The same; "row" is refused if the case brings none."""
        found = self.find(name, **more)
        if found is None:
            raise Refused("row")
        return found


def _row(name: str, part: Part, fields: Sequence[str]) -> Row:
    where = Part(part.given.get("where", {})).given
    if set(where) != set(fields):
        raise Refused("row")
    values = Part(part.given.get("values")).given
    until = part.day("until") if part.has("until") else None
    try:
        period = Period(part.day("since"), until)
    except (ValueError, Fault):
        raise Refused("form") from None
    return Row(part.text("id"), name, period, dict(where), dict(values), "", "", "")


def read(given: Any) -> Case:
    """The heading of a case, its bids with keys of their own. Refused "form" if it is not one."""
    part = Part(given)
    bids = tuple(part.parts("bids"))
    if not bids or len({one.text("key") for one in bids}) != len(bids):
        raise Refused("form")
    return Case(
        part, part.text("method", tuple(TABLES)), part.text("regime", ("national", "local")),
        part.text("category", CATEGORIES), part.day("on"), part.whole("estimated_price"), bids,
    )  # fmt: skip


def in_force(given: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The rows of our own tables that a case may need, as it writes them: table -> rows.

    given: a case without `rows`, whose bids may still be missing. All rows of its day that
    answer what is known of it; what is found on the way (reserve price, number of bids) decides
    among them later. A table without such a row is left out.
    """
    case = read({**given, "bids": [{"key": "-"}]})
    asked = case.asked()
    found = {name: _matching(name, case.on, asked) for name in TABLES[case.method]}
    return {name: rows for name, rows in found.items() if rows}


def _matching(name: str, on: date, asked: Mapping[str, str | int]) -> list[dict[str, Any]]:
    its = table(name)
    known = {field: asked[field] for field in its.fields if field in asked}
    return [written(row) for row in its.all_on(on) if row.matches(known)]


def written(row: Row) -> dict[str, Any]:
    """A row as a case writes it."""
    until = row.period.until
    return {
        "id": row.id, "since": row.period.since.isoformat(),
        **({"until": until.isoformat()} if until else {}),
        "where": dict(row.where), "values": dict(row.values),
    }  # fmt: skip
