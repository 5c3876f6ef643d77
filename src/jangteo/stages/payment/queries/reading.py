"""Read claims through the check: whole for the two sides, a branch for its subcontractor."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q, Sum

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.stages.contract.queries import (
    ContractRow,
    SubcontractRow,
    contract,
    contracts_of,
    payable,
    subcontracts,
    subcontracts_of,
)
from jangteo.stages.delivery.queries import accepted_total, completion_accepted
from jangteo.stages.payment.models import Claim, Leaf, PayeeWord, PaymentOrder
from jangteo.stages.payment.queries.clocks import day_of, interest_on, is_late, last_day
from jangteo.stages.payment.queries.leaves import leaf_rows
from jangteo.stages.payment.queries.rows import (
    GROUPS,
    OPEN,
    Claimable,
    ClaimRow,
    DueGroup,
    LeafGiven,
    LeafRow,
)
from jangteo.stages.payment.queries.verbs import verbs_of

#: the agency's people who handle payments
OFFICERS = frozenset({"contract_officer", "approving_officer", "disbursing_officer", "inspector"})
#: claims that still count against what was accepted
STANDING = ("filed", "approved", "ordered", "paid")
_SAME = (
    "id", "number", "contract_number", "tender_number", "buyer_id", "supplier_id", "status",
    "kind", "amount", "filed_at", "due", "note", "finding", "orders", "approved_by",
    "approved_at", "released_at", "paid_at",
)  # fmt: skip


def unknown() -> Refusal:
    """The one answer for what is not there and for what one may not see."""
    return Refusal(
        "claim.unknown",
        N_("There is no such claim."),
        repair=N_("Look it up again by its number, or on your list of payments."),
        status=404,
    )


def is_side(actor: Actor, buyer_id: uuid.UUID, supplier_id: uuid.UUID) -> bool:
    """Whether the actor works on payments at the agency, or for the supplier."""
    if actor.party_id is None:
        return False
    if actor.party_id == buyer_id:
        return bool(actor.roles & OFFICERS)
    return actor.party_id == supplier_id


def claim_for(actor: Actor, number: str, *, at: datetime | None = None) -> ClaimRow:
    """A claim with its leaves; a subcontractor sees only its own branch.

    at: the moment for which lateness is said; without it only what was settled late counts.
    Refusal `claim.unknown` (404).
    """
    found = Claim.objects.filter(number=number).first()
    if found is None:
        raise unknown()
    rows = claim_rows([found], actor=actor, at=at, branches=_branches(actor))
    if not rows[0].whole and not rows[0].leaves:
        raise unknown()
    return rows[0]


def _branches(actor: Actor) -> frozenset[str]:
    if actor.party_id is None or actor.party_kind != "supplier":
        return frozenset()
    return frozenset(row.number for row in subcontracts_of(actor))


def claim_rows(
    found: Iterable[Claim],
    *,
    actor: Actor,
    at: datetime | None,
    branches: frozenset[str] = frozenset(),
) -> list[ClaimRow]:
    """Rows of claims as one reader sees them; branches: numbers of its own subcontracts."""
    claims = list(found)
    orders = dict(PaymentOrder.objects.filter(claim__in=claims).values_list("claim_id", "at"))
    contracts = {number: contract(number) for number in {one.contract_number for one in claims}}
    subs = {number: {s.id: s for s in subcontracts(number)} for number in contracts}
    rows = []
    for one in claims:
        of = contracts[one.contract_number]
        hung = subs[one.contract_number]
        rows.append(_row(one, of, hung, orders.get(one.pk), actor, at, branches))
    return rows


def _row(
    one: Claim,
    of: ContractRow,
    hung: dict[uuid.UUID, SubcontractRow],
    ordered_at: datetime | None,
    actor: Actor,
    at: datetime | None,
    branches: frozenset[str],
) -> ClaimRow:
    whole = is_side(actor, one.buyer_id, one.supplier_id)
    leaves = leaf_rows(one, of, hung, actor=actor, at=at)
    shown = leaves if whole else tuple(leaf for leaf in leaves if leaf.subcontract in branches)
    return ClaimRow(
        **{name: getattr(one, name) for name in _SAME},
        title=of.title, regime=of.regime, rule_day=of.rule_day, buyer=of.buyer,
        supplier=of.supplier, due_reason=one.rules["due"], ordered_at=ordered_at,
        late=is_late(one, leaves, at),
        interest=interest_on(one, leaves, of.regime, at) if whole else None,
        whole=whole, leaves=shown, verbs=verbs_of(actor, one) if whole else frozenset(),
    )  # fmt: skip


def claims_of(
    actor: Actor, *, at: datetime | None = None, unsettled: bool = False
) -> list[ClaimRow]:
    """The claims of the actor's agency or company, newest first.

    unsettled: only those that still go their way, and those of which a payee says that the money
    is not there as it should be; a desk reads no more of years of payments.
    """
    if actor.party_id is None:
        return []
    found = Claim.objects.filter(supplier_id=actor.party_id)
    if actor.party_kind == "agency":
        if not actor.roles & OFFICERS:
            return []
        found = Claim.objects.filter(buyer_id=actor.party_id)
    if unsettled:
        doubted = PayeeWord.objects.exclude(said="received").values("leaf__claim_id")
        found = found.filter(Q(status__in=OPEN) | Q(pk__in=doubted))
    return claim_rows(found.order_by("-filed_at", "-number"), actor=actor, at=at)


def contract_claims(actor: Actor, number: str, *, at: datetime | None = None) -> list[ClaimRow]:
    """The claims of a contract for its two sides, oldest first; Refusal `contract.unknown` (404).

    Others, subcontractors too, get the refusal: theirs stand on their own page of payments.
    """
    of = contract(number)
    if not (of.stands and is_side(actor, of.buyer_id, of.supplier_id)):
        contract("")
    found = Claim.objects.filter(contract_number=number).order_by("filed_at", "number")
    return claim_rows(found, actor=actor, at=at)


def claimable(number: str, *, without: str = "") -> Claimable:
    """What of a contract can be claimed now; without: number of a claim that is filed anew."""
    of = contract(number)
    standing = Claim.objects.filter(contract_number=number, status__in=STANDING)
    claimed = standing.exclude(number=without).aggregate(total=Sum("amount"))["total"] or 0
    accepted = accepted_total(number)
    return Claimable(number, of.title, accepted, claimed, completion_accepted(number))


def claimable_of(actor: Actor) -> list[Claimable]:
    """The contracts of a supplier in which something is accepted and not yet claimed."""
    if actor.party_kind != "supplier" or "representative" not in actor.roles:
        return []
    numbers = [row.number for row in contracts_of(actor) if row.stands]
    return [row for row in map(claimable, numbers) if row.left > 0]


def due_list(actor: Actor, at: datetime) -> tuple[DueGroup, ...]:
    """The agency's open claims by when they are due: groups of GROUPS in their order."""
    if actor.party_kind != "agency" or not actor.roles & OFFICERS:
        return ()
    found = Claim.objects.filter(
        buyer_id=actor.party_id, status__in=("filed", "approved", "ordered")
    ).order_by("due", "number")
    return grouped(claim_rows(found, actor=actor, at=at), at)


