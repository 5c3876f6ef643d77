"""A tender: its states, verbs and closed lists."""

from dataclasses import dataclass

from jangteo.ground.errors import N_
from jangteo.ground.process import StateTable, Transition

REGIMES = {"national": N_("State Contracts Act"), "local": N_("Local Contracts Act")}
CATEGORIES = {"works": N_("Works"), "goods": N_("Goods"), "services": N_("Services")}
SERVICE_KINDS = {"": N_("Ordinary"), "simple_labour": N_("Simple labour")}
PROCEDURES = {"open": N_("Open competition"), "quotation": N_("Small-value quotation")}
AWARD_METHODS = {
    "qualification": N_("Qualification screening"),
    "quotation": N_("Lowest quotation at or above the floor price"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """What a procedure fixes for its notices; all else about it is dated rows.

    categories: that it is offered for; region_kind: its kind in eligibility/region_limit, ""
    for the kind of its works.
    """

    award_method: str
    categories: tuple[str, ...]
    region_kind: str = ""


OFFERED = {
    "open": Offer("qualification", ("works",)),
    "quotation": Offer("quotation", ("works", "goods", "services"), "quotation"),
}
#: categories whose notices may ask for a licence of the list and name an A value
WITH_TRADES = ("works",)
URGENCIES = {
    "": N_("Ordinary"),
    "renotice": N_("Re-notice after a failed tender"),
    "early_budget": N_("Early execution of the budget"),
    "linked": N_("Tied to the schedule of another project"),
    "disaster": N_("Urgent event, disaster prevention or recovery"),
    "similar": N_("Another case as urgent as a linked project or an event or disaster"),
}

ROUNDINGS = {
    "up": N_("Up"),
    "down": N_("Down"),
    "half_up": N_("Half up"),
    "half_even": N_("Half to even"),
}
MEANS = {
    "displayed": N_("The four prices as displayed"),
    "unrounded": N_("The four products before rounding"),
}

#: the steps of preparing a notice, each with its fields, in the order of the officer's thinking
STEPS = {
    "basics": ("title", "description"),
    "place": ("site", "regions", "licences"),
    "amounts": (
        "base_amount", "estimated_price", "budget_amount", "a_value", "base_net_cost", "difficulty",
        "range_low", "range_high", "price_unit", "price_rounding", "mean_of", "mean_rounding",
        "floor_rate", "floor_rate_reason",
    ),
    "schedule": (
        "urgency", "urgency_reason", "bidding_from", "deadline", "opening_at", "deadline_reason",
    ),
    "documents": ("documents",),
}  # fmt: skip
STEP_LABELS = {
    "basics": N_("What is to be built"),
    "place": N_("Place and who may bid"),
    "amounts": N_("Amounts and prices"),
    "schedule": N_("Schedule"),
    "documents": N_("Documents"),
    "correction": N_("Why it is corrected"),
}
#: what one does in a step: its button where it comes next
STEP_ACTS = {
    "basics": N_("Say what is to be built"),
    "place": N_("Say where it is and who may bid"),
    "amounts": N_("Enter the amounts"),
    "schedule": N_("Set the schedule"),
    "documents": N_("Attach the documents"),
    "correction": N_("Say why it is corrected"),
}

AS_USUAL = N_("As the rule says")

#: what decides an award, entered by two people above the small band; what an officer leaves to
#: the tables nobody has to enter, so an empty field agrees with an empty one. The reason for
#: another floor rate is words: it is read with the warning, not entered twice
TWICE = (
    "base_amount", "a_value", "base_net_cost", "difficulty", "range_low", "range_high",
    "price_unit", "price_rounding", "mean_of", "mean_rounding", "floor_rate",
)  # fmt: skip
#: what stands on the same sheet: shown to no second person before the second entry
UNSEEN = STEPS["amounts"]

FIELD_LABELS = {
    "procedure": N_("Procedure"),
    "category": N_("Category"),
    "service_kind": N_("Kind of services"),
    "title": N_("Title"),
    "description": N_("Description"),
    "site": N_("Place of the works"),
    "regions": N_("Regions that may bid"),
    "licences": N_("Licences asked for"),
    "base_amount": N_("Base amount"),
    "estimated_price": N_("Estimated price"),
    "budget_amount": N_("Budget"),
    "a_value": N_("A value"),
    "base_net_cost": N_("Net construction cost"),
    "difficulty": N_("Difficulty of the works"),
    "range_low": N_("Range of preliminary prices, from"),
    "range_high": N_("Range of preliminary prices, to"),
    "price_unit": N_("Unit of preliminary prices"),
    "price_rounding": N_("Rounding of preliminary prices"),
    "mean_of": N_("The mean is taken of"),
    "mean_rounding": N_("Rounding of the mean"),
    "floor_rate": N_("Floor rate"),
    "floor_rate_reason": N_("Reason for another floor rate"),
    "urgency": N_("Urgency"),
    "urgency_reason": N_("Reason for the urgency"),
    "bidding_from": N_("Bids are taken from"),
    "deadline": N_("Deadline for bids"),
    "opening_at": N_("Opening"),
    "deadline_reason": N_("Reason for a deadline outside office hours"),
    "documents": N_("Documents"),
    "correction_reason": N_("Reason for the correction"),
}

#: where a tender stands, in a word or two, the same on every page; `active` itself is told by the
#: moment: coming, bidding or waiting
STANDINGS = {
    "draft": N_("In preparation"),
    "coming": N_("Bidding not yet open"),
    "bidding": N_("Taking bids"),
    "waiting": N_("Waiting for the opening"),
    "opened": N_("Opened"),
    "awarded": N_("Awarded"),
    "unsuccessful": N_("Failed"),
    "hold": N_("On hold"),
    "cancelled": N_("Cancelled"),
}

#: verb of `close`, which the opening stage calls, by the state it leads to
CLOSING = ("open", "fail", "hold", "set_aside")

#: states of a tender whose result is published, whatever followed
TOLD = frozenset({"opened", "awarded", "unsuccessful"})

#: verb of `settle`, which the award stage calls
SETTLING = ("award", "annul_award", "exhaust", "resume")

#: facts that outsiders may read; the others are the agency's own preparation
PUBLIC_FACTS = frozenset(
    f"tender.{verb}" for verb in ("publish", "correct", "cancel", *CLOSING, *SETTLING)
)

_LAW = "국가계약법 시행령 제33조, 지방계약법 시행령 제33조"
CORRECTION = "국가계약법 시행령 제33조제2항, 지방계약법 시행령 제33조제2항"
_CANCELLATION = "국가계약법 시행령 제33조, 지방계약법 시행령 제33조제2항"
_OPENING = "국가계약법 시행령 제40조, 지방계약법 시행령 제40조"
_AWARD = "국가계약법 시행령 제42조, 지방계약법 시행령 제42조"
_PERIOD = "국가계약법 시행령 제35조, 지방계약법 시행령 제35조"
_KEYS = "전자조달법 제7조"
FIGURES = "국가계약법 시행령 제9조, 지방계약법 시행령 제10조"
#: who of the agency may be the second person of a notice
SECONDS = ("contract_officer", "opening_officer", "approving_officer")

TABLE = StateTable(
    name="tender",
    owner="buyer_id",
    states={
        "draft": N_("In preparation; nobody outside the agency sees it."),
        "active": N_("Published; bids are taken until the deadline."),
        "opened": N_("Opened; the ranking is published."),
        "awarded": N_("Awarded; the winner is published."),
        "unsuccessful": N_("Failed: too few valid bids, or none inside the limits."),
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
            "second_entry", ("draft", "active"), "", SECONDS, FIGURES,
            "entered none of the figures; or admitted from another agency",
        ),
        Transition(
            "give_reason", ("draft", "active"), "", ("contract_officer",), FIGURES,
            "a warning stands against the notice",
        ),
        Transition(
            "agree_reason", ("draft", "active"), "", SECONDS, FIGURES,
            "did not give the reason; or admitted from another agency",
        ),
        Transition(
            "see_examples", ("draft", "active"), "", ("contract_officer",), FIGURES,
            "the worked examples of the terms as they are",
        ),
        Transition(
            "borrow_person", ("draft", "active"), "", ("approving_officer",), FIGURES,
            "a named officer of another agency, for this tender",
        ),
        Transition(
            "start_correction", ("active",), "", ("contract_officer",),
            CORRECTION, "before the deadline",
        ),
        Transition(
            "publish", ("draft",), "active", ("contract_officer",),
            _PERIOD, "notice period, schedule, lot keys, seeds",
        ),
        Transition(
            "correct", ("active",), "active", ("contract_officer",),
            CORRECTION, "before the deadline, at least five days more",
        ),
        Transition(
            "cancel", ("draft", "active"), "cancelled", ("contract_officer",),
            _CANCELLATION, "a reason; before the opening",
        ),
        Transition(
            "open", ("active", "hold"), "opened", ("opening_officer", "system"),
            _OPENING, "after the deadline in force; called by the opening",
        ),
        Transition(
            "fail", ("active", "hold"), "unsuccessful", ("opening_officer", "system"),
            "국가계약법 시행령 제11조, 지방계약법 시행령 제12조", "called by the opening",
        ),
        Transition(
            "hold", ("active", "hold"), "hold", ("opening_officer", "system"),
            _OPENING, "called by the opening",
        ),
        Transition(
            "set_aside", ("hold",), "cancelled", ("approving_officer", "system"),
            _CANCELLATION, "two people set the opening aside; called by the opening",
        ),
        Transition(
            "award", ("opened",), "awarded", ("approving_officer", "system"), _AWARD,
            "called by the award",
        ),
        Transition(
            "annul_award", ("awarded",), "opened", ("approving_officer", "system"), _AWARD,
            "called by the award",
        ),
        Transition(
            "exhaust", ("opened",), "unsuccessful", ("contract_officer", "system"), _AWARD,
            "every candidate failed or withdrew; called by the award",
        ),
        Transition(
            "resume", ("unsuccessful",), "opened", ("approving_officer", "system"), _AWARD,
            "a candidate who had failed is examined again; called by the award",
        ),
    ),
)  # fmt: skip
