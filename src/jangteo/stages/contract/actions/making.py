"""Draft a contract from an award, offer it, sign it on both sides."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.exchange.actions import tell
from jangteo.records.exchange.queries import BudgetCommitment
from jangteo.records.journal.actions import allow, begin, move
from jangteo.records.numbering.actions import next_number
from jangteo.records.party.queries import party
from jangteo.stages.award import actions as awards
from jangteo.stages.award.queries import AwardRow, award_of
from jangteo.stages.contract.actions.own import LAW, own, reason_given, sign
from jangteo.stages.contract.actions.paper import freeze
from jangteo.stages.contract.models import Contract, Security, Text
from jangteo.stages.contract.queries.reading import (
    rows_of,
    security_in_play,
    security_of,
    unknown,
)
from jangteo.stages.contract.states import SECURITIES
from jangteo.stages.tender.queries import notice

_EDITABLE = ("starts", "ends", "place", "special_terms", "budget_line")
_SECURITY = "국가계약법 제12조, 지방계약법 제15조"


@transaction.atomic
def draft(*, by: Actor, at: datetime, number: str) -> Contract:
    """Draft the contract of a tender's award in force; number: the tender's.

    What is asked about the award, that it be annulled, lapses: it is contracted now.

    Refusal `contract.draft.no_award` (409), `contract.draft.exists` (409).
    """
    awards.hold(number)
    award = award_of(number)
    if award is None or award.buyer_id != by.party_id:
        raise unknown()
    allow(Contract, "draft", by=by)
    _can_draft(award)
    told = notice(number)
    made = Contract(
        number=next_number("TA", on=at.astimezone(KST).date()), award_id=award.id,
        tender_id=award.tender_id, tender_number=number, buyer_id=award.buyer_id,
        supplier_id=award.supplier_id, title=award.title, regime=award.regime,
        category=award.category, rule_day=award.rule_day, value=award.value, place=told.site,
        sign_due=award.contract_due, created_at=at,
    )  # fmt: skip
    awards.lapse_annulment(by=Actor.system("contract"), at=at, number=number)
    begin(made, "draft", by=by, at=at, payload={"value": made.value})
    return made


def _can_draft(award: AwardRow) -> None:
    if award.status != "active":
        raise Refusal(
            "contract.draft.no_award",
            N_("The award is not in force yet."),
            repair=N_("A second person confirms the award first."),
            law=LAW,
            status=409,
        )
    if Contract.objects.filter(award_id=award.id).exclude(status="cancelled").exists():
        raise Refusal(
            "contract.draft.exists",
            N_("A contract on this award is already there."),
            repair=N_("Go on with it; it stands on the list of contracts."),
            law=LAW,
            status=409,
        )


@transaction.atomic
def revise(*, by: Actor, at: datetime, number: str, changes: dict[str, Any]) -> Contract:
    """Set the terms that the award leaves open: starts, ends, place, special_terms, budget_line.

    A day may be None, a text "": `offer` says what is missing. Refusal `contract.period.reversed`.
    """
    found = own(by, number)
    given = {k: _plain(k, v) for k, v in changes.items() if k in _EDITABLE}
    altered = {k: v for k, v in given.items() if getattr(found, k) != v}
    move(found, "revise", by=by, at=at, payload={"fields": sorted(altered)})
    for name, value in altered.items():
        setattr(found, name, value)
    _in_order(found.starts, found.ends)
    found.save(update_fields=list(_EDITABLE))
    return found


def _plain(name: str, value: Any) -> Any:
    return value if name in ("starts", "ends") else (value or "").strip()


def _in_order(starts: date | None, ends: date | None) -> None:
    if starts and ends and starts > ends:
        raise Refusal(
            "contract.period.reversed",
            N_("The last day lies before the first."),
            repair=N_("Set the last day to the first or a later one."),
            law=LAW,
            field="ends",
        )


@transaction.atomic
def offer(*, by: Actor, at: datetime, number: str) -> Text:
    """Freeze the text and send it to the supplier. Refusal `contract.offer.incomplete` (422)."""
    found = own(by, number)
    allow(found, "offer", by=by)
    missing = [name for name in ("starts", "ends", "budget_line") if not getattr(found, name)]
    if missing:
        raise Refusal(
            "contract.offer.incomplete",
            N_("The period of the contract or its budget line is missing."),
            repair=N_("Set the first day, the last day and the budget line."),
            law=LAW,
            field=missing[0],
        )
    made = freeze(found, by=by, at=at, value=found.value, ends=found.ends)
    found.text = made.number
    found.save(update_fields=["text"])
    move(found, "offer", by=by, at=at, payload={"text": made.number, "hash": made.document_hash})
    return made


@transaction.atomic
def take_back(*, by: Actor, at: datetime, number: str) -> Contract:
    """Take an offer back before it is signed; the next offer is a text of its own."""
    found = own(by, number)
    move(found, "take_back", by=by, at=at)
    return found


@transaction.atomic
def agree(*, by: Actor, at: datetime, number: str, signer_key: str, signature: str) -> Contract:
    """Sign the offered text for the supplier. Law: 전자조달법 제9조."""
    found = own(by, number)
    move(found, "agree", by=by, at=at, payload={"text": found.text, "key": signer_key})
    sign(by, at, _text(found), side="supplier", signer_key=signer_key, signature=signature)
    return found


def _text(found: Contract) -> Text | None:
    return Text.objects.filter(contract=found, number=found.text).first()


@transaction.atomic
def record_security(
    *, by: Actor, at: datetime, number: str, kind: str, amount: int = 0, issuer: str = "",
    paper: str = "", until: date | None = None,
) -> Security:  # fmt: skip
    """Record a performance security; kind: a key of states.SECURITIES, amount in won.

    paper: the number on the bond; until: its last day. A bond that is raised or prolonged is
    recorded again under its number. While an amendment is open, what it needs counts. Refusal
    `contract.security.kind`, `.not_waived`, `.amount`, `.too_short`, `.issuer`.
    """
    found = own(by, number)
    allow(found, "record_security", by=by)
    _sound_security(found, kind, amount, issuer, until)
    move(found, "record_security", by=by, at=at, payload={"kind": kind, "amount": amount})
    return Security.objects.create(
        contract=found, kind=kind, issuer=issuer.strip()[:100], number=paper.strip()[:60],
        amount=amount, until=until, recorded_at=at, recorded_by=by.account_id,
    )  # fmt: skip


def _sound_security(
    found: Contract, kind: str, amount: int, issuer: str, until: date | None
) -> None:
    if kind not in SECURITIES:
        raise _no_security("kind", N_("Choose the kind of the security."), "kind")
    needed = security_in_play(rows_of([found])[0])
    if kind == "undertaking" and not needed.waivable:
        said = N_("The law does not waive the security of a contract of this value.")
        raise _no_security("not_waived", said, "kind")
    if kind != "undertaking" and amount <= 0:
        raise _no_security("amount", N_("Enter the amount that is secured."), "amount")
    if kind == "bond" and not issuer.strip():
        raise _no_security("issuer", N_("Name who issued the bond."), "issuer")
    if kind == "bond" and needed.until and (until is None or until < needed.until):
        said = N_("The bond must hold at least until the last day of the contract.")
        raise _no_security("too_short", said, "until")


def _no_security(code: str, text: str, field: str) -> Refusal:
    return Refusal(
        f"contract.security.{code}",
        text,
        repair=N_("Correct it and record the security again."),
        law=_SECURITY,
        field=field,
    )


@transaction.atomic
def conclude(*, by: Actor, at: datetime, number: str, signer_key: str, signature: str) -> Contract:
    """Sign for the agency: the contract is in force, and the budget system is told.

    Refusal `contract.conclude.security` (409) while the performance security is missing.
    """
    found = own(by, number)
    text = _text(found)
    move(found, "conclude", by=by, at=at, payload={"text": found.text, "value": found.value})
    if not security_of(rows_of([found])[0]).enough:
        raise Refusal(
            "contract.conclude.security",
            N_("The performance security is missing or too low."),
            repair=N_("Record it first; the page says how much is needed."),
            law=_SECURITY,
            status=409,
        )
    sign(by, at, text, side="buyer", signer_key=signer_key, signature=signature)
    found.concluded_at = at
    found.save(update_fields=["concluded_at"])
    commit(found, by=by, at=at, kind="new", amount=found.value)
    return found


def commit(
    found: Contract, *, by: Actor, at: datetime, kind: str, amount: int, again: int = 0
) -> None:
    """Tell the budget system what money is bound from now on, in whole won.

    kind: new, change (amount: all that is bound, not the difference) or cancel (amount: what was
    accepted before the end and is still to be paid). again: which telling this is, after a refusal.
    """
    key = f"{found.number}-{kind}-{found.text}"
    message = BudgetCommitment(
        key=f"{key}-again-{again}" if again else key, contract=found.number,
        agency=party(found.buyer_id).identifier, budget_line=found.budget_line, kind=kind,
        amount=amount, on=at.astimezone(KST).date(),
    )  # fmt: skip
    tell(
        message, by=by, at=at, about=found.subject, party_id=found.buyer_id,
        tender=found.tender_number,
    )  # fmt: skip


@transaction.atomic
def cancel(*, by: Actor, at: datetime, number: str, reason: str) -> Contract:
    """Give up a contract that the agency has not signed; the award can then be annulled.

    Refusal `contract.reason.missing`.
    """
    found = own(by, number)
    allow(found, "cancel", by=by)
    said = reason_given(reason)
    move(found, "cancel", by=by, at=at, payload={"reason": said})
    found.ended_at, found.ending_reason = at, said
    found.save(update_fields=["ended_at", "ending_reason"])
    return found
