"""Call a candidate, take its papers, review them; the next in rank follows whoever drops out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor, may
from jangteo.records.document.actions import add_document
from jangteo.records.document.queries import documents
from jangteo.records.journal.actions import allow, begin, move
from jangteo.records.verifier.asking import unlocked
from jangteo.rules.award import METHODS
from jangteo.rules.deadline.steps import due
from jangteo.stages.award import states
from jangteo.stages.award.actions import wishes
from jangteo.stages.award.actions.hold import MOST, hold, own_examination, reason_given
from jangteo.stages.award.actions.keeping import keep
from jangteo.stages.award.models import Award, Examination, Review
from jangteo.stages.award.queries.awards import LIVE
from jangteo.stages.award.queries.candidates import (
    annulled,
    busy,
    choice_waits,
    examined,
    next_in_rank,
    published,
)
from jangteo.stages.award.queries.own import own_made, scored_by_own
from jangteo.stages.award.queries.rows import OPEN
from jangteo.stages.award.queries.scores import provisional, scored
from jangteo.stages.award.queries.twice import agreed
from jangteo.stages.opening.queries import BidRow, ResultRow
from jangteo.stages.tender import actions as tender
from jangteo.stages.tender.queries import NoticeRow

_LAW = "국가계약법 시행령 제42조제5항, 지방계약법 시행령 제42조제1항"


@unlocked
def call_next(*, by: Actor, at: datetime, number: str) -> list[Examination]:
    """Call the best rank that nobody has called yet; all of it where bids are equal.

    Who could not reach the pass mark with full marks in every other item fails at once, and the
    next rank is called (조달청 시설공사 적격심사세부기준 제4조제1항, 제2항). Whose score the two
    engines do not compute alike is on hold instead. Does nothing while
    somebody is under examination, has passed, or is awarded, so that it can be repeated. When
    nobody is left, the tender ends without an award. The platform itself waits while an officer
    is to choose between the next and who failed wrongly.
    """
    hold(number)
    told, found = published(number)
    known = examined(number)
    if told.status != "opened" or busy(known, annulled(number)):
        return []
    if "system" in by.roles and choice_waits(number, known):
        return []
    while bids := next_in_rank(found, known):
        made = [_call(told, found, bid, by=by, at=at) for bid in bids]
        if called := [row for row in made if row.status in OPEN]:
            return called
        known += made
    reason = "every candidate failed or withdrew"
    tender.settle(by=by, at=at, number=number, verb="exhaust", reason=reason)
    return []


def _call(
    told: NoticeRow, found: ResultRow, bid: BidRow, *, by: Actor, at: datetime
) -> Examination:
    score, rules = provisional(told, found, bid.amount or 0)
    made = Examination(
        tender_id=told.tender_id, tender_number=told.number, lot=told.lot, buyer_id=told.buyer_id,
        supplier_id=bid.supplier_id, rank=bid.rank, amount=bid.amount,
        bundle_hash=found.bundle_hash, provisional=score, rules=rules, called_at=at,
    )  # fmt: skip
    fit = agreed(score)
    hopeless = fit and score.get("passes") is False
    if fit and not hopeless:
        first_clock(made, told, at)
    payload = {"rank": bid.rank, "hopeless": hopeless, "hold": not fit}
    begin(made, "call_next", by=by, at=at, payload=payload)
    platform = Actor.system("award")
    if keep(made, "provisional", score, by=platform, at=at) and hopeless:
        fail_at_once(made, at=at)
    return made


def fail_at_once(row: Examination, *, at: datetime) -> None:
    """Who cannot reach the pass mark with full marks in every other item fails by itself."""
    platform, score = Actor.system("award"), row.provisional
    move(row, "fail_review", by=platform, at=at, payload={"ground": "score"})
    found_so = {"total": score["total"], "steps": score["steps"]}
    _review(row, found_so, by=platform, at=at, passed=False, ground="score", note="")


def first_clock(row: Examination, told: NoticeRow, at: datetime) -> None:
    """Begin an examination's time: for the papers, or for the review where none are asked for."""
    if METHODS[told.award_method].papers:
        _clock(row, "papers_due", "examination_papers", told, at)
    else:
        _clock(row, "review_due", "examination_review", told, at)


def _clock(row: Examination, name: str, kind: str, told: NoticeRow, at: datetime) -> None:
    """Set a moment of the law that begins to run today."""
    found = due(kind, at.astimezone(KST).date(), regime=told.regime, on=told.rule_day)
    setattr(row, name, found.moment)
    why = {**row.rules.get("reasons", {}), name: found.reason.as_json()}
    row.rules = {**row.rules, name: found.rule, "reasons": why}


