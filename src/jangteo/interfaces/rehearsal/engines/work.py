"""Share a count of seeded pieces of work among all cores."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Found = TypeVar("Found")
#: pieces in one portion: long enough to be worth the way to another process
PORTION = 250


def shared(work: Callable[[range, int], Found], count: int, seed: int, cores: int = 0
) -> Iterator[Found]:  # fmt: skip
    """What `work(numbers, seed)` finds for 0 … count − 1, portion by portion, in order.

    cores: how many processes; 0 takes all, 1 works here.
    """
    portions = [range(at, min(at + PORTION, count)) for at in range(0, count, PORTION)]
    cores = cores or os.cpu_count() or 1
    if cores == 1 or len(portions) == 1:
        yield from (work(portion, seed) for portion in portions)
        return
    with ProcessPoolExecutor(cores) as pool:
        yield from pool.map(work, portions, [seed] * len(portions))
