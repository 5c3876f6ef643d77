"""The same, for machines: hold an opening, read its result, take its bundle."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import Field, Router, Schema

from jangteo.ground.errors import N_, Refusal
from jangteo.stages.opening import actions, queries
from jangteo.stages.opening.queries import OpeningState, ResultRow

router = Router()


class ExclusionIn(Schema):
    """Which bid (its envelope's SHA-256 in hex, or the supplier's number), and on which ground.

    article may be left out; if given it must be the ground's own under this tender's law.
    """

    bid: str = ""
    supplier: str = ""
    ground: str
    article: str = ""
    note: str = Field("", max_length=300)


class SignatureIn(Schema):
    """64 bytes r||s over the statement's bytes, base64url, by an enrolled P-256 key."""

    role: str
    signer_key: str = Field(max_length=100)
    signature: str = Field(max_length=100)


class OfficerKeyIn(Schema):
    """The officer's private price key (base64url), and a signature over its release statement."""

    price_private: str = Field(max_length=50)
    signer_key: str = Field(max_length=100)
    signature: str = Field(max_length=100)


class ReasonOut(Schema):
    """One step of a computation, in the reader's language."""

    code: str
    text: str
    law: str
    row: str


class ExclusionOut(Schema):
    """A bid set aside before the opening."""

    bid: str
    supplier: str
    ground: str
    text: str
    article: str
    note: str
    at: datetime


class SignatureOut(Schema):
    """Who signed the request for the keys."""

    role: str
    account: uuid.UUID
    at: datetime


class EnvelopeOut(Schema):
    """A sealed bid of the closed set."""

    bid: str
    supplier: str
    name: str
    arrival: datetime
    excluded: bool


class OpeningOut(Schema):
    """How an opening stands. releases: custodians that gave their key; refusals: those that did
    not, with code and text; status "" before it is prepared."""

    number: str
    version: int
    scope: str
    status: str
    deadline: datetime
    opening_at: datetime
    root: str
    count: int
    unsettled: int
    envelopes: list[EnvelopeOut]
    exclusions: list[ExclusionOut]
    signatures: list[SignatureOut]
    releases: list[str]
    refusals: list[dict[str, str]]


class StatementOut(Schema):
    """The canonical text to sign."""

    statement: str


class PriceOut(Schema):
    """A preliminary price; picked: by all bids; counted: without excluded ones."""

    number: int
    rate: str
    price: int
    picked: int
    counted: int
    drawn: bool


class BidOut(Schema):
    """A bid as opened; amount null if void; rank 0 if not ranked; rate in percent.

    tiebreak: of bids that share a rank, the number that decides by lot, the least first; else "".
    """

    rank: int
    supplier: str
    name: str
    bid: str
    amount: int | None
    rate: str
    remark: str
    verdict: str
    picks: list[int]
    check: str
    tiebreak: str
    reasons: list[ReasonOut]


class ResultOut(Schema):
    """The result. outcome: published, failed or hold; verified: same, different or none (hold).

    difficulty: of the works, such as "0.85", with its article; both "" if the notice names none.
    set_aside: why two people set the opening aside after a hold, "" if they did not.
    """

    number: str
    version: int
    outcome: str
    code: str
    text: str
    law: str
    base_amount: int
    a_value: int
    base_net_cost: int | None
    difficulty: str
    difficulty_law: str
    floor_rate: str
    reserve_price: int | None
    floor_price: int | None
    net_cost_line: int | None
    rates_from: str
    prices: list[PriceOut]
    bids: list[BidOut]
    exclusions: list[ExclusionOut]
    steps: dict[str, list[ReasonOut]]
    rules: dict[str, str]
    verified: str
    root: str
    count: int
    bundle_hash: str
    opened_at: datetime
    set_aside: str


def _reason(stored: Mapping[str, Any]) -> dict[str, str]:
    said = stored["text"]
    text = gettext(said).format(**stored["params"])
    return {"code": stored["code"], "text": text, "law": stored["law"], "row": stored["row"]}


def _exclusions(found: OpeningState | ResultRow) -> list[dict[str, Any]]:
    return [
        {
            "bid": x.hash, "supplier": x.supplier, "ground": x.code, "text": gettext(x.ground),
            "article": x.article, "note": x.note, "at": x.at,
        }
        for x in found.exclusions
    ]  # fmt: skip


def _state(request: HttpRequest, number: str) -> dict[str, Any]:
    found = queries.opening_state(request.actor, number, at=request.at)
    same = ("number", "version", "scope", "status", "deadline", "opening_at", "root", "count",
            "unsettled")  # fmt: skip
    return {
        **{name: getattr(found, name) for name in same},
        "envelopes": [
            {"bid": e.hash, "supplier": e.identifier, "name": e.supplier, "arrival": e.arrival,
             "excluded": e.excluded}
            for e in found.envelopes
        ],
        "exclusions": _exclusions(found),
        "signatures": [
            {"role": s.role, "account": s.account_id, "at": s.at} for s in found.signatures
        ],
        "releases": [c.custodian for c in found.custodians if c.state == "released"],
        "refusals": [
            {"custodian": c.custodian, "code": c.code, "text": gettext(c.why)}
            for c in found.custodians if c.state == "refused"
        ],
    }  # fmt: skip


