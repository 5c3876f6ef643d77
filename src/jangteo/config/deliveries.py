"""Chained facts become jobs, one for each listener; clock jobs become jobs when they are due."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job

from jangteo.config import timetable
from jangteo.records.journal import queries
from jangteo.records.journal.delivery import hand_over
from jangteo.records.journal.queries import Fact

LONGEST_WAIT = 600


class Patience(BaseRetryStrategy):
    """Again and again, each time after a longer while, at most ten minutes: nothing is given up."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        """Wait two seconds, four, eight, … ten minutes."""
        return RetryDecision(retry_in={"seconds": min(2 ** (job.attempts + 1), LONGEST_WAIT)})


def name_of(function: Callable[..., Any]) -> str:
    """How a listener or clock job is called in a job: "jangteo.stages.tender.jobs.tell_of_keys"."""
    return f"{function.__module__}.{function.__qualname__}"


_LISTENERS = {name_of(one): one for many in timetable.LISTENERS.values() for one in many}
_CLOCK = {name_of(one.run): one.run for one in timetable.CLOCK}


@app.task(name="jangteo.hear", queue="facts", retry=Patience())
def hear(listener: str, fact: str) -> None:
    """Let one listener hear one fact; what it writes is kept whole or not at all."""
    with transaction.atomic():
        _LISTENERS[listener](queries.fact(uuid.UUID(fact)))


@app.task(name="jangteo.tick", queue="clock", retry=Patience())
def tick(job: str) -> None:
    """Run one clock job."""
    _CLOCK[job](queries.now())


def enqueue(facts: Sequence[Fact]) -> None:
    """One job for each listener of each fact, in the caller's transaction."""
    jobs = [
        {"listener": name_of(listener), "fact": str(fact.id)}
        for fact in facts
        for listener in timetable.LISTENERS.get(fact.kind, ())
    ]
    if jobs:
        hear.batch_defer(*jobs)


def deliver(at: datetime) -> None:
    """Hand over everything chained so far; a chore of the sequencer."""
    while hand_over(enqueue):
        pass


class Ticker:
    """Enqueues clock jobs when they are due by the database's clock; a chore of the sequencer."""

    def __init__(self) -> None:
        self._last: dict[str, datetime] = {}

    def __call__(self, at: datetime) -> None:
        for job in timetable.CLOCK:
            name = name_of(job.run)
            last = self._last.get(name)
            if last is not None and at - last < job.every:
                continue
            try:
                with transaction.atomic():
                    tick.configure(queueing_lock=name).defer(job=name)
            except AlreadyEnqueued:  # it waits already; once is enough
                pass
            self._last[name] = at
