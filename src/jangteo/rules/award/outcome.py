"""Whether a competition stands after its opening, or the tender failed (유찰)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason
from jangteo.rules.award.ranking import Ranked
from jangteo.rules.dated import table

_LAW_NONE = {
    "national": "국가계약법 시행령 제20조제1항",
    "local": "지방계약법 시행령 제19조제1항",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """kind: "opened" if somebody can be awarded, "failed" otherwise."""

    kind: str
    reasons: tuple[Reason, ...]


def outcome(valid: int, ranked: Sequence[Ranked], *, regime: str, on: date) -> Outcome:
    """What follows from an opening with so many valid bids, ranked as given.

    valid counts every bid that is neither excluded nor void, those below the floor and above
    the reserve price included. Fewer than two: no competition. None ranked: nobody to award.
    `on` is the tender's rule day. Law: 국가계약법 시행령 제11조, 제20조제1항; 지방계약법 시행령
    제12조, 제19조제1항.
    """
    row = table("award/competition").on(on, regime=regime)
    if valid < row.integer():
        text = N_("Only {valid} valid bids; a competition needs {needed}.")
        reason = row.reason("award.outcome.no_competition", text, valid=valid, needed=row.integer())
        return Outcome("failed", (reason,))
    if not any(bid.rank for bid in ranked):
        text = N_("No bid lies between floor price and reserve price.")
        return Outcome("failed", (Reason("award.outcome.none", text, {}, _LAW_NONE[regime]),))
    text = N_("{valid} valid bids; the competition stands.")
    return Outcome("opened", (row.reason("award.outcome.stands", text, valid=valid),))
