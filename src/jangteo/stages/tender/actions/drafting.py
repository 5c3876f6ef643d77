"""Begin a notice, fill it in, add its papers."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.records.account.queries import Actor, may
from jangteo.records.document.actions import add_document
from jangteo.records.document.queries import DocumentRow, documents
from jangteo.records.journal.actions import begin, move
from jangteo.records.numbering.actions import next_number
from jangteo.records.numbering.queries import new_id
from jangteo.rules.price.vat import amounts
from jangteo.stages.registration import queries as registration
from jangteo.stages.tender.actions import fields
from jangteo.stages.tender.models import Draft, Tender
from jangteo.stages.tender.queries.checks import against
from jangteo.stages.tender.queries.entry import VOIDING
from jangteo.stages.tender.queries.rows import draft_row, is_inside, unknown
from jangteo.stages.tender.queries.schedule import around, suggestion


def changeable(by: Actor, number: str) -> Tender:
    """The tender, locked until the end of the transaction; 404 for another's draft."""
    found = Tender.objects.select_for_update().filter(number=number).first()
    if found is None or (found.version < 0 and not is_inside(by, found.buyer_id)):
        raise unknown()
    return found


def permitted(by: Actor, verb: str, tender: Tender) -> None:
    """Refusal `tender.<verb>.forbidden` (403) before anything is told about what is prepared."""
    if not may(by, verb, tender):
        row = tender.state_table.transition(verb)
        raise Refusal(
            f"tender.{verb}.forbidden",
            N_("You may not do this here."),
            repair=N_("Ask a person who holds one of these roles: {roles}."),
            law=row.law,
            status=403,
            roles=", ".join(row.who),
        )


def draft_of(tender: Tender) -> Draft:
    """What is being prepared; Refusal `tender.no_draft` (409) if nothing is."""
    found = Draft.objects.filter(tender=tender).first()
    if found is None:
        raise Refusal(
            "tender.no_draft",
            N_("Nothing is being prepared for this tender."),
            repair=N_("Start a correction first if something in the notice must change."),
            status=409,
        )
    return found


def draft_tender(*, by: Actor, at: datetime, title: str = "") -> Tender:
    """Begin a notice for the actor's agency: 국가계약법 시행령 제33조, 지방계약법 시행령 제33조.

    Its regime is the agency's own. Refusal `tender.draft.forbidden` (403) or
    `tender.agency.not_registered` (409).
    """
    if by.party_id is None or by.party_kind != "agency" or not may(by, "draft", Tender):
        raise Refusal(
            "tender.draft.forbidden",
            N_("Only a contract officer of an agency may prepare a notice."),
            repair=N_("Sign in as a contract officer."),
            law=Tender.state_table.transition("draft").law,
            status=403,
        )
    agency = registration.registration_of(by.party_id)
    if not agency.active:
        raise Refusal(
            "tender.agency.not_registered",
            N_("The agency's registration is not active yet."),
            repair=N_("Wait until the operator has approved it."),
            status=409,
        )
    values = fields.read({"title": title})
    with transaction.atomic():
        tender = Tender(
            number=next_number("BK", on=at.astimezone(KST).date()),
            buyer_id=by.party_id,
            buyer_name=by.party_name,
            created_at=at,
            created_by=by.account_id,
        )
        begin(tender, "draft", by=by, at=at)
        Draft.objects.create(tender=tender, regime=agency.regime, saved_at=at, **values)
    return tender


def save_draft(*, by: Actor, at: datetime, number: str, changes: dict[str, Any]) -> Draft:
    """Write fields of what is being prepared; each is checked by itself, none against the law yet.

    changes: see fields.FIELDS; amounts are ints, rates texts, moments aware datetimes.
    Refusals with an entry a malformed field; `tender.edit.forbidden`, `tender.no_draft`.
    """
    values = fields.read(changes)
    with transaction.atomic():
        tender = changeable(by, number)
        permitted(by, "edit", tender)
        found = draft_of(tender)
        altered = sorted(name for name, value in values.items() if getattr(found, name) != value)
        _known_documents(tender, values.get("documents", []))
        move(tender, "edit", by=by, at=at, payload={"fields": altered})
        _sign_figures(found, values, altered, by)
        for name in altered:
            setattr(found, name, values[name])
        found.saved_at = at
        found.save()
    return found


