"""Read contracts: as public facts, through the check for pages, as lists for desks."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.document.queries import document_with_bytes
from jangteo.records.journal.queries import history
from jangteo.records.party.queries import parties_by_id
from jangteo.rules.security.performance import performance
from jangteo.stages.award.queries import AwardRow, award_of
from jangteo.stages.contract.models import (
    Amendment,
    Contract,
    Subcontract,
    Text,
)
from jangteo.stages.contract.models import Security as Recorded
from jangteo.stages.contract.queries.rows import (
    AmendmentRow,
    ContractPage,
    ContractRow,
    Security,
    SecurityRow,
    SignatureRow,
    SubcontractRow,
    TextRow,
)
from jangteo.stages.contract.queries.verbs import unbound, verbs_of

#: the agency's people who work on contracts, and those on what follows
OFFICERS = frozenset({"contract_officer", "approving_officer", "inspector", "disbursing_officer"})
SAME = (
    "id", "number", "tender_id", "tender_number", "award_id", "buyer_id", "supplier_id",
    "status", "title", "regime", "category", "rule_day", "value", "starts", "ends", "place",
    "special_terms", "budget_line", "sign_due", "created_at", "concluded_at", "ended_at",
    "ground", "ending_reason", "text",
)  # fmt: skip
LIVE = ("registered", "agreed", "acknowledged")


def unknown() -> Refusal:
    """The one answer for what is not there and for what one may not see."""
    return Refusal(
        "contract.unknown",
        N_("There is no such contract."),
        repair=N_("Look it up again by its number, or on your list of contracts."),
        status=404,
    )


def rows_of(found: Iterable[Contract]) -> list[ContractRow]:
    """Rows of records, names looked up once."""
    contracts = list(found)
    ids = {one.buyer_id for one in contracts} | {one.supplier_id for one in contracts}
    named = parties_by_id(ids)
    return [
        ContractRow(
            **{name: getattr(one, name) for name in SAME},
            buyer=named[one.buyer_id].name,
            supplier=named[one.supplier_id].name,
            supplier_identifier=named[one.supplier_id].identifier,
        )
        for one in contracts
    ]


def contract(number: str) -> ContractRow:
    """The public facts of a contract; Refusal `contract.unknown` (404)."""
    rows = rows_of(Contract.objects.filter(number=number))
    if not rows:
        raise unknown()
    return rows[0]


def contract_of_tender(number: str) -> ContractRow | None:
    """The newest contract of a tender that was not given up, or None."""
    return contracts_on([number]).get(number)


def contracts_on(numbers: Iterable[str]) -> dict[str, ContractRow]:
    """The same of many tenders by their numbers, in one question; who has none is left out."""
    found = Contract.objects.filter(tender_number__in=list(numbers)).exclude(status="cancelled")
    return {row.tender_number: row for row in rows_of(found.order_by("created_at"))}


def to_draft(actor: Actor, number: str) -> tuple[AwardRow, ContractRow | None]:
    """A tender's award in force and the contract on it, if there is one already.

    For the agency's contract officers; Refusal `contract.unknown` (404) for others and without an
    award.
    """
    award = award_of(number)
    officer = award and actor.party_id == award.buyer_id and "contract_officer" in actor.roles
    if award is None or award.status != "active" or not officer:
        raise unknown()
    found = Contract.objects.filter(award_id=award.id).exclude(status="cancelled")
    return award, next(iter(rows_of(found)), None)


def is_party(actor: Actor, row: ContractRow) -> bool:
    """Whether the actor is one of the two sides' people."""
    if actor.party_id == row.buyer_id:
        return bool(actor.roles & OFFICERS)
    return actor.party_id == row.supplier_id


