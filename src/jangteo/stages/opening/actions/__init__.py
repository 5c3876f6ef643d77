"""What others may do here: hold an opening, step by step."""

from jangteo.stages.opening.actions.again import Again, again, opened_tenders
from jangteo.stages.opening.actions.closing import close_set, exclude, prepare
from jangteo.stages.opening.actions.holding import hold_opening
from jangteo.stages.opening.actions.release import release_officer_key, sign_request, statement

__all__ = [
    "Again",
    "again",
    "close_set",
    "exclude",
    "hold_opening",
    "opened_tenders",
    "prepare",
    "release_officer_key",
    "sign_request",
    "statement",
]
