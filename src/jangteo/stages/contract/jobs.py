"""Both sides and the subcontractor learn what the others did; each message is sent once."""

from uuid import UUID

from jangteo.ground.errors import N_
from jangteo.records.journal.queries import Fact
from jangteo.records.message.actions import send
from jangteo.stages.contract import queries

_SUPPLIER = {
    "contract.offer": N_("The contract “{title}” is here to be read and signed."),
    "contract.take_back": N_("The agency took the contract “{title}” back to change it."),
    "contract.conclude": N_("The contract “{title}” is in force."),
    "contract.terminate": N_("The contract “{title}” is terminated; see why."),
    "contract.complete": N_("The contract “{title}” is completed and paid in full."),
    "contract.cancel": N_("The contract “{title}” is given up; see why."),
    "amendment.propose_amendment": N_("An amendment of “{title}” is here to be signed."),
    "amendment.conclude_amendment": N_("The amendment of “{title}” is in force."),
    "amendment.withdraw_amendment": N_("The amendment of “{title}” is withdrawn."),
}
_AGENCY = {
    "contract.agree": N_("The supplier signed the contract “{title}”."),
    "amendment.agree_amendment": N_("The supplier signed the amendment of “{title}”."),
}
_HIRED = {
    "subcontract.register_subcontract": N_("A subcontract for “{title}” asks you to agree."),
    "subcontract.acknowledge_subcontract": N_("The agency took note of “{title}”."),
    "subcontract.end_subcontract": N_("The subcontract for “{title}” was ended."),
}


def tell_supplier(fact: Fact) -> None:
    """The supplier learns what the agency did; not of what was given up before it was offered."""
    row = queries.contract(fact.subject.rpartition(":")[2])
    if row.offered:
        _send(fact, row.supplier_id, _SUPPLIER[fact.kind], row.title, f"/contracts/{row.number}")


def tell_agency(fact: Fact) -> None:
    """The agency learns what the supplier did."""
    row = queries.contract(fact.subject.rpartition(":")[2])
    _send(fact, row.buyer_id, _AGENCY[fact.kind], row.title, f"/contracts/{row.number}")


def tell_subcontractor(fact: Fact) -> None:
    """The subcontractor learns that it is to agree, or that its money can be claimed."""
    row = queries.subcontract(fact.subject.rpartition(":")[2])
    link = f"/subcontracts/{row.number}"
    _send(fact, row.subcontractor_id, _HIRED[fact.kind], row.work, link)


def tell_of_end(fact: Fact) -> None:
    """The agency learns that a subcontract it took note of was ended, and is asked to look."""
    row = queries.subcontract(fact.subject.rpartition(":")[2])
    if queries.payable(row):
        text = N_("The supplier ended the subcontract “{title}”; see why and what it is owed.")
        _send(fact, row.buyer_id, text, row.work, f"/subcontracts/{row.number}")


def tell_sides(fact: Fact) -> None:
    """Supplier and agency learn that the subcontractor agreed."""
    row = queries.subcontract(fact.subject.rpartition(":")[2])
    for party_id in (row.supplier_id, row.buyer_id):
        text = N_("The subcontractor agreed to “{title}”.")
        _send(fact, party_id, text, row.work, f"/subcontracts/{row.number}")


def tell_unbound(fact: Fact) -> None:
    """The agency learns that the budget system refused to bind a contract's money."""
    if fact.payload.get("question") == "BudgetCommitment":
        row = queries.contract(fact.subject.rpartition(":")[2])
        text = N_("The budget system refused to bind the money of “{title}”.")
        _send(fact, row.buyer_id, text, row.title, f"/contracts/{row.number}")


def _send(fact: Fact, party_id: UUID, text: str, title: str, link: str) -> None:
    key = f"{fact.kind}:{fact.id}:{party_id}"
    send(party_id, at=fact.at, key=key, text=text, params={"title": title}, link=link)
