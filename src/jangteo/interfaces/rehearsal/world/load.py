"""Play the practice world through the doors, from months ago to the present."""

import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from jangteo.interfaces.rehearsal.client import Doors, Person
from jangteo.interfaces.rehearsal.play import Agency, Supplier
from jangteo.interfaces.rehearsal.world import aftermath, cast, scenes, stories, telling, tendering
from jangteo.interfaces.rehearsal.world.names import Company
from jangteo.interfaces.rehearsal.world.scenes import STAGES, Act, Scene
from jangteo.interfaces.rehearsal.world.town import AT_ONCE, Played, World

SEED = 20261124
#: how long before the present the world begins
BEFORE = timedelta(days=100)
#: size -> agencies, suppliers, tenders up to their opening, stories of what follows
SIZES = {
    "full": (30, 300, scenes.FULL, stories.FULL),
    "small": (2, 40, scenes.SMALL, stories.SMALL),
}
#: verbs that take the next number of a kind: played in the order of the scenes
_NUMBERED = {"publish_draft", "draft", "hire", "claim"}
_ROOMS = (tendering, aftermath)


@dataclass(frozen=True, slots=True)
class Step:
    """One act of one scene; place: of the act among those of its scene."""

    order: int
    place: int
    act: Act


def plan(now: datetime, *, size: str = "full") -> tuple[list[Company], list[Scene]]:
    """The suppliers and the tenders of a world that arrives at a moment."""
    agencies, suppliers, rows, told = SIZES[size]
    companies = cast.companies(suppliers, random.Random(SEED))
    chance = random.Random(SEED + 1)
    made = scenes.scenes(now, rows, agencies, chance)
    return companies, [*made, *telling.scenes(now, told, companies, chance)]


def chance_of(order: int) -> random.Random:
    """A scene's own chance, so that scenes can be played side by side."""
    return random.Random(f"{SEED} {order}")


def acts(scene: Scene, order: int) -> list[Act]:
    """Everything that happens to a tender, in the order of time."""
    reached = STAGES.index(scene.until)
    found = [(scene.drafted, "publish_draft"), (scene.drafted, "papers")]
    if scene.until == "keys":
        found.append((scene.drafted + timedelta(hours=2), "keys"))
    if reached >= STAGES.index("publish"):
        found.append((scene.posted, "publish"))
    if scene.ending:
        found.append((scene.posted + timedelta(days=1, hours=order % 5), scene.ending))
    if reached >= STAGES.index("bid") and scene.bidders and not scene.ending:
        found.append((scene.deadline - timedelta(hours=30), "bid"))
    if scene.until in ("sign", "open"):
        found.append((scene.deadline + timedelta(hours=1), scene.until))
    return [*(Act(at, verb, "") for at, verb in found), *scene.acts]


def steps(all_scenes: Sequence[Scene], now: datetime) -> list[Step]:
    """What has happened by now, in the order of time."""
    found = [
        Step(order, place, act)
        for order, scene in enumerate(all_scenes)
        for place, act in enumerate(acts(scene, order))
        if act.at <= now
    ]
    return sorted(found, key=lambda step: (step.act.at, step.order, step.place))


def rounds(at_once: Sequence[Step]) -> Iterator[list[Step]]:
    """The steps of one moment, as what can be played side by side: one of each scene a time.

    A verb that takes the next number is a round of its own, so that numbers follow the seed.
    """
    chains = [list(chain) for _, chain in groupby(at_once, key=lambda step: step.order)]
    while chains:
        heads = [chain.pop(0) for chain in chains]
        yield from ([head] for head in heads if head.act.verb in _NUMBERED)
        rest = [head for head in heads if head.act.verb not in _NUMBERED]
        if rest:
            yield rest
        chains = [chain for chain in chains if chain]


def load(
    doors: Doors,
    operator: Person,
    forward_to: Callable[[datetime], None],
    now: datetime,
    *,
    size: str = "full",
    say: Callable[[str], None] = print,
) -> tuple[list[Agency], list[Supplier]]:
    """Fill an empty sandbox whose clock stands at now − BEFORE, and leave it at the present.

    size: "full" (30 agencies, 300 suppliers) or "small" for tests.
    """
    companies, told = plan(now, size=size)
    agencies = SIZES[size][0]
    world = World(doors, operator)
    say(f"{agencies} agencies and {len(companies)} suppliers")
    world.enter(agencies, companies)
    _play(world, told, now, forward_to, say)
    forward_to(now)
    if size == "full":
        cast.applicants(doors, operator)
    return world.agencies, [supplier for _, supplier in world.suppliers]


def _play(
    world: World, told: Sequence[Scene], now: datetime,
    forward_to: Callable[[datetime], None], say: Callable[[str], None],
) -> None:  # fmt: skip
    """Play all that has happened by now; one moment after the other, much of it side by side."""
    played = [Played(s, chance_of(n), now) for n, s in enumerate(told)]
    todo = steps(told, now)
    done = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for at, group in groupby(todo, key=lambda step: step.act.at):
            forward_to(at)
            moment = list(group)
            for side_by_side in rounds(moment):
                list(pool.map(lambda step: _act(world, played[step.order], step.act), side_by_side))
            if (done + len(moment)) // 50 > done // 50 or done + len(moment) == len(todo):
                say(f"{done + len(moment)} of {len(todo)} steps of the practice world")
            done += len(moment)


def _act(world: World, played: Played, act: Act) -> None:
    played.at = act.at
    room = next(room for room in _ROOMS if hasattr(room, act.verb))
    getattr(room, act.verb)(world, played, act.argument)
