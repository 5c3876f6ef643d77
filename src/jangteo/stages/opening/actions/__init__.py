"""What others may do here: hold an opening, step by step."""

from jangteo.stages.opening.actions.again import (
    Again,
    again,
    opened_tenders,
    verified_again,
    verified_tenders,
)
from jangteo.stages.opening.actions.closing import close_set, exclude, prepare
from jangteo.stages.opening.actions.holding import hold_opening
from jangteo.stages.opening.actions.release import release_officer_key, sign_request, statement
from jangteo.stages.opening.actions.way_out import (
    ask_way_out,
    open_again,
    refuse_way_out,
    set_aside,
    withdraw_way_out,
)

__all__ = [
    "Again",
    "again",
    "ask_way_out",
    "close_set",
    "exclude",
    "hold_opening",
    "open_again",
    "opened_tenders",
    "prepare",
    "refuse_way_out",
    "release_officer_key",
    "set_aside",
    "sign_request",
    "statement",
    "verified_again",
    "verified_tenders",
    "withdraw_way_out",
]
