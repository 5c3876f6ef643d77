"""The delivery of a contract and the inspections on its way: states and verbs."""

from jangteo.ground.errors import N_
from jangteo.ground.process import StateTable, Transition

_START = "국가계약법 제11조, 지방계약법 제14조"
_INSPECT = "국가계약법 시행령 제55조, 지방계약법 시행령 제64조"

#: what an inspection is asked for
KINDS = {
    "progress": N_("Part that is done"),
    "completion": N_("Completion of the works"),
}

TABLE = StateTable(
    name="delivery",
    owner="buyer_id",
    states={
        "awaiting_start": N_("The supplier has not begun yet."),
        "under_way": N_("Under way."),
        "completed": N_("Completed and accepted."),
        "stopped": N_("Stopped with the contract."),
    },
    transitions=(
        Transition("await_start", (), "awaiting_start", ("system",), _START, "contract in force"),
        Transition("start", ("awaiting_start",), "under_way", ("representative",), _START,
                   "", "supplier_id"),
        Transition("finish", ("under_way",), "completed", ("system", "inspector"), _INSPECT,
                   "completion accepted; called by accept"),
        Transition("stop", ("awaiting_start", "under_way"), "stopped", ("system",),
                   "국가계약법 시행령 제75조, 지방계약법 제30조의2", "contract terminated"),
    ),
)  # fmt: skip

INSPECTION = StateTable(
    name="inspection",
    owner="buyer_id",
    states={
        "requested": N_("Notified; the inspector comes in time."),
        "correcting": N_("To be mended by the supplier."),
        "accepted": N_("Accepted."),
        "withdrawn": N_("Withdrawn by the supplier."),
    },
    transitions=(
        Transition("request", (), "requested", ("representative",), _INSPECT,
                   "under way, or a part of what was stopped; one at a time; within the contract"),
        Transition("order_correction", ("requested",), "correcting", ("inspector",), _INSPECT,
                   "what must be mended, by when"),
        Transition("request_again", ("correcting",), "requested", ("representative",), _INSPECT,
                   "the period begins anew", "supplier_id"),
        Transition("accept", ("requested",), "accepted", ("inspector",), _INSPECT,
                   "accepted in all never above contracted"),
        Transition("withdraw_request", ("requested", "correcting"), "withdrawn",
                   ("representative",), _INSPECT, "", "supplier_id"),
    ),
)  # fmt: skip

TABLES = (TABLE, INSPECTION)