def result_of(number: str) -> dict[str, Any]:
    """The published result as the door tells it."""
    found = queries.result(number)
    same = [name for name in ResultOut.model_fields if hasattr(found, name)]
    return {
        **{name: getattr(found, name) for name in same},
        "text": gettext(found.sentence),
        "exclusions": _exclusions(found),
        "steps": {name: [_reason(one) for one in found.steps[name]] for name in found.steps},
        "bids": [
            {
                "rank": b.rank, "supplier": b.identifier, "name": b.supplier, "bid": b.hash,
                "amount": b.amount, "rate": b.rate, "remark": b.remark,
                "verdict": gettext(b.verdict), "picks": list(b.picks), "check": b.check,
                "tiebreak": b.tiebreak,
                "reasons": [_reason(one) for one in b.reasons],
            }
            for b in found.bids
        ],
    }  # fmt: skip


@router.get("/tenders/{number}/opening", response=OpeningOut)
def read_opening(request: HttpRequest, number: str) -> dict[str, Any]:
    """How the opening stands; for the agency's contract and opening officers."""
    return _state(request, number)


@router.post("/tenders/{number}/opening", response=OpeningOut)
def prepare(request: HttpRequest, number: str) -> dict[str, Any]:
    """Begin the opening after the deadline; again, the same one."""
    actions.prepare(by=request.actor, at=request.at, number=number)
    return _state(request, number)


@router.post("/tenders/{number}/opening/exclusions", response=OpeningOut)
def exclude(request: HttpRequest, number: str, body: ExclusionIn) -> dict[str, Any]:
    """Set a bid aside before the set is closed."""
    found = queries.opening_state(request.actor, number, at=request.at)
    chosen = body.bid or next(
        (e.hash for e in found.envelopes if e.identifier == body.supplier), body.bid
    )
    if body.article and body.article != queries.article_of(found.regime, body.ground):
        raise Refusal(
            "opening.exclude.article",
            N_("The article is not that of the ground."),
            repair=N_("Leave the article out, or give {article}."),
            field="article",
            article=queries.article_of(found.regime, body.ground),
        )
    actions.exclude(
        by=request.actor, at=request.at, number=number, bid_hash=chosen, ground=body.ground,
        note=body.note,
    )  # fmt: skip
    return _state(request, number)


@router.post("/tenders/{number}/opening/close", response=OpeningOut)
def close_set(request: HttpRequest, number: str) -> dict[str, Any]:
    """Make exclusions final and fix the set of envelopes."""
    actions.close_set(by=request.actor, at=request.at, number=number)
    return _state(request, number)


@router.get("/tenders/{number}/opening/statement", response=StatementOut)
def statement(request: HttpRequest, number: str) -> dict[str, str]:
    """The text that the contract officer and the opening officer sign."""
    queries.opening_state(request.actor, number, at=request.at)
    return {"statement": actions.statement(number=number)}


@router.post("/tenders/{number}/opening/signatures", response=OpeningOut)
def sign_request(request: HttpRequest, number: str, body: SignatureIn) -> dict[str, Any]:
    """Sign the request for the keys; with both signatures the custodians are asked."""
    actions.sign_request(
        by=request.actor, at=request.at, number=number, role=body.role,
        signer_key=body.signer_key, signature=body.signature,
    )  # fmt: skip
    return _state(request, number)


@router.post("/tenders/{number}/opening/officer-key", response=OpeningOut)
def officer_key(request: HttpRequest, number: str, body: OfficerKeyIn) -> dict[str, Any]:
    """Release the officer's own price key, if a custodian withholds its own."""
    actions.release_officer_key(
        by=request.actor, at=request.at, number=number, price_private=body.price_private,
        signer_key=body.signer_key, signature=body.signature,
    )  # fmt: skip
    return _state(request, number)


@router.post("/tenders/{number}/opening/hold", response=ResultOut)
def hold_opening(request: HttpRequest, number: str) -> dict[str, Any]:
    """Open, compute, verify, publish; a second call returns the same result."""
    actions.hold_opening(by=request.actor, at=request.at, number=number)
    return result_of(number)


@router.get("/tenders/{number}/result", response=ResultOut, auth=None)
def result(request: HttpRequest, number: str) -> dict[str, Any]:
    """The published result."""
    return result_of(number)


@router.get("/tenders/{number}/bundle", auth=None)
def bundle(request: HttpRequest, number: str) -> HttpResponse:
    """The frozen bundle, byte for byte; its SHA-256 stands in the header X-Bundle-SHA256."""
    data, digest = queries.bundle(request.actor, number)
    response = HttpResponse(data, content_type="application/json")
    response["X-Bundle-SHA256"] = digest
    return response
