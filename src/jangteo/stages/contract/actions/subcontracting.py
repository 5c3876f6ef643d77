"""Register a subcontract; the subcontractor agrees, the agency takes note."""

from datetime import date, datetime

from django.db import transaction

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import allow, begin, move
from jangteo.records.numbering.actions import next_number
from jangteo.records.party.queries import party_by_identifier
from jangteo.rules.deadline.steps import due
from jangteo.stages.contract.actions.own import own, reason_given, subcontracted
from jangteo.stages.contract.models import Contract, Subcontract
from jangteo.stages.contract.queries.reading import subcontract

_LAW = "건설산업기본법 제29조"


@transaction.atomic
def register_subcontract(
    *, by: Actor, at: datetime, number: str, subcontractor: str, work: str, amount: int,
    starts: date, ends: date, signed_on: date,
) -> Subcontract:  # fmt: skip
    """Register a subcontract of a contract in force.

    subcontractor: business number of a registered supplier; amount in won including VAT. Refusal
    `contract.subcontract.unknown_supplier`, `.itself`, `.work`, `.amount`, `.period`, `.signed_on`,
    `.too_much`, `.not_active` (409).
    """
    found = own(by, number)
    hired = party_by_identifier("supplier", subcontractor.replace("-", "").strip())
    today = at.astimezone(KST).date()
    _can_register(found, by, work, amount, (starts, ends, signed_on), today)
    if hired is None:
        said = N_("No registered supplier has this business number.")
        raise _refused("unknown_supplier", said, "subcontractor")
    if hired.id == found.supplier_id:
        raise _refused("itself", N_("A supplier is not its own subcontractor."), "subcontractor")
    told = due("subcontract_notice", signed_on, regime=found.regime, on=found.rule_day)
    made = Subcontract(
        number=next_number("SC", on=today), contract=found,
        contract_number=found.number, tender_number=found.tender_number,
        buyer_id=found.buyer_id, supplier_id=found.supplier_id, subcontractor_id=hired.id,
        work=work.strip()[:200], amount=amount, starts=starts, ends=ends, signed_on=signed_on,
        told_due=told.moment, registered_at=at,
    )  # fmt: skip
    begin(made, "register_subcontract", by=by, at=at, payload={"amount": amount})
    return made


def _can_register(
    found: Contract, by: Actor, work: str, amount: int, days: tuple[date, date, date], today: date
) -> None:
    starts, ends, signed_on = days
    if found.status != "active" or by.party_id != found.supplier_id:
        said = N_("Only the supplier of a contract in force registers subcontracts.")
        raise _refused("not_active", said, "", 409)
    if not work.strip():
        raise _refused("work", N_("Say which part of the works is subcontracted."), "work")
    if amount <= 0:
        raise _refused("amount", N_("The amount must be above zero."), "amount")
    if starts > ends or (found.ends and ends > found.ends):
        said = N_("The period must be in order and end with the contract at the latest.")
        raise _refused("period", said, "ends")
    if signed_on > today:
        said = N_("The subcontract is registered once it is signed, not before.")
        raise _refused("signed_on", said, "signed_on")
    taken = subcontracted(found)
    if taken + amount > found.value:
        raise Refusal(
            "contract.subcontract.too_much",
            N_("All subcontracts together would exceed the contract by {over} won."),
            repair=N_("Correct the amount, or end a subcontract that is no longer needed."),
            law=_LAW,
            field="amount",
            over=taken + amount - found.value,
        )


def _refused(code: str, text: str, field: str, status: int = 422) -> Refusal:
    return Refusal(
        f"contract.subcontract.{code}",
        text,
        repair=N_("Correct it and register the subcontract again."),
        law=_LAW,
        field=field,
        status=status,
    )


def _locked(by: Actor, number: str) -> Subcontract:
    row = Subcontract.objects.select_for_update().filter(number=number).first()
    if row is None or by.party_id not in (row.buyer_id, row.supplier_id, row.subcontractor_id):
        subcontract("")  # the one refusal for what is not there
    assert row is not None  # noqa: S101 - the line above has raised
    return row


@transaction.atomic
def agree_subcontract(*, by: Actor, at: datetime, number: str) -> Subcontract:
    """Agree as the subcontractor; the agency is told."""
    row = _locked(by, number)
    move(row, "agree_subcontract", by=by, at=at)
    return row


@transaction.atomic
def acknowledge_subcontract(*, by: Actor, at: datetime, number: str) -> Subcontract:
    """Take note as the agency; from now on its money can be claimed."""
    row = _locked(by, number)
    move(row, "acknowledge_subcontract", by=by, at=at)
    return row


@transaction.atomic
def end_subcontract(*, by: Actor, at: datetime, number: str, reason: str) -> Subcontract:
    """End a subcontract with a reason; what it is owed stays owed."""
    row = _locked(by, number)
    allow(row, "end_subcontract", by=by)
    row.note = reason_given(reason)
    move(row, "end_subcontract", by=by, at=at, payload={"reason": row.note})
    row.save(update_fields=["note"])
    return row
