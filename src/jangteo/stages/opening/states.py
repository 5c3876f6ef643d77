"""An opening: its states and verbs."""

from jangteo.ground.errors import N_
from jangteo.ground.process import StateTable, Transition

REMARKS = {
    "normal": N_("Valid; ranked by price."),
    "below_floor": N_("Below the floor price."),
    "above_reserve": N_("Above the reserve price."),
    "void": N_("Void: the envelope could not be opened or read."),
    "excluded": N_("Excluded before the release of the keys."),
}

_LAW = "국가계약법 시행령 제40조"

TABLE = StateTable(
    name="opening",
    owner="buyer_id",
    states={
        "prepared": N_("The deadline has passed; exclusions can be entered."),
        "closed_set": N_("Exclusions are final and the set of envelopes is closed."),
        "requested": N_("Two people have asked the custodians for the keys."),
        "published": N_("Opened and published."),
        "failed": N_("Opened; the tender failed."),
        "hold": N_("On hold: something committed does not match."),
    },
    transitions=(
        Transition("prepare", (), "prepared", ("opening_officer",), _LAW, "after the deadline"),
        Transition(
            "exclude", ("prepared",), "", ("opening_officer",), "국가계약법 시행규칙 제44조",
            "a ground and its article, before any key is released",
        ),
        Transition("close_set", ("prepared",), "closed_set", ("opening_officer",), _LAW),
        Transition(
            "request_keys", ("closed_set",), "requested", ("opening_officer",), _LAW,
            "signed by the contract officer and the opening officer, two people",
        ),
        Transition(
            "publish", ("requested",), "published", ("opening_officer", "system"), _LAW,
            "two of three custodians have released; called by hold_opening",
        ),
        Transition(
            "fail", ("requested",), "failed", ("opening_officer", "system"),
            "국가계약법 시행령 제11조", "fewer than two valid bids; called by hold_opening",
        ),
        Transition(
            "hold", ("requested",), "hold", ("opening_officer", "system"), _LAW,
            "a commitment or the verifier disagrees; called by hold_opening",
        ),
    ),
)  # fmt: skip
