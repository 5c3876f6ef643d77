"""The same, for machines. Money in whole won, rates as text in percent, times with an offset."""

import base64
import uuid
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import Router, Schema, Status
from pydantic import ConfigDict, StrictInt, StrictStr

from jangteo.ground.errors import N_, Refusal
from jangteo.records.document.queries import DocumentRow
from jangteo.records.vault.queries import custody_state, keys_statement
from jangteo.records.vault.statements import moment
from jangteo.stages.tender import actions, queries
from jangteo.stages.tender.queries import DraftRow, NoticeRow

router = Router()


class DraftIn(Schema):
    """Fields of what is being prepared; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    title: StrictStr = ""
    description: StrictStr = ""
    site: StrictStr = ""
    procurement_method: StrictStr = ""
    main_procurement_category: StrictStr = ""
    service_kind: StrictStr = ""
    urgency: StrictStr = ""
    urgency_reason: StrictStr = ""
    base_amount: StrictInt | None = None
    estimated_price: StrictInt | None = None
    budget_amount: StrictInt | None = None
    a_value: StrictInt | None = None
    base_net_cost: StrictInt | None = None
    difficulty: StrictStr = ""
    floor_rate: StrictStr = ""
    floor_rate_reason: StrictStr = ""
    range_low: StrictStr = ""
    range_high: StrictStr = ""
    price_unit: StrictInt | None = None
    price_rounding: StrictStr = ""
    mean_of: StrictStr = ""
    mean_rounding: StrictStr = ""
    licences: list[StrictStr] = []
    regions: list[StrictStr] = []
    bidding_from: datetime | None = None
    deadline: datetime | None = None
    opening_at: datetime | None = None
    deadline_reason: StrictStr = ""
    documents: list[uuid.UUID] = []
    correction_reason: StrictStr = ""


#: OCDS name in a body -> the notice's own field
_OWN = {"procurement_method": "procedure", "main_procurement_category": "category"}


class ReasonIn(Schema):
    """Why."""

    reason: StrictStr


class KeysIn(Schema):
    """renew: ask for fresh keys although the deadline is the same."""

    renew: bool = False


class OfficerKeysIn(Schema):
    """The opening officer's signed lot keys; wrapped may be "" if kept elsewhere."""

    statement: StrictStr
    signer_key: StrictStr
    signature: StrictStr
    wrapped: StrictStr = ""


class SeedIn(Schema):
    """The agency's seed, sealed to the three lot keys, and its commitment in hex."""

    sealed: StrictStr
    commitment: StrictStr


class PaperIn(Schema):
    """A document; data in base64."""

    title: StrictStr
    kind: StrictStr = "notice"
    media_type: StrictStr = "application/octet-stream"
    data: StrictStr


class DocumentOut(Schema):
    """A document of a notice; url leads to its bytes."""

    id: uuid.UUID
    title: str
    media_type: str
    size: int
    sha256: str
    url: str


class CustodyOut(Schema):
    """How far keys and seeds are; keys: custodian to its signed public keys."""

    scope: str
    deadline: str | None
    keys: dict[str, dict[str, str]]
    keys_statement: str
    keys_hash: str
    seeds: dict[str, str]
    complete: bool


def _document(number: str, row: DocumentRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "media_type": row.media_type,
        "size": row.size,
        "sha256": row.sha256,
        "url": f"/api/v1/tenders/{number}/documents/{row.id}",
    }


def _terms(row: DraftRow | NoticeRow) -> dict[str, Any]:
    """Names follow OCDS where it has them; the rest are the draft's own."""
    return {
        "title": row.title,
        "description": row.description,
        "main_procurement_category": row.category,
        "procurement_method": row.procedure,
        "award_criteria": row.award_method,
        "regime": row.regime,
        "tender_period": {"start_date": row.bidding_from, "end_date": row.deadline},
        "documents": [_document(row.number, paper) for paper in queries.papers(row.number, row)],
    } | {
        name: getattr(row, name)
        for name in DraftIn.model_fields
        if name not in ("title", "description", "documents", *_OWN)
    }


def _notice(row: NoticeRow) -> dict[str, Any]:
    return {
        "id": row.full_number,
        "number": row.number,
        "version": row.version,
        "status": row.status,
        "buyer": {"id": row.buyer_id, "name": row.buyer_name},
        "lots": [{"id": row.lot, "round": row.round}],
        "date_published": row.published_at,
        "rule_day": row.rule_day,
        "rules": row.rules,
        "scope": row.scope,
        "keys": row.keys,
        "keys_hash": row.keys_hash,
        "sealer_hash": row.sealer_hash,
        "closing_reason": row.closing_reason,
        **_terms(row),
    }


