"""Leaves a system alone for a while after it has failed several times in a row.

Counted in real time by a clock that only goes forward: how long to leave a system alone is no
question of law, and a practice world may move the law's clock.
"""

import time
from collections.abc import Callable

AFTER = 5
PAUSE, LONGEST = 2.0, 60.0


class Breaker:
    """Closed while all is well; open for a pause that doubles; then one trial decides."""

    def __init__(
        self,
        *,
        after: int = AFTER,
        pause: float = PAUSE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._after, self._first, self._clock = after, pause, clock
        self._failures, self._pause, self._until = 0, pause, 0.0

    @property
    def open(self) -> bool:
        """Whether the system is to be left alone now."""
        return self._clock() < self._until

    def succeed(self) -> None:
        """The system answered."""
        self._failures, self._pause, self._until = 0, self._first, 0.0

    def fail(self) -> None:
        """The system was not reached, or did not answer."""
        self._failures += 1
        if self._failures >= self._after:
            self._until = self._clock() + self._pause
            self._pause = min(self._pause * 2, LONGEST)
