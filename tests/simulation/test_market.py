"""Small markets from seeds: everything holds at every step. Whole ones: ./jangteo simulate."""

import re
from collections.abc import Callable
from itertools import takewhile

import pytest

from jangteo.interfaces.rehearsal.simulation.run import Outcome

Play = Callable[..., Outcome]


def told(found: Outcome) -> str:
    """The seed, what broke and the last steps."""
    again = f"./jangteo simulate --seeds 1 --from {found.seed}"
    return "\n".join([f"seed {found.seed}: {found.violation}", *found.story, again])


@pytest.mark.parametrize("seed", [2, 3])
def test_everything_holds_at_every_step(play: Play, seed: int) -> None:
    found = play(seed, tenders=5, last=2500)
    large = [line for line in found.story if "large works of difficulty" in line]
    assert found.violation == "", told(found)
    assert found.steps >= 100
    assert found.bids >= 10
    assert sum(found.outcomes.values()) == 5
    assert len(found.codes) >= 15
    assert bool(large) == (seed == 3), "works whose notice names a difficulty are played, too"


def steps(found: Outcome) -> list[str]:
    """What was done, without the clock's seconds, who of two was first, and what was drawn.

    Who is awarded hangs on what was drawn: the ways behind the openings come last and are left out.
    """
    story = list(takewhile(lambda line: " way: " not in line, found.story))
    lines = [re.split(" published| failed", line[19:])[0] for line in story]
    return [" ".join(sorted(line.split())) for line in lines]


def test_a_seed_plays_the_same_steps_again(play: Play, play_again: Play) -> None:
    first, second = (one(7, tenders=3, last=1000) for one in (play, play_again))
    assert first.violation == "", told(first)
    assert len(first.story) >= 20
    assert steps(first) == steps(second)
