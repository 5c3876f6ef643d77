"""File a claim over what was accepted, file it again after a return, withdraw it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import begin, move
from jangteo.records.numbering.actions import next_number
from jangteo.stages.contract.queries import ContractRow, contract
from jangteo.stages.delivery.queries import accepted_on
from jangteo.stages.payment.actions.leaves import add_leaves, checked
from jangteo.stages.payment.actions.own import LAW, own
from jangteo.stages.payment.models import Claim
from jangteo.stages.payment.queries.clocks import claim_due, day_of
from jangteo.stages.payment.queries.reading import claimable
from jangteo.stages.payment.queries.rows import Claimable, LeafGiven


def file(
    *, by: Actor, at: datetime, number: str, amount: int, leaves: Sequence[LeafGiven],
    note: str = "",
) -> Claim:  # fmt: skip
    """File a claim of a contract; amount in won including VAT, the sum of its leaves.

    number: the contract's. It is the final payment if the completion is accepted and all that is
    left is claimed. Refusal `contract.unknown` (404), `claim.file.forbidden` (403),
    `claim.file.nothing` (409), `claim.file.too_much`, and those of the leaves.
    """
    of = contract(number)
    if not of.stands or by.party_id != of.supplier_id:
        contract("")
    try:
        with transaction.atomic():
            return _file(of, by, at, amount, leaves, note)
    except IntegrityError as error:
        raise _too_much(claimable(number)) from error


def _file(
    of: ContractRow, by: Actor, at: datetime, amount: int, leaves: Sequence[LeafGiven], note: str
) -> Claim:
    free = claimable(of.number)
    _within(free, amount)
    kind = "completion" if free.completes and amount == free.left else "progress"
    start = max(day_of(at), accepted_on(of.number) or day_of(at))
    found = claim_due(of, kind, start)
    made = Claim(
        number=next_number("PC", on=day_of(at)), contract_id=of.id, contract_number=of.number,
        tender_number=of.tender_number, buyer_id=of.buyer_id, supplier_id=of.supplier_id,
        kind=kind, amount=amount, filed_at=at, due=found.moment, note=note.strip()[:500],
        rules={"due": found.reason.as_json(), "start": start.isoformat(), "pauses": []},
    )  # fmt: skip
    begin(made, "file", by=by, at=at, payload=_said(made, len(leaves)))
    # the insert holds the contract: what other claims name is settled before the payees are read
    add_leaves(made, checked(of, amount, leaves), by=by, at=at)
    return made


def _said(claim: Claim, leaves: int) -> dict[str, int | str]:
    return {
        "amount": claim.amount, "kind": claim.kind, "leaves": leaves,
        "contract": claim.contract_number, "due": claim.due.isoformat(),
    }  # fmt: skip


def _within(free: Claimable, amount: int) -> None:
    if free.left <= 0:
        raise Refusal(
            "claim.file.nothing",
            N_("Nothing is accepted that is not claimed yet."),
            repair=N_("Ask for an inspection first; what is accepted can be claimed."),
            law=LAW,
            status=409,
        )
    if not 0 < amount <= free.left:
        raise _too_much(free)


def _too_much(free: Claimable) -> Refusal:
    return Refusal(
        "claim.file.too_much",
        N_("At most {left} won can be claimed: {accepted} won accepted, {claimed} won claimed."),
        repair=N_("Claim what is accepted and not yet claimed."),
        law=LAW,
        field="amount",
        left=max(0, free.left),
        accepted=free.accepted,
        claimed=free.claimed,
    )


def file_again(
    *, by: Actor, at: datetime, number: str, amount: int, leaves: Sequence[LeafGiven],
    note: str = "",
) -> Claim:  # fmt: skip
    """File a returned claim again with corrected leaves; number: the claim's.

    The days from the return until now are not counted (국가계약법 시행령 제58조제5항). Links of the
    former leaves open nothing any more. Refusals as for file, and `claim.file_again.not_now` (409).
    """
    try:
        with transaction.atomic():
            return _file_again(by, at, number, amount, leaves, note)
    except IntegrityError as error:
        of = Claim.objects.get(number=number).contract_number
        raise _too_much(claimable(of, without=number)) from error


def _file_again(
    by: Actor, at: datetime, number: str, amount: int, leaves: Sequence[LeafGiven], note: str
) -> Claim:
    found = own(by, number)
    of = contract(found.contract_number)
    if found.status == "returned":
        _correct(found, of, at, amount, note)
    move(found, "file_again", by=by, at=at, payload=_said(found, len(leaves)))
    add_leaves(found, checked(of, amount, leaves, without=found.number), by=by, at=at)
    return found


def _correct(found: Claim, of: ContractRow, at: datetime, amount: int, note: str) -> None:
    free = claimable(of.number, without=found.number)
    _within(free, amount)
    found.kind = "completion" if free.completes and amount == free.left else "progress"
    _resume(found, of, at)
    found.amount, found.note, found.finding = amount, note.strip()[:500], ""
    found.leaves.all().delete()
    found.save(update_fields=["kind", "amount", "note", "finding", "rules", "due"])


def _resume(found: Claim, of: ContractRow, at: datetime) -> None:
    """Close the pause that the return began and count the days anew without it."""
    pauses = [*found.rules["pauses"][:-1], [found.rules["pauses"][-1][0], day_of(at).isoformat()]]
    days = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in pauses]
    start = date.fromisoformat(found.rules["start"])
    counted = claim_due(of, found.kind, start, days)
    found.due = counted.moment
    found.rules = {**found.rules, "due": counted.reason.as_json(), "pauses": pauses}


@transaction.atomic
def withdraw_claim(*, by: Actor, at: datetime, number: str) -> Claim:
    """Withdraw a claim that is not approved yet; what it held can be claimed anew."""
    found = own(by, number)
    move(found, "withdraw_claim", by=by, at=at)
    return found
