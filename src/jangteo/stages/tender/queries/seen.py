"""A tender and its draft as a reader may see them: whoever may enter the figures sees none."""

from datetime import datetime

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.stages.tender.models import Draft, Tender
from jangteo.stages.tender.queries.entry import masked, unseen
from jangteo.stages.tender.queries.rows import (
    DraftRow,
    TenderRow,
    draft_row,
    is_inside,
    tender_row,
    unknown,
)


def tender_for(actor: Actor, number: str) -> TenderRow:
    """A tender through the check; Refusal `tender.unknown` (404) also for another's draft."""
    tender = Tender.objects.filter(number=number).first()
    if tender is None:
        raise unknown()
    inside = is_inside(actor, tender.buyer_id)
    if tender.version < 0 and not inside:
        raise unknown()
    found = Draft.objects.filter(tender=tender).first() if inside else None
    return tender_row(tender, shown(actor, found, tender, at=found.saved_at) if found else None)


def shown(actor: Actor, found: Draft, tender: Tender, *, at: datetime) -> DraftRow:
    """Without its figures for an officer who wrote none, until they are entered twice.

    Also a refusal is made of this, for it names amounts.
    """
    row = draft_row(found, tender)
    on = tender.rule_day or at.astimezone(KST).date()
    return masked(row) if unseen(actor, found, tender, on=on) else row


def draft(actor: Actor, number: str) -> DraftRow:
    """What the buyer's people are preparing; Refusal `tender.no_draft` (409) if nothing."""
    row = tender_for(actor, number)
    if not is_inside(actor, row.buyer_id):
        raise Refusal(
            "tender.draft.forbidden",
            N_("Only the buying agency's people may see what is being prepared."),
            repair=N_("Sign in as a contract officer of {agency}."),
            status=403,
            agency=row.buyer_name,
        )
    if row.draft is None:
        raise Refusal(
            "tender.no_draft",
            N_("Nothing is being prepared for this tender."),
            repair=N_("Start a correction first if something in the notice must change."),
            status=409,
        )
    return row.draft
