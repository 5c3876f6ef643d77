"""Clocks: real at the doors, movable in a sandbox, held still in tests and simulations."""

from datetime import datetime, timedelta, timezone
from typing import Protocol

KST = timezone(timedelta(hours=9), "KST")


class Clock(Protocol):
    """Anything that can say what time it is."""

    def now(self) -> datetime:
        """The present moment, with a time zone."""
        ...


class StillClock:
    """A clock that moves only when told, and only forward."""

    def __init__(self, at: datetime) -> None:
        if at.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        self._at = at

    def now(self) -> datetime:
        """The moment it was last set to."""
        return self._at

    def forward(self, by: timedelta) -> datetime:
        """Move on by a positive length of time; ValueError otherwise."""
        if by <= timedelta(0):
            raise ValueError("a clock never goes back")
        self._at += by
        return self._at
