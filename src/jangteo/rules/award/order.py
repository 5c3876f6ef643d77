"""The order of bids under any method: who stands before whom, and who first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jangteo.ground.reason import Reason
from jangteo.ground.rounding import decimal_text


@dataclass(frozen=True, slots=True)
class Placed:
    """rank 0: not ranked, remark says why; scores: points by name, exact."""

    key: str
    rank: int
    remark: str
    scores: Mapping[str, Fraction]
    reasons: Sequence[Reason]


def places(standing: Mapping[str, Any]) -> dict[str, int]:
    """Key -> rank: one more than the number of those that stand strictly before.

    standing: what is compared, the smaller before the greater; equals share a rank and the next
    is skipped (1, 2, 2, 4).
    """
    found: dict[Any, int] = {}
    for place, value in enumerate(sorted(standing.values()), 1):
        found.setdefault(value, place)
    return {key: found[value] for key, value in standing.items()}


def first(placed: Iterable[Placed]) -> tuple[str, ...]:
    """The keys that stand first together, ascending; several are decided by lot."""
    return tuple(sorted(one.key for one in placed if one.rank == 1))


def points(value: Fraction) -> str:
    """Points as people write them: with as many decimals as they need.

    ValueError if they are no finite decimal, or need more than thirty places.
    """
    most = 30
    needed = next((n for n in range(most) if (value * 10**n).denominator == 1), most)
    return decimal_text(value, needed)
