"""The supplier notifies what is done, notifies it again once it is mended, or withdraws."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor, may
from jangteo.records.journal.actions import begin, move
from jangteo.rules.deadline.steps import due
from jangteo.stages.contract.queries import ContractRow
from jangteo.stages.delivery.actions.own import (
    LAW,
    OPEN,
    done_in_order,
    note_fits,
    open_inspection,
    own,
    raise_all,
    refused,
    unchanged,
)
from jangteo.stages.delivery.models import Delivery, Inspection
from jangteo.stages.delivery.queries.accepted import accepted_total
from jangteo.stages.delivery.queries.clocks import day_of, last_day
from jangteo.stages.delivery.states import KINDS


@transaction.atomic
def request(
    *, by: Actor, at: datetime, number: str, kind: str, amount: int, done_on: date,
    note: str = "",
) -> Inspection:  # fmt: skip
    """Notify works that are done and ask for their inspection; number: the contract's.

    kind: a key of states.KINDS; amount: won of the works done since the last acceptance, for a
    completion exactly all that is left; done_on: the day they were done. After a termination the
    part that was done before is still inspected. Refusal `contract.unknown` (404),
    `inspection.request.forbidden` (403), `.not_now`, `.open` (409), `.kind`, `.amount`,
    `.too_much`, `.all_left`, `.not_all`, `.done_on`, `.note`.
    """
    of, found = own(by, at, number)
    _may(by, found)
    _can_be_asked(found, kind)
    raise_all([
        *_amount_fits(of, found, kind, amount),
        *done_in_order("request", done_on, found.started_on, day_of(at)),
        *note_fits("request", note),
    ])  # fmt: skip
    last = found.inspections.aggregate(last=Max("sequence"))["last"] or 0
    made = Inspection(
        delivery=found, contract_number=of.number, tender_number=of.tender_number,
        buyer_id=of.buyer_id, supplier_id=of.supplier_id, sequence=last + 1, kind=kind,
        amount=amount, done_on=done_on, note=note.strip(),
    )  # fmt: skip
    _begin_period(of, made, at)
    begin(made, "request", by=by, at=at, payload=_said(made))
    return made


def _begin_period(of: ContractRow, row: Inspection, at: datetime) -> None:
    """The law's period runs from the day of the notice (시행령 제55조제1항, 제6항)."""
    found = due("inspection", day_of(at), regime=of.regime, on=of.rule_day)
    row.notified_at, row.due = at, found.moment
    row.rules = {"due": found.reason.as_json()}


def _said(row: Inspection) -> dict[str, int | str]:
    return {
        "sequence": row.sequence, "kind": row.kind, "amount": row.amount,
        "done_on": row.done_on.isoformat(), "due_on": last_day(row.due).isoformat(),
    }  # fmt: skip


def _may(by: Actor, found: Delivery) -> None:
    if by.party_id == found.supplier_id and may(by, "request", Inspection):
        return
    raise Refusal(
        "inspection.request.forbidden",
        N_("Only the supplier's representative notifies works that are done."),
        repair=N_("Ask the supplier's representative."),
        law=LAW,
        status=403,
    )


def _can_be_asked(found: Delivery, kind: str) -> None:
    if found.status != "under_way" and (found.status, kind) != ("stopped", "progress"):
        raise Refusal(
            "inspection.request.not_now",
            N_("Works are inspected once they have begun and until all is accepted. {state}"),
            repair=N_("Look at the page again; somebody may have acted meanwhile."),
            law=LAW,
            status=409,
            state=found.state_table.states[found.status],
        )
    if found.inspections.filter(status__in=OPEN).exists():
        raise Refusal(
            "inspection.request.open",
            N_("An inspection is already asked for."),
            repair=N_("Wait until it is accepted, or withdraw that notice first."),
            law=LAW,
            status=409,
        )


def _amount_fits(of: ContractRow, found: Delivery, kind: str, amount: int) -> list[Refusal]:
    accepted = accepted_total(of.number)
    left = of.value - accepted
    sums = {"left": left, "accepted": accepted, "value": of.value}
    if kind not in KINDS:
        return [_no("kind", N_("Say whether it is a part of the works or their completion."))]
    if kind == "completion":
        if amount == left:
            return []
        said = N_("The completion is all that is left: {left} won, {accepted} of {value} accepted.")
        return [_no("not_all", said, "amount", **sums)]
    if amount <= 0:
        return [_no("amount", N_("The amount must be above zero."))]
    if amount > left:
        said = N_("At most {left} won are left: {accepted} of {value} won are accepted.")
        return [_no("too_much", said, "amount", **sums)]
    if amount == left and found.status == "under_way":
        said = N_("This is all that is left, {left} won: notify the completion.")
        return [_no("all_left", said, "kind", **sums)]
    return []


def _no(code: str, text: str, field: str = "", **params: int) -> Refusal:
    return refused(f"inspection.request.{code}", text, field or code, **params)


@transaction.atomic
def request_again(
    *, by: Actor, at: datetime, number: str, done_on: date, note: str = ""
) -> Inspection:
    """Notify that all is mended; the law's period begins anew (시행령 제55조제6항).

    done_on: the day it was mended. Refusal `contract.unknown` (404), `inspection.none` (409),
    `inspection.request_again.forbidden` (403), `.not_now`, `.value_changed` (409), `.done_on`,
    `.note`.
    """
    of, found = own(by, at, number)
    row = open_inspection(found)
    ordered = row.findings.aggregate(last=Max("at"))["last"]
    first = day_of(ordered) if ordered else row.done_on
    _begin_period(of, row, at)
    row.done_on = done_on
    move(row, "request_again", by=by, at=at, payload=_said(row))
    unchanged("request_again", of, row)
    raise_all([
        *done_in_order("request_again", done_on, first, day_of(at)),
        *note_fits("request_again", note),
    ])  # fmt: skip
    row.note = note.strip() or row.note
    row.save(update_fields=["notified_at", "due", "rules", "done_on", "note"])
    return row


@transaction.atomic
def withdraw_request(*, by: Actor, at: datetime, number: str) -> Inspection:
    """Withdraw a notice; what was done can be notified anew."""
    _, found = own(by, at, number)
    row = open_inspection(found)
    move(row, "withdraw_request", by=by, at=at, payload={"sequence": row.sequence})
    return row