def contract_for(actor: Actor, number: str) -> ContractPage:
    """A contract with all its parts; outsiders see one that is or was in force, without papers.

    A subcontractor sees its own subcontracts.
    Refusal `contract.unknown` (404).
    """
    row = contract(number)
    party = is_party(actor, row)
    subs = subcontracts(number)
    own = tuple(sub for sub in subs if sub.subcontractor_id == actor.party_id)
    if not (party or row.stands or own):
        raise unknown()
    texts = texts_of(row) if party else ()
    if row.status == "pending" and actor.party_id != row.buyer_id:
        raise unknown()
    amendments = tuple(
        AmendmentRow(
            id=one.pk, status=one.status, text=one.text, value=one.value, ends=one.ends,
            reason=one.reason, proposed_at=one.proposed_at, effective_at=one.effective_at,
        )
        for one in Amendment.objects.filter(contract_id=row.id).order_by("proposed_at")
        if party or one.status == "effective"
    )  # fmt: skip
    verbs = verbs_of(actor, row, amendments)
    return ContractPage(
        row, texts, securities_of(row) if party else (),
        security_in_play(row) if party else security_of(row), amendments,
        subs if party else own, verbs, party, unbound(row) if "bind_again" in verbs else "",
    )  # fmt: skip


def texts_of(row: ContractRow) -> tuple[TextRow, ...]:
    """The texts that were offered, oldest first, with their signatures."""
    found = Text.objects.filter(contract_id=row.id).order_by("number")
    return tuple(
        TextRow(
            number=one.number, value=one.value, starts=one.starts, ends=one.ends,
            template=one.template, statement=one.statement, document=one.document,
            document_hash=one.document_hash, made_at=one.made_at,
            signatures=tuple(
                SignatureRow(s.side, s.name, s.key, s.signature, s.at)
                for s in one.signatures.order_by("at")
            ),
        )
        for one in found
    )  # fmt: skip


def securities_of(row: ContractRow) -> tuple[SecurityRow, ...]:
    """The securities recorded for a contract."""
    return tuple(_recorded([row])[row.id])


def _recorded(rows: Sequence[ContractRow]) -> dict[uuid.UUID, list[SecurityRow]]:
    """The securities recorded for some contracts, by contract, oldest first."""
    known: dict[uuid.UUID, list[SecurityRow]] = {row.id: [] for row in rows}
    for s in Recorded.objects.filter(contract_id__in=known).order_by("recorded_at", "id"):
        made = SecurityRow(s.kind, s.issuer, s.number, s.amount, s.until, s.recorded_at)
        known[s.contract_id].append(made)
    return known


def security_of(row: ContractRow) -> Security:
    """What must be secured of the text in force or offered, and whether it is."""
    return security_for(row, row.value, row.ends)


def security_in_play(row: ContractRow) -> Security:
    """The same of the amendment that is not settled yet; of the contract where there is none."""
    return securities_in_play([row])[row.id]


def securities_in_play(rows: Sequence[ContractRow]) -> dict[uuid.UUID, Security]:
    """`security_in_play` of some contracts, by contract: as few questions for many as for one."""
    known = _recorded(rows)
    open_ones = Amendment.objects.filter(contract_id__in=known, status__in=("proposed", "agreed"))
    changes: dict[uuid.UUID, Amendment] = {}
    for one in open_ones.order_by("id"):
        changes.setdefault(one.contract_id, one)
    found = {}
    for row in rows:
        of = changes.get(row.id, row)
        found[row.id] = _secured(row, of.value, of.ends, known[row.id])
    return found


def security_for(row: ContractRow, value: int, ends: date | None) -> Security:
    """What must be secured of a value in won until a last day; a bond counts if it holds so long.

    Law: 국가계약법 시행규칙 제55조제1항제3호나목, 지방계약법 시행규칙 제53조제1항제3호나목.
    """
    return _secured(row, value, ends, securities_of(row))


def _secured(
    row: ContractRow, value: int, ends: date | None, recorded_ones: Iterable[SecurityRow]
) -> Security:
    needed = performance(value=value, regime=row.regime, on=row.rule_day)
    known = _standing(recorded_ones)
    held = [one for one in known if not (one.until and ends) or one.until >= ends]
    recorded = sum(one.amount for one in held if one.kind != "undertaking")
    undertaken = needed.waivable and any(one.kind == "undertaking" for one in held)
    enough = recorded >= needed.amount or undertaken
    return Security(needed.amount, needed.waivable, recorded, enough, needed.reason.as_json(), ends)


