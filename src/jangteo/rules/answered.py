"""What a table must answer because the law has a rule for it, and what nothing answers yet.

The head of a table may declare its domain, in entries

    [[domain]]
    since = 2026-01-30                                  first day on which it must answer
    where = { regime = ["national", "local"], estimated_price = "0..10000000000" }

with every field of the table: a text, a list of texts, or a half-open range of won. What the law
has a rule for and no row holds yet is named, field by field, "*" for any value:

    [[missing]]
    where = { regime = "*", estimated_price = "1000000000.." }
    why = "the standard's annex is not at hand"

and with `until` if only the days before one are unknown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from jangteo.ground.errors import Fault
from jangteo.rules.dated import ANY, Row, Table, span

#: a reason of less than this says nothing
SHORTEST_WHY = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """Some questions to a table; since: of a domain; until, why: of a named hole, not filled."""

    where: Mapping[str, tuple[str, ...]]
    since: date | None = None
    until: date | None = None
    why: str = ""

    def covers(self, where: Mapping[str, str], day: date) -> bool:
        """Whether a question on a day is among them; amounts by the low end of their band."""
        return (self.until is None or day < self.until) and all(
            any(_holds(one, where[name]) for one in self.where[name]) for name in where
        )


@dataclass(frozen=True, slots=True)
class Holes:
    """Sentences: faults, what nothing answers; known, named with why; filled, named in vain."""

    faults: tuple[str, ...]
    known: tuple[str, ...]
    filled: tuple[str, ...]


def holes(table: Table, content: Mapping[str, Any]) -> Holes:
    """What of its domain a table leaves unanswered on any day since the domain's own.

    content: the table's TOML. Fault if domain or missing are not in their form. A table without a
    domain leaves nothing unanswered.
    """
    named = [_asked(table, entry, "why") for entry in content.get("missing", ())]
    faults: dict[str, date] = {}
    met: set[int] = set()
    for entry in content.get("domain", ()):
        for where, day in _unanswered(table, _asked(table, entry, "since"), entry["since"], named):
            found = [n for n, one in enumerate(named) if one.covers(_lows(where), day)]
            met.update(found)
            if not found:
                faults.setdefault(f"{table.name}: no row answers {_said(where)}", day)
    known = [f"{table.name}: {_told(one)}: {one.why}" for n, one in enumerate(named) if n in met]
    filled = [f"{table.name}: {_told(one)}" for n, one in enumerate(named) if n not in met]
    said = tuple(f"{sentence} on {day}" for sentence, day in faults.items())
    return Holes(said, tuple(known), tuple(filled))


def _asked(table: Table, entry: Mapping[str, Any], needs: str) -> Asked:
    where, why = entry.get("where", {}), entry.get("why", "")
    if set(where) != set(table.fields) or needs not in entry:
        raise Fault(f"{table.name}: domain and missing answer every field and give {needs}")
    if needs == "why" and len(why.strip()) < SHORTEST_WHY:
        raise Fault(f"{table.name}: say why nothing answers {where}")
    if needs == "since" and type(entry["since"]) is not date:
        raise Fault(f"{table.name}: a domain holds since a day")
    texts = {
        name: (value,) if isinstance(value, str) else tuple(value) for name, value in where.items()
    }
    return Asked(texts, entry.get("since"), entry.get("until"), why)


def _unanswered(
    table: Table, domain: Asked, since: date, named: list[Asked]
) -> Iterator[tuple[dict[str, str], date]]:
    """Each question that no row answers, with each day from which on none does."""
    edges = {edge for row in table.rows for edge in (row.period.since, row.period.until) if edge}
    edges |= {one.until for one in named if one.until}
    days = sorted({since} | {edge for edge in edges if edge > since})
    fields = [_bands(table, domain.where[name], name, named) for name in table.fields]
    for values in product(*fields):
        where = dict(zip(table.fields, values, strict=True))
        low = _lows(where)
        yield from ((where, day) for day in days if not _answer(table.rows, day, low))


def _bands(table: Table, texts: tuple[str, ...], name: str, named: list[Asked]) -> list[str]:
    """The values of a field; a range cut wherever a row or a named hole begins or ends."""
    written = [row.where[name] for row in table.rows]
    written += [text for one in named for text in one.where[name]]
    cuts = {edge for one in written for edge in span(one) or () if edge is not None}
    found = []
    for text in texts:
        bounds = span(text)
        if not bounds:
            found.append(text)
            continue
        low, high = bounds
        inner = sorted(cut for cut in cuts if cut > low and (high is None or cut < high))
        ends = [*inner, high]
        found += [
            f"{a}..{'' if b is None else b}" for a, b in zip([low, *inner], ends, strict=True)
        ]
    return found


def _lows(where: Mapping[str, str]) -> dict[str, str]:
    """The question asked with the low end of each band: no edge of a row lies inside one."""
    bounds = {name: span(text) for name, text in where.items()}
    return {name: str(found[0]) if found else where[name] for name, found in bounds.items()}


def _answer(rows: tuple[Row, ...], day: date, where: Mapping[str, str]) -> bool:
    return any(day in row.period and row.matches(where) for row in rows)


def _holds(written: str, asked: str) -> bool:
    bounds = span(written)
    if bounds is None:
        return written in (ANY, asked)
    return bounds[0] <= int(asked) and (bounds[1] is None or int(asked) < bounds[1])


def _said(where: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in where.items()) or "the day"


def _told(one: Asked) -> str:
    return _said({name: "/".join(texts) for name, texts in one.where.items() if texts != (ANY,)})
