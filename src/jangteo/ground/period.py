"""A stretch of time: from (inclusive) until (exclusive); and lengths counted in days."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

Moment = TypeVar("Moment", bound=date)


@dataclass(frozen=True, slots=True)
class Period(Generic[Moment]):
    """From `since` (inclusive) to `until` (exclusive); None means without end.

    Of two days, or of two moments with a time zone; never of one of each.
    """

    since: Moment
    until: Moment | None = None

    def __post_init__(self) -> None:
        if self.until is not None and not self.since < self.until:
            raise ValueError("a period ends after it begins")

    def __contains__(self, moment: Moment) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)

    def overlaps(self, other: "Period[Moment]") -> bool:
        """Whether the two have a moment in common."""
        return (other.until is None or self.since < other.until) and (
            self.until is None or other.since < self.until
        )


@dataclass(frozen=True, slots=True)
class Days:
    """A length in days; working: Saturdays, Sundays and public holidays are not counted."""

    count: int
    working: bool = False

    def __post_init__(self) -> None:
        if type(self.count) is not int or self.count < 0:
            raise ValueError("a number of days is a whole number from 0")
