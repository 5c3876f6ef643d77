"""Who may bid and why not, whose bids are whose, and which envelopes take part."""

from datetime import timedelta
from typing import Any

import pytest

from jangteo.ground.errors import Refusal, Refusals
from jangteo.records.account.queries import Actor
from jangteo.records.journal.models import Entry
from jangteo.records.journal.queries import now
from jangteo.records.log import merkle, sequencer
from jangteo.records.message.models import Message
from jangteo.records.party.models import Party
from jangteo.records.vault.seal import public_of
from jangteo.stages.bid import actions, queries
from jangteo.stages.bid.actions.ticket import BadTicket, read_ticket
from jangteo.stages.bid.models import ShareCheck, SignatureCheck
from jangteo.stages.tender.models import Tender
from tests.market import bidder, market, publish
from tests.stages.bid.receiving import put

pytestmark = pytest.mark.django_db


def obstacles(answer: queries.MayBid) -> list[str]:
    return [check.reason.code for check in answer.obstacles]


def test_a_fitting_supplier_may_bid_and_gets_a_ticket(settings: Any) -> None:
    where, who = market(licences=["0001"], regions=["11"]), bidder(licences=("0001",))
    at = now()
    answer = queries.may_bid(who.actor(), where.tender.number, at)
    assert answer.allowed
    assert [reason.code for reason in answer.reasons] == [
        "bid.role",
        "bid.registration",
        "eligibility.region",
        "eligibility.licence",
        "bid.open",
        "bid.first",
    ]
    made = actions.make_ticket(
        by=who.actor(), at=at, number=where.tender.number, agent_key=public_of(who.key)
    )
    ticket = read_ticket(made.ticket, key=settings.TICKET_KEY)
    assert (ticket.tender, ticket.version, ticket.attempt) == (where.tender.number, 0, 1)
    assert (ticket.supplier_id, ticket.supplier) == (who.party.pk, who.party.identifier)
    assert (ticket.agent_id, ticket.agent_key) == (who.account.pk, public_of(who.key))
    assert (ticket.keys, made.keys) == (where.notice.keys_hash, where.keys)
    assert ticket.expired(at + timedelta(minutes=15))
    assert not ticket.expired(at + timedelta(minutes=15) - timedelta(milliseconds=2))
    with pytest.raises(BadTicket):
        read_ticket(made.ticket, key="another")


def test_each_obstacle_is_named() -> None:
    where = market(licences=["0001"], regions=["26"])
    who = bidder(status="submitted")
    answer = queries.may_bid(who.actor(), where.tender.number, now())
    assert obstacles(answer) == ["bid.registration", "eligibility.region", "eligibility.licence"]
    with pytest.raises(Refusals) as refused:
        actions.make_ticket(by=who.actor(), at=now(), number=where.tender.number, agent_key="")
    assert [one.code for one in refused.value.refusals] == obstacles(answer)
    assert all(one.law and one.status == 403 for one in refused.value.refusals)


def test_visitors_officers_and_closed_tenders() -> None:
    where, who = market(), bidder()
    number, deadline = where.tender.number, where.notice.deadline
    assert obstacles(queries.may_bid(Actor.anyone(), number, now())) == ["bid.role"]
    agency = Party.objects.get(pk=where.tender.buyer_id)
    officer = Actor(
        who.account.pk, "x", agency.pk, agency.name, "agency", frozenset({"contract_officer"})
    )
    assert obstacles(queries.may_bid(officer, number, now())) == ["bid.role"]
    just = deadline - timedelta(microseconds=1)
    assert queries.may_bid(who.actor(), number, just).allowed
    assert obstacles(queries.may_bid(who.actor(), number, deadline)) == ["bid.late"]
    early = where.notice.bidding_from - timedelta(microseconds=1)
    assert obstacles(queries.may_bid(who.actor(), number, early)) == ["bid.too_early"]
    assert queries.may_bid(who.actor(), number, where.notice.bidding_from).allowed
    Tender.objects.filter(pk=where.tender.pk).update(status="cancelled")
    assert obstacles(queries.may_bid(who.actor(), number, now())) == ["bid.not_open"]
    with pytest.raises(Refusal) as refused:
        queries.may_bid(who.actor(), "R26BK99999999", now())
    assert (refused.value.code, refused.value.status) == ("tender.unknown", 404)


def test_a_key_that_is_no_point_is_refused() -> None:
    where, who = market(), bidder()
    for key in ("", "AAAA", "A" * 87, "한글"):
        with pytest.raises(Refusal) as refused:
            actions.make_ticket(by=who.actor(), at=now(), number=where.tender.number, agent_key=key)
        assert refused.value.code == "bid.bad_agent_key"


