"""Who is examined, who was, and who would come next."""

import uuid
from collections.abc import Iterable, Sequence
from typing import TypeVar

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.document.queries import DocumentRow, document_with_bytes, documents
from jangteo.records.party.queries import parties_by_id
from jangteo.records.wish.queries import digest_of
from jangteo.rules.award import METHODS
from jangteo.stages.award.models import Annulment, Award, Calculation, Examination, Review
from jangteo.stages.award.queries.own import own_of, passes
from jangteo.stages.award.queries.rows import (
    OPEN,
    CalculationRow,
    ExaminationRow,
    OwnScoreRow,
    ReviewRow,
    beside,
)
from jangteo.stages.award.queries.wishes import open_by_candidate, wishes_of
from jangteo.stages.award.states import MISTAKES
from jangteo.stages.opening.queries import BidRow, ResultRow, result
from jangteo.stages.tender.queries import NoticeRow, notice

_Called = TypeVar("_Called", Examination, ExaminationRow)

#: the agency's people who see a candidate's papers and scores
INSIDE = frozenset({"contract_officer", "approving_officer"})


def unknown() -> Refusal:
    """The one answer while there is nothing to award."""
    return Refusal(
        "award.unknown",
        N_("There is no award to be made for this tender now."),
        repair=N_("The first in rank is examined as soon as the opening is published."),
        status=404,
    )


def published(number: str) -> tuple[NoticeRow, ResultRow]:
    """The notice in force and its published result; Refusal `award.unknown` (404) before it."""
    told = notice(number)
    try:
        found = result(number)
    except Refusal:
        raise unknown() from None
    if found.outcome != "published":
        raise unknown()
    return told, found


def law_of(told: NoticeRow) -> str:
    """The article under which a tender is awarded."""
    return METHODS[told.award_method].laws[told.regime]


def examined_as(award_method: str) -> str:
    """What an examination under an award method is called, as a msgid."""
    return METHODS[award_method].examined


def is_inside(actor: Actor, buyer_id: uuid.UUID) -> bool:
    """Whether the actor is one of the agency's people who examine and decide."""
    return actor.party_id == buyer_id and bool(actor.roles & INSIDE)


def examined(number: str) -> list[Examination]:
    """The candidates called so far, in the order of rank."""
    rows = Examination.objects.filter(tender_number=number)
    return list(rows.order_by("rank", "called_at", "id"))


def annulled(number: str) -> set[uuid.UUID]:
    """The examinations whose award was annulled."""
    rows = Award.objects.filter(tender_number=number, status="cancelled")
    return set(rows.values_list("examination", flat=True))


def standing_passed(known: Iterable[Examination], gone: set[uuid.UUID]) -> list[Examination]:
    """Those who passed and whose award was not annulled."""
    return [row for row in known if row.status == "passed" and row.pk not in gone]


def busy(known: Sequence[Examination], gone: set[uuid.UUID]) -> bool:
    """Whether somebody is under examination, or passed and can be awarded."""
    return any(row.status in OPEN for row in known) or bool(standing_passed(known, gone))


def current_of(known: Sequence[_Called]) -> _Called | None:
    """Whom the officer has before it: under examination the best rank, else the last called."""
    opened = [row for row in known if row.status in OPEN]
    best = [row for row in opened if row.rank == min(one.rank for one in opened)]
    return (best or list(known) or [None])[-1]


def choice_waits(number: str, known: Sequence[Examination]) -> bool:
    """Whether an officer is to choose: examine again who failed, or go on with the next.

    So after an annulment by a mistake or a ruling, until somebody is called or examined again.
    """
    ended = Annulment.objects.filter(award__tender_number=number).order_by("-at").first()
    if ended is None or ended.cause not in MISTAKES:
        return False
    since = any(row.called_at > ended.at for row in known)
    return not since and any(row.status == "failed" for row in known)


def may_choose(number: str) -> bool:
    """Whether `choice_waits` and nobody is examined, passed or awarded."""
    known = examined(number)
    return not busy(known, annulled(number)) and choice_waits(number, known)


def next_in_rank(found: ResultRow, known: Iterable[Examination]) -> list[BidRow]:
    """The bids of the best rank that nobody has called yet; several if they bid the same."""
    called = {row.supplier_id for row in known}
    left = [bid for bid in found.ranked if bid.supplier_id not in called]
    return [bid for bid in left if bid.rank == left[0].rank]


