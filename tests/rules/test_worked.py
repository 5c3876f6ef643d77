"""All worked examples hold, and a poisoned copy of each fails and says where."""

import copy
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from tests.rules.worked import CASES, WORKED, differences, read


def test_every_worked_example_has_its_file_and_every_file_its_rules() -> None:
    assert {int(name.split("_")[1]) for name in WORKED} == set(range(1, 11))
    assert {path.stem for path in CASES.glob("ex_*.toml")} == WORKED.keys()


@pytest.mark.parametrize("name", WORKED)
def test_the_rules_give_the_worked_example(name: str) -> None:
    assert differences(name, read(name)) == []


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in items:
            yield from _leaves(inner, (*path, key))
    else:
        yield path, value


def _poison(value: Any) -> Any:
    """One won, one day, one number picked, one grain of a rate or of a score."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, date):
        return value + timedelta(days=1)
    if isinstance(value, int):
        return value + 1
    if value.replace(".", "").replace("-", "").isdigit() and len(value) < 40:
        return value[:-1] + str((int(value[-1]) + 1) % 10)
    return None


def _poisoned(case: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    """A copy of the case with the value at the path moved by one grain."""
    found = copy.deepcopy(case)
    inner: Any = found
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = _poison(inner[path[-1]])
    return found


def _place(path: tuple[Any, ...]) -> str:
    return "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in path).lstrip(".")


@pytest.mark.parametrize("name", WORKED)
def test_a_poisoned_result_fails_and_says_where(name: str) -> None:
    """Every result of every case file, moved by one won, one grain, one day or one yes."""
    case = read(name)
    poisoned = 0
    for path, value in _leaves(WORKED[name](case)):
        if _poison(value) is None:
            continue
        poisoned += 1
        found = differences(name, _poisoned(case, path))
        assert any(text.startswith(f"{name}: {_place(path)}: ") for text in found), _place(path)
    assert poisoned >= 2


@pytest.mark.parametrize("name", [name for name in WORKED if "picks" in read(name)])
def test_one_pick_changed_fails_in_the_counts(name: str) -> None:
    case = read(name)
    for bidder, place in ((0, 0), (1, 1), (len(case["picks"]) - 1, 0)):
        poisoned = copy.deepcopy(case)
        poisoned["picks"][bidder][place] = next(
            number for number in range(1, 16) if number not in case["picks"][bidder]
        )
        found = differences(name, poisoned)
        assert any(text.startswith(f"{name}: counts[") for text in found)


@pytest.mark.parametrize(
    ("name", "path", "where"),
    [
        ("ex_1_local_works", ("rates", 4), "prices[4]"),
        ("ex_2_national_a_value", ("drawn_rates", 0), "drawn_prices[0]"),
        ("ex_2_national_a_value", ("floor_rate",), "floor_rate"),
        ("ex_4_works_1bn", ("floor_rate",), "floor_rate"),
        ("ex_5_net_cost", ("base_net_cost",), "net_cost"),
        ("ex_6_floors", ("floor_rate",), "floor_price"),
        ("ex_6_scores", ("reserve_price",), "floor_price"),
        ("ex_7_quotation", ("floor", 1, "rate"), "floor[1].rate"),
        ("ex_8_negotiation", ("technical",), "bid[0].total"),
        ("ex_9_delay_damages", ("case", 0, "days"), "case[0].amount"),
        ("ex_10_clocks_and_money", ("rate",), "interest"),
    ],
)
def test_one_rate_or_amount_given_wrongly_fails(
    name: str, path: tuple[Any, ...], where: str
) -> None:
    found = differences(name, _poisoned(read(name), path))
    assert any(text.startswith(f"{name}: {where}: ") for text in found), found


def test_a_case_that_the_rules_refuse_says_so() -> None:
    case = {**read("ex_1_local_works"), "picks": [[1, 1]]}
    assert differences("ex_1_local_works", case) == [
        "ex_1_local_works: the rules refuse it: a bid picks 2 different numbers"
    ]
