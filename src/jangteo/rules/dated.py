"""Dated tables: what the law says on a day, with the article and the source of every value.

A table is one TOML file under rules/data. Its head gives `table` (its own name), `about`,
`fields` (the where-fields every row must answer) and perhaps `ends` (why its rows may end with
nothing after them). A row gives

    id      unique in the table, never reused
    since   first day it holds; it ends where the next row of the same where-fields begins,
            or at `until` (exclusive) if the law ended without a successor
    where   for each field a text, "*" for any, or a half-open range of won "1000..5000"
    value   texts only, one or several; read as text, Fraction or int by who asks
    law, source, sure
            the article; where the value was read; "stated" in the law's own text, "derived"
            from it or from published results, "assumed" until an official text is found
    corrected
            only if the row was wrong and had to be edited: when, what and why

Rows are appended, never edited: `rules/data/rows.lock` holds the digest of each row as it was first
laid down, and a row that differs from it without `corrected` fails (see `rules/past.py`).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import combinations
from typing import Any

from jangteo.ground.errors import N_, Fault, Refusal
from jangteo.ground.period import Period
from jangteo.ground.reason import Reason
from jangteo.rules import files

SURE = ("stated", "derived", "assumed")
ANY = "*"


class RuleMissing(Refusal):
    """No row of a table holds on the day asked about: "rules.dated.missing"."""

    def __init__(self, table: str, on: date, where: Mapping[str, Any]) -> None:
        asked = ", ".join(f"{name} {value}" for name, value in where.items()) or "-"
        super().__init__(
            "rules.dated.missing",
            N_("No rule in force is known for {table} on {day} ({asked})."),
            repair=N_("Check the day and the values; the rule may have to be added first."),
            table=table,
            day=on.isoformat(),
            asked=asked,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One value over a period. `id` names table and row: "price/unit:works-2020"."""

    id: str
    table: str
    period: Period[date]
    where: Mapping[str, str]
    values: Mapping[str, str]
    law: str
    source: str
    sure: str

    @property
    def value(self) -> str:
        """The only value as text; Fault if the row holds several."""
        return self.text("value")

    def text(self, name: str = "value") -> str:
        """A value as written; Fault if the row has none of that name."""
        try:
            return self.values[name]
        except KeyError:
            raise Fault(f"{self.id} has no value {name!r}") from None

    def fraction(self, name: str = "value") -> Fraction:
        """A value as an exact fraction."""
        return Fraction(self.text(name))

    def integer(self, name: str = "value") -> int:
        """A value as a whole number."""
        return int(self.text(name))

    def reason(self, code: str, text: str, **params: Any) -> Reason:
        """A reason that cites this row and its law."""
        return Reason(code, text, params, self.law, self.id)

    def matches(self, where: Mapping[str, Any]) -> bool:
        """Whether every where-field answers what is asked."""
        return all(_answers(self.where[name], asked) for name, asked in where.items())


@dataclass(frozen=True, slots=True)
class Table:
    """A dated table; rows in the order of the file."""

    name: str
    about: str
    fields: tuple[str, ...]
    rows: tuple[Row, ...]
    ends: str = ""

    def on(self, day: date, **where: Any) -> Row:
        """The row in force on a day. RuleMissing if there is none, Fault on a wrong question."""
        if set(where) != set(self.fields):
            raise Fault(f"{self.name} is asked by {', '.join(self.fields) or 'the day only'}")
        for row in self.rows:
            if day in row.period and row.matches(where):
                for told in _hearers:
                    told(row)
                return row
        raise RuleMissing(self.name, day, where)

    def all_on(self, day: date) -> tuple[Row, ...]:
        """Every row in force on a day: for lists such as regions and licences."""
        return tuple(row for row in self.rows if day in row.period)

    def row(self, row_id: str) -> Row:
        """The row of an id as stored with a result; Fault if there is none."""
        for row in self.rows:
            if row.id == row_id:
                return row
        raise Fault(f"no row {row_id!r} in {self.name}")


def table(name: str) -> Table:
    """The table of rules/data/<name>.toml, read and checked once. Fault if it breaks its form."""
    return _drafts.get(name) or _installed(name)


@cache
def _installed(name: str) -> Table:
    return build(name, files.toml(name))


#: told of every row that answers a question
_hearers: list[Callable[[Row], None]] = []


def hear(told: Callable[[Row], None]) -> None:
    """Tell of every row that answers `Table.on` from now on; no answer changes by it.

    A function that remembers its answers (functools.cache) is heard only when it first asks; a
    list (`all_on`) is no answer.
    """
    _hearers.append(told)


