"""What may be done here; each verb is a row of a state table."""

from jangteo.stages.award.actions.again import Rescored, examined_tenders, rescored
from jangteo.stages.award.actions.annulling import (
    annul,
    ask_annulment,
    lapse_annulment,
    refuse_annulment,
    withdraw_annulment,
)
from jangteo.stages.award.actions.computing import compute_again
from jangteo.stages.award.actions.deciding import confirm, propose, refuse
from jangteo.stages.award.actions.drafted import Fact, facts
from jangteo.stages.award.actions.examining import (
    add_paper,
    ask_supplement,
    call_next,
    fail_review,
    pass_review,
    submit_papers,
    withdraw,
)
from jangteo.stages.award.actions.hold import hold
from jangteo.stages.award.actions.own_score import (
    confirm_own_score,
    enter_own_score,
    refuse_own_score,
    withdraw_own_score,
)
from jangteo.stages.award.actions.reopening import (
    ask_reopening,
    go_on,
    refuse_reopening,
    reopen,
    withdraw_reopening,
)

__all__ = [
    "Fact",
    "Rescored",
    "add_paper",
    "annul",
    "ask_annulment",
    "ask_reopening",
    "ask_supplement",
    "call_next",
    "compute_again",
    "confirm",
    "confirm_own_score",
    "enter_own_score",
    "examined_tenders",
    "facts",
    "fail_review",
    "go_on",
    "hold",
    "lapse_annulment",
    "pass_review",
    "propose",
    "refuse",
    "refuse_annulment",
    "refuse_own_score",
    "refuse_reopening",
    "reopen",
    "rescored",
    "submit_papers",
    "withdraw",
    "withdraw_annulment",
    "withdraw_own_score",
    "withdraw_reopening",
]
