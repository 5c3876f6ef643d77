"""Pages: may I bid, prepare, seal and send; the receipt."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from jangteo.ground.errors import N_
from jangteo.records.party.queries import party
from jangteo.stages.bid import queries
from jangteo.stages.bid.actions import receipt_keys
from jangteo.stages.bid.actions.receipt import check_phrase
from jangteo.stages.bid.forms import PriceForm
from jangteo.stages.tender.queries import NoticeRow, notice
from jangteo.ui.sentences import moment_text, say
from jangteo.ui.shapes import Step, SummaryRow
from jangteo.ui.words import worded


def bid(request: HttpRequest, number: str) -> HttpResponse:
    """`/tenders/<number>/bid`: one page from "may I?" to the moment of sending."""
    found = notice(number)
    answer = queries.may_bid(request.actor, number, request.at)
    mine = queries.my_bid(request.actor, number)
    context = {
        "row": found,
        "at": request.at,
        "answer": answer,
        "mine": mine if mine and mine.state != "malformed" else None,
        "malformed": mine if mine and mine.state == "malformed" else None,
        "form": _price_form(found),
        "numbers": range(1, 16),
        "picks_needed": 2,
        "seal": _seal(request, found) if answer.allowed else {},
        "supplier": request.actor.party_name,
    }
    return render(request, "bid/bid.html", context)


def _price_form(found: NoticeRow) -> PriceForm:
    form = PriceForm()
    form.fields["price"].label = say(worded("Bid price", found.procedure))
    return form


def _seal(request: HttpRequest, found: NoticeRow) -> dict[str, Any]:
    """What the sealing script must know; all of it is public."""
    supplier = party(request.actor.party_id)
    context = {
        "tender": found.number,
        "lot": found.lot,
        "round": found.round,
        "version": found.version,
        "supplier": supplier.identifier,
    }
    return {
        "context": json.dumps(context),
        "supplier": supplier.identifier,
        "keys": found.keys,
        "keys_hash": found.keys_hash,
        "intake": settings.INTAKE_URL,
        "tickets": f"/api/v1/tenders/{found.number}/tickets",
        "base": found.base_amount,
    }


def receipt(request: HttpRequest, digest: str) -> HttpResponse:
    """`/receipts/<hash>`: what was promised, and whether the promise was kept."""
    row = queries.receipt(digest)
    found = notice(row.number, row.version)
    proof = queries.proof(digest)
    context = {
        "row": row,
        "notice": found,
        "at": request.at,
        "phrase": check_phrase(bytes.fromhex(digest)),
        "summary": _summary(row, found),
        "steps": _steps(row, found, proof is not None),
        "proof": proof,
        "path": [node.hex() for node in proof.path] if proof else [],
        "keys": receipt_keys(),
    }
    return render(request, "bid/receipt.html", context)


def _summary(row: queries.ReceiptRow, found: NoticeRow) -> list[SummaryRow]:
    return [
        SummaryRow(N_("Tender"), f"{found.title} ({found.full_number})"),
        SummaryRow(worded(N_("Bidder"), found.procedure), party(row.supplier_id).name),
        SummaryRow(N_("Arrival of the last byte"), moment_text(row.arrival, seconds=True)),
        SummaryRow(N_("Deadline"), moment_text(found.deadline, seconds=True)),
        SummaryRow(N_("Hash of the envelope"), row.hash),
    ]


def _steps(row: queries.ReceiptRow, found: NoticeRow, proven: bool) -> list[Step]:
    checked = "done" if row.checked_by else "now"
    logged = "done" if proven else "now"
    opened = "done" if found.told else "next"
    return [
        Step(N_("Bid received"), "done", row.arrival),
        Step(N_("Checked by the custodians"), checked if row.sound else "failed"),
        Step(N_("In the public log"), logged),
        Step(N_("Opening"), opened, found.opening_at),
    ]


def download(request: HttpRequest, digest: str) -> HttpResponse:
    """The receipt as a file to keep."""
    row = queries.receipt(digest)
    answer = JsonResponse(row.receipt, json_dumps_params={"indent": 2, "sort_keys": True})
    answer["Content-Disposition"] = f'attachment; filename="receipt-{digest[:12]}.json"'
    return answer
