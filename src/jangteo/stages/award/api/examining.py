"""For machines: where an award stands, and the examination of its candidates."""

import base64
import uuid
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import Field, Router, Schema

from jangteo.ground.errors import N_, Refusal
from jangteo.stages.award import actions, queries
from jangteo.ui.sentences import sentence

router = Router()


class PaperIn(Schema):
    """A paper; data: its bytes in base64."""

    title: str = Field(max_length=200)
    media_type: str = "application/pdf"
    data: str


class TextIn(Schema):
    """A reason or a request. supplier: business number, "" for the one examined now."""

    text: str = Field(max_length=500)
    supplier: str = ""


class SupplierIn(Schema):
    """supplier: business number, "" for the one examined last."""

    supplier: str = ""


class SeenIn(SupplierIn):
    """digest: of the score or of the wish that was read."""

    digest: str = Field("", max_length=64)


class RefusedIn(SeenIn):
    """text: why; whoever asked reads it."""

    text: str = Field(max_length=500)


class ReviewIn(Schema):
    """What the review found. scores: item -> points as text; "reputation" may be among them, also
    below zero; ground: "" to pass."""

    passed: bool
    scores: dict[str, str] = {}
    ground: str = ""
    note: str = Field("", max_length=500)
    supplier: str = ""


class OwnScoreIn(Schema):
    """points, pass_mark: as texts; document: the agency's standard and its article."""

    points: str
    pass_mark: str
    document: str = Field(max_length=500)
    reason: str = Field(max_length=500)
    supplier: str = ""


class OwnScoreOut(Schema):
    """A score by the agency's own standard, entered by one person; confirmed: by another.

    digest: SHA-256 of what was entered; to be sent with the confirmation.
    """

    points: str
    pass_mark: str
    document: str
    reason: str
    confirmed: bool
    digest: str


class StepOut(Schema):
    """One step of a computed score, with its article."""

    text: str
    law: str


class PaperOut(Schema):
    """A candidate's paper; sha256: of its bytes, hex."""

    id: uuid.UUID
    title: str
    media_type: str
    size: int
    sha256: str


class CalculationOut(Schema):
    """A score by both engines. what: provisional or review; ours by the rules, theirs by the second
    engine, as texts by the names of docs/figures.md; why: why it gave none."""

    what: str
    same: bool
    ours: dict[str, str]
    theirs: dict[str, str]
    why: str
    at: datetime


class CandidateOut(Schema):
    """A candidate; score, steps, ground and papers only for itself and the agency.

    calculations: for the agency alone, oldest first; while the last two differ the status is hold.
    """

    rank: int
    supplier: str
    name: str
    amount: int
    status: str
    text: str
    called_at: datetime
    papers_due: datetime | None
    review_due: datetime | None
    score: str
    pass_mark: str
    items: dict[str, str]
    steps: list[StepOut]
    ground: str
    supplement: str
    reopening: str
    calculations: list[CalculationOut]
    own_score: OwnScoreOut | None


class AwardedOut(Schema):
    """OCDS awards: status pending, active, unsuccessful or cancelled; value in won.

    inputs: SHA-256 of the frozen bundle; found_by_rules, found_by_verifier: what each of the two
    calculations found of this bid at the opening and of its score, as hashes.
    """

    id: uuid.UUID
    status: str
    supplier: str
    name: str
    value: int
    date: datetime
    contract_due: datetime | None
    cause: str
    inputs: str
    found_by_rules: str
    found_by_verifier: str


class WishOut(Schema):
    """What one person asks for and another confirms or refuses.

    verb: annul (the award), reopen, compute_again or confirm_own_score (a candidate); cause: of an
    annulment; ended: confirmed, refused, withdrawn or lapsed, "" while open; answer: why it was
    refused; figures: points, pass mark and standard of a score by the agency's own; identifier: of
    whom it is about; digest: SHA-256 of what was asked, to be sent with the decision.
    """

    verb: str
    identifier: str
    cause: str
    reason: str
    figures: str
    asked_at: datetime
    ended: str
    ended_at: datetime | None
    answer: str
    digest: str


class AwardOut(Schema):
    """Where the award of a tender stands.

    annulment: the open wish, and wishes: all of them, oldest first; both for the agency alone.
    """

    tender: str
    status: str
    candidates: list[CandidateOut]
    papers: list[PaperOut]
    awards: list[AwardedOut]
    annulment: WishOut | None
    wishes: list[WishOut]
    why: str


