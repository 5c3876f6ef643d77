"""What a reader may do with a contract now."""

from collections.abc import Iterable

from jangteo.records.account.queries import Actor
from jangteo.records.exchange.queries import ExchangeRow, last_told
from jangteo.stages.contract.queries.rows import AmendmentRow, ContractRow

#: state -> verbs of the agency's contract officer
_OFFICER = {
    "pending": {"revise", "offer", "cancel"},
    "offered": {"take_back", "record_security", "cancel"},
    "agreed": {"record_security", "conclude", "cancel"},
    "active": {"record_security", "propose_amendment"},
}


def verbs_of(actor: Actor, row: ContractRow, amendments: Iterable[AmendmentRow]) -> frozenset[str]:
    """The verbs that this person's buttons show; each action checks again."""
    found: set[str] = set()
    if actor.party_id == row.buyer_id and "contract_officer" in actor.roles:
        found |= _OFFICER.get(row.status, set())
        found |= {"bind_again"} if unbound(row) else set()
    if actor.party_id == row.buyer_id and "approving_officer" in actor.roles:
        found |= {"terminate"} if row.status == "active" else set()
    if actor.party_id == row.supplier_id and "representative" in actor.roles:
        found |= {"agree"} if row.status == "offered" else set()
        found |= {"register_subcontract"} if row.status == "active" else set()
    for one in amendments:
        found = _amending(found, one.status, actor, row)
    return frozenset(found)


def _amending(found: set[str], status: str, actor: Actor, row: ContractRow) -> set[str]:
    if status not in ("proposed", "agreed"):
        return found
    found = found - {"propose_amendment"}
    if actor.party_id == row.supplier_id and "representative" in actor.roles:
        found |= {"agree_amendment"} if status == "proposed" else set()
    if actor.party_id == row.buyer_id and "contract_officer" in actor.roles:
        found |= {"withdraw_amendment"}
        found |= {"conclude_amendment"} if status == "agreed" else set()
    return found


def unbound(row: ContractRow) -> str:
    """Why the budget system refused to bind the money of a contract, in its words; "" if not."""
    if row.status not in ("active", "terminated"):
        return ""
    return refused(last_told("BudgetCommitment", row.buyer_id).get(f"contract:{row.number}"))


def refused(last: ExchangeRow | None) -> str:
    """Code and words of a refusal; "" where nothing was told or nothing refused."""
    if last is None or last.status != "rejected":
        return ""
    return f"{last.code} {last.answer.get('reason', '')}".strip()
