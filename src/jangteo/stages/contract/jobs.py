"""Both sides and the subcontractor learn what the others did; each message is sent once."""

from uuid import UUID

from jangteo.ground.errors import N_
from jangteo.records.journal.queries import Fact
from jangteo.records.message.actions import send
from jangteo.stages.contract import queries

_SUPPLIER = {
    "contract.offer": N_("The contract “{title}” is here to be read and signed."),
    "contract.conclude": N_("The contract “{title}” is in force."),
    "contract.terminate": N_("The contract “{title}” is terminated; see why."),
    "contract.cancel": N_("The contract “{title}” is given up; see why."),
    "amendment.propose_amendment": N_("An amendment of “{title}” is here to be signed."),
}
_AGENCY = {
    "contract.agree": N_("The supplier signed the contract “{title}”."),
    "amendment.agree_amendment": N_("The supplier signed the amendment of “{title}”."),
}


def tell_supplier(fact: Fact) -> None:
    """The supplier learns what the agency did."""
    row = queries.contract(fact.subject.rpartition(":")[2])
    _send(fact, row.supplier_id, _SUPPLIER[fact.kind], row.title, f"/contracts/{row.number}")


def tell_agency(fact: Fact) -> None:
    """The agency learns what the supplier did."""
    row = queries.contract(fact.subject.rpartition(":")[2])
    _send(fact, row.buyer_id, _AGENCY[fact.kind], row.title, f"/contracts/{row.number}")


def tell_subcontractor(fact: Fact) -> None:
    """The subcontractor learns that it is to agree, or that its money can be claimed."""
    row = queries.subcontract(fact.subject.rpartition(":")[2])
    said = {
        "subcontract.register_subcontract": N_("A subcontract for “{title}” asks you to agree."),
        "subcontract.acknowledge_subcontract": N_("The agency took note of “{title}”."),
        "subcontract.end_subcontract": N_("The subcontract for “{title}” was ended."),
    }
    link = f"/subcontracts/{row.number}"
    _send(fact, row.subcontractor_id, said[fact.kind], row.work, link)


def _send(fact: Fact, party_id: UUID, text: str, title: str, link: str) -> None:
    key = f"{fact.kind}:{fact.id}:{party_id}"
    send(party_id, at=fact.at, key=key, text=text, params={"title": title}, link=link)
