"""Tenders that stand still because something committed or two calculations disagree."""

from dataclasses import dataclass
from datetime import datetime

from jangteo.stages.opening.queries.result import result
from jangteo.stages.tender.queries import search

MOST = 100


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A tender on hold. code, sentence: why, the sentence a msgid; since: when it was opened."""

    number: str
    title: str
    buyer: str
    code: str
    sentence: str
    since: datetime | None


def holds() -> list[HoldRow]:
    """The tenders on hold, the newest notice first; public."""
    found = [result(row.number) for row in search(status="hold", per_page=MOST).rows]
    return [
        HoldRow(one.number, one.title, one.buyer, one.code, one.sentence, one.opened_at)
        for one in found
    ]
