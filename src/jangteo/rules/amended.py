"""A dated table as a draft amendment would leave it: what its rows end, and what ends them.

Among the rows that answer a question on a day the one of the latest `since` holds, on the same day
the draft's. A row that a draft row answers wholly ends with it; of a row that it answers in part
(another band) the rest stays in force. `replaces` names rows that end as a whole.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jangteo.ground.errors import Fault
from jangteo.ground.period import Period
from jangteo.rules import files
from jangteo.rules.dated import Row, Table, build, covers, same_question


@dataclass(frozen=True, slots=True)
class Succession:
    """From a day on one row holds in place of another; whole: False if only for a part of it."""

    after: str
    before: str
    on: date
    whole: bool


def amended(name: str, drafts: Sequence[Mapping[str, Any]]) -> tuple[Table, tuple[Succession, ...]]:
    """The table with draft rows put in, and what follows what, in the order of the days.

    Fault if a row breaks its form, if two draft rows answer the same question on the same day, or
    if one replaces a row that the table does not have.
    """
    content = files.toml(name)
    bare = [{key: row[key] for key in row if key != "replaces"} for row in drafts]
    own = build(name, {**content, "row": bare}).rows
    old = build(name, content).rows
    _ids(own, old)
    named = [_replaced(name, given, old) for given in drafts]
    pairs = tuple(zip(own, named, strict=True))
    kept = [row for one in old if (row := _ended(one, pairs)) is not None]
    new = [_followed(row, old, gone) for row, gone in pairs]
    found = [one for row, gone in pairs for one in _successions(row, old, gone)]
    rows = sorted([*new, *kept], key=lambda row: row.period.since, reverse=True)
    table = Table(name, content["about"], tuple(content["fields"]), tuple(rows))
    return table, tuple(sorted(found, key=lambda one: (one.on, one.after, one.before)))


def _ids(own: Sequence[Row], old: Sequence[Row]) -> None:
    twice = {row.id for row in own} & {row.id for row in old}
    if twice:
        raise Fault(f"{', '.join(sorted(twice))}: the table has a row of this id; choose another")


def _replaced(name: str, given: Mapping[str, Any], old: Sequence[Row]) -> frozenset[str]:
    said = given.get("replaces", [])
    if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
        raise Fault(f"{name}:{given['id']}: `replaces` is a list of row ids")
    wanted = {f"{name}:{one}" for one in said}
    unknown = wanted - {row.id for row in old}
    if unknown:
        raise Fault(f"{name}:{given['id']} replaces {', '.join(sorted(unknown))}: no such row")
    return frozenset(wanted)


def _ended(old: Row, pairs: Collection[tuple[Row, frozenset[str]]]) -> Row | None:
    """The row until a draft row takes its place as a whole; None if it would never have held."""
    since, until = old.period.since, old.period.until
    for row, gone in pairs:
        begins = row.period.since
        if old.id in gone or (covers(row, old) and begins >= since):
            until = begins if until is None else min(until, begins)
    if until is not None and until <= since:
        return None
    return replace(old, period=Period(since, until))


def _followed(row: Row, old: Sequence[Row], gone: Collection[str]) -> Row:
    """A draft row until a later row of the table answers all that it does."""
    later = [one.period.since for one in old if covers(one, row) and _later(one, row, gone)]
    ends = [day for day in (row.period.until, *later) if day is not None]
    return replace(row, period=Period(row.period.since, min(ends, default=None)))


def _later(one: Row, row: Row, gone: Collection[str]) -> bool:
    return one.period.since > row.period.since and one.id not in gone


def _successions(row: Row, old: Sequence[Row], gone: Collection[str]) -> list[Succession]:
    found = []
    for one in old:
        if not (one.id in gone or same_question(row, one)) or not one.period.overlaps(row.period):
            continue
        if _later(one, row, gone):
            found.append(Succession(one.id, row.id, one.period.since, covers(one, row)))
        else:
            whole = one.id in gone or covers(row, one)
            on = max(row.period.since, one.period.since)
            found.append(Succession(row.id, one.id, on, whole))
    return found
