"""A contract, its amendments and its subcontracts: states, verbs and closed lists."""

from jangteo.ground.errors import N_
from jangteo.ground.process import StateTable, Transition

_LAW = "국가계약법 제11조, 지방계약법 제14조"
_ELECTRONIC = "전자조달법 제9조"
_SECURITY = "국가계약법 제12조, 지방계약법 제15조"
_CHANGE = "국가계약법 제19조, 지방계약법 제22조"
_END = "국가계약법 시행령 제75조, 지방계약법 제30조의2"
_SUB = "건설산업기본법 제29조"

#: what may secure a contract
SECURITIES = {
    "bond": N_("Guarantee insurance or a bond"),
    "cash": N_("Cash paid in"),
    "undertaking": N_("Written undertaking, where the law waives the deposit"),
}

#: why a contract is terminated
GROUNDS = {
    "delay": N_("The works are not done in time through the supplier's fault."),
    "damages": N_("Delay damages have reached the performance security."),
    "breach": N_("The supplier broke the contract."),
    "agency": N_("The agency's own circumstances."),
}

TABLE = StateTable(
    name="contract",
    owner="buyer_id",
    states={
        "pending": N_("In preparation at the agency."),
        "offered": N_("Sent to the supplier, who reads and signs it."),
        "agreed": N_("Signed by the supplier; the agency signs last."),
        "active": N_("In force."),
        "completed": N_("Completed and paid."),
        "terminated": N_("Terminated with a ground."),
        "cancelled": N_("Given up before both sides had signed."),
    },
    transitions=(
        Transition("draft", (), "pending", ("contract_officer",), _LAW, "an award in force"),
        Transition("revise", ("pending",), "", ("contract_officer",), _LAW),
        Transition("offer", ("pending",), "offered", ("contract_officer",), _ELECTRONIC,
                   "all terms complete"),
        Transition("take_back", ("offered",), "pending", ("contract_officer",), _ELECTRONIC),
        Transition("agree", ("offered",), "agreed", ("representative",), _ELECTRONIC,
                   "signed with an enrolled key", "supplier_id"),
        Transition("record_security", ("offered", "agreed", "active"), "",
                   ("contract_officer",), _SECURITY, "enough for the amount"),
        Transition("conclude", ("agreed",), "active", ("contract_officer",), _LAW,
                   "signed with an enrolled key; security recorded or waived"),
        Transition("cancel", ("pending", "offered", "agreed"), "cancelled", ("contract_officer",),
                   _LAW, "a reason; before the agency has signed"),
        Transition("amend", ("active",), "active", ("contract_officer",), _CHANGE,
                   "called by conclude_amendment"),
        Transition("terminate", ("active",), "terminated", ("approving_officer",), _END,
                   "a ground and a reason"),
        Transition("bind_again", ("active", "terminated"), "", ("contract_officer",), _LAW,
                   "the budget system refused to bind the money; under a new key"),
        Transition("complete", ("active",), "completed", ("system",),
                   "국가계약법 시행령 제58조, 지방계약법 시행령 제67조",
                   "accepted and paid in full; called by payment"),
    ),
)  # fmt: skip

AMENDMENT = StateTable(
    name="amendment",
    owner="buyer_id",
    states={
        "proposed": N_("Proposed by the agency; the supplier reads and signs it."),
        "agreed": N_("Signed by the supplier; the agency signs last."),
        "effective": N_("In force."),
        "withdrawn": N_("Withdrawn."),
    },
    transitions=(
        Transition("propose_amendment", (), "proposed", ("contract_officer",), _CHANGE,
                   "a reason; one at a time; not below its subcontracts or what is accepted"),
        Transition("agree_amendment", ("proposed",), "agreed", ("representative",), _CHANGE,
                   "signed with an enrolled key", "supplier_id"),
        Transition("conclude_amendment", ("agreed",), "effective", ("contract_officer",), _CHANGE,
                   "signed with an enrolled key; the new value is secured until the new end"),
        Transition("withdraw_amendment", ("proposed", "agreed"), "withdrawn",
                   ("contract_officer", "system"), _CHANGE,
                   "the platform itself when the contract is terminated"),
    ),
)  # fmt: skip

SUBCONTRACT = StateTable(
    name="subcontract",
    owner="supplier_id",
    states={
        "registered": N_("Registered by the supplier; the subcontractor agrees."),
        "agreed": N_("Agreed by the subcontractor; told to the agency."),
        "acknowledged": N_("Noted by the agency; its money can be claimed."),
        "ended": N_("Ended."),
    },
    transitions=(
        Transition("register_subcontract", (), "registered", ("representative",), _SUB,
                   "a contract in force; all subcontracts within its amount"),
        Transition("agree_subcontract", ("registered",), "agreed", ("representative",), _SUB,
                   "", "subcontractor_id"),
        Transition("acknowledge_subcontract", ("agreed",), "acknowledged",
                   ("contract_officer",), _SUB, "", "buyer_id"),
        Transition("end_subcontract", ("registered", "agreed", "acknowledged"), "ended",
                   ("representative",), _SUB, "a reason"),
    ),
)  # fmt: skip

TABLES = (TABLE, AMENDMENT, SUBCONTRACT)
