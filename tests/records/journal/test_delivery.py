"""Chained facts are handed over in order, once, and not lost when the taker fails."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import record
from jangteo.records.journal.delivery import hand_over
from jangteo.records.journal.models import Delivered, Entry, Link
from jangteo.records.journal.queries import Fact

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, tzinfo=UTC)


def chained(*kinds: str) -> None:
    start = Link.objects.count()
    for place, kind in enumerate(kinds, start):
        entry = record(kind, "party:1", by=Actor.system("test"), at=AT)
        Link.objects.create(place=place, entry=entry, hash=bytes(32), linked_at=AT)


class Taker:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.kinds: list[str] = []

    def __call__(self, facts: Sequence[Fact]) -> None:
        self.kinds += [fact.kind for fact in facts]


def test_facts_come_in_the_order_of_the_chain_and_once() -> None:
    taker = Taker()
    assert hand_over(taker) == 0
    chained("a.a", "b.b", "c.c")
    assert hand_over(taker, most=2) == 2
    assert taker.kinds == ["a.a", "b.b"]
    chained("d.d")
    assert (hand_over(taker), hand_over(taker)) == (2, 0)
    assert taker.kinds == ["a.a", "b.b", "c.c", "d.d"]


def test_an_unchained_fact_waits() -> None:
    taker = Taker()
    record("a.a", "party:1", by=Actor.system("test"), at=AT)
    assert hand_over(taker) == 0
    assert taker.kinds == []


def test_when_the_taker_fails_the_bookmark_stays_and_nothing_it_wrote_is_kept() -> None:
    chained("a.a")

    def fails(facts: Sequence[Fact]) -> None:
        record("x.x", "party:2", by=Actor.system("test"), at=AT)
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError):
        hand_over(fails)
    assert not Entry.objects.filter(kind="x.x").exists()
    assert Delivered.objects.get().place == -1
    taker = Taker()
    hand_over(taker)
    assert taker.kinds == ["a.a"]
