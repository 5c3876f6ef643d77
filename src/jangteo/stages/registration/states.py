"""Registration of an organisation: its states, verbs and closed lists."""

from jangteo.ground.errors import N_
from jangteo.ground.process import StateTable, Transition

#: role -> (label, organisation kind)
ROLES = {
    "contract_officer": (N_("Contract officer"), "agency"),
    "opening_officer": (N_("Opening officer"), "agency"),
    "approving_officer": (N_("Approving officer"), "agency"),
    "inspector": (N_("Inspector"), "agency"),
    "disbursing_officer": (N_("Disbursing officer"), "agency"),
    "representative": (N_("Representative"), "supplier"),
    "bidding_agent": (N_("Bidding agent"), "supplier"),
    "operator": (N_("Platform operator"), "platform"),
}

#: Entered by the operator alone: opening, award and payment need two people, and neither may have
#: made the other.
BY_OPERATOR = frozenset({"opening_officer", "approving_officer", "disbursing_officer"})
#: Never held by one person in one organisation: whoever binds or accepts does not pay. The reading
#: is assumed, see docs/adr/0019.
CONFLICTS = (
    frozenset({"contract_officer", "disbursing_officer"}),
    frozenset({"inspector", "disbursing_officer"}),
)
#: Held by whoever asked, until the operator approves; then FIRST_ROLE takes its place.
APPLICANT = "applicant"
FIRST_ROLE = {"agency": "contract_officer", "supplier": "representative"}
REGIMES = {"national": N_("State Contracts Act"), "local": N_("Local Contracts Act")}

_LAW = "국가계약법 시행규칙 제15조"

TABLE = StateTable(
    name="registration",
    owner="party_id",
    states={
        "submitted": N_("Submitted; the operator checks the papers."),
        "active": N_("Registered; may take part."),
        "returned": N_("Returned with a reason; may be submitted again."),
    },
    transitions=(
        Transition("submit", (), "submitted", ("anyone", "operator"), _LAW),
        Transition("approve", ("submitted",), "active", ("operator",), _LAW),
        Transition("send_back", ("submitted",), "returned", ("operator",), _LAW, "a reason"),
        Transition("resubmit", ("returned",), "submitted", (APPLICANT,), _LAW),
        Transition(
            "add_person", ("active",), "", ("representative", "contract_officer", "operator"), _LAW
        ),
        Transition("add_officer", ("active",), "", ("operator",), _LAW),
        Transition(
            "end_role", ("active",), "", ("representative", "contract_officer", "operator"), _LAW
        ),
        Transition(
            "revoke_tokens",
            ("active",),
            "",
            ("representative", "contract_officer", "operator"),
            _LAW,
        ),
        Transition("add_licence", ("active",), "", ("representative", "operator"), _LAW),
        Transition("approve_licence", ("active",), "", ("operator",), _LAW),
    ),
)
