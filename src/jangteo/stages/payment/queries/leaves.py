"""Leaves as one reader sees them: whose account and link are shown, when due, who holds it."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.stages.contract.queries import ContractRow, SubcontractRow, contract, subcontracts
from jangteo.stages.payment.models import Claim, Leaf, PayeeWord, PaymentOrder
from jangteo.stages.payment.queries.clocks import holder_of, leaf_due
from jangteo.stages.payment.queries.links import leaf_id_of, masked_account, token_of
from jangteo.stages.payment.queries.rows import LeafRow, PayeePage, ProposedRow, WordRow

_SAME = (
    "id", "claim_number", "contract_number", "position", "kind", "payee_name", "bank", "amount",
    "status", "attempt", "instructed_at", "credited_at", "bank_reference", "finding",
)  # fmt: skip


def leaf_rows(
    claim: Claim,
    of: ContractRow,
    subs: Mapping[uuid.UUID, SubcontractRow],
    *,
    actor: Actor,
    at: datetime | None,
) -> tuple[LeafRow, ...]:
    """The leaves of a claim by position, as this reader may see them."""
    leaves = list(claim.leaves.order_by("position"))
    words: dict[uuid.UUID, list[WordRow]] = {}
    for word in PayeeWord.objects.filter(leaf__in=leaves).order_by("at", "id"):
        words.setdefault(word.leaf_id, []).append(WordRow(word.said, word.amount, word.at))
    return tuple(
        _row(claim, leaf, of, subs.get(leaf.subcontract_id), tuple(words.get(leaf.pk, ())),
             actor, at)
        for leaf in leaves
    )  # fmt: skip


def _row(
    claim: Claim,
    leaf: Leaf,
    of: ContractRow,
    sub: SubcontractRow | None,
    words: tuple[WordRow, ...],
    actor: Actor,
    at: datetime | None,
) -> LeafRow:
    due, reason = leaf_due(claim, leaf, of)
    settled = leaf.credited_at or (at if claim.status != "withdrawn" else None)
    return LeafRow(
        **{name: getattr(leaf, name) for name in _SAME},
        payee_id=leaf.payee_party_id, account=_account(leaf, actor, leaf.account),
        subcontract=sub.number if sub else "", work=sub.work if sub else "",
        due=due, reason=reason, late=settled is not None and settled >= due,
        holder=holder_of(claim, leaf, {"buyer": of.buyer, "supplier": of.supplier}),
        proposed=_proposed(leaf, actor), words=words,
        link=f"/w/{token_of(leaf.pk)}" if _may_hand_on(leaf, sub, actor) else "",
    )  # fmt: skip


def _account(leaf: Leaf, actor: Actor, account: str) -> str:
    claimant = actor.party_id == leaf.supplier_id and "representative" in actor.roles
    pays = actor.party_id == leaf.buyer_id and "disbursing_officer" in actor.roles
    return account if claimant or pays else masked_account(account)


def _proposed(leaf: Leaf, actor: Actor) -> ProposedRow | None:
    """What waits for the agency's word, for the two sides only."""
    if leaf.proposed is None or actor.party_id not in (leaf.supplier_id, leaf.buyer_id):
        return None
    shown = _account(leaf, actor, leaf.proposed["account"])
    return ProposedRow(**{**leaf.proposed, "account": shown})


def _may_hand_on(leaf: Leaf, sub: SubcontractRow | None, actor: Actor) -> bool:
    if actor.party_id is None or "representative" not in actor.roles:
        return False
    return actor.party_id == leaf.supplier_id or (
        sub is not None and actor.party_id == sub.subcontractor_id
    )


def no_leaf() -> Refusal:
    """The one answer for a link that opens nothing, whatever is wrong with it."""
    return Refusal(
        "payment.link.unknown",
        N_("This link opens nothing."),
        repair=N_("Ask whoever sent it to you for the newest one."),
        status=404,
    )


def leaf_by_token(token: str, *, at: datetime | None = None) -> PayeePage:
    """What a payee sees by the signed link, and nothing else.

    Refusal `payment.link.unknown` (404) for a link that was not made here, or whose claim was
    filed anew or withdrawn.
    """
    wanted = leaf_id_of(token)
    leaf = Leaf.objects.select_related("claim").filter(pk=wanted).first() if wanted else None
    if leaf is None or leaf.claim.status == "withdrawn":
        raise no_leaf()
    claim, of = leaf.claim, contract(leaf.contract_number)
    subs = {one.id: one for one in subcontracts(of.number)}
    rows = leaf_rows(claim, of, subs, actor=Actor.anyone(), at=at)
    row = next(one for one in rows if one.id == leaf.pk)
    sub = subs.get(leaf.subcontract_id)
    payer = sub.subcontractor if sub and leaf.kind != "subcontractor" else of.supplier
    return PayeePage(row, of.title, of.buyer, payer, claim.amount, _steps(claim, row))


def _steps(claim: Claim, leaf: LeafRow) -> tuple[tuple[str, str, datetime | None], ...]:
    """(label as a msgid, state of the stage line, when) from the claim to the payee's account."""
    order = PaymentOrder.objects.filter(claim=claim).first()
    filed = claim.filed_at if claim.status != "returned" else None
    told = leaf.instructed_at if leaf.status != "bounced" else None
    reached = [
        (N_("Money asked for"), filed),
        (N_("Checked by the agency"), claim.approved_at),
        (N_("Payment ordered"), order.at if order else None),
        (N_("Bank told to pay"), told),
        (N_("In your account"), leaf.credited_at),
    ]
    found, now = [], False
    for label, at in reached:
        state = "done" if at else "next" if now else "now"
        if not at and not now and leaf.status == "bounced":
            state = "failed"
        now = now or not at
        found.append((label, state, at))
    return tuple(found)
