"""A comparison names what differs and counts what was compared."""

import json

from jangteo.interfaces.rehearsal.replay import CASES, lines
from jangteo.interfaces.rehearsal.replay.compare import compare, plain
from jangteo.interfaces.rehearsal.replay.plan import plan


def test_a_result_without_prices_is_one_named_difference() -> None:
    text = next(t for t in CASES.read_text().splitlines() if "R25BK01238089-002" in t)
    failed = {"prices": [], "bids": [], "outcome": "failed", "text": "Fewer than two valid bids."}
    found = compare(plan(lines.parse(1, text)), failed, {})
    expected = "outcome: ours failed, Fewer than two valid bids., published opened"
    assert found.differences == [expected]
    assert not found.equal


def test_zeros_at_the_end_of_a_rate_make_no_difference() -> None:
    assert plain("88.320") == plain("88.32") == "88.32"
    assert plain("88.000") == plain("88") == "88"
    assert plain("90") == "90"
    assert json.dumps(plain("90.721")) == '"90.721"'