def out(request: HttpRequest, number: str) -> dict[str, Any]:
    page = queries.award_page(request.actor, number, at=request.at)
    why = sentence(page.why.text, page.why.params) if page.why else ""
    return {
        "tender": number,
        "status": page.told.status,
        "candidates": [_candidate(row) for row in page.candidates],
        "papers": list(page.papers),
        "awards": [
            {
                "id": row.id, "status": row.status, "supplier": row.supplier_identifier,
                "name": row.supplier, "value": row.value, "cause": row.cause,
                "date": row.confirmed_at or row.proposed_at, "contract_due": row.contract_due,
                "inputs": row.bundle_hash, "found_by_rules": row.found_by_rules,
                "found_by_verifier": row.found_by_verifier,
            }
            for row in page.awards
        ],
        "annulment": page.wish,
        "wishes": list(page.wishes),
        "why": why,
    }  # fmt: skip


def _candidate(row: queries.ExaminationRow) -> dict[str, Any]:
    known = row.provisional
    last = row.reviews[-1] if row.reviews else None
    steps = (last.steps if last else ()) or known.get("steps", ())
    return {
        "rank": row.rank, "supplier": row.identifier, "name": row.supplier, "amount": row.amount,
        "status": row.status, "text": gettext(row.state_text), "called_at": row.called_at,
        "papers_due": row.papers_due, "review_due": row.review_due,
        "score": (last.total if last else "") or known.get("total", ""),
        "pass_mark": known.get("pass_mark", ""),
        "items": {one["code"]: one["full"] for one in known.get("items", [])},
        "ground": row.ground, "supplement": row.supplement,
        "reopening": row.reopening,
        "calculations": [
            {"what": one.what, "same": one.same, "why": one.why, "at": one.at,
             "ours": {fig.name: fig.ours for fig in one.rows},
             "theirs": {fig.name: fig.theirs for fig in one.rows}}
            for one in row.calculations
        ],
        "own_score": row.own,
        "steps": [
            {"text": sentence(one["text"], one.get("params")), "law": one.get("law", "")}
            for one in steps
        ],
    }  # fmt: skip


@router.get("/tenders/{number}/award", response=AwardOut, auth=None)
def read_award(request: HttpRequest, number: str) -> dict[str, Any]:
    """Candidates and awards, as far as this reader may see them."""
    return out(request, number)


@router.post("/tenders/{number}/award/papers", response=AwardOut)
def add_paper(request: HttpRequest, number: str, body: PaperIn) -> dict[str, Any]:
    """Add one of the candidate's papers."""
    try:
        data = base64.b64decode(body.data, validate=True)
    except ValueError as error:
        raise Refusal(
            "award.paper.malformed",
            N_("The document's data is not base64."),
            repair=N_("Send the bytes in base64 with padding."),
            field="data",
            status=400,
        ) from error
    actions.add_paper(
        by=request.actor, at=request.at, number=number, title=body.title,
        media_type=body.media_type, data=data,
    )  # fmt: skip
    return out(request, number)


@router.get("/tenders/{number}/award/papers/{document_id}", response={200: None})
def paper(request: HttpRequest, number: str, document_id: uuid.UUID) -> HttpResponse:
    """The bytes of one paper, for the candidate and the agency."""
    row, data = queries.paper(request.actor, number, document_id)
    return HttpResponse(data, content_type=row.media_type)


@router.post("/tenders/{number}/award/submit", response=AwardOut)
def submit_papers(request: HttpRequest, number: str) -> dict[str, Any]:
    """Hand in the papers added so far."""
    actions.submit_papers(by=request.actor, at=request.at, number=number)
    return out(request, number)


@router.post("/tenders/{number}/award/supplement", response=AwardOut)
def ask_supplement(request: HttpRequest, number: str, body: TextIn) -> dict[str, Any]:
    """Ask the candidate once for what is missing."""
    actions.ask_supplement(
        by=request.actor, at=request.at, number=number, text=body.text, supplier=body.supplier
    )
    return out(request, number)


@router.post("/tenders/{number}/award/review", response=AwardOut)
def review(request: HttpRequest, number: str, body: ReviewIn) -> dict[str, Any]:
    """Find that the candidate passes, or fails on a ground; on hold if the calculations differ."""
    who = {"by": request.actor, "at": request.at, "number": number, "supplier": body.supplier}
    if body.passed:
        actions.pass_review(**who, scores=body.scores, note=body.note)
    else:
        actions.fail_review(**who, ground=body.ground, note=body.note, scores=body.scores)
    return out(request, number)