def grouped(rows: Sequence[ClaimRow], at: datetime) -> tuple[DueGroup, ...]:
    """Claims by when they are due; groups without claims are left out."""
    today = day_of(at)

    def code(row: ClaimRow) -> str:
        if row.due <= at:
            return "late" if row.late else "elsewhere"
        return {0: "today", 1: "tomorrow"}.get((last_day(row.due) - today).days, "later")

    sorted_rows: dict[str, list[ClaimRow]] = {name: [] for name in GROUPS}
    for row in rows:
        sorted_rows[code(row)].append(row)
    return tuple(DueGroup(name, tuple(many)) for name, many in sorted_rows.items() if many)


def my_branches(actor: Actor, *, at: datetime | None = None) -> list[LeafRow]:
    """The leaves of the actor's own subcontracts, newest claim first: where is my money."""
    subs = subcontracts_of(actor) if actor.party_kind == "supplier" else ()
    leaves = Leaf.objects.filter(subcontract_id__in=[row.id for row in subs])
    wanted = leaves.values_list("claim_id", flat=True)
    found = Claim.objects.filter(pk__in=wanted).exclude(status="withdrawn").order_by("-filed_at")
    branches = frozenset(row.number for row in subs)
    rows = claim_rows(found, actor=actor, at=at, branches=branches)
    return [leaf for row in rows for leaf in row.leaves if leaf.subcontract in branches]


def suggested_leaves(actor: Actor, number: str) -> list[LeafGiven]:
    """Whom a supplier's next claim will probably pay: the payees of its last one, amounts 0.

    Before the first claim: the supplier itself and each acknowledged subcontractor; a supplier
    without subcontractors gets all that can be claimed.
    """
    of = contract(number)
    if actor.party_id != of.supplier_id or "representative" not in actor.roles:
        return []
    live = {s.id: s for s in subcontracts(number) if payable(s)}
    last = Claim.objects.filter(contract_number=number).order_by("-filed_at", "-number").first()
    if last is None:
        alone = 0 if live else max(0, claimable(number).left)
        first = LeafGiven("prime", of.supplier, "", "", alone)
        rest = [LeafGiven("subcontractor", s.subcontractor, "", "", 0, s.number)
                for s in live.values()]  # fmt: skip
        return [first, *rest]
    return [
        LeafGiven(
            leaf.kind, leaf.payee_name, leaf.bank, leaf.account, 0,
            live[leaf.subcontract_id].number if leaf.subcontract_id else "",
        )
        for leaf in last.leaves.order_by("position")
        if leaf.subcontract_id is None or leaf.subcontract_id in live
    ]  # fmt: skip


def payable_subcontracts(number: str) -> list[tuple[str, str]]:
    """(number, words) of the subcontracts of a contract under which payees can be named."""
    return [(s.number, f"{s.subcontractor} – {s.work}") for s in subcontracts(number) if payable(s)]


def leaves_given(actor: Actor, number: str) -> list[LeafGiven]:
    """The leaves of a claim as its claimant typed them, to be corrected and filed again."""
    found = Claim.objects.filter(number=number, supplier_id=actor.party_id).first()
    if found is None or "representative" not in actor.roles:
        raise unknown()
    subs = {s.id: s.number for s in subcontracts(found.contract_number)}
    return [
        LeafGiven(
            leaf.kind, leaf.payee_name, leaf.bank, leaf.account, leaf.amount,
            subs[leaf.subcontract_id] if leaf.subcontract_id else "",
        )
        for leaf in found.leaves.order_by("position")
    ]  # fmt: skip
