"""The lines of an openings file: parsed, checked, and named when they cannot be."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jangteo.ground.errors import N_, Refusal

REMARKS = ("normal", "below_floor", "above_reserve")


@dataclass(frozen=True, slots=True)
class Price:
    """One of the 15: number, displayed price in won, times picked, whether among the four."""

    number: int
    price: int
    picked: int
    drawn: bool


@dataclass(frozen=True, slots=True)
class PublishedBid:
    """A published bid: rank 0 = not ranked; amount in won; rate in percent as displayed."""

    rank: int
    amount: int
    rate: str | None
    remark: str


@dataclass(frozen=True, slots=True)
class Line:
    """One opening as published."""

    number: int
    notice: str
    opened: date
    base_amount: int
    reserve_price: int
    a_value: int | None
    floor_rate: str | None
    prices: tuple[Price, ...]
    bids: tuple[PublishedBid, ...]
    bids_complete: bool
    bidders_listed: int | None

    @property
    def picks(self) -> int:
        """How many picks were counted."""
        return sum(price.picked for price in self.prices)

    @property
    def drawn(self) -> list[int]:
        """The four numbers drawn, ascending."""
        return sorted(price.number for price in self.prices if price.drawn)


def malformed(field: str, why: str) -> Refusal:
    """The refusal for a line that cannot be read."""
    return Refusal(
        "replay.line.malformed",
        N_("The field {name} cannot be read: {why}."),
        repair=N_("Write the line in the form of docs/replay.md."),
        status=400,
        field=field,
        name=field,
        why=why,
    )


def _whole(value: Any, field: str, *, least: int = 0) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise malformed(field, f"a whole number of at least {least} is needed, not {value!r}")
    return value


def _rate(value: Any, field: str) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise malformed(field, f"a rate in percent is needed, not {value!r}")
    return str(value)


def _prices(rows: Any) -> tuple[Price, ...]:
    if not isinstance(rows, list) or len(rows) != 15:
        raise malformed("preliminary_prices", "15 rows are needed")
    found = [
        Price(
            _whole(row.get("number"), "preliminary_prices.number", least=1),
            _whole(row.get("price"), "preliminary_prices.price", least=1),
            _whole(row.get("picked"), "preliminary_prices.picked"),
            row.get("drawn") is True,
        )
        for row in rows
        if isinstance(row, dict)
    ]
    if sorted(price.number for price in found) != list(range(1, 16)):
        raise malformed("preliminary_prices", "the numbers 1 to 15 are needed, each once")
    if sum(price.drawn for price in found) != 4:
        raise malformed("preliminary_prices", "four drawn prices are needed")
    return tuple(sorted(found, key=lambda price: price.number))


def _bids(rows: Any) -> tuple[PublishedBid, ...]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise malformed("bids", "a list of bids is needed")
    found = []
    for row in rows:
        if row.get("remark") not in REMARKS:
            raise malformed("bids.remark", f"one of {', '.join(REMARKS)} is needed")
        rank = _whole(row.get("rank"), "bids.rank")
        amount = _whole(row.get("amount"), "bids.amount", least=1)
        rate = _rate(row.get("rate"), "bids.rate")
        found.append(PublishedBid(rank, amount, rate, row["remark"]))
    return tuple(found)


def parse(number: int, text: str) -> Line:
    """One line of a file, decimals kept as their digits.

    Refusal `replay.line.malformed` names the field and the reason.
    """
    try:
        row = json.loads(text, parse_float=str)
    except json.JSONDecodeError as error:
        raise malformed("line", f"not JSON, {error.msg}") from error
    if not isinstance(row, dict):
        raise malformed("line", "an object is needed")
    try:
        opened = date.fromisoformat(str(row.get("opened")))
    except ValueError as error:
        raise malformed("opened", "a date such as 2026-01-27 is needed") from error
    a_value, listed = row.get("a_value"), row.get("bidders_listed")
    return Line(
        number=number,
        notice=str(row.get("notice") or f"line {number}"),
        opened=opened,
        base_amount=_whole(row.get("base_amount"), "base_amount", least=1),
        reserve_price=_whole(row.get("reserve_price"), "reserve_price", least=1),
        a_value=None if a_value is None else _whole(a_value, "a_value"),
        floor_rate=_rate(row.get("floor_rate"), "floor_rate"),
        prices=_prices(row.get("preliminary_prices")),
        bids=_bids(row.get("bids")),
        bids_complete=row.get("bids_complete") is True,
        bidders_listed=None if listed is None else _whole(listed, "bidders_listed", least=1),
    )


def read(path: Path) -> Iterator[tuple[int, Line | Refusal]]:
    """(line number, the line or why it cannot be read) for each line that is not blank."""
    with path.open(encoding="utf-8") as file:
        for number, text in enumerate(file, 1):
            if not text.strip():
                continue
            try:
                yield number, parse(number, text)
            except Refusal as refusal:
                yield number, refusal