#: tables with draft rows, only while a change of law is rehearsed
_drafts: dict[str, Table] = {}


def rehearse(drafts: Collection[Table]) -> None:
    """Put tables with draft rows in place of their own in this process; nothing ends it again.

    Only for the rehearsal of a change of law, which is a process of its own; see `rules/amended`.
    """
    _drafts.update({draft.name: draft for draft in drafts})


def row(row_id: str) -> Row:
    """A row by the id that results store: "price/unit:works-2020"."""
    return table(row_id.partition(":")[0]).row(row_id)


def build(name: str, content: Mapping[str, Any]) -> Table:
    """A table from its TOML content; Fault names the first breach of form."""
    if content.get("table") != name or not content.get("about"):
        raise Fault(f"{name}: `table` must be its own name, and `about` must say what it holds")
    fields = tuple(content.get("fields", ()))
    raw = [_checked(name, fields, entry) for entry in content.get("row", ())]
    rows = tuple(_row(name, entry, raw) for entry in raw)
    if not rows or len({row.id for row in rows}) != len(rows):
        raise Fault(f"{name}: rows need ids of their own")
    for one, other in combinations(rows, 2):
        if one.period.overlaps(other.period) and same_question(one, other):
            raise Fault(f"{one.id} and {other.id} hold at the same time")
    return Table(name, content["about"], fields, rows, content.get("ends", ""))


def _checked(name: str, fields: tuple[str, ...], entry: Mapping[str, Any]) -> Mapping[str, Any]:
    label = f"{name}:{entry.get('id')}"
    for key in ("id", "law", "source"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise Fault(f"{label} needs {key}")
    if type(entry.get("since")) is not date or entry.get("sure") not in SURE:
        raise Fault(f"{label} needs a day `since` and `sure`, one of {', '.join(SURE)}")
    if set(entry.get("where", {})) != set(fields):
        raise Fault(f"{label} must answer exactly {fields}")
    values = _values(entry)
    if not values or not all(isinstance(v, str) for v in [*values.values(), *_where(entry)]):
        raise Fault(f"{label}: values are texts, read as fractions by who asks")
    return entry


def _values(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    value = entry.get("value", {})
    return value if isinstance(value, Mapping) else {"value": value}


def _where(entry: Mapping[str, Any]) -> list[Any]:
    return list(entry.get("where", {}).values())


def _row(name: str, entry: Mapping[str, Any], raw: list[Mapping[str, Any]]) -> Row:
    """The row, ended by its successor: the next one with the same where-fields."""
    since, until = entry["since"], entry.get("until")
    later = sorted(
        other["since"]
        for other in raw
        if other.get("where", {}) == entry.get("where", {}) and other["since"] > since
    )
    if until is not None and later and later[0] != until:
        raise Fault(f"{name}:{entry['id']} ends on {until}, its successor begins on {later[0]}")
    return Row(
        id=f"{name}:{entry['id']}",
        table=name,
        period=Period(since, until or (later[0] if later else None)),
        where=dict(entry.get("where", {})),
        values=dict(_values(entry)),
        law=entry["law"],
        source=entry["source"],
        sure=entry["sure"],
    )


def span(text: str) -> tuple[int, int | None] | None:
    """Low and high of a half-open range of won "1000..5000"; None if the text is none."""
    low, dots, high = text.partition("..")
    return (int(low or 0), int(high) if high else None) if dots else None


def _answers(written: str, asked: Any) -> bool:
    bounds = span(written)
    if bounds is None:
        return written in (ANY, str(asked))
    return bounds[0] <= int(asked) and (bounds[1] is None or int(asked) < bounds[1])


def _meet(one: str, other: str) -> bool:
    first, second = span(one), span(other)
    if first and second:
        return (second[1] is None or first[0] < second[1]) and (
            first[1] is None or second[0] < first[1]
        )
    return ANY in (one, other) or one == other


def same_question(one: Row, other: Row) -> bool:
    """Whether there is a question that both rows of a table answer."""
    return all(_meet(one.where[name], other.where[name]) for name in one.where)


def covers(one: Row, other: Row) -> bool:
    """Whether a row answers every question that another of its table does."""
    return all(_wide(one.where[name], other.where[name]) for name in one.where)


def _wide(one: str, other: str) -> bool:
    outer, inner = span(one), span(other)
    if outer and inner:
        ends = outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])
        return outer[0] <= inner[0] and ends
    return one in (ANY, other)
