"""Faults planted in the product are found: a simulation that cannot fail proves nothing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from jangteo.interfaces.rehearsal.simulation import intake
from jangteo.interfaces.rehearsal.simulation.run import Outcome
from jangteo.records.verifier.queries import Verdict
from jangteo.rules.price import drawing
from jangteo.rules.price.draw import Draw, draw
from jangteo.stages.bid.actions.receive import receive_bids
from jangteo.stages.opening.actions import figures, holding

Play = Callable[..., Outcome]


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the independent verifier, which would hold the opening before we could look."""
    monkeypatch.setattr(holding, "verify", lambda bundle: Verdict())


def higher_wins(
    picks: Any, counted: Any = None, seed: bytes = b"", *, on: Any, row: Any = None
) -> Draw:  # fmt: skip
    """Of equal counts the higher number: the same draw in a mirror."""
    found = draw(
        [[16 - number for number in pick] for pick in picks], counted, seed, on=on, row=row
    )
    return replace(
        found, counts=found.counts[::-1], drawn_from=found.drawn_from[::-1],
        chosen=tuple(16 - number for number in found.chosen),
        supplied=tuple(16 - number for number in found.supplied),
    )  # fmt: skip


def without_excluded(
    picks: Any, counted: Any = None, seed: bytes = b"", *, on: Any, row: Any = None
) -> Draw:  # fmt: skip
    """Excluded bids do not show in the counts."""
    found = draw(picks, counted, seed, on=on, row=row)
    return replace(found, counts=found.drawn_from)


def plant(monkeypatch: pytest.MonkeyPatch, fault: Callable[..., Draw]) -> None:
    """The opening draws so; what is tried before publication draws as it must."""

    def drawn(*words: Any, **given: Any) -> drawing.Drawn:
        with monkeypatch.context() as patch:
            patch.setattr(drawing, "draw", fault)
            return drawing.drawn(*words, **given)

    monkeypatch.setattr(figures, "drawn", drawn)


def test_a_tie_given_to_the_higher_number_is_found(
    play: Play, alone: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch, higher_wins)
    found = play(2)
    assert "were drawn" in found.violation
    assert "were picked most" in found.violation
    assert "hold" in found.story[-1]


def test_counts_without_the_excluded_are_found(
    play: Play, alone: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch, without_excluded)
    found = play(2)
    assert "was picked" in found.violation


def test_the_verifier_finds_them_too(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch, higher_wins)
    assert play(2).violation == "an honest opening ended on hold: opening.hold.verifier"


def test_a_lost_receipt_is_found(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    lost: list[str] = []

    async def forgetful(connection: Any, group: Any) -> Any:
        if lost:
            return await receive_bids(connection, group)
        transaction = connection.transaction()
        await transaction.start()
        answers = await receive_bids(connection, group)
        lost.extend(answer.receipt for answer in answers if answer.kind == "received")
        await (transaction.rollback() if lost else transaction.commit())
        return answers

    monkeypatch.setattr(intake, "receive_bids", forgetful)
    found = play(2)
    assert found.violation.startswith("a receipt is lost from R26BK")
    assert " received" in found.story[-1]
    assert len(lost) == 1