def _sign_figures(found: Draft, values: dict[str, Any], altered: list[str], by: Actor) -> None:
    """Who ever wrote the figures; where one changes, a second entry made before is void."""
    written = VOIDING.intersection(values)
    if not written:
        return
    who = str(by.account_id)
    names = sorted(written.union(found.entered_by.get(who, ())))
    found.entered_by = found.entered_by | {who: names}
    if found.entered_as is None or VOIDING.intersection(altered):
        found.entered_as = new_id()


def draft_at_once(*, by: Actor, at: datetime, changes: dict[str, Any]) -> Tender:
    """Begin a notice with all its terms in one go; what is left out follows from the rules.

    changes: as of save_draft. Of base amount and estimated price one is enough; no A value is 0;
    no deadline is the earliest lawful one. Refusals name everything that would stand against
    publishing it now, and then nothing was begun. Law: 국가계약법 시행령 제30조, 제33조;
    지방계약법 시행령 제30조, 제33조.
    """
    with transaction.atomic():
        tender = draft_tender(by=by, at=at)
        given = _both_amounts({"a_value": 0} | changes, at)
        save_draft(by=by, at=at, number=tender.number, changes=given)
        row = draft_row(draft_of(tender), tender)
        chosen = around(row.deadline, at=at) if row.deadline else suggestion(row, at=at)
        if chosen:
            moments = {n: getattr(chosen, n) for n in ("bidding_from", "deadline", "opening_at")}
            save_draft(by=by, at=at, number=tender.number, changes=moments)
        wrong = against(draft_row(draft_of(tender), tender), at=at)
        if wrong:
            raise Refusals(wrong)
    return tender


def _both_amounts(changes: dict[str, Any], at: datetime) -> dict[str, Any]:
    """The one that was left out follows from the other and the tax."""
    values = fields.read(changes)
    base, price = values.get("base_amount"), values.get("estimated_price")
    if base is None and price is None:
        return changes
    both = amounts(base_amount=base, estimated_price=price, on=at.astimezone(KST).date())
    return changes | {"base_amount": both.base_amount, "estimated_price": both.estimated_price}


def _known_documents(tender: Tender, ids: list[str]) -> None:
    known = {str(row.id) for row in documents(tender.subject)}
    if not set(ids) <= known:
        raise Refusal(
            "tender.document.unknown",
            N_("A document named here does not belong to this tender."),
            repair=N_("Add the document first, then name it."),
            field="documents",
        )


def attach(
    *, by: Actor, at: datetime, number: str, title: str, media_type: str, data: bytes
) -> DocumentRow:
    """Add a paper to what is being prepared; outsiders see it when the notice is published."""
    with transaction.atomic():
        tender = changeable(by, number)
        permitted(by, "edit", tender)
        found = draft_of(tender)
        move(tender, "edit", by=by, at=at, payload={"fields": ["documents"]})
        added = add_document(
            tender.subject, by=by, at=at, kind="notice", title=title, media_type=media_type,
            data=data,
        )  # fmt: skip
        found.documents = [*found.documents, str(added.pk)]
        found.saved_at = at
        found.save(update_fields=["documents", "saved_at"])
    return next(row for row in documents(tender.subject) if row.id == added.pk)


def detach(*, by: Actor, at: datetime, number: str, document_id: uuid.UUID) -> None:
    """Leave a paper out of what is being prepared; published versions keep theirs."""
    with transaction.atomic():
        tender = changeable(by, number)
        permitted(by, "edit", tender)
        found = draft_of(tender)
        kept = [one for one in found.documents if one != str(document_id)]
    save_draft(by=by, at=at, number=number, changes={"documents": kept})
