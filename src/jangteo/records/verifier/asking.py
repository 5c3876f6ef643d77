"""Ask the second engine between two tries of an action, so that no lock waits for its answer."""

import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from jangteo.ground.errors import Fault

Given = ParamSpec("Given")
Made = TypeVar("Made")

#: how often an action may find other figures than it asked about before something is wrong with it
MOST = 50


class NoAnswer(Exception):
    """The verifier is missing, crashed, was silent or could not read; why says which."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class _Unasked(Exception):
    """An answer is needed that has not been asked for; key: of all that it hangs on."""

    def __init__(self, key: str, ask: Callable[[], Any]) -> None:
        super().__init__(key)
        self.key, self.ask = key, ask


_known: ContextVar[dict[str, Any] | None] = ContextVar("known", default=None)
_spent: ContextVar[timedelta] = ContextVar("spent", default=timedelta())


def answered(key: str, ask: Callable[[], Any]) -> Any:
    """What `ask` gives; within an `unlocked` action only what was asked before. NoAnswer."""
    known = _known.get()
    if known is None:
        return ask()
    if key not in known:
        raise _Unasked(key, ask)
    if isinstance(known[key], NoAnswer):
        raise NoAnswer(known[key].why)
    return known[key]


def waited() -> timedelta:
    """How long the `unlocked` action that runs has waited for answers: by so much it is later than
    at its door, for what must be done before a moment."""
    return _spent.get()


def unlocked(action: Callable[Given, Made]) -> Callable[Given, Made]:
    """Run an action in one transaction that never waits for the second engine.

    Where it needs an answer that it does not have, all it did is taken back and with it every
    lock; then the engine is asked, and the action is tried again from the beginning. It finds the
    answer under the very figures it computes then, or asks for others: what changed meanwhile is
    never decided on by an old answer, and silence stays silence. Within another such action it is a
    part of that one; within a transaction of its caller it gives back its own locks only. Fault if
    it never finds the figures it asked about.
    """

    @wraps(action)
    def run(*args: Given.args, **given: Given.kwargs) -> Made:
        if _known.get() is not None:
            with transaction.atomic():
                return action(*args, **given)
        known: dict[str, Any] = {}
        spent = timedelta()
        for _try in range(MOST):
            mark, before = _known.set(known), _spent.set(spent)
            try:
                with transaction.atomic():
                    return action(*args, **given)
            except _Unasked as one:
                needed = one
            finally:
                _known.reset(mark)
                _spent.reset(before)
            began = time.monotonic()
            try:
                known[needed.key] = needed.ask()
            except NoAnswer as silent:
                known[needed.key] = silent
            spent += timedelta(seconds=time.monotonic() - began)
        raise Fault(f"{action.__name__} needs ever other answers")

    return run
