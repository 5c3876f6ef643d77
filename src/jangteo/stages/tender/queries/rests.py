"""Which dated rows a notice rests on: every one that answered while it was judged.

Nobody lists them. A rule that comes to be asked about notices is heard as soon as it asks a table.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from jangteo.ground.clock import KST
from jangteo.ground.errors import Refusal
from jangteo.rules import dated
from jangteo.rules.award import METHODS
from jangteo.rules.award.screening import TABLE
from jangteo.stages.tender.queries.checks import USUAL, filled_or_none, problems
from jangteo.stages.tender.queries.rows import DraftRow, NoticeRow
from jangteo.stages.tender.queries.trial import arithmetic

_heard: ContextVar[set[str] | None] = ContextVar("rows_heard", default=None)


def _hear(row: dated.Row) -> None:
    rows = _heard.get()
    if rows is not None:
        rows.add(row.id)


dated.hear(_hear)


@contextmanager
def hearing() -> Iterator[set[str]]:
    """Ids of the rows that answer meanwhile, whoever asks; not those of a hearing within."""
    rows: set[str] = set()
    token = _heard.set(rows)
    try:
        yield rows
    finally:
        _heard.reset(token)


def rests_on(row: DraftRow, *, on: date, current: NoticeRow | None = None) -> tuple[set[str], bool]:
    """Ids of the rows that a notice rests on, none while its terms are open; whether a table
    scores its candidates, or nobody does.

    What it departs from is left out: the range, unit, roundings, mean and floor rate of its own.
    current: the version in force if this is a correction. Of a day every moment asks the same rows.
    """
    at = datetime.combine(on, time(), KST)
    with hearing() as rows:
        problems(row, at=at)
        if current:
            problems(row, at=at, current=current)
        whole = filled_or_none(row, on=on)
        made = arithmetic(row, on=on)
        scored = _scored(row, on)
    if whole is None:
        return set(), True
    rows |= {one["id"] for found in (made or {"rows": {}})["rows"].values() for one in found}
    used = set(whole.rows.values())
    return {one for one in rows if one.partition(":")[0] not in USUAL} | used, scored


def _scored(row: DraftRow, on: date) -> bool:
    """Whether a table scores the candidates, or the method scores nobody."""
    scoring = METHODS[row.award_method].scoring
    if scoring is None:
        return True
    try:
        category = scoring.category(row.category, row.licences, on=on)
        asked = {"regime": row.regime, "category": category}
        dated.table(TABLE).on(on, **asked, estimated_price=row.estimated_price or 0)
    except Refusal:
        return False
    return True
