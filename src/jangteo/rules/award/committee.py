"""The marks of an evaluation committee: the mean without one highest and one lowest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jangteo.ground.errors import N_, Fault
from jangteo.ground.reason import Reason, Steps
from jangteo.ground.rounding import round_places
from jangteo.rules.award.order import points
from jangteo.rules.dated import Row

Marks = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Verdict:
    """technical: the mean of the kept evaluators' sums; items: of each item alone, by code.

    kept: their places in the list given, from 0. Both are rounded as the row says.
    """

    technical: Fraction
    items: Marks
    kept: tuple[int, ...]
    reasons: Sequence[Reason]


def evaluate(row: Row, marks: Sequence[Marks]) -> Verdict:
    """One bidder's marks, one mapping an evaluator, by a row of award/committee.

    So many of the highest sums as the row says are left out, then of the rest so many of the
    lowest; of equal sums the evaluator listed first. The mean is rounded half up at the fifth
    decimal. Law: 국가계약법 시행령 제43조제8항, 지방계약법 시행령 제43조제9항·제10항 and the
    standards under them. Fault with fewer evaluators than the row asks, or if they mark
    different items.
    """
    if len(marks) < row.integer("fewest") or any(one.keys() != marks[0].keys() for one in marks):
        raise Fault("enough evaluators mark the same items")
    sums = [sum(one.values(), Fraction(0)) for one in marks]
    high = sorted(range(len(sums)), key=lambda place: (-sums[place], place))
    left = high[row.integer("highest") :]
    low = sorted(left, key=lambda place: (sums[place], place))
    kept = tuple(sorted(low[row.integer("lowest") :]))
    if not kept:
        raise Fault("somebody's marks are kept")
    technical = _mean(row, [sums[place] for place in kept])
    items = {code: _mean(row, [marks[place][code] for place in kept]) for code in marks[0]}
    return Verdict(technical, items, kept, Steps(lambda: [_why(row, sums, kept, technical)]))


def _mean(row: Row, values: Sequence[Fraction]) -> Fraction:
    mean = sum(values, Fraction(0)) / len(values)
    return round_places(mean, row.integer("places"), row.text("rounding"))


def _why(
    row: Row, sums: Sequence[Fraction], kept: Sequence[int], technical: Fraction
) -> Reason:  # fmt: skip
    return row.reason(
        "award.committee.mean",
        N_("Of {evaluators} marks {dropped} are left out; the mean of the others is {technical}."),
        evaluators=len(sums),
        dropped=", ".join(points(sums[p]) for p in range(len(sums)) if p not in kept),
        technical=points(technical),
    )
