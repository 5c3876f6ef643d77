"""Propose, confirm, refuse and annul an award: never one person alone, never two in force."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db import transaction

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import allow, begin, move
from jangteo.records.verifier.asking import unlocked
from jangteo.rules.deadline.steps import due
from jangteo.stages.award.actions.hold import hold, own_award, reason_given
from jangteo.stages.award.actions.keeping import keep_old_review
from jangteo.stages.award.models import Award, Examination
from jangteo.stages.award.queries.awards import LIVE
from jangteo.stages.award.queries.candidates import (
    INSIDE,
    annulled,
    examined,
    published,
    standing_passed,
    unknown,
)
from jangteo.stages.award.queries.results import results_of
from jangteo.stages.award.queries.rows import OPEN
from jangteo.stages.opening.queries import ResultRow
from jangteo.stages.tender import actions as tender

_LAW = "국가계약법 시행령 제42조, 지방계약법 시행령 제42조"


def winner_of(passed: Sequence[Examination], found: ResultRow) -> Examination:
    """The candidate that the law prefers among those who passed; see `precedence`."""
    drawn = {bid.supplier_id: bid.tiebreak for bid in found.bids}

    def place(row: Examination) -> tuple[Any, ...]:
        lot = drawn.get(row.supplier_id) or old_lot(row.bundle_hash, row.supplier_id)
        return precedence(row.amount, _total(row), lot)

    return min(passed, key=place)


def precedence(amount: int, total: str, lot: str) -> tuple[Any, ...]:
    """What orders candidates who passed; the least comes first.

    amount: the bid in won; total: the score as text, "" without one; lot: the number that the bid
    drew at the opening, from the committed seeds (rules/award/tiebreak.py). The lower bid; among
    equal bids the higher score; then the lot. Law: 국가계약법 시행령 제47조제1항제2호, 지방계약법
    시행령 제48조제1항제2호.
    """
    return amount, -Fraction(total or 0), lot


def old_lot(bundle_hash: str, supplier_id: UUID) -> str:
    """The lot of openings from before their bids drew numbers."""
    return hashlib.sha256(f"{bundle_hash}:{supplier_id}".encode()).hexdigest()


def _total(row: Examination) -> str:
    last = row.reviews.order_by("-at").first()
    return last.total if last else ""


@unlocked
def propose(*, by: Actor, at: datetime, number: str) -> Award:
    """Propose the award to the candidate who passed.

    Refusal `award.propose.nobody`, `.open` (a candidate of the same rank is still examined),
    `.exists`, `.not_verified`, `.other_score` (409): see `keep_old_review`.
    """
    hold(number)
    told, found = published(number)
    if by.party_id != told.buyer_id or not by.roles & INSIDE:
        raise unknown()
    allow(Award, "propose", by=by)
    known = examined(number)
    passed = standing_passed(known, annulled(number))
    _can_propose(number, known, passed)
    winner = winner_of(passed, found)
    keep_old_review(winner, told, found, by=by, at=at)
    results = _frozen(found, winner)
    made = Award(
        tender_id=told.tender_id, tender_number=number, lot=told.lot, buyer_id=told.buyer_id,
        supplier_id=winner.supplier_id, examination=winner, value=winner.amount,
        bundle_hash=winner.bundle_hash, found_by_rules=results[0], found_by_verifier=results[1],
        proposed_by=by.account_id, proposed_at=at,
    )  # fmt: skip
    begin(made, "propose", by=by, at=at, payload={"value": made.value, "bundle": made.bundle_hash})
    return made


def _can_propose(number: str, known: Sequence[Examination], passed: Sequence[Examination]) -> None:
    if Award.objects.filter(tender_number=number, status__in=LIVE).exists():
        raise Refusal(
            "award.propose.exists",
            N_("An award is already proposed or in force."),
            repair=N_("Look at the award page again."),
            law=_LAW,
            status=409,
        )
    if any(row.status in OPEN for row in known):
        raise Refusal(
            "award.propose.open",
            N_("A candidate is still under examination."),
            repair=N_("Finish the review first."),
            law=_LAW,
            status=409,
        )
    if not passed:
        raise Refusal(
            "award.propose.nobody",
            N_("No candidate has passed."),
            repair=N_("The next in rank is examined first."),
            law=_LAW,
            status=409,
        )


def _frozen(found: ResultRow, row: Examination, bundle_hash: str = "") -> tuple[str, str]:
    """Both engines agreed, on the very inputs that the candidate was examined with, and on it.

    Gives what each of them found of this candidate, as hashes: of its bid at the opening, and of
    its score where the award method scores.
    """
    ours, theirs = results_of(found.number, row)
    inputs = {row.bundle_hash, bundle_hash or row.bundle_hash}
    agreed = found.verified == "same" and inputs == {found.bundle_hash}
    if not agreed or not ours or ours != theirs:
        raise _not_verified()
    return ours, theirs


def _not_verified() -> Refusal:
    return Refusal(
        "award.propose.not_verified",
        N_("The independent verifier has not confirmed the result this award rests on."),
        repair=N_("Opening and score must be verified first; nobody can award without it."),
        law=_LAW,
        status=409,
    )


@unlocked
def confirm(*, by: Actor, at: datetime, number: str) -> Award:
    """Confirm a proposed award as a second person; the winner is published.

    Refusal `award.confirm.same_person`, `award.propose.not_verified` (409).
    """
    made = own_award(by, number, "pending")
    allow(made, "confirm", by=by)
    told, found = published(number)
    if made.proposed_by == by.account_id:
        raise Refusal(
            "award.confirm.same_person",
            N_("Whoever proposed the award cannot confirm it."),
            repair=N_("Another person with the role of approving officer confirms it."),
            law=_LAW,
            status=409,
        )
    results = _frozen(found, made.examination, made.bundle_hash)
    if results != (made.found_by_rules, made.found_by_verifier):
        raise _not_verified()
    _confirmed(made, by, at, told.regime, told.rule_day)
    move(made, "confirm", by=by, at=at, payload={"value": made.value, "bundle": made.bundle_hash})
    tender.settle(by=by, at=at, number=number, verb="award")
    return made


def _confirmed(made: Award, by: Actor, at: datetime, regime: str, on: date) -> None:
    """Name the second person before the state says that there was one."""
    signing = due(
        "contract_signing",
        at.astimezone(KST).date(),
        regime=regime,
        on=on,
    )
    made.confirmed_by, made.confirmed_at = by.account_id, at
    made.contract_due = signing.moment
    made.save(update_fields=["confirmed_by", "confirmed_at", "contract_due"])


@transaction.atomic
def refuse(*, by: Actor, at: datetime, number: str, reason: str) -> Award:
    """Do not confirm a proposed award; it can be proposed again. Refusal `award.reason.missing`."""
    made = own_award(by, number, "pending")
    allow(made, "refuse", by=by)
    made.reason = reason_given(reason)
    made.save(update_fields=["reason"])
    move(made, "refuse", by=by, at=at, payload={"reason": made.reason})
    return made
