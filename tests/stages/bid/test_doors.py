"""The pages and the API as people and machines find them."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from jangteo.records.account.actions import issue_token
from jangteo.records.journal.queries import now
from jangteo.records.log import merkle, sequencer
from jangteo.records.vault.seal import public_of
from jangteo.stages.bid.actions.receipt import verify_receipt
from tests.market import Bidder, bidder, market
from tests.stages.bid.receiving import put

pytestmark = pytest.mark.django_db


def machine(who: Bidder) -> dict[str, str]:
    token = issue_token(at=now(), account_id=who.account.pk, party_id=who.party.pk, label="test")
    return {"HTTP_AUTHORIZATION": f"Bearer {token}", "HTTP_ACCEPT_LANGUAGE": "en"}


def page(client: Client, path: str, who: Bidder | None = None) -> str:
    if who:
        client.force_login(who.account)
    answer = client.get(path, HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_machine_asks_takes_a_ticket_and_reads_receipt_and_proof(client: Client) -> None:
    where, who = market(), bidder()
    number, header = where.tender.number, machine(who)
    answer = client.get(f"/api/v1/tenders/{number}/may-bid", **header).json()
    assert answer["allowed"]
    assert [check["passed"] for check in answer["checks"]] == [True] * 6
    ticket = client.post(
        f"/api/v1/tenders/{number}/tickets",
        json.dumps({"agent_key": public_of(who.key)}),
        content_type="application/json",
        **header,
    )
    assert ticket.status_code == 201
    assert ticket.json()["keys"] == where.keys
    assert (ticket.json()["tender"], ticket.json()["attempt"]) == (number, 1)
    digest = bytes(put(where, who).hash).hex()
    while sequencer.step().linked:
        pass
    found = client.get(f"/api/v1/bids/{digest}").json()
    key = client.get("/api/v1/receipt-key").json()["public_key"]
    assert verify_receipt(found["receipt"], public_key=key)
    proof = found["proof"]
    assert merkle.verify_path(
        proof["leaf"].encode(),
        index=proof["place"],
        size=proof["size"],
        path=[bytes.fromhex(node) for node in proof["path"]],
        root=bytes.fromhex(proof["root"]),
    )


def test_a_machine_is_refused_with_every_reason(client: Client) -> None:
    where, who = market(licences=["0001"], regions=["26"]), bidder()
    answer = client.post(
        f"/api/v1/tenders/{where.tender.number}/tickets",
        json.dumps({"agent_key": public_of(who.key)}),
        content_type="application/json",
        **machine(who),
    )
    assert answer.status_code == 403
    codes = [error["code"] for error in answer.json()["errors"]]
    assert codes == ["eligibility.region", "eligibility.licence"]
    assert client.get(f"/api/v1/bids/{'0' * 64}").status_code == 404


def test_a_visitor_is_asked_to_sign_in_and_sees_no_price_field(client: Client) -> None:
    where = market()
    text = page(client, f"/tenders/{where.tender.number}/bid")
    assert f"/sign-in?next=/tenders/{where.tender.number}/bid" in text
    assert "data-price" not in text


def test_the_price_field_stands_in_no_form(client: Client) -> None:
    where, who = market(), bidder()
    text = page(client, f"/tenders/{where.tender.number}/bid", who)
    before, _, after = text.partition("data-seal")
    wizard = after.partition("</main>")[0]
    assert wizard.count("data-pick=") == 15
    assert "data-price" in wizard
    assert "<form" not in wizard
    assert before.count("<form") == before.count("</form>")
    assert "jangteo seal" in before


def test_who_has_bid_sees_the_receipt_and_no_price_field(client: Client) -> None:
    where, who = market(), bidder()
    digest = bytes(put(where, who).hash).hex()
    text = page(client, f"/tenders/{where.tender.number}/bid", who)
    assert f"/receipts/{digest}" in text
    assert "data-price" not in text
    shown = page(client, f"/receipts/{digest}")
    assert digest in shown
    assert "Not yet" in shown
    while sequencer.step().linked:
        pass
    assert "stands at place" in page(client, f"/receipts/{digest}")
    kept = client.get(f"/receipts/{digest}.json")
    assert kept["Content-Disposition"] == f'attachment; filename="receipt-{digest[:12]}.json"'
    assert kept.json()["leaf"]["hash"] == digest


def test_after_the_deadline_there_is_no_price_field(client: Client) -> None:
    where, who = market(closes_in=timedelta(seconds=-1)), bidder()
    text = page(client, f"/tenders/{where.tender.number}/bid", who)
    assert "You cannot bid now" in text
    assert "data-price" not in text
