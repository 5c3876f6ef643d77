"""Receive sealed bids: one SQL statement a group, which judges, records and journals by itself.

The statement rechecks what a ticket promised up to a quarter of an hour ago: notice version and
keys in force, bidding period by the arrival, the supplier's standing, one bid a supplier. Waiting
in our own queue never makes a bid late: an arrival older than five seconds counts if it was noted
within five seconds (`note_arrivals`).
"""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jangteo.records.numbering.queries import new_id
from jangteo.records.vault.canonical import canonical
from jangteo.stages.bid.actions.sql import BY_HASH, BY_KEY, CONFIRM, NOTE, RECEIVE
from jangteo.stages.bid.actions.ticket import Ticket

LAW = "전자조달법 시행령 제5조"
_NOT_REPLICATED = "canceling wait for synchronous replication"


class NotConfirmed(Exception):
    """The database may or may not have kept the group: ask again by key, promise nothing."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A whole request as intake holds it; arrival: when its last byte was in.

    receipt: canonical JSON text of what the bidder will be given.
    """

    ticket: Ticket
    envelope: bytes
    hash: bytes
    signature: bytes
    arrival: datetime
    receipt: str

    @property
    def key(self) -> tuple[uuid.UUID, uuid.UUID, str, int, int, int]:
        """What only one envelope may have; groups are sorted by it so that none deadlock."""
        t = self.ticket
        return (t.tender_id, t.supplier_id, t.lot, t.round, t.version, t.attempt)


@dataclass(frozen=True, slots=True)
class Answer:
    """kind: received, known (the same envelope was received before) or refused.

    receipt: the stored receipt's text, "" when refused; code: why refused (`refusals.py`);
    noted: an earlier arrival of this same envelope that was noted in time, to be tried with.
    """

    kind: str
    receipt: str = ""
    code: str = ""
    noted: datetime | None = None


def _columns(group: Sequence[Arrived]) -> list[list[Any]]:
    tickets = [item.ticket for item in group]
    return [
        [new_id() for _ in group],
        [new_id() for _ in group],
        [t.tender_id for t in tickets],
        [t.lot for t in tickets],
        [t.round for t in tickets],
        [t.version for t in tickets],
        [t.supplier_id for t in tickets],
        [t.attempt for t in tickets],
        [t.agent_id for t in tickets],
        [t.agent_key for t in tickets],
        [t.keys for t in tickets],
        [item.envelope for item in group],
        [item.hash for item in group],
        [item.signature for item in group],
        [item.arrival for item in group],
        [item.receipt for item in group],
    ]


async def _confirmed(connection: Any, sql: str, *arguments: Any) -> list[Any]:
    """Fetch, unless the server says that it gave up waiting for its standby."""
    warnings: list[str] = []

    def listen(_connection: Any, message: Any) -> None:
        if _NOT_REPLICATED in str(getattr(message, "message", message)):
            warnings.append(str(message))

    connection.add_log_listener(listen)
    try:
        rows: list[Any] = await connection.fetch(sql, *arguments)
    finally:
        if not connection.is_closed():
            connection.remove_log_listener(listen)
    if warnings:
        raise NotConfirmed(warnings[0])
    return rows


async def stored_answers(connection: Any, group: Sequence[Arrived]) -> list[Answer | None]:
    """What the database already holds for each: known, refused as a second one, or None.

    Before anything is answered as known, the server confirms that all before it is durable.
    """
    keys = [list(column) for column in zip(*(item.key for item in group), strict=True)]
    rows = {row["n"]: row for row in await connection.fetch(BY_KEY, *keys)}
    same = {
        row["hash"]: row for row in await connection.fetch(BY_HASH, [item.hash for item in group])
    }
    answers: list[Answer | None] = []
    for number, item in enumerate(group, 1):
        row = rows.get(number)
        if row is not None and row["hash"] == item.hash:
            answers.append(Answer("known", canonical(json.loads(row["receipt"])).decode()))
        elif row is not None:
            answers.append(Answer("refused", code="bid.already_received"))
        elif item.hash in same:
            answers.append(Answer("refused", code="bid.found_malformed"))
        else:
            answers.append(None)
    if rows:
        await _confirmed(connection, CONFIRM)
    return answers


def _answer(item: Arrived, row: Any) -> Answer | None:
    if row["entered"]:
        return Answer("received", item.receipt)
    if row["refusal"] is None:
        return None
    noted = row["noted"] if row["refusal"] in ("bid.late", "bid.arrival_unproven") else None
    return Answer("refused", code=row["refusal"], noted=noted)


async def receive_bids(connection: Any, group: Sequence[Arrived]) -> list[Answer]:
    """Record a group in one statement; an answer for each, in the order given.

    connection: asyncpg. A neighbour's refusal or duplicate never touches another bid. Raises
    NotConfirmed or asyncpg's errors when nothing may be promised: then ask `stored_answers`.
    """
    order = sorted(range(len(group)), key=lambda place: group[place].key)
    items = [group[place] for place in order]
    rows = await _confirmed(connection, RECEIVE, *_columns(items), LAW)
    answers = [_answer(item, row) for item, row in zip(items, rows, strict=True)]
    open_places = [n for n, answer in enumerate(answers) if not (answer and answer.receipt)]
    if open_places:
        before = await stored_answers(connection, [items[n] for n in open_places])
        for n, known in zip(open_places, before, strict=True):
            answers[n] = _settle(answers[n], known)
    settled = dict(zip(order, answers, strict=True))
    return [
        settled[place] or Answer("refused", code="bid.undecided") for place in range(len(group))
    ]


def _settle(judged: Answer | None, known: Answer | None) -> Answer | None:
    """The same envelope is answered by its receipt, whatever has happened since."""
    if known is not None and known.kind == "known":
        return known
    return judged or known


async def note_arrivals(connection: Any, group: Sequence[Arrived]) -> None:
    """Note which envelopes are here by now; the database keeps only what is under 5 s old."""
    ordered = sorted(group, key=lambda item: item.hash)
    await connection.execute(
        NOTE, [item.hash for item in ordered], [item.arrival for item in ordered]
    )
