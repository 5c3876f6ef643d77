"""The examination of a candidate and the award of a lot: their states, verbs and closed lists."""

from jangteo.ground.errors import N_
from jangteo.ground.process import StateTable, Transition

_EXAM = "국가계약법 시행령 제42조제5항, 지방계약법 시행령 제42조제1항"
_AWARD = "국가계약법 시행령 제42조, 지방계약법 시행령 제42조"
_SUPPLIER = ("representative", "bidding_agent")

#: why an award is annulled; DATA_ENTRY and FORMULA must never happen and are counted in public
CAUSES = {
    "not_signed": N_("The supplier did not sign the contract in time."),
    "gave_up": N_("The supplier gave the award up."),
    "disqualified": N_("The supplier turned out not to be qualified."),
    "ruling": N_("A ruling in a dispute."),
    "data_entry": N_("An error in data entry."),
    "formula": N_("An error in a formula."),
}

#: causes after which an officer chooses before others are called: somebody may have failed wrongly
MISTAKES = frozenset({"ruling", "data_entry", "formula"})

#: why a candidate fails
GROUNDS = {
    "score": N_("The score is below the pass mark."),
    "no_papers": N_("The papers did not come in time."),
    "disqualified": N_("A ground of exclusion: insolvency, suspension of business or debarment."),
}

#: what is computed twice of a candidate
SCORED = {
    "provisional": N_("Provisional score"),
    "review": N_("Score of the review"),
    "own": N_("Score by the agency's own standard"),
}

#: what one officer asks for, by the verb with which another confirms it
WISHES = {
    "annul": N_("That the award be annulled"),
    "reopen": N_("That the candidate be examined again"),
    "compute_again": N_("That the score be computed again"),
    "confirm_own_score": N_("That the score by the agency's own standard be confirmed"),
}

#: in which states of a candidate each wish about it may stand; it lapses when the candidate leaves
WISHED_IN = {
    "reopen": ("failed",),
    "compute_again": ("hold",),
    "confirm_own_score": ("called", "submitted", "supplement"),
}

