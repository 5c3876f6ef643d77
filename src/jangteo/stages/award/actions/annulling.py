"""Annul an award in force: one person asks for it with a cause and a reason, another confirms."""

from datetime import datetime

from django.db import transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import allow, move
from jangteo.records.journal.queries import history
from jangteo.records.verifier.asking import unlocked
from jangteo.stages.award import states
from jangteo.stages.award.actions.examining import call_next
from jangteo.stages.award.actions.hold import as_read, own_award, reason_given
from jangteo.stages.award.models import Annulment, AnnulmentWish, Award
from jangteo.stages.award.queries.seen import wish_digest
from jangteo.stages.tender import actions as tender

_LAW = "국가계약법 시행령 제42조, 지방계약법 시행령 제42조"


@transaction.atomic
def ask_annulment(*, by: Actor, at: datetime, number: str, cause: str, reason: str) -> Award:
    """Ask that an award in force be annulled; another person confirms it.

    cause: a key of states.CAUSES. A later wish takes the place of the one before. Refusal
    `award.annul.cause`, `award.reason.missing`, `award.annul.contract` (409) while a contract
    stands: it is given up or terminated first.
    """
    made = own_award(by, number, "active")
    allow(made, "ask_annulment", by=by)
    if cause not in states.CAUSES:
        raise Refusal(
            "award.annul.cause",
            N_("Choose the cause of the annulment."),
            repair=N_("Choose one of the causes on the page."),
            law=_LAW,
            field="cause",
        )
    said = reason_given(reason, "reason")
    _no_contract(number)
    AnnulmentWish.objects.update_or_create(
        award=made,
        defaults={"cause": cause, "reason": said, "asked_by": by.account_id, "asked_at": at},
    )
    move(made, "ask_annulment", by=by, at=at, payload={"cause": cause})
    return made


@unlocked
def annul(*, by: Actor, at: datetime, number: str, digest: str) -> Award:
    """Confirm as a second person that an award is annulled; the next in rank is called.

    Cause and reason are those that were asked for; digest: of the wish that was read. After a
    mistake or a ruling an officer chooses first, if somebody failed: see `choice_waits`. Refusal
    `award.annul.nobody`, `.same_person`, `.not_this` (another wish since), `.contract` (409).
    """
    made = own_award(by, number, "active")
    allow(made, "annul", by=by)
    asked = _asked(made, by)
    as_read("award.annul.not_this", digest, wish_digest(asked), _LAW)
    _no_contract(number)
    Annulment.objects.create(
        award=made, cause=asked.cause, reason=asked.reason, asked_by=asked.asked_by,
        by=by.account_id, at=at,
    )  # fmt: skip
    move(made, "annul", by=by, at=at, payload={"cause": asked.cause})
    tender.settle(by=by, at=at, number=number, verb="annul_award", reason=asked.reason)
    call_next(by=Actor.system("award"), at=at, number=number)
    return made


def _asked(made: Award, by: Actor) -> AnnulmentWish:
    asked = AnnulmentWish.objects.filter(award=made).first()
    if asked is None:
        raise Refusal(
            "award.annul.nobody",
            N_("Nobody has asked that this award be annulled."),
            repair=N_("One person asks for it first, with a cause and a reason."),
            law=_LAW,
            status=409,
        )
    if asked.asked_by == by.account_id:
        raise Refusal(
            "award.annul.same_person",
            N_("Whoever asked for it cannot confirm it."),
            repair=N_("Another person with the role of approving officer confirms it."),
            law=_LAW,
            status=409,
        )
    return asked


def _no_contract(number: str) -> None:
    """The contract is a later stage: what stands of it is asked of the journal."""
    facts = [fact.kind for fact in history(tender=number)]
    ended = facts.count("contract.cancel") + facts.count("contract.terminate")
    if facts.count("contract.draft") > ended:
        raise Refusal(
            "award.annul.contract",
            N_("A contract on this award stands."),
            repair=N_("Give the contract up or terminate it first."),
            law=_LAW,
            status=409,
        )
