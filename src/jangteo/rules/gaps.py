"""Questions that a dated table answered once and no longer answers, or answers on both sides."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise, product

from jangteo.rules.dated import ANY, Row, Table, span


def gaps(table: Table) -> list[str]:
    """What is left unanswered, a sentence each; empty if nothing is.

    A gap in time is a question with an answer on one day and none on a later one; a gap in
    amounts lies between two bands of the same question on one day. A table whose rows may end
    with nothing after them (a merged region, a decreed holiday) says why in `ends`. What no row
    has ever answered is no gap here; `rules.answered` holds a table to the domain it declares.
    """
    if table.ends:
        return []
    days = sorted({row.period.since for row in table.rows} | set(_ends(table)))
    asked = [dict(zip(table.fields, values, strict=True)) for values in _questions(table)]
    return [*_in_time(table, days, asked), *_in_amounts(table, days)]


def _ends(table: Table) -> Iterator[date]:
    return (row.period.until for row in table.rows if row.period.until)


def _questions(table: Table) -> Iterator[tuple[str, ...]]:
    """One value for each way in which rows can tell values of a field apart."""
    return product(*(sorted(_values(table, name)) for name in table.fields))


def _values(table: Table, name: str) -> set[str]:
    found = set()
    for row in table.rows:
        bounds = span(row.where[name])
        found |= {str(bounds[0])} if bounds else {row.where[name]} - {ANY}
    return found or {ANY}


def _answer(table: Table, day: date, where: Mapping[str, str]) -> Row | None:
    return next((row for row in table.rows if day in row.period and row.matches(where)), None)


def _in_time(table: Table, days: list[date], asked: list[dict[str, str]]) -> Iterator[str]:
    for where in asked:
        for before, after in pairwise(days):
            row = _answer(table, before, where)
            if row and not _answer(table, after, where):
                yield f"{row.id} ends on {after} and nothing follows for {_said(where)}"


def _in_amounts(table: Table, days: list[date]) -> Iterator[str]:
    """Bands of one question must meet: the end of each but the last is the start of another."""
    for day in days:
        for name in table.fields:
            groups: dict[tuple[str, ...], list[tuple[int, int | None, str]]] = {}
            for row in table.all_on(day):
                bounds = span(row.where[name])
                if bounds:
                    others = tuple(row.where[field] for field in table.fields if field != name)
                    groups.setdefault(others, []).append((*bounds, row.id))
            for bands in groups.values():
                for (_, high, one), (low, _, other) in pairwise(sorted(bands, key=lambda b: b[0])):
                    if high is not None and high < low:
                        yield f"{one} ends at {high:,} and {other} begins at {low:,} on {day}"


def _said(where: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in where.items()) or "everything"
