"""Annul an award in force: one person asks for it with a cause and a reason, another decides."""

from datetime import datetime

from django.db import transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import allow, move
from jangteo.records.verifier.asking import unlocked
from jangteo.stages.award import states
from jangteo.stages.award.actions import wishes
from jangteo.stages.award.actions.examining import call_next
from jangteo.stages.award.actions.hold import hold, own_award, reason_given
from jangteo.stages.award.models import Annulment, Award
from jangteo.stages.award.queries.wishes import contract_stands, open_wish
from jangteo.stages.tender import actions as tender

_LAW = "국가계약법 시행령 제42조, 지방계약법 시행령 제42조"


@transaction.atomic
def ask_annulment(*, by: Actor, at: datetime, number: str, cause: str, reason: str) -> Award:
    """Ask that an award in force be annulled; another person confirms or refuses it.

    cause: a key of states.CAUSES. A later wish takes the place of an open one. Refusal
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
    if before := open_wish(made):
        wishes.end(before, "withdrawn", by=by, at=at)
    wishes.ask(made, "annul", by=by, at=at, reason=said, cause=cause)
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
    _no_contract(number)
    asked = wishes.decided(made, by=by, at=at, digest=digest)
    Annulment.objects.create(
        award=made, cause=asked.cause, reason=asked.reason, asked_by=asked.asked_by,
        by=by.account_id, at=at,
    )  # fmt: skip
    move(made, "annul", by=by, at=at, payload={"cause": asked.cause})
    tender.settle(by=by, at=at, number=number, verb="annul_award", reason=asked.reason)
    call_next(by=Actor.system("award"), at=at, number=number)
    return made


@transaction.atomic
def refuse_annulment(*, by: Actor, at: datetime, number: str, reason: str, digest: str) -> Award:
    """Refuse as a second person, with a reason, that an award is annulled; it stays in force.

    digest: of the wish that was read. Refusal `award.annul.nobody`, `.same_person`, `.not_this`
    (409), `award.reason.missing`.
    """
    made = own_award(by, number, "active")
    wishes.refuse(made, by=by, at=at, reason=reason, digest=digest)
    return made


@transaction.atomic
def withdraw_annulment(*, by: Actor, at: datetime, number: str) -> Award:
    """Take the wish to annul back. Refusal `award.annul.nobody`, `.not_yours` (409)."""
    made = own_award(by, number, "active")
    wishes.withdraw(made, by=by, at=at)
    return made


@transaction.atomic
def lapse_annulment(*, by: Actor, at: datetime, number: str) -> None:
    """End what is asked about the award in force, which is contracted now; the agency is told.

    Called by the contract that is drafted, in its own transaction; by: the platform.
    """
    hold(number)
    made = Award.objects.filter(tender_number=number, status="active").first()
    if made is not None:
        wishes.lapse(made, by=by, at=at)


def _no_contract(number: str) -> None:
    if contract_stands(number):
        raise Refusal(
            "award.annul.contract",
            N_("A contract on this award stands."),
            repair=N_("Give the contract up or terminate it first."),
            law=_LAW,
            status=409,
        )
