"""Examine again who failed wrongly: one person asks, another decides; or go on with the next."""

from datetime import datetime

from django.db import transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import allow, move
from jangteo.records.verifier.asking import unlocked
from jangteo.stages.award.actions import wishes
from jangteo.stages.award.actions.examining import call_next, first_clock
from jangteo.stages.award.actions.hold import hold, own_examination, reason_given
from jangteo.stages.award.actions.keeping import keep
from jangteo.stages.award.models import Award, Examination
from jangteo.stages.award.queries.awards import LIVE
from jangteo.stages.award.queries.candidates import INSIDE, published, unknown
from jangteo.stages.award.queries.scores import provisional
from jangteo.stages.award.queries.twice import agreed
from jangteo.stages.award.queries.wishes import open_wish
from jangteo.stages.tender import actions as tender

_LAW = "국가계약법 시행령 제42조제5항, 지방계약법 시행령 제42조제1항"


@transaction.atomic
def ask_reopening(
    *, by: Actor, at: datetime, number: str, reason: str, supplier: str = ""
) -> Examination:
    """Ask that who failed be examined again, or who is on hold computed again.

    Another person confirms it, see `reopen` and `compute_again`, or refuses it.

    Refusal `award.reason.missing`, `award.reopen.live`, `award.reopen.asked` (409).
    """
    row = own_examination(by, number, supplier)
    allow(row, "ask_reopening", by=by)
    said = reason_given(reason, "reason")
    _no_award(number)
    if open_wish(row):
        raise Refusal(
            "award.reopen.asked",
            N_("It is already asked for."),
            repair=N_("An approving officer decides; withdraw it to ask in other words."),
            law=_LAW,
            status=409,
        )
    move(row, "ask_reopening", by=by, at=at, payload={"reason": said})
    verb = "compute_again" if row.status == "hold" else "reopen"
    wishes.ask(row, verb, by=by, at=at, reason=said)
    return row


@unlocked
def reopen(*, by: Actor, at: datetime, number: str, digest: str, supplier: str = "") -> Examination:
    """Confirm as a second person that a candidate is examined again, from the beginning.

    Its papers are kept; it hands them in anew, with what it adds, in a new time. A tender that
    ended because nobody was left comes back. If the two engines do not score it alike, it is on
    hold at once and its time does not begin; the journal says so. Who was called meanwhile stays;
    nothing is proposed before both are examined. digest: of the wish that was read. Refusal
    `award.reopen.nobody`, `.same_person`, `.not_this`, `.live` (409).
    """
    row = own_examination(by, number, supplier)
    allow(row, "reopen", by=by)
    asked = wishes.decided(row, by=by, at=at, digest=digest)
    _no_award(number)
    told, found = published(number)
    score, rules = provisional(told, found, row.amount)
    payload = {"reason": asked.reason, "hold": not agreed(score)}
    move(row, "reopen", by=by, at=at, payload=payload)
    row.provisional, row.rules = score, rules
    row.called_at, row.ended_at, row.supplement = at, None, ""
    row.papers_at = row.papers_due = row.review_due = None
    if keep(row, "provisional", row.provisional, by=Actor.system("award"), at=at):
        first_clock(row, told, at)
    row.save()
    if told.status == "unsuccessful":
        tender.settle(by=by, at=at, number=number, verb="resume", reason=asked.reason)
    return row


@transaction.atomic
def refuse_reopening(
    *, by: Actor, at: datetime, number: str, reason: str, digest: str, supplier: str = ""
) -> Examination:
    """Refuse as a second person, with a reason, that a candidate is examined or computed again.

    digest: of the wish that was read. Refusal `award.reopen.nobody`, `.same_person`, `.not_this`
    (409), `award.reason.missing`.
    """
    row = own_examination(by, number, supplier)
    wishes.refuse(row, by=by, at=at, reason=reason, digest=digest)
    return row


@transaction.atomic
def withdraw_reopening(*, by: Actor, at: datetime, number: str, supplier: str = "") -> Examination:
    """Take the wish to examine or compute again back. Refusal `award.reopen.nobody` (409)."""
    row = own_examination(by, number, supplier)
    wishes.withdraw(row, by=by, at=at)
    return row


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
