"""The draw: most picked first, the lower number of equals, excluded bids do not choose."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.ground.errors import Fault
from jangteo.rules.price.draw import draw

ON = date(2026, 11, 24)
PICK = st.lists(st.integers(1, 15), min_size=2, max_size=2, unique=True)
SEED = bytes(range(64))


def test_ties_go_to_the_lower_number() -> None:
    found = draw([(7, 9), (9, 3), (3, 15), (15, 8), (2, 8)], on=ON)
    assert found.counts == (0, 1, 2, 0, 0, 0, 1, 2, 2, 0, 0, 0, 0, 0, 2)
    assert found.chosen == (3, 8, 9, 15)
    assert found.reasons[0].row == "price/draw:15-2-4-2020"


def test_excluded_bids_show_but_do_not_choose() -> None:
    picks = [(1, 2), (3, 4), (14, 15), (14, 15)]
    found = draw(picks, [True, True, False, False], on=ON)
    assert found.counts[13:] == (2, 2)
    assert found.drawn_from[13:] == (0, 0)
    assert found.chosen == (1, 2, 3, 4)
    assert [reason.code for reason in found.reasons] == [
        "price.draw.most_picked",
        "price.draw.without_excluded",
    ]
    assert found.reasons[1].params == {"excluded": 2, "picks_left": 4}


def test_missing_numbers_come_from_the_recorded_seed() -> None:
    found = draw([(2, 9)] * 5, shortage_seed=SEED, on=ON)
    assert found.chosen == (2, 9, 1, 5)
    assert found.supplied == (1, 5)
    assert draw([(2, 9)] * 5, shortage_seed=SEED, on=ON) == found
    assert len(set(draw([], shortage_seed=SEED, on=ON).supplied)) == 4
    with pytest.raises(Fault, match="no seed"):
        draw([(2, 9)], on=ON)


def test_a_number_that_only_excluded_bids_picked_may_be_supplied() -> None:
    others = [n for n in range(1, 16) if n not in (2, 9)]
    seen = {
        number
        for seed in range(60)
        for number in draw(
            [(2, 9), (4, 5)], [True, False], shortage_seed=bytes([seed]) * 32, on=ON
        ).supplied
    }
    assert seen == set(others)


@pytest.mark.parametrize("pick", [(0, 1), (1, 16), (3, 3), (1,), (1, 2, 3)])
def test_picks_that_are_none(pick: tuple[int, ...]) -> None:
    with pytest.raises(Fault):
        draw([pick], shortage_seed=SEED, on=ON)


@given(st.lists(PICK, max_size=40), st.randoms(use_true_random=False))
def test_the_order_of_bids_does_not_matter(picks: list[list[int]], chance: object) -> None:
    shuffled = list(picks)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    found = draw(picks, shortage_seed=SEED, on=ON)
    again = draw(shuffled, shortage_seed=SEED, on=ON)
    assert (again.counts, again.chosen) == (found.counts, found.chosen)
    tally = Counter(number for pick in picks for number in pick)
    assert sum(found.counts) == 2 * len(picks)
    assert len(set(found.chosen)) == 4
    left = [n for n in range(1, 16) if n not in found.chosen]
    for number in (n for n in found.chosen if n not in found.supplied):
        for other in left:
            assert (-tally[number], number) < (-tally[other], other)
    assert all(tally[number] == 0 for number in found.supplied)
