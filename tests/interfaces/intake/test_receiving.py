"""One bid at a time: received with a receipt that verifies, or refused with its own code."""

import json
from datetime import datetime, timedelta

import httpx
import pytest

from jangteo.records.journal.models import Entry
from jangteo.records.journal.queries import now
from jangteo.records.log import note
from jangteo.stages.bid.actions.receipt import check_phrase, public_text, verify_receipt
from jangteo.stages.bid.models import ArrivalNote, SealedBid
from tests.interfaces.intake.conftest import SITE, Door
from tests.interfaces.intake.sending import hash_of, request
from tests.market import bidder, market, publish, sealed


def refused(answer: httpx.Response, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert SealedBid.objects.count() == Entry.objects.count() == 0


def test_a_bid_is_received_once_with_a_receipt_that_verifies(door: Door) -> None:
    where, who = market(), bidder()
    made = sealed(where, who)
    body = request(where, who, door.ticket_key, envelope=made)
    with door.client() as client:
        before = now()
        first = client.post("/bids", json=body)
        after = now()
        second = client.post("/bids", json=body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.content == second.content
    receipt = first.json()["receipt"]
    public = public_text(note.load_key((door.var / "secrets/receipt.pem").read_bytes()))
    assert verify_receipt(receipt, public_key=public)
    assert receipt["leaf"] == {
        "v": "jangteo/receipt/1",
        "tender": where.tender.number,
        "lot": "1",
        "round": 0,
        "version": 0,
        "supplier": who.party.identifier,
        "attempt": 1,
        "keys": where.notice.keys_hash,
        "hash": hash_of(made),
        "arrival": receipt["leaf"]["arrival"],
        "log": "localhost:8400/log",
    }
    assert before - timedelta(milliseconds=50) <= _moment(receipt) <= after
    assert first.json()["phrase"] == check_phrase(made.hash)
    bid = SealedBid.objects.get()
    assert (bytes(bid.envelope), bytes(bid.hash)) == (made.envelope, made.hash)
    assert (bid.receipt, bid.arrival) == (receipt, _moment(receipt))
    fact = Entry.objects.get()
    assert (fact.kind, fact.subject) == ("bid.submit", f"bid:{hash_of(made)}")
    assert (fact.tender, fact.party_id) == (where.tender.number, who.party.pk)
    assert (fact.actor_id, fact.actor_name) == (who.account.pk, "")  # a leaf of the public log
    assert fact.payload == {"hash": hash_of(made), "version": 0, "attempt": 1}


def _moment(receipt: dict[str, dict[str, str]]) -> datetime:
    return datetime.fromisoformat(receipt["leaf"]["arrival"])


@pytest.mark.parametrize("part", ["hash", "arrival", "supplier"])
def test_a_changed_receipt_does_not_verify(door: Door, part: str) -> None:
    where, who = market(), bidder()
    with door.client() as client:
        receipt = client.post("/bids", json=request(where, who, door.ticket_key)).json()["receipt"]
    receipt["leaf"][part] = receipt["leaf"][part].replace("0", "1").replace("2", "3")
    assert not verify_receipt(receipt, public_key=receipt["key"])


def test_another_envelope_of_the_same_supplier_is_refused(door: Door) -> None:
    where, who = market(), bidder()
    with door.client() as client:
        first = client.post("/bids", json=request(where, who, door.ticket_key))
        other = client.post("/bids", json=request(where, who, door.ticket_key))
    assert first.status_code == 201
    assert other.status_code == 409
    assert other.json()["error"]["code"] == "bid.already_received"
    assert "receipt" not in other.json()
    assert SealedBid.objects.count() == Entry.objects.count() == 1


def test_a_bid_at_the_instant_of_the_deadline_is_refused(door: Door) -> None:
    where, who = market(closes_in=timedelta(seconds=-1)), bidder()
    with door.client() as client:
        answer = client.post("/bids", json=request(where, who, door.ticket_key))
    refused(answer, 409, "bid.late")
    error = answer.json()["error"]
    assert error["law"] == "국가계약법 시행규칙 제44조"
    assert datetime.fromisoformat(error["time"]) >= where.notice.deadline


def test_too_early_cancelled_and_unregistered_are_refused(door: Door) -> None:
    where, who = market(), bidder()
    early = market(bidding_from=now() + timedelta(minutes=5))
    cancelled = market()
    type(cancelled.tender).objects.filter(pk=cancelled.tender.pk).update(status="cancelled")
    stranger = bidder(status="submitted")
    with door.client() as client:
        answer = client.post("/bids", json=request(early, who, door.ticket_key))
        refused(answer, 409, "bid.too_early")
        answer = client.post("/bids", json=request(cancelled, who, door.ticket_key))
        refused(answer, 409, "bid.not_open")
        answer = client.post("/bids", json=request(where, stranger, door.ticket_key))
        refused(answer, 403, "bid.no_standing")


def test_a_bid_for_a_corrected_notice_is_refused(door: Door) -> None:
    where, who = market(), bidder()
    body = request(where, who, door.ticket_key)
    publish(where.tender, 1, deadline=now() + timedelta(days=6))
    with door.client() as client:
        refused(client.post("/bids", json=body), 409, "bid.version_not_in_force")


def test_tickets_that_are_forged_expired_or_for_something_else(door: Door) -> None:
    where, who = market(), bidder()
    elsewhere = market()
    made = sealed(where, who)
    over = int(now().timestamp() * 1000)
    cases = [
        (request(where, who, "another key"), 403, "bid.ticket_forged"),
        (request(where, who, door.ticket_key, expires=over), 403, "bid.ticket_expired"),
        (request(elsewhere, who, door.ticket_key, envelope=made), 400, "bid.another_envelope"),
        (request(where, bidder(), door.ticket_key, envelope=made), 400, "bid.another_envelope"),
        (request(where, who, door.ticket_key, keys="0" * 64), 400, "bid.another_envelope"),
        (request(where, who, door.ticket_key, version=1), 400, "bid.another_envelope"),
    ]
    with door.client() as client:
        for body, status, code in cases:
            refused(client.post("/bids", json=body), status, code)


def test_keys_that_are_not_the_notices_are_refused_by_the_database(door: Door) -> None:
    where, who = market(), bidder()
    where.keys, where.notice.keys_hash = _other_keys(where.notice.scope)
    with door.client() as client:
        answer = client.post("/bids", json=request(where, who, door.ticket_key))
        refused(answer, 409, "bid.version_not_in_force")


def _other_keys(scope: str) -> tuple[str, str]:
    from jangteo.records.vault.statements import read_keys
    from tests.market import keys_for

    text, _ = keys_for(scope, now() + timedelta(hours=1))
    return text, read_keys(text).hash


def test_an_expired_ticket_still_fetches_the_receipt_of_the_same_envelope(door: Door) -> None:
    where, who = market(), bidder()
    made = sealed(where, who)
    over = int(now().timestamp() * 1000)
    with door.client() as client:
        first = client.post("/bids", json=request(where, who, door.ticket_key, envelope=made))
        late = request(where, who, door.ticket_key, envelope=made, expires=over)
        assert client.post("/bids", json=late).content == first.content


def test_malformed_requests_are_refused_in_both_languages(door: Door) -> None:
    where, who = market(), bidder()
    good = request(where, who, door.ticket_key)
    with door.client() as client:
        for body, code, status in [
            ("{", "bid.malformed_request", 400),
            ("[" * 5000, "bid.malformed_request", 400),
            (json.dumps({**good, "ticket": 1}), "bid.malformed_request", 400),
            (json.dumps({**good, "ticket": "a.b.c"}), "bid.ticket_forged", 403),
            (json.dumps({**good, "ticket": "한글.한글"}), "bid.ticket_forged", 403),
            (json.dumps({**good, "signature": "AA"}), "bid.malformed_envelope", 400),
            (json.dumps({**good, "envelope": "e30"}), "bid.malformed_envelope", 400),
            (json.dumps({**good, "more": "x" * 20_000}), "bid.too_large", 413),
        ]:
            refused(client.post("/bids", content=body), status, code)
        english = client.post("/bids", content="{", headers={"accept-language": "en-GB"})
        assert english.json()["error"]["message"] == (
            'The request is not in the form {"ticket", "envelope", "signature"}.'
        )
        chunks = (b"x" * 1000 for _ in range(100))
        refused(client.post("/bids", content=chunks), 413, "bid.too_large")
        refused(client.get("/nothing"), 404, "bid.no_such_path")


def test_only_the_site_may_read_answers_across_origins(door: Door) -> None:
    with door.client() as client:
        asked = client.options("/bids", headers={"origin": SITE})
        foreign = client.options("/bids", headers={"origin": "http://evil.example"})
        told = client.get("/time", headers={"origin": SITE})
    assert asked.status_code == 204
    assert asked.headers["access-control-allow-origin"] == SITE
    assert asked.headers["access-control-allow-headers"] == "content-type"
    assert "access-control-allow-origin" not in foreign.headers
    assert told.headers["access-control-allow-origin"] == SITE


def test_the_time_is_the_databases_and_never_ahead_of_it(door: Door) -> None:
    with door.client() as client:
        for _ in range(20):
            told = datetime.fromisoformat(client.get("/time").json()["time"])
            behind = now() - told
            assert timedelta(0) <= behind < timedelta(seconds=0.5)


def test_no_arrival_is_noted_when_nobody_waits(door: Door) -> None:
    where, who = market(), bidder()
    with door.client() as client:
        client.post("/bids", json=request(where, who, door.ticket_key))
    assert ArrivalNote.objects.count() == 0
