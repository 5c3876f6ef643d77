"""The lot among equal bids follows from the committed seeds and the envelopes alone."""

import hashlib
from fractions import Fraction

from jangteo.rules.award import tiebreak
from jangteo.rules.award.ranking import Bid, rank
from jangteo.rules.price.floor import Floor
from jangteo.rules.price.reserve import Reserve
from tests.rules.said import said

SEED = bytes(range(64))
RESERVE = Reserve(1000, Fraction(1000), Fraction(1000), ())
HASHES = [hashlib.sha256(name).hexdigest() for name in (b"a", b"b", b"c", b"d", b"e")]


def _drawn(bid: str, seed: bytes = SEED) -> str:
    whole = b"jangteo/tiebreak/1" + b"\x00" + seed + bytes.fromhex(bid)
    return hashlib.sha256(whole).hexdigest()


def test_equal_bids_draw_and_no_other() -> None:
    amounts = [900, 950, 900, 900, 896]
    bids = [Bid(key, amount) for key, amount in zip(HASHES, amounts, strict=True)]
    equal = [HASHES[n] for n in (0, 2, 3)]
    found = tiebreak.ties(rank(bids, RESERVE, Floor(897, ())), SEED)
    assert {key: one.number for key, one in found.items()} == {key: _drawn(key) for key in equal}
    order = sorted(equal, key=_drawn)
    assert [found[key].place for key in order] == [1, 2, 3]
    assert said(found[order[1]]) == [
        "By lot number 2 of 3, if the examination finds them equal too.",
    ]
    reason = found[order[0]].reason
    assert (reason.code, reason.law) == (
        "award.tiebreak.place",
        "국가계약법 시행령 제47조제1항제2호 · 지방계약법 시행령 제48조제1항제2호",
    )
    assert reason.params == {"place": 1, "equals": 3, "number": _drawn(order[0])}


def test_two_equal_bids_are_enough_for_a_lot() -> None:
    bids = [Bid(HASHES[0], 900), Bid(HASHES[1], 900), Bid(HASHES[2], 950)]
    found = tiebreak.ties(rank(bids, RESERVE, Floor(897, ())), SEED)
    order = sorted(HASHES[:2], key=_drawn)
    assert {key: one.place for key, one in found.items()} == {order[0]: 1, order[1]: 2}


def test_those_that_are_not_ranked_draw_nothing() -> None:
    bids = [Bid(HASHES[0], 896), Bid(HASHES[1], 896), Bid(HASHES[2], 900)]
    assert tiebreak.ties(rank(bids, RESERVE, Floor(897, ())), SEED) == {}


def test_other_seeds_draw_another_order() -> None:
    bids = [Bid(key, 900) for key in HASHES]
    ranked = rank(bids, RESERVE, Floor(897, ()))
    drawn = [tiebreak.ties(ranked, bytes([n]) * 64) for n in range(40)]
    orders = {tuple(found[key].place for key in HASHES) for found in drawn}
    assert len(orders) > 20
    assert all(sorted(order) == [1, 2, 3, 4, 5] for order in orders)