def rows_for(actor: Actor, known: Sequence[Examination]) -> tuple[ExaminationRow, ...]:
    """Candidates as this actor may see them: papers and scores only of its own, or its agency's."""
    named = parties_by_id({row.supplier_id for row in known})
    gone = annulled(known[0].tender_number) if known else set()
    asked = open_by_candidate(wishes_of(actor, known[0].tender_number)) if known else {}
    reviews: dict[uuid.UUID, list[Review]] = {}
    for review in Review.objects.filter(examination__in=list(known)).order_by("at", "id"):
        reviews.setdefault(review.examination_id, []).append(review)
    twice = _calculations(known)
    made = []
    for row in known:
        full = is_inside(actor, row.buyer_id) or actor.party_id == row.supplier_id
        mine = [_review(one) for one in reviews.get(row.pk, ())]
        supplier = named[row.supplier_id]
        inside = is_inside(actor, row.buyer_id)
        made.append(
            ExaminationRow(
                id=row.pk, number=row.tender_number, rank=row.rank, amount=row.amount,
                status=row.status, supplier_id=row.supplier_id, supplier=supplier.name,
                identifier=supplier.identifier, called_at=row.called_at,
                papers_due=row.papers_due, papers_at=row.papers_at, review_due=row.review_due,
                ground=mine[-1].ground if mine and row.status == "failed" else "",
                clocks=row.rules.get("reasons", {}),
                ended_at=row.ended_at, annulled=row.pk in gone, full=full,
                supplement=row.supplement if full else "",
                provisional=row.provisional if full else {},
                reviews=tuple(mine) if full else (), bundle_hash=row.bundle_hash,
                wish=asked.get(row.supplier_id) if inside else None,
                own=_own(row) if inside else None,
                calculations=tuple(twice.get(row.pk, ())) if inside else (),
            )
        )  # fmt: skip
    return tuple(made)


def _own(row: Examination) -> OwnScoreRow | None:
    found = own_of(row) if row.provisional and "items" not in row.provisional else None
    if found is None:
        return None
    return OwnScoreRow(
        found.points, found.pass_mark, passes(found), found.document, found.wish.reason,
        found.wish.asked_by, found.wish.ended == "confirmed", digest_of(found.wish),
    )  # fmt: skip


def _calculations(known: Sequence[Examination]) -> dict[uuid.UUID, list[CalculationRow]]:
    """The scores of some candidates by both engines, by examination."""
    found: dict[uuid.UUID, list[CalculationRow]] = {}
    for row in Calculation.objects.filter(examination__in=list(known)).order_by("id"):
        made = CalculationRow(row.what, beside(row.ours, row.theirs), row.why, row.at)
        found.setdefault(row.examination_id, []).append(made)
    return found


def _review(row: Review) -> ReviewRow:
    return ReviewRow(
        row.scores, row.total, row.passed, row.ground, row.note, tuple(row.steps), row.by, row.at
    )


def examinations(number: str) -> tuple[ExaminationRow, ...]:
    """The candidates as the public sees them, in the order of rank."""
    return rows_for(Actor.anyone(), examined(number))


def examination_named(examination_id: uuid.UUID) -> ExaminationRow | None:
    """One candidate as the public sees it, for messages; None if there is none."""
    rows = rows_for(Actor.anyone(), list(Examination.objects.filter(pk=examination_id)))
    return rows[0] if rows else None


def papers_of(actor: Actor, row: ExaminationRow) -> list[DocumentRow]:
    """A candidate's papers, oldest first; nothing for who may not see them."""
    return documents(f"examination:{row.number}:{row.supplier_id}") if row.full else []


def paper(actor: Actor, number: str, document_id: uuid.UUID) -> tuple[DocumentRow, bytes]:
    """One paper with its bytes; Refusal `document.unknown` (404) also for who may not see it."""
    for row in rows_for(actor, examined(number)):
        if any(one.id == document_id for one in papers_of(actor, row)):
            return document_with_bytes(document_id)
    raise Refusal(
        "document.unknown",
        N_("There is no such document."),
        repair=N_("Go back to the page that lists it."),
        status=404,
    )
