"""Awards, for later stages and for lists."""

import uuid
from collections.abc import Iterable

from jangteo.ground.clock import KST
from jangteo.ground.reason import Reason
from jangteo.records.account.queries import Actor
from jangteo.records.party.queries import parties_by_id
from jangteo.rules.deadline.steps import due
from jangteo.stages.award.models import Annulment, Award, Calculation
from jangteo.stages.award.queries.rows import AwardRow
from jangteo.stages.tender.queries import NoticeRow, notice

LIVE = ("pending", "active")


def _rows(awards: Iterable[Award]) -> list[AwardRow]:
    found = list(awards)
    ids = {row.supplier_id for row in found} | {row.buyer_id for row in found}
    named = parties_by_id(ids)
    own = Calculation.objects.filter(examination__in=[row.examination_id for row in found])
    people = set(own.filter(what="own").values_list("examination", flat=True))
    annulled = {row.award_id: row for row in Annulment.objects.filter(award__in=found)}
    told: dict[str, NoticeRow] = {}
    for row in found:
        told.setdefault(row.tender_number, notice(row.tender_number))
    return [
        _row(
            row, named, told[row.tender_number], annulled.get(row.pk), row.examination_id in people
        )
        for row in found
    ]


def _row(
    row: Award, named: dict, told: NoticeRow, annulment: Annulment | None, own: bool
) -> AwardRow:
    supplier = named[row.supplier_id]
    return AwardRow(
        id=row.pk, number=row.tender_number, lot=row.lot, status=row.status,
        supplier_id=row.supplier_id, supplier=supplier.name,
        supplier_identifier=supplier.identifier, buyer_id=row.buyer_id,
        buyer=named[row.buyer_id].name, value=row.value, bundle_hash=row.bundle_hash,
        found_by_rules=row.found_by_rules, found_by_verifier=row.found_by_verifier,
        title=told.title, regime=told.regime, category=told.category, procedure=told.procedure,
        rule_day=told.rule_day, tender_id=row.tender_id, examination_id=row.examination_id,
        proposed_by=row.proposed_by, proposed_at=row.proposed_at, reason=row.reason,
        confirmed_by=row.confirmed_by, confirmed_at=row.confirmed_at,
        contract_due=row.contract_due, contract_due_reason=_signing(row, told),
        cause=annulment.cause if annulment else "",
        annulled_for=annulment.reason if annulment else "",
        annulled_at=annulment.at if annulment else None, own_scored=own,
    )  # fmt: skip


def _signing(row: Award, told: NoticeRow) -> Reason | None:
    """Why the contract is to be signed by then: the rule asked again for the stored day."""
    if row.confirmed_at is None:
        return None
    day = row.confirmed_at.astimezone(KST).date()
    return due("contract_signing", day, regime=told.regime, on=told.rule_day).reason


def award_of(number: str) -> AwardRow | None:
    """The pending or active award of a tender's lot, or None."""
    rows = _rows(Award.objects.filter(tender_number=number, status__in=LIVE))
    return rows[0] if rows else None


def award_named(award_id: uuid.UUID) -> AwardRow | None:
    """One award by its id, whatever became of it; None if there is none."""
    rows = _rows(Award.objects.filter(pk=award_id))
    return rows[0] if rows else None


def awards_in(number: str) -> list[AwardRow]:
    """All awards of a tender, oldest first; those not confirmed and annulled ones included."""
    return _rows(Award.objects.filter(tender_number=number).order_by("proposed_at", "id"))


def awards_of(actor: Actor) -> list[AwardRow]:
    """The actor's awards, newest first: its agency's, or those in force that its company won."""
    if actor.party_id is None:
        return []
    rows = Award.objects.filter(buyer_id=actor.party_id)
    if actor.party_kind == "supplier":
        rows = Award.objects.filter(supplier_id=actor.party_id, status="active")
    return _rows(rows.order_by("-proposed_at", "-id"))
