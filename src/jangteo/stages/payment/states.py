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

#: who may stand without a subcontract, and who must have one
OWN = frozenset({"prime", "worker", "equipment", "material"})
UNDER = frozenset({"subcontractor", "worker", "equipment", "material"})

#: whose name is typed by hand; the others' is the register's
BY_HAND = UNDER - {"subcontractor"}

#: how a doubt about a transfer ends once people have asked the bank
OUTCOMES = {
    "there": N_("The whole amount is there after all."),
    "back": N_("The money came back."),
}

#: code of a bank in the interbank network -> its name
BANKS = {
    "002": N_("Korea Development Bank"),
    "003": N_("Industrial Bank of Korea"),
    "004": N_("KB Kookmin Bank"),
    "007": N_("Suhyup Bank"),
    "011": N_("NH NongHyup Bank"),
    "012": N_("Local NongHyup"),
    "020": N_("Woori Bank"),
    "023": N_("SC First Bank"),
    "027": N_("Citibank Korea"),
    "031": N_("iM Bank"),
    "032": N_("Busan Bank"),
    "034": N_("Gwangju Bank"),
    "035": N_("Jeju Bank"),
    "037": N_("Jeonbuk Bank"),
    "039": N_("Gyeongnam Bank"),
    "045": N_("Community Credit Cooperatives"),
    "048": N_("Credit Unions"),
    "050": N_("Savings Banks"),
    "064": N_("Forestry Cooperatives"),
    "071": N_("Korea Post"),
    "081": N_("Hana Bank"),
    "088": N_("Shinhan Bank"),
    "089": N_("K bank"),
    "090": N_("KakaoBank"),
    "092": N_("Toss Bank"),
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
        Transition("send_back", ("filed", "approved"), "returned", ("contract_officer",), _PAY,
                   "a reason; until its payment is ordered", "buyer_id"),
        Transition("file_again", ("returned",), "filed", ("representative",), _PAY,
                   "leaves sum to the claim"),
        Transition("withdraw_claim", ("filed", "returned"), "withdrawn", ("representative",), _PAY),
        Transition("approve", ("filed",), "approved", ("contract_officer",), _PAY,
                   "", "buyer_id"),
        Transition("order", ("approved",), "ordered", ("disbursing_officer",), _PAY,
                   "another person than the approver; what is bound covers it", "buyer_id"),
        Transition("release", ("ordered",), "", ("system",), _PAY,
                   "the budget system has carried out the order"),
        Transition("refuse_order", ("ordered",), "", ("system",), _PAY,
                   "the budget system has refused the order"),
        Transition("order_again", ("ordered",), "", ("disbursing_officer",), _PAY,
                   "the budget system refused the last one; under a new key; "
                   "another person than the approver; what is bound covers it", "buyer_id"),
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
        Transition("doubt", ("instructed", "unknown"), "unknown", ("system",), _LEAVES,
                   "the bank confirms another amount; people must look"),
        Transition("bounce", ("instructed", "unknown"), "bounced", ("system",), _LEAVES),
        Transition("correct_account", ("bounced",), "waiting", ("representative",), _LEAVES,
                   "a new account, or a reason; then it is instructed again under a new key"),
        Transition("correct_payee", ("bounced",), "", ("representative",), _LEAVES,
                   "a payee named by hand; the agency must confirm it"),
        Transition("confirm_payee", ("bounced",), "waiting", ("contract_officer",), _LEAVES,
                   "the very correction that was seen; then it is instructed again", "buyer_id"),
        Transition("settle", ("unknown",), "", ("disbursing_officer",), _LEAVES,
                   "another person than the approver; then it is credited or bounced", "buyer_id"),
        Transition("say", ("credited",), "", ("anyone",), _LEAVES,
                   "whoever holds the payee's link"),
    ),
)  # fmt: skip

TABLES = (TABLE, LEAF)
