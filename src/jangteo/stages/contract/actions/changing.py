"""Amend, terminate and complete a contract in force."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import allow, begin, move
from jangteo.stages.contract import states
from jangteo.stages.contract.actions.making import commit
from jangteo.stages.contract.actions.own import (
    accepted,
    own,
    reason_given,
    sign,
    subcontracted,
)
from jangteo.stages.contract.actions.paper import freeze
from jangteo.stages.contract.models import Amendment, Contract, Text
from jangteo.stages.contract.queries.reading import rows_of, security_for

OPEN = ("proposed", "agreed")
PLATFORM = Actor.system("contract")
_CHANGE = "국가계약법 제19조, 지방계약법 제22조"
_SECURED = "국가계약법 시행규칙 제55조제1항, 제62조, 지방계약법 시행규칙 제53조제1항, 제60조"
_END = "국가계약법 시행령 제75조, 지방계약법 제30조의2"


@transaction.atomic
def propose_amendment(
    *, by: Actor, at: datetime, number: str, value: int, ends: date, reason: str
) -> Amendment:
    """Propose another value or last day; the new text is frozen and sent to the supplier.

    Refusal `contract.amendment.not_active`, `.open` (409), `.nothing`, `.value`,
    `.below_subcontracts`, `.below_accepted`.
    """
    found = own(by, number)
    allow(Amendment, "propose_amendment", by=by)
    said = reason_given(reason)
    _can_amend(found, value, ends)
    text = freeze(found, by=by, at=at, value=value, ends=ends, note=said)
    made = Amendment(
        contract=found, buyer_id=found.buyer_id, supplier_id=found.supplier_id,
        tender_number=found.tender_number, contract_number=found.number, text=text.number,
        value=value, ends=ends, reason=said, proposed_at=at,
    )  # fmt: skip
    begin(made, "propose_amendment", by=by, at=at, payload={"value": value, "text": text.number})
    return made


def _can_amend(found: Contract, value: int, ends: date) -> None:
    if found.status != "active":
        raise _refused("not_active", N_("Only a contract in force is amended."), status=409)
    if Amendment.objects.filter(contract=found, status__in=OPEN).exists():
        raise _refused("open", N_("Another amendment is not settled yet."), status=409)
    if value <= 0 or (found.starts and ends < found.starts):
        raise _refused("value", N_("The value must be above zero and the period in order."))
    if value == found.value and ends == found.ends:
        raise _refused("nothing", N_("Neither the value nor the last day changes."))
    _covers(found, value)


def _covers(found: Contract, value: int) -> None:
    """An amended value covers what is subcontracted and what is accepted already."""
    taken = subcontracted(found)
    if value < taken:
        said = N_("Subcontracts of {taken} won stand; the value cannot be lower.")
        raise _refused("below_subcontracts", said, taken=taken)
    done = accepted(found)
    if value < done:
        said = N_("Works of {done} won are accepted; the value cannot be lower.")
        raise _refused("below_accepted", said, done=done)


def _refused(code: str, text: str, status: int = 422, **params: int) -> Refusal:
    return Refusal(
        f"contract.amendment.{code}",
        text,
        repair=N_("Look at the contract's page, correct it and try again."),
        law=_CHANGE,
        field="value",
        status=status,
        **params,
    )


def _open(found: Contract) -> Amendment:
    rows = Amendment.objects.select_for_update().filter(contract=found)
    row = rows.filter(status__in=OPEN).first()
    if row is None:
        raise _refused("none", N_("No amendment waits for a decision."), status=409)
    return row


def _text(row: Amendment) -> Text:
    return Text.objects.get(contract_id=row.contract_id, number=row.text)


@transaction.atomic
def agree_amendment(
    *, by: Actor, at: datetime, number: str, signer_key: str, signature: str
) -> Amendment:
    """Sign the amendment for the supplier."""
    row = _open(own(by, number))
    move(row, "agree_amendment", by=by, at=at, payload={"text": row.text, "key": signer_key})
    sign(by, at, _text(row), side="supplier", signer_key=signer_key, signature=signature)
    return row


@transaction.atomic
def conclude_amendment(
    *, by: Actor, at: datetime, number: str, signer_key: str, signature: str
) -> Contract:
    """Sign the amendment for the agency: the new text is in force; the budget is told.

    Refusal `contract.amendment.below_accepted` (409), `.security` (409) while the performance
    security does not cover the new value until the new last day.
    """
    found = own(by, number)
    row = _open(found)
    move(row, "conclude_amendment", by=by, at=at, payload={"text": row.text, "value": row.value})
    _covers(found, row.value)
    _secured(found, row)
    sign(by, at, _text(row), side="buyer", signer_key=signer_key, signature=signature)
    row.effective_at = at
    row.save(update_fields=["effective_at"])
    changed = row.value != found.value
    found.value, found.ends, found.text = row.value, row.ends, row.text
    _keep(found)
    move(found, "amend", by=by, at=at, payload={"text": row.text, "value": row.value})
    if changed:
        commit(found, by=by, at=at, kind="change", amount=row.value)
    return found


def _secured(found: Contract, row: Amendment) -> None:
    needed = security_for(rows_of([found])[0], row.value, row.ends)
    if not needed.enough:
        raise Refusal(
            "contract.amendment.security",
            N_("The performance security does not cover the amended contract: {missing} won lack."),
            repair=N_("Record a security that covers it until {until} first; then sign."),
            law=_SECURED,
            status=409,
            missing=needed.missing,
            until=needed.until,
        )


def _keep(found: Contract) -> None:
    """The database refuses a value below what was accepted of the contract."""
    try:
        with transaction.atomic():
            found.save(update_fields=["value", "ends", "text"])
    except IntegrityError as error:
        said = N_("The works accepted so far are worth more than that.")
        raise _refused("below_accepted", said, status=409) from error


@transaction.atomic
def withdraw_amendment(*, by: Actor, at: datetime, number: str) -> Amendment:
    """Withdraw a proposed amendment; the contract stays as it is."""
    row = _open(own(by, number))
    move(row, "withdraw_amendment", by=by, at=at)
    return row


@transaction.atomic
def terminate(*, by: Actor, at: datetime, number: str, ground: str, reason: str) -> Contract:
    """End a contract in force on a ground; what was accepted is still paid.

    An amendment that is not settled ends with it.
    ground: a key of states.GROUNDS. Refusal `contract.terminate.ground`.
    """
    found = own(by, number)
    allow(found, "terminate", by=by)
    if ground not in states.GROUNDS:
        raise Refusal(
            "contract.terminate.ground",
            N_("Choose the ground of the termination."),
            repair=N_("Choose one of the grounds on the page."),
            law=_END,
            field="ground",
        )
    said = reason_given(reason)
    move(found, "terminate", by=by, at=at, payload={"ground": ground})
    found.ended_at, found.ground, found.ending_reason = at, ground, said
    found.save(update_fields=["ended_at", "ground", "ending_reason"])
    for row in Amendment.objects.filter(contract=found, status__in=OPEN):
        move(row, "withdraw_amendment", by=PLATFORM, at=at)
    commit(found, by=by, at=at, kind="cancel", amount=accepted(found))
    return found


@transaction.atomic
def complete(*, by: Actor, at: datetime, number: str) -> Contract:
    """Close a contract that is accepted and paid in full; called by the payment stage."""
    found = Contract.objects.select_for_update().get(number=number)
    move(found, "complete", by=by, at=at)
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    return found
