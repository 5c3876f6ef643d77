"""The draw: every bidder picks two numbers; the four picked most often give the reserve price."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jangteo.ground.errors import N_, Fault
from jangteo.ground.reason import Reason, Steps
from jangteo.rules.dated import Row, table
from jangteo.rules.price.stream import Stream, key


@dataclass(frozen=True, slots=True)
class Draw:
    """counts: how often numbers 1, 2, … were picked by all bids, excluded ones included.

    drawn_from: the same without the excluded bids; the choice is made of these.
    chosen: the four numbers in the order of choice; supplied: those that a seed supplied.
    """

    counts: tuple[int, ...]
    drawn_from: tuple[int, ...]
    chosen: tuple[int, ...]
    supplied: tuple[int, ...]
    reasons: Sequence[Reason]


def draw(
    picks: Sequence[Sequence[int]],
    counted: Sequence[bool] | None = None,
    shortage_seed: bytes = b"",
    *,
    on: date,
    row: Row | None = None,
) -> Draw:
    """Count the picks and choose the four numbers, by the row of price/draw of the notice's day.

    picks: each opened bid's numbers; counted[i] is False for a bid that was excluded before the
    opening: its picks show in the counts, but the four are chosen without them. Bids below the
    floor or above the reserve price do count. Most picks win; of equal counts the lower number.
    If fewer than four numbers were picked, the missing ones are chosen among the others by
    `shortage_seed` (docs/rules/draw.md). Law: 전자입찰특별유의서 제12조. Nothing is rounded.
    Fault if a pick is not a number of the table, or a seed is needed and not given.
    """
    row = row or table("price/draw").on(on)
    total = row.integer("prices")
    include = list(counted) if counted is not None else [True] * len(picks)
    if any(len(set(pick)) != len(pick) or len(pick) != row.integer("picks") for pick in picks):
        raise Fault(f"a bid picks {row.text('picks')} different numbers")
    counts = _count(picks, total)
    drawn_from = _count([p for p, yes in zip(picks, include, strict=True) if yes], total)
    order = sorted(range(1, total + 1), key=lambda number: (-drawn_from[number - 1], number))
    picked = [number for number in order if drawn_from[number - 1]][: row.integer("chosen")]
    missing = row.integer("chosen") - len(picked)
    supplied = _supply(picked, missing, total, shortage_seed) if missing else ()
    chosen = (*picked, *supplied)
    said = (row, counts, drawn_from, chosen, supplied, include)
    return Draw(counts, drawn_from, chosen, supplied, Steps(lambda: _reasons(*said)))


def _count(picks: Sequence[Sequence[int]], total: int) -> tuple[int, ...]:
    tally = Counter(number for pick in picks for number in pick)
    if any(not 1 <= number <= total for number in tally):
        raise Fault(f"a pick is a number from 1 to {total}")
    return tuple(tally[number] for number in range(1, total + 1))


def _supply(picked: list[int], missing: int, total: int, seed: bytes) -> tuple[int, ...]:
    if not seed:
        raise Fault("too few numbers were picked and no seed was recorded for the others")
    stream = Stream(key("jangteo/shortage/1", seed))
    left = [number for number in range(1, total + 1) if number not in picked]
    return tuple(left.pop(stream.below(len(left))) for _ in range(missing))


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers)


def _reasons(
    row: Row,
    counts: tuple[int, ...],
    drawn_from: tuple[int, ...],
    chosen: tuple[int, ...],
    supplied: tuple[int, ...],
    include: list[bool],
) -> tuple[Reason, ...]:
    reasons = [
        row.reason(
            "price.draw.most_picked",
            N_("Numbers {chosen} were picked most often; of equal counts the lower number wins."),
            chosen=_numbers([number for number in chosen if number not in supplied]),
            picks=sum(counts),
        )
    ]
    if not all(include):
        reasons.append(
            row.reason(
                "price.draw.without_excluded",
                N_("{excluded} excluded bids show in the counts but do not choose."),
                excluded=include.count(False),
                picks_left=sum(drawn_from),
            )
        )
    if supplied:
        reasons.append(
            row.reason(
                "price.draw.supplied",
                N_("Too few numbers were picked; {supplied} were supplied by the recorded seed."),
                supplied=_numbers(supplied),
            )
        )
    return tuple(reasons)
