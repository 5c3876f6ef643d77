"""A replay through the running system: the true lines are equal, each poisoned one is named."""

import json
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from jangteo.config.commands import replay
from jangteo.interfaces.rehearsal.replay import CASES
from jangteo.rules.price.infer import rate_of

TRUE = ("R25BK01238089-002", "R26BK01726184-000", "R26BK01441410-000")


def case(notice: str) -> dict[str, Any]:
    rows = (json.loads(text) for text in CASES.read_text().splitlines() if text.strip())
    return next(row for row in rows if row["notice"] == notice)


def next_price(base: int, price: int) -> int:
    """The price of the next rate on the grid of three decimals, in units of 100 won."""
    rate = Fraction(rate_of(price, base, 100, "up")) + Fraction("0.001")
    return math.ceil(base * rate / 100 / 100) * 100


def poisoned(name: str) -> dict[str, Any]:
    """A copy of a real line with one field changed, under a name of its own."""
    row = case("R26BK01726184-000") | {"notice": f"poisoned-{name}"}
    prices = row["preliminary_prices"]
    drawn = [price for price in prices if price["drawn"]]
    other = next(price for price in prices if not price["drawn"] and price["picked"])
    ranked = next(bid for bid in row["bids"] if bid["rank"])
    match name:
        case "price":
            drawn[0]["price"] = next_price(row["base_amount"], drawn[0]["price"])
        case "grid":
            other["price"] += 1
        case "rank":
            ranked["rank"] += 1
        case "drawn":
            drawn[0]["drawn"], other["drawn"] = False, True
        case "reserve":
            row["reserve_price"] += 1
        case "remark":
            below = next(bid for bid in row["bids"] if bid["remark"] == "below_floor")
            below["remark"] = "above_reserve"
        case "picks":
            other["picked"] += 1
    return row


POISONS = ("price", "grid", "rank", "drawn", "reserve", "remark", "picks")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, str]:
    """Exit code and output of one replay of three true lines, seven poisoned ones and rubbish."""
    file = tmp_path_factory.mktemp("replay") / "openings.jsonl"
    rows = [case(notice) for notice in TRUE] + [poisoned(name) for name in POISONS]
    file.write_text("\n".join(json.dumps(row) for row in rows) + "\nnot json\n")
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("builtins.print", lambda *words, **_: said.append(" ".join(map(str, words))))
        code = replay.run([str(file), "--json"])
    return code, "\n".join(said)


def test_the_true_lines_are_equal(played: tuple[int, str]) -> None:
    for notice in TRUE:
        line = next(text for text in played[1].splitlines() if notice in text)
        assert " equal: " in line


def test_one_difference_makes_the_exit_code_one(played: tuple[int, str]) -> None:
    code, said = played
    assert code == 1
    outcome = json.loads(said.splitlines()[-1])
    assert (outcome["lines"], outcome["equal"]) == (11, 3)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("price", "reserve price: ours"),
        ("grid", "Price "),
        ("rank", "rank of the bid"),
        ("drawn", "reserve price: ours"),
        ("reserve", "reserve price: ours"),
        ("remark", "remark of the bid"),
        ("picks", "cannot be played"),
    ],
)
def test_a_poisoned_line_is_named_with_its_field(
    name: str, words: str, played: tuple[int, str]
) -> None:
    lines = [text for text in played[1].splitlines() if f"poisoned-{name}" in text]
    assert any(words in text for text in lines), lines
    assert not any(" equal: " in text for text in lines)


def test_rubbish_is_named_by_its_number(played: tuple[int, str]) -> None:
    assert "line 11: cannot be played" in played[1]
    assert Path(CASES).exists()