def _standing(known: Iterable[SecurityRow]) -> list[SecurityRow]:
    """A paper recorded again under its number is the same paper, raised or prolonged."""
    papers: dict[Any, SecurityRow] = {}
    for place, one in enumerate(known):
        papers[(one.kind, one.issuer, one.number) if one.number else place] = one
    return list(papers.values())


def contracts_of(actor: Actor) -> list[ContractRow]:
    """The contracts of the actor's agency or company, newest first."""
    if actor.party_id is None:
        return []
    rows = Contract.objects.filter(buyer_id=actor.party_id)
    if actor.party_kind == "supplier":
        rows = Contract.objects.filter(supplier_id=actor.party_id).exclude(status="pending")
    return rows_of(rows.order_by("-created_at", "-number"))


def _subs(found: Iterable[Subcontract]) -> tuple[SubcontractRow, ...]:
    rows = list(found)
    ids = {one.supplier_id for one in rows} | {one.subcontractor_id for one in rows}
    named = parties_by_id(ids)
    same = (
        "id", "number", "contract_number", "tender_number", "buyer_id", "supplier_id",
        "subcontractor_id", "work", "amount", "starts", "ends", "signed_on", "status", "told_due",
    )  # fmt: skip
    return tuple(
        SubcontractRow(
            **{name: getattr(one, name) for name in same},
            supplier=named[one.supplier_id].name,
            subcontractor=named[one.subcontractor_id].name,
        )
        for one in rows
    )


def subcontracts(number: str) -> tuple[SubcontractRow, ...]:
    """The subcontracts of a contract, oldest first."""
    found = Subcontract.objects.filter(contract_number=number)
    return _subs(found.order_by("registered_at", "number"))


def payable(row: SubcontractRow) -> bool:
    """Whether payees can be named under a subcontract: the agency has taken note of it.

    One that was ended afterwards too: what was done under it before is still owed.
    """
    if row.status != "ended":
        return row.status == "acknowledged"
    facts = history(subject=f"subcontract:{row.number}")
    return any(fact.kind == "subcontract.acknowledge_subcontract" for fact in facts)


def subcontracts_of(actor: Actor) -> tuple[SubcontractRow, ...]:
    """The subcontracts in which the actor's company is the subcontractor, newest first."""
    found = Subcontract.objects.filter(subcontractor_id=actor.party_id)
    return _subs(found.order_by("-registered_at"))


def subcontract(number: str) -> SubcontractRow:
    """One subcontract; Refusal `contract.subcontract.unknown` (404)."""
    rows = _subs(Subcontract.objects.filter(number=number))
    if not rows:
        raise Refusal(
            "contract.subcontract.unknown",
            N_("There is no such subcontract."),
            repair=N_("Look it up on the contract's page."),
            status=404,
        )
    return rows[0]


def subcontract_for(actor: Actor, number: str) -> SubcontractRow:
    """One subcontract for one of its three sides; 404 for others."""
    row = subcontract(number)
    sides = {row.buyer_id, row.supplier_id, row.subcontractor_id}
    return row if actor.party_id in sides else subcontract("")


def document(actor: Actor, number: str, text: int | None = None) -> tuple[str, bytes]:
    """(file name, bytes) of a text's PDF, for the two sides; Refusal `contract.unknown` (404)."""
    page = contract_for(actor, number)
    wanted = page.row.text if text is None else text
    for one in page.texts:
        if one.number == wanted:
            return f"{number}-{one.number}.pdf", document_with_bytes(one.document)[1]
    raise unknown()


def ids_of(actor: Actor) -> set[uuid.UUID]:
    """Ids of the contracts of the actor's side, for lists of later stages."""
    return {row.id for row in contracts_of(actor)}
