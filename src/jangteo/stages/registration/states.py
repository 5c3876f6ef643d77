"""Registration of an organisation: its states, verbs and closed lists."""

from jangteo.ground.errors import N_
from jangteo.ground.process import StateTable, Transition

#: role -> (label, organisation kind)
ROLES = {
    "contract_officer": (N_("Contract officer"), "agency"),
    "opening_officer": (N_("Opening officer"), "agency"),
    "representative": (N_("Representative"), "supplier"),
    "bidding_agent": (N_("Bidding agent"), "supplier"),
    "operator": (N_("Platform operator"), "platform"),
}

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
        Transition("add_licence", ("active",), "", ("representative", "operator"), _LAW),
    ),
)

#: Provinces (시·도) by their administrative code.
REGIONS = {
    "11": N_("Seoul"),
    "26": N_("Busan"),
    "27": N_("Daegu"),
    "28": N_("Incheon"),
    "29": N_("Gwangju"),
    "30": N_("Daejeon"),
    "31": N_("Ulsan"),
    "36": N_("Sejong"),
    "41": N_("Gyeonggi"),
    "43": N_("North Chungcheong"),
    "44": N_("South Chungcheong"),
    "46": N_("South Jeolla"),
    "47": N_("North Gyeongsang"),
    "48": N_("South Gyeongsang"),
    "50": N_("Jeju"),
    "51": N_("Gangwon"),
    "52": N_("North Jeolla"),
}

#: Trades (업종) of construction by the code that notices name; 건설산업기본법 시행령 별표 1.
LICENCES = {
    "0001": N_("Civil engineering works"),
    "0002": N_("Building works"),
    "0003": N_("Civil engineering and building works"),
    "0004": N_("Landscaping works"),
    "0005": N_("Industrial and environmental plant works"),
    "0036": N_("Telecommunication works"),
    "0037": N_("Electrical works"),
    "0040": N_("Fire protection works"),
    "4989": N_("Ground preparation and paving"),
    "4990": N_("Interior works"),
    "4991": N_("Metal windows, roofs and prefabricated building"),
    "4992": N_("Painting, plastering, waterproofing and masonry"),
    "4993": N_("Planting and landscape facilities"),
    "4994": N_("Reinforced concrete"),
    "4995": N_("Demolition and scaffolding"),
    "4996": N_("Water supply and sewerage"),
    "4997": N_("Railway tracks"),
    "4998": N_("Steel structures"),
    "4999": N_("Underwater works and dredging"),
    "6201": N_("Lifts and ropeways"),
    "6202": N_("Mechanical equipment and gas"),
}