EXAMINATION = StateTable(
    name="examination",
    owner="buyer_id",
    states={
        "called": N_("Called: the candidate hands in its papers."),
        "submitted": N_("The papers are in; the contract officer reviews them."),
        "supplement": N_("A supplement was asked for."),
        "passed": N_("Passed."),
        "failed": N_("Failed."),
        "withdrawn": N_("The candidate withdrew."),
        "hold": N_("On hold: the two calculations of its score differ."),
    },
    transitions=(
        Transition(
            "call_next", (), "called", ("system", "contract_officer"), _EXAM,
            "the next in rank; nobody is under examination, passed or awarded",
        ),
        Transition(
            "submit_papers", ("called", "supplement"), "submitted", _SUPPLIER, _EXAM,
            "in time", "supplier_id",
        ),
        Transition(
            "ask_supplement", ("submitted",), "supplement", ("contract_officer",), _EXAM, "once"
        ),
        Transition(
            "enter_own_score", ("called", "submitted"), "", ("contract_officer",), _EXAM,
            "no table of the platform scores it; the notice went out by the agency's own standard",
        ),
        Transition(
            "confirm_own_score", ("called", "submitted"), "",
            ("contract_officer", "approving_officer"), _EXAM, "another person than who entered it",
        ),
        Transition(
            "refuse_own_score", ("called", "submitted"), "",
            ("contract_officer", "approving_officer"), _EXAM,
            "a reason; another person than who entered it",
        ),
        Transition(
            "withdraw_own_score", ("called", "submitted", "supplement"), "",
            ("contract_officer",), _EXAM, "who entered it",
        ),
        Transition(
            "lapse_own_score", ("called", "submitted", "supplement"), "", ("system",), _EXAM,
            "the candidate leaves; called by withdraw and fail_review",
        ),
        Transition(
            "pass_review", ("called", "submitted"), "passed", ("contract_officer",), _EXAM,
            "papers in unless the award method asks for none; score at or above the pass mark, "
            "never without a score where the award method scores",
        ),
        Transition(
            "fail_review", ("called", "submitted", "supplement", "passed", "hold"), "failed",
            ("contract_officer", "system"), _EXAM,
            "a ground; after passing or on hold only a ground of exclusion, and on hold what is "
            "asked lapses; the platform itself if full marks in every other item would not reach "
            "the pass mark",
        ),
        Transition(
            "hold", ("called", "submitted", "hold"), "hold", ("contract_officer", "system"), _EXAM,
            "the second engine scores otherwise or gives no answer; called by call_next, reopen, "
            "pass_review, fail_review and compute_again",
        ),
        Transition(
            "ask_reopening", ("failed", "hold"), "", ("contract_officer",), _EXAM,
            "a reason; no award of the lot is proposed or in force",
        ),
        Transition(
            "refuse_reopening", ("failed", "hold"), "", ("approving_officer",), _EXAM,
            "a reason; another person than who asked for it",
        ),
        Transition(
            "withdraw_reopening", ("failed", "hold"), "", ("contract_officer",), _EXAM,
            "it is asked for and not decided",
        ),
        Transition(
            "lapse_reopening", ("hold",), "", ("system",), _EXAM,
            "the candidate leaves; called by withdraw and fail_review",
        ),
        Transition(
            "compute_again", ("hold",), "", ("approving_officer",), _EXAM,
            "another person than who asked for it; the same figures",
        ),
        Transition(
            "resume_call", ("hold",), "called", ("system",), _EXAM,
            "both calculations agree now; called by compute_again",
        ),
        Transition(
            "resume_review", ("hold",), "submitted", ("system",), _EXAM,
            "both calculations agree now; called by compute_again",
        ),
        Transition(
            "reopen", ("failed",), "called", ("approving_officer",), _EXAM,
            "another person than who asked; no award of the lot is proposed or in force; the "
            "papers are kept and handed in anew",
        ),
        Transition(
            "withdraw", ("called", "submitted", "supplement", "passed", "hold"), "withdrawn",
            ("representative",), _EXAM, "not while an award to it is proposed or in force",
            "supplier_id",
        ),
    ),
)  # fmt: skip

TABLE = StateTable(
    name="award",
    owner="buyer_id",
    states={
        "pending": N_("Proposed; a second person decides."),
        "active": N_("Awarded."),
        "unsuccessful": N_("The second person did not confirm it."),
        "cancelled": N_("Annulled with a cause."),
    },
    transitions=(
        Transition(
            "propose", (), "pending", ("contract_officer",), _AWARD,
            "a passed candidate; the verifier agreed, the frozen inputs unchanged",
        ),
        Transition(
            "confirm", ("pending",), "active", ("approving_officer",), _AWARD,
            "another person than the proposer; the verifier agreed",
        ),
        Transition(
            "refuse", ("pending",), "unsuccessful", ("approving_officer",), _AWARD, "a reason"
        ),
        Transition(
            "ask_annulment", ("active",), "", ("contract_officer", "approving_officer"), _AWARD,
            "a cause and a reason; no contract in force",
        ),
        Transition(
            "refuse_annulment", ("active",), "", ("approving_officer",), _AWARD,
            "a reason; another person than who asked for it",
        ),
        Transition(
            "withdraw_annulment", ("active",), "", ("contract_officer", "approving_officer"),
            _AWARD, "who asked for it, or a contract officer",
        ),
        Transition(
            "lapse_annulment", ("active",), "", ("system",), _AWARD,
            "a contract is drafted; called by it",
        ),
        Transition(
            "annul", ("active",), "cancelled", ("approving_officer",), _AWARD,
            "another person than who asked for it; no contract in force",
        ),
    ),
)  # fmt: skip

TABLES = (EXAMINATION, TABLE)
