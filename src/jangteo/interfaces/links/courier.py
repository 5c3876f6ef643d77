"""Carries the messages of one system: sends what is ready, asks what became of the rest.

`sent` is committed before a byte goes out. Whatever happens then, three things keep a message from
having a second effect: only a system's own word "never received" lets it be sent again, it always
goes under the same key, and one courier at a time holds it.
"""

import logging
import threading
import time
from datetime import timedelta

from django.db import close_old_connections, connection
from django.utils.translation import gettext, override

from jangteo.ground.errors import Refusal
from jangteo.interfaces.links.breaker import Breaker
from jangteo.interfaces.links.link import Call, Link, Outcome, nonsense
from jangteo.interfaces.links.transports import http
from jangteo.records.exchange import actions as exchange
from jangteo.records.exchange.queries import waiting_count
from jangteo.records.exchange.turns import Turn, turn
from jangteo.records.journal.queries import now

log = logging.getLogger("jangteo.courier")
#: Seconds between two looks, between two warnings, after a loss, and the longest wait.
LOOK, WARN, SOON, LONGEST = 0.3, 60.0, 0.5, 600.0


class Courier:
    """address: of the system, "" while nobody has given one; then everything waits."""

    def __init__(self, link: Link, address: str, breaker: Breaker | None = None) -> None:
        self.link, self.address = link, address
        self.breaker = breaker or Breaker()
        self._warned = -WARN

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop; what fails is logged and tried again."""
        while not stop.is_set():
            busy = False
            try:
                close_old_connections()
                busy = self.work()
            except Exception:
                log.exception("the courier of %s failed; trying again", self.link.card.id)
                connection.close()
            if not busy:
                stop.wait(LOOK)
        connection.close()

    def work(self) -> bool:
        """Carry one message that is due; False if none is, or the system is left alone."""
        if not self.address:
            self._warn()
            return False
        if self.breaker.open:
            return False
        with turn(self.link.card.id) as taken:
            if taken is None:
                return False
            try:
                self._carry(taken)
            except Exception:  # one message that cannot be carried never holds up the others
                log.exception("%s of %s failed; asked about later", taken.do, taken.message.key)
                self._without(taken, certain=False)
        return True

    def _warn(self) -> None:
        if time.monotonic() - self._warned < WARN:
            return
        self._warned = time.monotonic()
        waiting = waiting_count(self.link.card.id)
        if waiting:
            card = self.link.card
            log.warning("%s has no address: %d wait; set %s", card.name, waiting, card.variable)

    def _carry(self, taken: Turn) -> None:
        key, ask = taken.message.key, taken.do == "ask"
        try:
            write = self.link.inquire if ask else self.link.order
            call = write(taken.message, taken.at)
        except Refusal as refusal:  # our own words do not fit: nothing goes out
            with override("ko"):  # as every other reason that a system gives
                reason = gettext(refusal.text)
            exchange.reject(at=now(), key=key, code=refusal.code, answer={"reason": reason})
            return
        try:
            arrived = http.carry(self.address, call)
        except http.NeverLeft as trouble:
            self.breaker.fail()
            self._note(taken, call, trouble=str(trouble))
            self._without(taken, certain=not ask)
            return
        except http.NoAnswer as trouble:
            self.breaker.fail()
            self._note(taken, call, trouble.status, trouble.body, str(trouble))
            self._without(taken, certain=False)
            return
        self.breaker.succeed()
        try:
            outcomes = agreed(self.link.read(taken.message, arrived.body))
        except Refusal as refusal:
            self._note(taken, call, arrived.status, arrived.body, refusal.code)
            self._without(taken, certain=False)
            return
        self._note(taken, call, arrived.status, arrived.body)
        for outcome in outcomes:
            self._settle(taken, outcome)

    def _note(
        self,
        taken: Turn,
        call: Call,
        status: int | None = None,
        got: bytes = b"",
        trouble: str = "",
    ) -> None:
        exchange.note(
            at=now(), key=taken.message.key, address=self.address.rstrip("/") + call.path,
            sent=call.body, received=got, status=status, trouble=trouble,
        )  # fmt: skip

    def _without(self, taken: Turn, *, certain: bool) -> None:
        """There is no sound answer; certain: not a byte of this sending went out."""
        at, key = now(), taken.message.key
        if taken.do == "ask":
            exchange.postpone(key=key, until=at + _pause(taken.asked))
        elif certain:
            again = at + _pause(taken.attempt - 1)
            exchange.defer(at=at, key=key, again_at=again, attempt=taken.attempt)
        else:
            again = at + timedelta(seconds=SOON)
            exchange.lose(at=at, key=key, again_at=again, attempt=taken.attempt)

    def _settle(self, taken: Turn, outcome: Outcome) -> None:
        at, key = now(), taken.message.key
        if outcome.said == "done":
            exchange.finish(at=at, key=key, answer=dict(outcome.answer))
        elif outcome.said == "rejected":
            exchange.reject(at=at, key=key, code=outcome.code, answer=dict(outcome.answer))
        elif outcome.said == "accepted" and taken.status != "accepted":
            again = at + _pause(0)
            exchange.accept(at=at, key=key, reference=outcome.reference, again_at=again)
        elif outcome.said == "never" and taken.status == "unknown":
            again = at + _pause(taken.attempt - 1)
            exchange.defer(at=at, key=key, again_at=again, attempt=taken.attempt)
        else:  # still at work on it, or it forgot what it had accepted: ask later
            self._without(taken, certain=False)


def agreed(outcomes: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    """The outcomes of one answer; Refusal `link.answer.contradicts` if two results differ."""
    results = [one for one in outcomes if one.said in ("done", "rejected")]
    if not outcomes or any(one != results[0] for one in results):
        raise nonsense("answer.contradicts")
    return outcomes


def _pause(turns: int) -> timedelta:
    """One second, two, four, … ten minutes."""
    return timedelta(seconds=min(2.0 ** min(turns, 20), LONGEST))