@router.post("/tenders/{number}/award/reopening", response=AwardOut)
def ask_reopening(request: HttpRequest, number: str, body: TextIn) -> dict[str, Any]:
    """Ask that who failed be examined again, or that a score on hold be computed again."""
    actions.ask_reopening(
        by=request.actor, at=request.at, number=number, reason=body.text, supplier=body.supplier
    )
    return out(request, number)


@router.post("/tenders/{number}/award/reopen", response=AwardOut)
def reopen(request: HttpRequest, number: str, body: SeenIn) -> dict[str, Any]:
    """Confirm the wish that was read: a candidate is examined again; refused if it is another."""
    said = body.model_dump()
    actions.reopen(by=request.actor, at=request.at, number=number, **said)
    return out(request, number)


@router.post("/tenders/{number}/award/reopening/refuse", response=AwardOut)
def refuse_reopening(request: HttpRequest, number: str, body: RefusedIn) -> dict[str, Any]:
    """Refuse as a second person, with a reason, that it be examined or computed again."""
    actions.refuse_reopening(
        by=request.actor, at=request.at, number=number, reason=body.text, digest=body.digest,
        supplier=body.supplier,
    )  # fmt: skip
    return out(request, number)


@router.post("/tenders/{number}/award/reopening/withdraw", response=AwardOut)
def withdraw_reopening(request: HttpRequest, number: str, body: SupplierIn) -> dict[str, Any]:
    """Take the wish to examine or compute again back."""
    who = {"by": request.actor, "at": request.at, "number": number}
    actions.withdraw_reopening(**who, supplier=body.supplier)
    return out(request, number)


@router.post("/tenders/{number}/award/compute", response=AwardOut)
def compute_again(request: HttpRequest, number: str, body: SeenIn) -> dict[str, Any]:
    """Confirm the wish that was read: a score on hold is computed again."""
    said = body.model_dump()
    actions.compute_again(by=request.actor, at=request.at, number=number, **said)
    return out(request, number)


@router.post("/tenders/{number}/award/next", response=AwardOut)
def go_on(request: HttpRequest, number: str) -> dict[str, Any]:
    """Go on with the next in rank instead of examining anybody again."""
    actions.go_on(by=request.actor, at=request.at, number=number)
    return out(request, number)


@router.post("/tenders/{number}/award/withdraw", response=AwardOut)
def withdraw(request: HttpRequest, number: str) -> dict[str, Any]:
    """Give one's candidacy up."""
    actions.withdraw(by=request.actor, at=request.at, number=number)
    return out(request, number)


@router.post("/tenders/{number}/award/own-score", response=AwardOut)
def enter_own_score(request: HttpRequest, number: str, body: OwnScoreIn) -> dict[str, Any]:
    """Enter a score by the agency's own standard, where the platform knows no table."""
    said = body.model_dump()
    actions.enter_own_score(by=request.actor, at=request.at, number=number, **said)
    return out(request, number)


@router.post("/tenders/{number}/award/own-score/confirm", response=AwardOut)
def confirm_own_score(request: HttpRequest, number: str, body: SeenIn) -> dict[str, Any]:
    """Confirm as another person the score that was read; refused if another was entered since."""
    said = body.model_dump()
    actions.confirm_own_score(by=request.actor, at=request.at, number=number, **said)
    return out(request, number)


@router.post("/tenders/{number}/award/own-score/refuse", response=AwardOut)
def refuse_own_score(request: HttpRequest, number: str, body: RefusedIn) -> dict[str, Any]:
    """Refuse as another person, with a reason, the score that was read."""
    actions.refuse_own_score(
        by=request.actor, at=request.at, number=number, reason=body.text, digest=body.digest,
        supplier=body.supplier,
    )  # fmt: skip
    return out(request, number)


@router.post("/tenders/{number}/award/own-score/withdraw", response=AwardOut)
def withdraw_own_score(request: HttpRequest, number: str, body: SupplierIn) -> dict[str, Any]:
    """Take back the score that one entered oneself."""
    who = {"by": request.actor, "at": request.at, "number": number}
    actions.withdraw_own_score(**who, supplier=body.supplier)
    return out(request, number)
