"""Examine again who failed wrongly: one person asks, another confirms; or go on with the next."""

from datetime import datetime

from django.db import transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import allow, move
from jangteo.records.verifier.asking import unlocked
from jangteo.stages.award.actions.examining import call_next, first_clock
from jangteo.stages.award.actions.hold import hold, own_examination, reason_given
from jangteo.stages.award.actions.keeping import keep
from jangteo.stages.award.models import Award, Examination, OwnScore, Reopening
from jangteo.stages.award.queries.awards import LIVE
from jangteo.stages.award.queries.candidates import INSIDE, published, unknown
from jangteo.stages.award.queries.scores import provisional
from jangteo.stages.tender import actions as tender

_LAW = "국가계약법 시행령 제42조제5항, 지방계약법 시행령 제42조제1항"


@transaction.atomic
def ask_reopening(
    *, by: Actor, at: datetime, number: str, reason: str, supplier: str = ""
) -> Examination:
    """Ask that who failed be examined again, or who is on hold computed again.

    Another person confirms it; see `reopen` and `compute_again`.

    Refusal `award.reason.missing`, `award.reopen.live`, `award.reopen.asked` (409).
    """
    row = own_examination(by, number, supplier)
    allow(row, "ask_reopening", by=by)
    said = reason_given(reason, "reason")
    _no_award(number)
    if Reopening.objects.filter(examination=row, confirmed_by=None).exists():
        raise Refusal(
            "award.reopen.asked",
            N_("It is already asked for."),
            repair=N_("An approving officer confirms it."),
            law=_LAW,
            status=409,
        )
    move(row, "ask_reopening", by=by, at=at, payload={"reason": said})
    Reopening.objects.create(examination=row, reason=said, asked_by=by.account_id, asked_at=at)
    return row


@unlocked
def reopen(*, by: Actor, at: datetime, number: str, supplier: str = "") -> Examination:
    """Confirm as a second person that a candidate is examined again, from the beginning.

    Its papers are kept; it hands them in anew, with what it adds, in a new time. A tender that
    ended because nobody was left comes back. Who was called meanwhile stays; nothing is proposed
    before both are examined. Refusal `award.reopen.nobody`, `.same_person`, `.live` (409).
    """
    row = own_examination(by, number, supplier)
    allow(row, "reopen", by=by)
    asked = confirm_wish(row, by, at)
    _no_award(number)
    told, found = published(number)
    move(row, "reopen", by=by, at=at, payload={"reason": asked.reason})
    # a score that nobody confirmed would keep its place before the reopening when entered anew
    OwnScore.objects.filter(examination=row, confirmed_by=None).delete()
    row.provisional, row.rules = provisional(told, found, row.amount)
    row.called_at, row.ended_at, row.supplement = at, None, ""
    row.papers_at = row.papers_due = row.review_due = None
    if keep(row, "provisional", row.provisional, by=Actor.system("award"), at=at):
        first_clock(row, told, at)
    row.save()
    if told.status == "unsuccessful":
        tender.settle(by=by, at=at, number=number, verb="resume", reason=asked.reason)
    return row


def confirm_wish(row: Examination, by: Actor, at: datetime) -> Reopening:
    """Be the second person of what is asked for; Refusal `award.reopen.nobody`, `.same_person`."""
    asked = _asked(row)
    if asked.asked_by == by.account_id:
        raise Refusal(
            "award.reopen.same_person",
            N_("Whoever asked for it cannot confirm it."),
            repair=N_("Another person with the role of approving officer confirms it."),
            law=_LAW,
            status=409,
        )
    asked.confirmed_by, asked.confirmed_at = by.account_id, at
    asked.save(update_fields=["confirmed_by", "confirmed_at"])
    return asked


def _asked(row: Examination) -> Reopening:
    found = Reopening.objects.filter(examination=row, confirmed_by=None).first()
    if found is None:
        raise Refusal(
            "award.reopen.nobody",
            N_("Nobody has asked for it."),
            repair=N_("The contract officer asks for it first, with a reason."),
            law=_LAW,
            status=409,
        )
    return found


def _no_award(number: str) -> None:
    if Award.objects.filter(tender_number=number, status__in=LIVE).exists():
        raise Refusal(
            "award.reopen.live",
            N_("An award is already proposed or in force."),
            repair=N_("The approving officer decides or annuls it first."),
            law=_LAW,
            status=409,
        )


@unlocked
def go_on(*, by: Actor, at: datetime, number: str) -> list[Examination]:
    """Call the next in rank by an officer's word, whoever failed before; see `call_next`.

    Refusal `award.unknown` (404) for others than the agency's people.
    """
    hold(number)
    told, _ = published(number)
    if by.party_id != told.buyer_id or not by.roles & INSIDE:
        raise unknown()
    allow(Examination, "call_next", by=by)
    return call_next(by=by, at=at, number=number)
