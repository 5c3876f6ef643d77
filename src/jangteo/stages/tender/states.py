"""A tender: its states, verbs and closed lists."""

from jangteo.ground.errors import N_
from jangteo.ground.process import StateTable, Transition

REGIMES = {"national": N_("State Contracts Act"), "local": N_("Local Contracts Act")}
CATEGORIES = {"works": N_("Works")}
PROCEDURES = {"open": N_("Open competition")}
AWARD_METHODS = {"qualification": N_("Qualification screening")}
URGENCIES = {
    "": N_("Ordinary"),
    "renotice": N_("Re-notice after a failed tender"),
    "early_budget": N_("Early execution of the budget"),
    "linked": N_("Tied to the schedule of another project"),
    "disaster": N_("Urgent event, disaster prevention or recovery"),
}

#: verb of `close`, which the opening stage calls, by the state it leads to
CLOSING = ("open", "fail", "hold")

#: facts that outsiders may read; the others are the agency's own preparation
PUBLIC_FACTS = frozenset(f"tender.{verb}" for verb in ("publish", "correct", "cancel", *CLOSING))

_LAW = "국가계약법 시행령 제33조"
_KEYS = "전자조달법 제7조"

TABLE = StateTable(
    name="tender",
    owner="buyer_id",
    states={
        "draft": N_("In preparation; nobody outside the agency sees it."),
        "active": N_("Published; bids are taken until the deadline."),
        "opened": N_("Opened; the ranking is published."),
        "unsuccessful": N_("Failed: fewer than two valid bids, or none inside the limits."),
        "hold": N_("On hold: two calculations or a commitment disagree."),
        "cancelled": N_("Cancelled by the agency with a reason."),
    },
    transitions=(
        Transition("draft", (), "draft", ("contract_officer",), _LAW),
        Transition("edit", ("draft", "active"), "", ("contract_officer",), _LAW),
        Transition(
            "ask_for_keys", ("draft", "active"), "", ("contract_officer",), _LAW,
            "all terms complete and lawful",
        ),
        Transition(
            "add_custody", ("draft", "active"), "", ("opening_officer",), _KEYS,
            "signed with the officer's own enrolled key",
        ),
        Transition(
            "add_agency_seed", ("draft", "active"), "", ("opening_officer",), _KEYS,
            "the three lot keys exist",
        ),
        Transition(
            "start_correction", ("active",), "", ("contract_officer",),
            "국가계약법 시행령 제33조제2항", "before the deadline",
        ),
        Transition(
            "publish", ("draft",), "active", ("contract_officer",),
            "국가계약법 시행령 제35조", "notice period, schedule, lot keys, seeds",
        ),
        Transition(
            "correct", ("active",), "active", ("contract_officer",),
            "국가계약법 시행령 제33조제2항", "before the deadline, at least five days more",
        ),
        Transition(
            "cancel", ("draft", "active"), "cancelled", ("contract_officer",),
            "지방계약법 시행령 제33조제2항", "a reason; before the opening",
        ),
        Transition(
            "open", ("active",), "opened", ("opening_officer", "system"),
            "국가계약법 시행령 제40조", "after the deadline in force; called by the opening",
        ),
        Transition(
            "fail", ("active",), "unsuccessful", ("opening_officer", "system"),
            "국가계약법 시행령 제11조", "called by the opening",
        ),
        Transition(
            "hold", ("active",), "hold", ("opening_officer", "system"),
            "국가계약법 시행령 제40조", "called by the opening",
        ),
    ),
)  # fmt: skip