def test_a_second_bid_is_refused_until_the_first_is_found_malformed() -> None:
    where, who = market(), bidder()
    number = where.tender.number
    bid = put(where, who)
    assert obstacles(queries.may_bid(who.actor(), number, now())) == ["bid.already_received"]
    ShareCheck.objects.create(
        bid=bid, custodian="platform", sound=False, reason="share", signature=b"", at=now()
    )
    assert queries.may_bid(who.actor(), number, now()).allowed
    assert queries.closed_set(number, 0) == []
    assert actions.tell_malformed(at=now()) == 1
    assert actions.tell_malformed(at=now()) == 0
    message = Message.objects.get()
    assert (message.party_id, message.link) == (who.party.pk, f"/tenders/{number}/bid")
    assert message.text.endswith("Send another before {deadline}.")
    assert message.params["deadline"] == where.notice.deadline.isoformat()
    fact = Entry.objects.get(kind="bid.find_malformed")
    assert fact.payload == {"hash": bytes(bid.hash).hex(), "by": "platform", "reason": "share"}
    again = put(where, who, attempt=2)
    assert [one.id for one in queries.closed_set(number, 0)] == [again.pk]
    assert queries.my_bid(who.actor(), number).attempt == 2


def test_after_the_deadline_nobody_is_told_to_send_another() -> None:
    where, who = market(closes_in=timedelta(seconds=1)), bidder()
    put(where, who, spoilt=True)
    actions.check_signatures(at=now())
    assert actions.tell_malformed(at=where.notice.deadline) == 1
    message = Message.objects.get()
    assert "Send another" not in message.text
    assert message.text.endswith("Bids are no longer taken, so no other can be sent.")
    assert message.link == f"/tenders/{where.tender.number}"


def test_the_closed_set_is_sound_sorted_and_of_one_version() -> None:
    where = market()
    number = where.tender.number
    bids = [put(where, bidder()) for _ in range(5)]
    bids.append(put(where, bidder(), spoilt=True))
    assert queries.unsettled(number, 0, now()) == 6
    assert actions.check_signatures(at=now()) == 6
    assert actions.check_signatures(at=now()) == 0
    assert SignatureCheck.objects.get(sound=False).bid_id == bids[-1].pk
    closed = queries.closed_set(number, 0)
    assert [one.hash for one in closed] == sorted(bytes(bid.hash) for bid in bids[:-1])
    assert len(merkle.root([one.hash for one in closed])) == 32
    assert queries.unsettled(number, 0, now()) == 6
    assert queries.unsettled(number, 0, now() + timedelta(seconds=61)) == 0
    for custodian in ("platform", "audit"):
        for bid in bids:
            ShareCheck.objects.create(
                bid=bid, custodian=custodian, sound=True, signature=b"", at=now()
            )
    assert queries.unsettled(number, 0, now()) == 0
    publish(where.tender, 1, deadline=now() + timedelta(hours=2))
    assert queries.closed_set(number, 1) == []
    assert len(queries.closed_set(number, 0)) == 5


def test_nobody_learns_the_count_before_the_deadline() -> None:
    where = market()
    put(where, bidder())
    just = where.notice.deadline - timedelta(microseconds=1)
    assert queries.counts(where.tender.number, just) is None
    assert queries.counts(where.tender.number, where.notice.deadline) == 1


def test_desk_of_a_supplier() -> None:
    who, other = bidder(), bidder()
    sealed_for, void_for = market(), market()
    bid = put(sealed_for, who)
    put(void_for, who)
    publish(void_for.tender, 1, deadline=now() + timedelta(hours=2))
    tasks = {task.url: task for task in queries.tasks_for(who.actor(), now())}
    assert set(tasks) == {
        f"/receipts/{bytes(bid.hash).hex()}",
        f"/tenders/{void_for.tender.number}/bid",
    }
    assert tasks[f"/tenders/{void_for.tender.number}/bid"].state == "todo"
    assert tasks[f"/receipts/{bytes(bid.hash).hex()}"].state == "waiting"
    assert {one.state for one in queries.my_bids(who.actor())} == {"sealed", "void"}
    assert queries.tasks_for(other.actor(), now()) == queries.my_bids(other.actor()) == []
    assert queries.my_bid(other.actor(), sealed_for.tender.number) is None
    assert queries.tasks_for(Actor.anyone(), now()) == []


def test_a_receipt_and_its_proof() -> None:
    where, who = market(), bidder()
    digest = bytes(put(where, who).hash).hex()
    row = queries.receipt(digest)
    assert (row.number, row.supplier_id, row.place) == (where.tender.number, who.party.pk, None)
    assert queries.proof(digest) is None
    while sequencer.step().linked:
        pass
    place = queries.receipt(digest).place
    proof = queries.proof(digest)
    assert (proof.place, f'"subject":"bid:{digest}"'.encode() in proof.leaf) == (place, True)
    assert merkle.verify_path(
        proof.leaf,
        index=place,
        size=proof.checkpoint.size,
        path=proof.path,
        root=proof.checkpoint.root,
    )
    for wrong in ("0" * 64, "x", digest.upper() + "0", ""):
        with pytest.raises(Refusal) as refused:
            queries.receipt(wrong)
        assert refused.value.status == 404