@transaction.atomic
def add_paper(
    *, by: Actor, at: datetime, number: str, title: str, media_type: str, data: bytes
) -> Any:
    """Add one of the candidate's papers while they can still be handed in; see submit_papers."""
    row = own_examination(by, number)
    if row.status not in ("called", "supplement") or not may(by, "submit_papers", row):
        raise Refusal(
            "award.papers.not_now",
            N_("Papers can be added only while the agency waits for them."),
            repair=N_("Look at the award page; it says what is waited for."),
            law=_LAW,
            status=409,
        )
    _in_time(row, at)
    return add_document(
        row.subject, by=by, at=at, kind="examination", title=title, media_type=media_type,
        data=data,
    )  # fmt: skip


def _in_time(row: Examination, at: datetime) -> None:
    if row.papers_due is not None and at >= row.papers_due:
        raise Refusal(
            "award.papers.late",
            N_("The time for the papers has passed: {due}."),
            repair=N_("Ask the agency's contract officer; papers that come late do not count."),
            law=_LAW,
            status=409,
            due=row.papers_due,
        )


@transaction.atomic
def submit_papers(*, by: Actor, at: datetime, number: str) -> Examination:
    """Hand in the papers added so far; the review's clock begins.

    Refusal `award.papers.none`, `award.papers.late` (409).
    """
    row = own_examination(by, number)
    told, _ = published(number)
    papers = documents(row.subject)
    move(row, "submit_papers", by=by, at=at, payload={"papers": [p.sha256 for p in papers]})
    _in_time(row, at)
    if not any(row.papers_at is None or paper.added_at > row.papers_at for paper in papers):
        raise Refusal(
            "award.papers.none",
            N_("No paper has been added yet."),
            repair=N_("Add the papers first, then hand them in together."),
            field="file",
        )
    row.papers_at = at
    _clock(row, "review_due", "examination_review", told, at)
    row.save(update_fields=["papers_at", "review_due", "rules"])
    return row


@transaction.atomic
def ask_supplement(
    *, by: Actor, at: datetime, number: str, text: str, supplier: str = ""
) -> Examination:
    """Ask once for what is missing; the candidate's clock begins anew.

    Refusal `award.supplement.twice` (409), `award.reason.missing`.
    """
    row = own_examination(by, number, supplier)
    allow(row, "ask_supplement", by=by)
    if row.supplement:
        raise Refusal(
            "award.supplement.twice",
            N_("A supplement can be asked for once only."),
            repair=N_("Decide with the papers that are here."),
            law=_LAW,
            status=409,
        )
    told, _ = published(number)
    asked = reason_given(text)
    move(row, "ask_supplement", by=by, at=at, payload={"text": asked})
    row.supplement = asked
    _clock(row, "papers_due", "examination_supplement", told, at)
    row.save(update_fields=["supplement", "papers_due", "rules"])
    return row


@unlocked
def pass_review(
    *, by: Actor, at: datetime, number: str, scores: Mapping[str, str], note: str = "",
    supplier: str = "",
) -> Examination:  # fmt: skip
    """Find that a candidate passes: its papers are in and its score reaches the pass mark.

    scores: item -> text with up to three decimals. Where the award method asks for no papers,
    none are needed; where no table scores, `enter_own_score` comes first. If the two engines do
    not score alike, the candidate is on hold instead and nothing is decided. Refusal
    `award.own.no_standard`, `award.own.missing`, `award.pass.no_papers`, `award.pass.below`
    (409), `award.score.*`.
    """
    row = own_examination(by, number, supplier)
    allow(row, "pass_review", by=by)
    told, found = published(number)
    papers_in(told, row)
    made = _score(told, found, row, scores)
    if not keep(row, "review", made, by=by, at=at):
        return row
    _reaches(made)
    move(row, "pass_review", by=by, at=at, payload={"total": made.get("total", "")})
    _review(row, made, by=by, at=at, passed=True, ground="", note=note.strip()[:MOST])
    return row


def papers_in(told: NoticeRow, row: Examination) -> None:
    """Refusal `award.pass.no_papers` (409) while papers are asked for and none were handed in."""
    if METHODS[told.award_method].papers and row.status == "called":
        raise Refusal(
            "award.pass.no_papers",
            N_("The candidate has not handed in its papers yet."),
            repair=N_("Wait for them until {due}."),
            law=_LAW,
            status=409,
            due=row.papers_due,
        )


def _score(
    told: NoticeRow, found: ResultRow, row: Examination, scores: Mapping[str, str]
) -> dict[str, Any]:
    if METHODS[told.award_method].scoring is None:
        return {}
    items = row.provisional.get("items", [])
    if scored_by_own(told, row):
        return own_made(told, row)
    return scored(told, found, row.amount, items, scores)


