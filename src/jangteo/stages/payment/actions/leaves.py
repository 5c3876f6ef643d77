"""Check the payees of a claim and make its leaves."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import begin
from jangteo.stages.contract.queries import (
    ContractRow,
    SubcontractRow,
    payable,
    subcontracts,
)
from jangteo.stages.payment.actions.own import LEAVES
from jangteo.stages.payment.models import Claim, Leaf
from jangteo.stages.payment.queries.reading import STANDING
from jangteo.stages.payment.queries.rows import LeafGiven
from jangteo.stages.payment.states import BANKS, OWN, PAYEES, UNDER

_ACCOUNT = re.compile(r"[0-9]{8,16}")
MOST_LEAVES = 500
_MOST_WON = 10**15


@dataclass(frozen=True, slots=True)
class Sound:
    """A checked payee: the registered name where there is one, and whose branch it is."""

    given: LeafGiven
    name: str
    account: str
    subcontract: SubcontractRow | None
    party_id: uuid.UUID | None


def plain_account(account: str) -> str:
    """An account number without hyphens and spaces."""
    return re.sub(r"[\s-]", "", account)


def account_problem(bank: str, account: str) -> tuple[str, str] | None:
    """(code, msgid) of what is wrong with an account, or None."""
    if bank not in BANKS:
        return "bank", N_("Choose the payee's bank.")
    if not _ACCOUNT.fullmatch(plain_account(account)):
        return "account", N_("An account number has 8 to 16 digits.")
    return None


def checked(
    contract: ContractRow, amount: int, leaves: Sequence[LeafGiven], *, without: str = ""
) -> list[Sound]:
    """The payees of a claim over an amount, all sound; without: the claim that is filed anew.

    Refusals `claim.leaf.none`, `.too_many`, `.kind`, `.subcontract`, `.not_acknowledged`, `.name`,
    `.bank`, `.account`, `.amount`, `.above_subcontract`, `claim.leaves.sum`.
    """
    if not leaves:
        raise _refused("claim.leaf.none", N_("A claim names at least one payee."), field="leaves")
    if len(leaves) > MOST_LEAVES:
        said = N_("A claim has at most {most} payees.")
        raise _refused("claim.leaf.too_many", said, field="leaves", most=MOST_LEAVES)
    hung = {row.number: row for row in subcontracts(contract.number)}
    problems = [p for n, one in enumerate(leaves) for p in _problems(n, one, hung)]
    if not problems:
        problems = _above(contract, leaves, hung, without)
    total = sum(one.amount for one in leaves)
    if total != amount:
        said = N_("The payees sum to {total} won, the claim is {amount} won.")
        problems.append(
            _refused("claim.leaves.sum", said, field="amount", total=total, amount=amount)
        )
    if problems:
        raise problems[0] if len(problems) == 1 else Refusals(problems)
    return [_sound(contract, one, hung.get(one.subcontract)) for one in leaves]


def _refused(code: str, text: str, *, field: str, **params: int | str) -> Refusal:
    return Refusal(
        code, text, repair=N_("Correct it and file the claim again."), law=LEAVES, field=field,
        **params,
    )  # fmt: skip


def _problems(n: int, one: LeafGiven, hung: Mapping[str, SubcontractRow]) -> list[Refusal]:
    found: list[tuple[str, str]] = []
    sub = hung.get(one.subcontract)
    if one.kind not in PAYEES:
        found.append(("kind", N_("Choose what kind of payee this is.")))
    elif one.subcontract and one.kind not in UNDER:
        found.append(("subcontract", N_("The contractor itself hangs on no subcontract.")))
    elif not one.subcontract and one.kind not in OWN:
        found.append(("subcontract", N_("Choose the subcontract this payee is paid under.")))
    elif one.subcontract and sub is None:
        found.append(("subcontract", N_("This contract has no such subcontract.")))
    elif sub is not None and not payable(sub):
        found.append(("not_acknowledged", N_("The agency has not taken note of this subcontract.")))
    named = one.kind in PAYEES and one.kind not in ("prime", "subcontractor")
    if named and not 1 <= len(one.payee_name.strip()) <= 60:
        found.append(("name", N_("Enter the payee's name, at most 60 characters.")))
    wrong = account_problem(one.bank, one.account)
    if wrong:
        found.append(wrong)
    if not 0 < one.amount <= _MOST_WON:
        found.append(("amount", N_("Enter how much this payee gets.")))
    fields = {"not_acknowledged": "subcontract", "name": "payee_name"}
    return [
        _refused(f"claim.leaf.{code}", text, field=f"leaf-{n}-{fields.get(code, code)}")
        for code, text in found
    ]


def _above(
    contract: ContractRow,
    leaves: Sequence[LeafGiven],
    hung: Mapping[str, SubcontractRow],
    without: str,
) -> list[Refusal]:
    """No subcontract is claimed above its own amount, all claims that stand taken together."""
    found = []
    standing = Leaf.objects.filter(
        contract_number=contract.number, claim__status__in=STANDING
    ).exclude(claim_number=without)
    for number in sorted({one.subcontract for one in leaves if one.subcontract}):
        sub = hung[number]
        before = standing.filter(subcontract_id=sub.id).aggregate(won=Sum("amount"))["won"] or 0
        now = sum(one.amount for one in leaves if one.subcontract == number)
        if before + now > sub.amount:
            said = N_("“{work}” is a subcontract of {amount} won; this would claim {claimed} won.")
            first = next(n for n, one in enumerate(leaves) if one.subcontract == number)
            found.append(
                _refused(
                    "claim.leaf.above_subcontract", said, field=f"leaf-{first}-amount",
                    work=sub.work, amount=sub.amount, claimed=before + now,
                )
            )  # fmt: skip
    return found


def _sound(contract: ContractRow, one: LeafGiven, sub: SubcontractRow | None) -> Sound:
    account = plain_account(one.account)
    if one.kind == "prime":
        return Sound(one, contract.supplier[:60], account, None, contract.supplier_id)
    if one.kind == "subcontractor" and sub is not None:
        return Sound(one, sub.subcontractor[:60], account, sub, sub.subcontractor_id)
    return Sound(one, one.payee_name.strip(), account, sub, None)


def add_leaves(claim: Claim, sound: Sequence[Sound], *, by: Actor, at: datetime) -> None:
    """Make the leaves of a claim, one fact each; a fact names no person and no account."""
    for position, one in enumerate(sound, 1):
        leaf = Leaf(
            claim=claim, claim_number=claim.number, contract_number=claim.contract_number,
            tender_number=claim.tender_number, buyer_id=claim.buyer_id,
            supplier_id=claim.supplier_id, position=position, kind=one.given.kind,
            subcontract_id=one.subcontract.id if one.subcontract else None,
            payee_party_id=one.party_id, payee_name=one.name, bank=one.given.bank,
            account=one.account, amount=one.given.amount,
        )  # fmt: skip
        begin(leaf, "add_leaf", by=by, at=at, payload=told(leaf))


def told(leaf: Leaf, **more: int | str) -> dict[str, int | str]:
    """What a fact of a leaf says: its place, kind and amount; never a name or an account."""
    said = {"position": leaf.position, "kind": leaf.kind, "amount": leaf.amount}
    return {**said, "attempt": leaf.attempt, **more}
