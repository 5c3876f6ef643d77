"""The answer to "may they take part?"."""

from dataclasses import dataclass

from jangteo.ground.reason import Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes or no, and why."""

    allowed: bool
    reasons: tuple[Reason, ...]