def _reaches(made: Mapping[str, Any]) -> None:
    if made and not made["passes"]:
        raise Refusal(
            "award.pass.below",
            N_("The score of {total} is below the pass mark of {pass_mark}."),
            repair=N_("Check the figures, or find that the candidate fails."),
            law=_LAW,
            status=409,
            total=made["total"],
            pass_mark=made["pass_mark"],
        )


def _review(
    row: Examination, made: Mapping[str, Any], *, by: Actor, at: datetime, passed: bool,
    ground: str, note: str,
) -> None:  # fmt: skip
    Review.objects.create(
        examination=row, scores=made.get("scores", {}), total=made.get("total", ""),
        passed=passed, ground=ground, note=note, steps=made.get("steps", []),
        by=by.account_id, at=at,
    )  # fmt: skip
    row.ended_at = at
    row.save(update_fields=["ended_at"])


@unlocked
def fail_review(
    *, by: Actor, at: datetime, number: str, ground: str, note: str,
    scores: Mapping[str, str] | None = None, supplier: str = "",
) -> Examination:  # fmt: skip
    """Find that a candidate fails, on a ground; the next in rank is called.

    ground: a key of states.GROUNDS; a score speaks for itself and needs no note, the others do.
    If the two engines do not score alike, the candidate is on hold instead. On hold it fails on a
    ground of exclusion alone, known from elsewhere; what is asked about its score lapses by it.
    Refusal `award.reason.missing`, `award.fail.ground`, `.early` (papers still have
    time), `.passes` (the score reaches the pass mark), `award.fail.awarded` (409).
    """
    row = own_examination(by, number, supplier)
    allow(row, "fail_review", by=by)
    told, found = published(number)
    reason = reason_given(note) if ground != "score" or note.strip() else ""
    made = _failing(told, found, row, ground, scores or {}, at)
    _not_awarded(row)
    if not keep(row, "review", made, by=by, at=at):
        return row
    _misses(made)
    wishes.lapse(row, by=Actor.system("award"), at=at)
    move(row, "fail_review", by=by, at=at, payload={"ground": ground})
    _review(row, made, by=by, at=at, passed=False, ground=ground, note=reason)
    call_next(by=Actor.system("award"), at=at, number=number)
    return row


def _failing(
    told: NoticeRow, found: ResultRow, row: Examination, ground: str,
    scores: Mapping[str, str], at: datetime,
) -> Mapping[str, Any]:  # fmt: skip
    scores_any = METHODS[told.award_method].scoring is not None
    known = set(states.GROUNDS) - (set() if scores_any else {"score"})
    if ground not in known or (row.status in ("passed", "hold") and ground != "disqualified"):
        raise Refusal(
            "award.fail.ground",
            N_("This is no ground on which the candidate can fail now."),
            repair=N_("Choose one of the grounds on the page."),
            law=_LAW,
            field="ground",
        )
    asked = METHODS[told.award_method].papers
    waits = asked and row.status in ("called", "supplement")
    late = waits and row.papers_due is not None and at >= row.papers_due
    if (ground == "no_papers" and not late) or (ground == "score" and waits):
        raise Refusal(
            "award.fail.early",
            N_("The candidate's papers are in, or it still has time to hand them in."),
            repair=N_("Examine the papers, or wait until the time has passed."),
            law=_LAW,
            status=409,
        )
    return _score(told, found, row, scores) if ground == "score" else {}


def _misses(made: Mapping[str, Any]) -> None:
    if made and made["passes"]:
        raise Refusal(
            "award.fail.passes",
            N_("The score of {total} reaches the pass mark of {pass_mark}."),
            repair=N_("Check the figures, or find that the candidate passes."),
            law=_LAW,
            status=409,
            total=made["total"],
            pass_mark=made["pass_mark"],
        )


def _not_awarded(row: Examination) -> None:
    if Award.objects.filter(examination=row, status__in=LIVE).exists():
        raise Refusal(
            "award.fail.awarded",
            N_("An award to this candidate is proposed or in force."),
            repair=N_("The approving officer decides or annuls it first."),
            law=_LAW,
            status=409,
        )


@unlocked
def withdraw(*, by: Actor, at: datetime, number: str) -> Examination:
    """Give the candidacy up; the next in rank is called. Refusal `award.fail.awarded` (409).

    What is asked about its score on hold lapses.
    """
    row = own_examination(by, number)
    allow(row, "withdraw", by=by)
    _not_awarded(row)
    wishes.lapse(row, by=Actor.system("award"), at=at)
    move(row, "withdraw", by=by, at=at)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    call_next(by=Actor.system("award"), at=at, number=number)
    return row
