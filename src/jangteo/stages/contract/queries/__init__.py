"""What others may ask of this stage."""

from jangteo.stages.contract.queries.clocks import signing_reasons, telling_reasons
from jangteo.stages.contract.queries.reading import (
    contract,
    contract_for,
    contract_of_tender,
    contracts_of,
    document,
    ids_of,
    is_party,
    security_in_play,
    security_of,
    subcontract,
    subcontract_for,
    subcontracts,
    subcontracts_of,
    to_draft,
)
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
from jangteo.stages.contract.queries.tasks import tasks_for

__all__ = [
    "AmendmentRow",
    "ContractPage",
    "ContractRow",
    "Security",
    "SecurityRow",
    "SignatureRow",
    "SubcontractRow",
    "TextRow",
    "contract",
    "contract_for",
    "contract_of_tender",
    "contracts_of",
    "document",
    "ids_of",
    "is_party",
    "security_in_play",
    "security_of",
    "signing_reasons",
    "subcontract",
    "subcontract_for",
    "subcontracts",
    "subcontracts_of",
    "tasks_for",
    "telling_reasons",
    "to_draft",
]
