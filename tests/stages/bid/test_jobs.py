"""Bidders are told when a correction voids their bid and when a tender is cancelled, once."""

import json
from datetime import timedelta

import pytest

from jangteo.config import timetable
from jangteo.ground.errors import N_
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import record
from jangteo.records.journal.queries import Fact, history, now
from jangteo.records.log import sequencer
from jangteo.records.message.models import Message
from jangteo.stages.bid import queries
from tests.market import Market, bidder, market, publish
from tests.stages.bid.receiving import put

pytestmark = pytest.mark.django_db
OFFICER = Actor(None, "이두리", roles=frozenset({"contract_officer"}))


def told(where: Market, kind: str, **payload: object) -> Fact:
    """The fact as the tender stage leaves it, heard twice by everyone who listens to it."""
    number = where.tender.number
    record(kind, f"tender:{number}", by=OFFICER, at=now(), tender=number, payload=payload)
    (fact,) = [one for one in history(tender=number) if one.kind == kind]
    for listener in timetable.LISTENERS[kind] * 2:
        listener(fact)
    return fact


def test_a_correction_is_told_once_to_each_whose_bid_it_voids() -> None:
    where, first, second, stranger = market(), bidder(), bidder(), bidder()
    put(where, first)
    put(where, first, attempt=2)
    put(where, second)
    put(market(), stranger)
    later = now() + timedelta(days=2)
    corrected = publish(where.tender, 1, deadline=later)
    told(where, "tender.correct", version=1, title="지붕 보수", deadline=later.isoformat())
    got = Message.objects.exclude(party_id=where.tender.buyer_id)
    assert {one.party_id for one in got} == {first.party.pk, second.party.pk}
    assert got.count() == 2
    message = got.get(party_id=first.party.pk)
    assert message.text == N_(
        "“{title}” was corrected, so your bid is void. Read the corrected notice and "
        "bid again before {deadline}."
    )
    assert message.params == {"title": "지붕 보수", "deadline": later.isoformat()}
    assert message.link == f"/tenders/{where.tender.number}/bid"

    put(corrected, second)
    publish(where.tender, 2, deadline=later + timedelta(days=6))
    Message.objects.all().delete()
    number = where.tender.number
    record(
        "tender.correct", f"tender:{number}", by=OFFICER, at=now(), tender=number,
        payload={"version": 2, "title": "지붕", "deadline": later.isoformat()},
    )  # fmt: skip
    fact = history(tender=number)[-1]
    for listener in timetable.LISTENERS["tender.correct"]:
        listener(fact)
    got = Message.objects.exclude(party_id=where.tender.buyer_id)
    assert [one.party_id for one in got] == [second.party.pk]


def test_a_cancellation_is_told_once_to_everyone_who_bid() -> None:
    where, first, second, stranger = market(), bidder(), bidder(), bidder()
    put(where, first)
    corrected = publish(where.tender, 1, deadline=now() + timedelta(hours=2))
    put(corrected, first)
    put(corrected, second)
    put(market(), stranger)
    told(where, "tender.cancel", reason="예산 변경")
    got = Message.objects.exclude(party_id=where.tender.buyer_id)
    assert {one.party_id for one in got} == {first.party.pk, second.party.pk}
    assert got.count() == 2
    assert {one.params["reason"] for one in got} == {"예산 변경"}
    assert {one.link for one in got} == {f"/tenders/{where.tender.number}"}
    assert Message.objects.filter(party_id=where.tender.buyer_id).count() == 1


def test_a_draft_that_is_cancelled_has_no_bidder_to_tell() -> None:
    where = market()
    told(where, "tender.cancel", reason="예산 변경")
    assert not Message.objects.exclude(party_id=where.tender.buyer_id).exists()


def test_the_public_leaf_of_a_bid_names_no_person() -> None:
    where, who = market(), bidder()
    digest = bytes(put(where, who).hash).hex()
    while sequencer.step().linked:
        pass
    proof = queries.proof(digest)
    assert proof is not None
    leaf = json.loads(proof.leaf)
    assert leaf["actor_name"] == ""
    assert who.account.name not in proof.leaf.decode("unicode_escape")
