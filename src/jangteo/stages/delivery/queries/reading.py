"""Read deliveries through the check: whole for the two sides of a contract, none for others."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from jangteo.records.account.queries import Actor
from jangteo.stages.contract.queries import ContractRow, contract, contracts_of, is_party
from jangteo.stages.delivery.models import Acceptance, Delivery, Finding, Inspection
from jangteo.stages.delivery.queries.clocks import damages_on, end_of
from jangteo.stages.delivery.queries.rows import (
    DamagesRow,
    DeliveryRow,
    FindingRow,
    InspectionRow,
)
from jangteo.stages.delivery.queries.verbs import verbs_of

_SAME = ("sequence", "kind", "amount", "done_on", "note", "status", "notified_at", "due")


def standing(actor: Actor, number: str) -> ContractRow:
    """A contract that is or was in force, for its two sides; Refusal `contract.unknown` (404)."""
    row = contract(number)
    if not (row.stands and is_party(actor, row)):
        contract("")  # the one refusal for what is not there
    return row


def delivery_for(actor: Actor, number: str, *, at: datetime) -> DeliveryRow:
    """The delivery of a contract for its two sides; Refusal `contract.unknown` (404).

    at: the moment for which lateness and damages are said.
    """
    return delivery_rows([standing(actor, number)], actor=actor, at=at)[0]


def deliveries_of(actor: Actor, *, at: datetime) -> list[DeliveryRow]:
    """The deliveries of the actor's agency or company whose contracts are or were in force."""
    found = [row for row in contracts_of(actor) if row.stands and is_party(actor, row)]
    return delivery_rows(found, actor=actor, at=at)


def delivery_rows(
    contracts: Sequence[ContractRow], *, actor: Actor, at: datetime
) -> list[DeliveryRow]:
    """Rows of deliveries, in the order of their contracts."""
    ids = [of.id for of in contracts]
    known = {one.contract_id: one for one in Delivery.objects.filter(contract_id__in=ids)}
    inspections: dict[uuid.UUID, list[Inspection]] = {}
    for one in Inspection.objects.filter(delivery__in=known.values()).order_by("sequence"):
        inspections.setdefault(one.delivery_id, []).append(one)
    accepted: dict[uuid.UUID, int] = {}
    for took in Acceptance.objects.filter(delivery__in=known.values()):
        accepted[took.delivery_id] = accepted.get(took.delivery_id, 0) + took.amount
    rows = []
    for of in contracts:
        found = known.get(of.id) or _not_opened(of)
        seen = inspection_rows(inspections.get(found.pk, ()), at)
        rows.append(_row(of, found, seen, accepted.get(found.pk, 0), actor, at))
    return rows


def _not_opened(of: ContractRow) -> Delivery:
    """The delivery of a contract whose conclusion has not been heard yet: it awaits its start."""
    state = "stopped" if of.status == "terminated" else "awaiting_start"
    return Delivery(
        contract_number=of.number, tender_number=of.tender_number, buyer_id=of.buyer_id,
        supplier_id=of.supplier_id, status=state,
    )  # fmt: skip


def _row(
    of: ContractRow,
    found: Delivery,
    inspections: tuple[InspectionRow, ...],
    accepted: int,
    actor: Actor,
    at: datetime,
) -> DeliveryRow:
    current = next((row for row in inspections if row.open), None)
    return DeliveryRow(
        number=of.number, title=of.title, buyer_id=of.buyer_id, buyer=of.buyer,
        supplier_id=of.supplier_id, supplier=of.supplier, status=found.status, starts=of.starts,
        ends=of.ends, concluded_at=of.concluded_at, ended_at=of.ended_at,
        started_on=found.started_on, completed_at=found.completed_at, contracted=of.value,
        accepted=accepted, inspections=inspections,
        damages=damages_on(of, inspections, at=at), verbs=verbs_of(actor, found, current),
    )  # fmt: skip


def inspection_rows(found: Iterable[Inspection], at: datetime) -> tuple[InspectionRow, ...]:
    """Rows of inspections with what was found, in the order given."""
    rows = list(found)
    findings: dict[uuid.UUID, list[FindingRow]] = {}
    for one in Finding.objects.filter(inspection__in=rows).order_by("at", "id"):
        row = FindingRow(one.accepted, one.note, one.mend_by, one.at)
        findings.setdefault(one.inspection_id, []).append(row)
    return tuple(
        InspectionRow(
            **{name: getattr(one, name) for name in _SAME},
            reason=one.rules.get("due", {}),
            until=_until(one, findings.get(one.pk, [])),
            findings=tuple(findings.get(one.pk, ())),
            late=_late(one, findings.get(one.pk, []), at),
        )
        for one in rows
    )


def _until(one: Inspection, findings: Sequence[FindingRow]) -> datetime:
    last = findings[-1] if findings else None
    mends = one.status == "correcting" and last is not None and last.mend_by is not None
    return end_of(last.mend_by) if mends else one.due


def _late(one: Inspection, findings: Sequence[FindingRow], at: datetime) -> bool:
    if one.status in ("requested", "correcting"):
        return at >= _until(one, findings)
    return one.status == "accepted" and bool(findings) and findings[-1].at >= one.due


def damages_of(number: str, *, at: datetime) -> DamagesRow | None:
    """Damages for delay of a contract, for the payment that may be set off; None if in time.

    They are a figure to be settled: the agency takes off the days that are not the supplier's
    fault. Refusal `contract.unknown` (404).
    """
    of = contract(number)
    found = Inspection.objects.filter(contract_number=number).order_by("sequence")
    return damages_on(of, inspection_rows(found, at), at=at) if of.stands else None
