"""The one writer of chain and log: it gives each committed fact its place within two seconds.

Writers of facts never wait for it: it reads what they have committed. An advisory lock lets any
number of these run while one works; a kill between two lines loses nothing, since a step is one
transaction.
"""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.db import close_old_connections, connection, transaction

from jangteo.ground.errors import Fault
from jangteo.records.journal import chain
from jangteo.records.journal.queries import now
from jangteo.records.log.actions import append, sign_checkpoint
from jangteo.records.log.queries import latest_checkpoint, size

LOCK = 0x6A61_6E67_7465_6F01
MOST = 1000
PAUSE = 0.4
APART = timedelta(seconds=1)
FRESH = timedelta(minutes=1)


class Chore(Protocol):
    """Something else to do at every turn."""

    def __call__(self, *, at: datetime) -> object: ...


log = logging.getLogger("jangteo.sequencer")


@dataclass(frozen=True, slots=True)
class Done:
    """What a step did. since: what to give the next step; busy: another one is at work."""

    linked: int
    signed: bool
    since: int
    busy: bool = False


def step(*, since: int = 0) -> Done:
    """Chain what was committed, append it to the log, sign if it is time; one transaction."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_xact_lock(%s)", [LOCK])
            row = cursor.fetchone()
        if not row or not row[0]:
            return Done(0, False, since, busy=True)
        at = now()
        entries, after = chain.unlinked(since=since, most=MOST)
        if entries:
            _append(chain.extend(entries, at=at))
        signed = _due(at)
        if signed:
            sign_checkpoint(at=at)
    return Done(len(entries), signed, after)


def _append(leaves: list[bytes]) -> None:
    start = size()
    if start + len(leaves) != chain.head()[0]:
        raise Fault("the chain and the log disagree about how many facts there are")
    append(leaves, start=start)


def _due(at: datetime) -> bool:
    last = latest_checkpoint()
    if last is None:
        return size() > 0
    if size() > last.size:
        return at - last.signed_at >= APART
    return at - last.signed_at >= FRESH


def run(stop: threading.Event, *, chores: Sequence[Chore] = ()) -> None:
    """Step until told to stop; after each step do the chores, each given the time.

    A chore or a step that fails is logged and tried again on the next turn.
    """
    since = 0
    while not stop.is_set():
        try:
            close_old_connections()
            since = step(since=since).since
        except Exception:
            log.exception("the sequencer failed; trying again")
            connection.close()
            since = 0
        for chore in chores:
            _do(chore)
        stop.wait(PAUSE)
    connection.close()


def _do(chore: Chore) -> None:
    try:
        chore(at=now())
    except Exception:
        log.exception("a chore of the sequencer failed; trying again")
        connection.close()
