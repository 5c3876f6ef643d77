"""Claims and their leaves: states, verbs and closed lists."""

from jangteo.ground.errors import N_
from jangteo.ground.process import StateTable, Transition

_PAY = "국가계약법 시행령 제58조, 지방계약법 시행령 제67조"
_LEAVES = "전자조달법 제9조의2, 하도급거래공정화법 제13조"

#: what is claimed
KINDS = {
    "progress": N_("Progress payment"),
    "completion": N_("Final payment"),
}

#: who is paid at the end of a branch
PAYEES = {
    "prime": N_("Contractor itself"),
    "subcontractor": N_("Subcontractor"),
    "worker": N_("Worker"),
    "equipment": N_("Equipment"),
    "material": N_("Material"),
}

#: what a payee says of the money
WORDS = {
    "received": N_("It is there."),
    "not_received": N_("It is not there."),
    "differs": N_("The amount differs."),
}

TABLE = StateTable(
    name="claim",
    owner="supplier_id",
    states={
        "filed": N_("Filed; the contract officer checks it."),
        "returned": N_("Returned with a reason; it can be filed again."),
        "approved": N_("Checked; the disbursing officer orders the payment."),
        "ordered": N_("Ordered; the money is on its way."),
        "paid": N_("Paid: every payee's bank has confirmed."),
        "withdrawn": N_("Withdrawn by the supplier."),
    },
    transitions=(
        Transition("file", (), "filed", ("representative",), _PAY,
                   "leaves sum to the claim; claimed in all never above accepted"),
        Transition("send_back", ("filed",), "returned", ("contract_officer",), _PAY,
                   "a reason", "buyer_id"),
        Transition("file_again", ("returned",), "filed", ("representative",), _PAY,
                   "leaves sum to the claim"),
        Transition("withdraw_claim", ("filed", "returned"), "withdrawn", ("representative",), _PAY),
        Transition("approve", ("filed",), "approved", ("contract_officer",), _PAY,
                   "", "buyer_id"),
        Transition("order", ("approved",), "ordered", ("disbursing_officer",), _PAY,
                   "another person than the approver; budget committed", "buyer_id"),
        Transition("pay", ("ordered",), "paid", ("system",), _PAY, "every leaf credited"),
    ),
)  # fmt: skip

LEAF = StateTable(
    name="leaf",
    owner="supplier_id",
    states={
        "waiting": N_("Waiting for the payment order."),
        "instructed": N_("The bank has been told to pay."),
        "unknown": N_("The bank's answer is not known yet; it is being asked."),
        "credited": N_("Credited, as the payee's bank confirmed."),
        "bounced": N_("Sent back by the payee's bank; the account must be corrected."),
    },
    transitions=(
        Transition("add_leaf", (), "waiting", ("representative",), _LEAVES, "part of a claim"),
        Transition("instruct", ("waiting",), "instructed", ("system",), _LEAVES,
                   "the budget system has accepted the order"),
        Transition("lose", ("instructed",), "unknown", ("system",), _LEAVES),
        Transition("credit", ("instructed", "unknown"), "credited", ("system",), _LEAVES,
                   "the payee's bank has confirmed this very amount"),
        Transition("bounce", ("instructed", "unknown"), "bounced", ("system",), _LEAVES),
        Transition("correct_account", ("bounced",), "waiting", ("representative",), _LEAVES,
                   "a new account; then it is instructed again under a new key"),
    ),
)  # fmt: skip

TABLES = (TABLE, LEAF)