def _draft(row: DraftRow, at: datetime) -> dict[str, Any]:
    current = queries.current_notice(row.number)
    found = queries.against(row, at=at, current=current)
    return {
        "number": row.number,
        "next_version": row.next_version,
        "saved_at": row.saved_at,
        "scope": row.scope,
        "keys_asked": row.keys_asked,
        "problems": [{"code": one.code, "field": one.field, "law": one.law} for one in found],
        **_terms(row),
    }


def _changes(body: DraftIn) -> dict[str, Any]:
    given = body.model_dump(exclude_unset=True)
    return {_OWN.get(name, name): value for name, value in given.items()}


@router.post("/tenders", response={201: dict[str, Any]})
def draft_tender(request: HttpRequest, body: DraftIn) -> Status:
    """Begin a notice; any of its fields may be given at once."""
    changes = _changes(body)
    tender = actions.draft_tender(by=request.actor, at=request.at, title=changes.pop("title", ""))
    if changes:
        actions.save_draft(by=request.actor, at=request.at, number=tender.number, changes=changes)
    return Status(201, _draft(queries.draft(request.actor, tender.number), request.at))


@router.post("/tenders/quotations", response={201: dict[str, Any]})
def draft_quotation(request: HttpRequest, body: DraftIn) -> Status:
    """Begin a small-value quotation; amounts and schedule left out follow from the rules.

    Refused with everything that would stand against publishing it now.
    """
    changes = _changes(body) | {"procedure": "quotation"}
    tender = actions.draft_at_once(by=request.actor, at=request.at, changes=changes)
    return Status(201, _draft(queries.draft(request.actor, tender.number), request.at))


@router.get("/tenders/{number}/draft", response=dict[str, Any])
def read_draft(request: HttpRequest, number: str) -> dict[str, Any]:
    """What is being prepared, with what still stands against publishing it."""
    return _draft(queries.draft(request.actor, number), request.at)


@router.put("/tenders/{number}/draft", response=dict[str, Any])
def save_draft(request: HttpRequest, number: str, body: DraftIn) -> dict[str, Any]:
    """Write fields of what is being prepared."""
    actions.save_draft(by=request.actor, at=request.at, number=number, changes=_changes(body))
    return _draft(queries.draft(request.actor, number), request.at)


@router.get("/tenders", auth=None, response=dict[str, Any])
def search(
    request: HttpRequest, q: str = "", status: str = "", region: str = "", sort: str = "-published",
    page: int = 1,
) -> dict[str, Any]:  # fmt: skip
    """Published tenders: words of title, agency or number; status, region, sort, page."""
    found = queries.search(q, status=status, region=region, sort=sort, page=page, at=request.at)
    rows = [
        {
            "id": f"{row.number}-{row.version:03d}",
            "number": row.number,
            "version": row.version,
            "title": row.title,
            "status": row.status,
            "buyer": {"id": row.buyer_id, "name": row.buyer_name},
            "base_amount": row.base_amount,
            "regions": row.regions,
            "date_published": row.published_at,
            "tender_period": {"start_date": row.bidding_from, "end_date": row.deadline},
            "opening_at": row.opening_at,
        }
        for row in found.rows
    ]
    return {"tenders": rows, "count": found.count, "page": found.page, "pages": found.pages}


@router.get("/tenders/{number}", auth=None, response=dict[str, Any])
def tender(request: HttpRequest, number: str, version: int | None = None) -> dict[str, Any]:
    """A published notice, by default the version in force, with all versions as amendments."""
    body = _notice(queries.notice(number, version))
    body["amendments"] = [
        {"id": row.full_number, "date": row.published_at, "rationale": row.correction_reason}
        for row in queries.versions(number)
        if row.version > 0
    ]
    return body


@router.post("/tenders/{number}/keys", response=CustodyOut)
def ask_for_keys(request: HttpRequest, number: str, body: KeysIn | None = None) -> dict[str, Any]:
    """Check everything as if published now, then ask the custodians for lot keys."""
    renew = bool(body and body.renew)
    actions.ask_for_keys(by=request.actor, at=request.at, number=number, renew=renew)
    return _custody(queries.draft(request.actor, number).scope)


