"""A real opening is carried on to the payment: the same won at every step, or the step is named."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from jangteo.config.commands import replay
from jangteo.interfaces.rehearsal.replay import CASES, carry
from jangteo.interfaces.rehearsal.replay.money import PLACES, money
from jangteo.interfaces.rehearsal.street import paying

NOTICE, AMOUNT = "R26BK01726184-000", 85_142_000


def case() -> dict[str, Any]:
    rows = (json.loads(text) for text in CASES.read_text().splitlines() if text.strip())
    return next(row for row in rows if row["notice"] == NOTICE)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str]]:
    """Exit code and output for one true line, and one whose supplier claims a won too little."""
    file = tmp_path_factory.mktemp("replay") / "openings.jsonl"
    file.write_text("\n".join(json.dumps(case() | {"notice": name}) for name in (NOTICE, "short")))
    said: list[str] = []
    whole = paying.leaves
    claims: list[int] = []

    def short(amount: int, *, under: str, share: int) -> list[dict[str, Any]]:
        claims.append(amount)
        return whole(amount - (len(claims) == 2), under=under, share=share)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("builtins.print", lambda *words, **_: said.append(" ".join(map(str, words))))
        patch.setattr(carry.paying, "leaves", short)
        code = replay.run([str(file), "--to", "payment", "--all", "--json"])
    assert claims == [AMOUNT, AMOUNT]
    yield code, "\n".join(said)


@pytest.fixture(scope="module")
def outcome(played: tuple[int, str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(played[1].splitlines()[-1])
    return found


def test_the_published_amount_reaches_the_last_payee(outcome: dict[str, Any]) -> None:
    found = outcome["payments"][0]
    assert found["notice"] == NOTICE
    assert found["published"] == AMOUNT == next(b["amount"] for b in case()["bids"] if b["rank"])
    assert {place: found["stands"][place] for place in PLACES} == dict.fromkeys(PLACES, AMOUNT)
    assert found["differences"] == []


def test_every_step_of_the_trail_has_its_article_and_page(outcome: dict[str, Any]) -> None:
    trail = outcome["payments"][0]["trail"]
    assert all(one["article"] and one["page"].startswith("/") for one in trail)
    steps = Counter(one["step"] for one in trail)
    assert steps["Awarded by two people"] == 1
    assert steps["Contract signed by both sides"] == 1
    assert steps["Works accepted"] == 1
    assert steps["Payment ordered by a second person"] == 1
    assert steps["Payee's bank confirmed the money"] == 6
    paid = [one["amount"] for one in trail if one["step"] == "Payee's bank confirmed the money"]
    assert sum(paid) == AMOUNT
    assert trail[-1]["step"] == "Contract completed"


def test_a_won_too_little_is_named_and_makes_the_exit_code_one(
    played: tuple[int, str], outcome: dict[str, Any]
) -> None:
    assert played[0] == 1
    assert (outcome["lines"], outcome["equal"]) == (2, 2)
    assert outcome["payments"][1]["differences"] == [
        f"{place}: ours {AMOUNT - 1}, published {AMOUNT}"
        for place in ("claimed", "sum of leaves", "ordered", "credited")
    ]
    assert "1 of 2 carried to the payment" in played[1]
    assert "short claimed: ours 85141999, published 85142000" in played[1]


def test_a_poisoned_expectation_differs_at_every_place() -> None:
    sums = dict.fromkeys(("contracted", "accepted", "claimed", "ordered", "credited"), 7)
    step = {
        "kind": "opening.publish", "amount": 7, "step": "Bids opened", "payee": "", "page": "/x",
        "article": "법", "at": "2026-01-27T11:00:00+09:00",
    }  # fmt: skip
    claim = {"contract_number": "R26TA00000001", "leaves": [{"amount": 3}, {"amount": 4}]}
    trail = {"sums": sums, "steps": [step, {**step, "kind": "award.confirm", "article": ""}]}
    assert money("n", 7, {"value": 7}, claim, trail).differences == [
        "Bids opened: no article or page"
    ]
    poisoned = money("n", 8, {"value": 7}, claim, trail).differences
    assert poisoned[:-1] == [f"{place}: ours 7, published 8" for place in PLACES]
