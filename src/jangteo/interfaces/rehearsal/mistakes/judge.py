"""What stands in the way of a wrong notice: the law, stops, the second entry, warnings."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from jangteo.interfaces.rehearsal.mistakes.kinds import KINDS, made
from jangteo.interfaces.rehearsal.mistakes.notices import Notice, notice
from jangteo.rules.entry.care import care
from jangteo.rules.entry.finding import STOP
from jangteo.rules.entry.plausible import doubts
from jangteo.stages.tender import queries
from jangteo.stages.tender.queries import DraftRow

#: assumed, per hundred: the second person makes the very same error in a figure
SAME_ERROR = 4
#: assumed, per hundred: a warning about a real error is talked away by one officer, by two
TALKED_AWAY = {False: 10, True: 5}
LEAST_STOPPED, MOST_HELD_UP = 95, 3


@dataclass(slots=True)
class Tally:
    """tried: kind -> wrong notices; stopped: (kind, by what) -> count; good ones apart."""

    tried: Counter[str] = field(default_factory=Counter)
    stopped: Counter[tuple[str, str]] = field(default_factory=Counter)
    good: int = 0
    held_up: int = 0
    doubted: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def caught(self) -> int:
        """How many wrong notices were stopped."""
        return self.stopped.total()

    @property
    def passed(self) -> bool:
        """Whether both aims are met."""
        enough = 100 * self.caught >= LEAST_STOPPED * self.tried.total()
        return enough and 100 * self.held_up <= MOST_HELD_UP * self.good


def judge(cases: int, seed: int) -> Tally:
    """So many good notices, each as it is and then with one error, the kinds in turn."""
    tally, kinds = Tally(), tuple(KINDS)
    for number in range(cases):
        chance = random.Random(f"{seed}/{number}")
        one, kind = notice(chance), kinds[number % len(kinds)]
        _good(one, tally)
        row = made(one, kind, chance)
        tally.tried[kind] += 1
        by = stopped_by(one, row, chance)
        if by:
            tally.stopped[kind, by] += 1
        else:
            tally.missed.append(f"{number} {kind}: {_changed(one.row, row)}")
    return tally


def _good(one: Notice, tally: Tally) -> None:
    tally.good += 1
    if queries.against(one.row, at=one.at):
        tally.held_up += 1
    elif _doubts(one, one.row):
        tally.doubted += 1


def stopped_by(one: Notice, row: DraftRow, chance: random.Random) -> str:
    """What keeps a wrong notice from being published: law, stop, second, warning or "" (nothing).

    row: the notice with its error. The order is that of the doors.
    """
    found = queries.against(row, at=one.at)
    if found:
        stops = {code.code for code in found if code.code.startswith("entry.")}
        return "stop" if len(stops) == len(found) else "law"
    asked = care(row.procedure, row.estimated_price, on=one.at.date())
    wrong = any(getattr(row, name) != getattr(one.row, name) for name in queries.TWICE)
    if asked.second_entry and wrong and chance.randrange(100) >= SAME_ERROR:
        return "second"
    if _doubts(one, row) and chance.randrange(100) >= TALKED_AWAY[asked.two_override]:
        return "warning"
    return ""


def _doubts(one: Notice, row: DraftRow) -> list[str]:
    """Codes of the warnings; what the good notice is doubted for as well says nothing new."""
    entered = queries.entered(row, on=one.at.date(), agency_region=one.region)
    found = [doubt.code for doubt in doubts(entered, one.past) if doubt.kind != STOP]
    if row is one.row:
        return found
    return [code for code in found if code not in _doubts(one, one.row)]


def _changed(before: DraftRow, after: DraftRow) -> str:
    names = sorted(queries.altered(before, after))
    return ", ".join(f"{n} {getattr(before, n)} -> {getattr(after, n)}" for n in names)


def tell(tally: Tally) -> Iterator[str]:
    """A table by kind, the totals, the assumptions."""
    ways = ("law", "stop", "second", "warning")
    yield f"{'error':<30}{'made':>6}" + "".join(f"{way:>9}" for way in ways) + f"{'missed':>9}"
    for kind, count in tally.tried.items():
        by = [tally.stopped[kind, way] for way in ways]
        yield f"{kind:<30}{count:>6}" + "".join(f"{n:>9}" for n in by) + f"{count - sum(by):>9}"
    tried = tally.tried.total()
    yield f"Stopped before publication: {tally.caught:,} of {tried:,} (aim {LEAST_STOPPED} %)."
    yield (
        f"Good notices held up: {tally.held_up:,} of {tally.good:,} (aim at most {MOST_HELD_UP} %);"
        f" asked for a reason: {tally.doubted:,}."
    )
    yield (
        f"Assumed: a second person repeats an error in {SAME_ERROR} of 100; a right warning is"
        f" talked away in {TALKED_AWAY[False]} of 100 by one officer, {TALKED_AWAY[True]} by two."
    )