@router.get("/tenders/{number}/custody", response=CustodyOut)
def custody(request: HttpRequest, number: str) -> dict[str, Any]:
    """How far the keys and seeds of the version being prepared are."""
    return _custody(queries.draft(request.actor, number).scope)


def _custody(scope: str) -> dict[str, Any]:
    state = custody_state(scope)
    whole = keys_statement(scope) if len(state.keys) == 3 and not state.strangers else None
    return {
        "scope": scope,
        "deadline": moment(state.deadline) if state.deadline else None,
        "keys": {
            name: {
                "price_key": row.price_key,
                "document_key": row.document_key,
                "statement": row.statement,
                "signer_key": row.signer_key,
                "signature": row.signature,
            }
            for name, row in state.keys.items()
        },
        "keys_statement": whole.text if whole else "",
        "keys_hash": whole.hash if whole else "",
        "seeds": state.seeds,
        "complete": state.complete,
    }


@router.post("/tenders/{number}/custody/officer", response=CustodyOut)
def add_custody(request: HttpRequest, number: str, body: OfficerKeysIn) -> dict[str, Any]:
    """Bring the opening officer's signed lot keys."""
    actions.add_custody(by=request.actor, at=request.at, number=number, **body.model_dump())
    return _custody(queries.draft(request.actor, number).scope)


@router.post("/tenders/{number}/custody/seed", response=CustodyOut)
def add_seed(request: HttpRequest, number: str, body: SeedIn) -> dict[str, Any]:
    """Bring the agency's sealed seed."""
    actions.add_agency_seed(by=request.actor, at=request.at, number=number, **body.model_dump())
    return _custody(queries.draft(request.actor, number).scope)


@router.post("/tenders/{number}/publish", response=dict[str, Any])
def publish(request: HttpRequest, number: str) -> dict[str, Any]:
    """Publish the first version."""
    return _notice(actions.publish(by=request.actor, at=request.at, number=number))


@router.post("/tenders/{number}/correction", response=dict[str, Any])
def start_correction(
    request: HttpRequest, number: str, body: DraftIn | None = None
) -> dict[str, Any]:
    """Begin a correction of the version in force, if none is begun, and write its fields."""
    changes = _changes(body) if body else {}
    actions.start_correction(by=request.actor, at=request.at, number=number, changes=changes)
    return _draft(queries.draft(request.actor, number), request.at)


@router.post("/tenders/{number}/correction/publish", response=dict[str, Any])
def correct(request: HttpRequest, number: str) -> dict[str, Any]:
    """Publish the correction as the next version."""
    return _notice(actions.correct(by=request.actor, at=request.at, number=number))


@router.post("/tenders/{number}/cancel", response=dict[str, Any])
def cancel(request: HttpRequest, number: str, body: ReasonIn) -> dict[str, Any]:
    """Cancel with a reason, before the announced opening."""
    done = actions.cancel(by=request.actor, at=request.at, number=number, reason=body.reason)
    return {"number": number, "status": done.status, "closing_reason": done.closing_reason}


@router.get("/tenders/{number}/documents", auth=None, response=list[DocumentOut])
def documents(request: HttpRequest, number: str) -> list[dict[str, Any]]:
    """The documents of the version in force."""
    row = queries.notice(number)
    return [_document(number, paper) for paper in queries.papers(number, row)]


@router.post("/tenders/{number}/documents", response={201: DocumentOut})
def attach(request: HttpRequest, number: str, body: PaperIn) -> Status:
    """Add a document to what is being prepared."""
    try:
        data = base64.b64decode(body.data, validate=True)
    except ValueError as error:  # binascii.Error is one; letters beyond ASCII are another
        raise Refusal(
            "tender.document.malformed",
            N_("The document's data is not base64."),
            repair=N_("Send the bytes in base64 with padding."),
            field="data",
            status=400,
        ) from error
    added = actions.attach(
        by=request.actor, at=request.at, number=number, title=body.title,
        media_type=body.media_type, data=data,
    )  # fmt: skip
    return Status(201, _document(number, added))


@router.get("/tenders/{number}/documents/{document_id}", auth=None)
def document(request: HttpRequest, number: str, document_id: uuid.UUID) -> HttpResponse:
    """The bytes of a document."""
    row, data = queries.paper(request.actor, number, document_id)
    response = HttpResponse(data, content_type=row.media_type)
    response["Content-Disposition"] = content_disposition_header(True, row.title)
    response["X-Content-Type-Options"] = "nosniff"
    return response
