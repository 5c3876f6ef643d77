"""Whether a competition stands after its opening, or the tender failed (유찰)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason
from jangteo.rules.award.ranking import Ranked
from jangteo.rules.dated import Row, table

#: nobody inside the limits -> the article, by procedure and regime
_LAW_NONE = {
    "open": {"national": "국가계약법 시행령 제20조제1항", "local": "지방계약법 시행령 제19조제1항"},
    "quotation": {
        "national": "국가계약법 시행령 제30조제6항",
        "local": "지방계약법 시행령 제30조제3항",
    },
}
#: what is said by procedure: too few, none inside the limits, enough
_SAID = {
    "open": (
        N_("Only {valid} valid bids; a competition needs {needed}."),
        N_("Every bid is above the reserve price, or below floor price or net-cost line."),
        N_("{valid} valid bids; the competition stands."),
    ),
    "quotation": (
        N_("Only {valid} valid quotations; at least {needed} are needed."),
        N_("No quotation lies between floor price and reserve price."),
        N_("{valid} valid quotations; at least {needed} are needed."),
    ),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """kind: "opened" if somebody can be awarded, "failed" otherwise."""

    kind: str
    reasons: tuple[Reason, ...]


def outcome(
    valid: int,
    ranked: Sequence[Ranked],
    *,
    regime: str,
    on: date,
    procedure: str = "open",
    estimated_price: int = 0,
) -> Outcome:
    """What follows from an opening with so many valid bids, ranked as given.

    valid counts every bid that is neither excluded nor void, those below the floor and above
    the reserve price included. Fewer than the table says: no competition. None ranked: nobody to
    award. `on` is the tender's rule day; estimated_price, without VAT, matters for quotations.
    Law: 국가계약법 시행령 제11조, 제20조제1항, 제30조; 지방계약법 시행령 제12조, 제19조제1항,
    제30조.
    """
    needed = fewest(regime=regime, on=on, procedure=procedure, estimated_price=estimated_price)
    few, none, stands = _SAID[procedure]
    params = {"valid": valid, "needed": needed.integer()}
    if valid < needed.integer():
        reason = needed.reason("award.outcome.no_competition", few, **params)
        return Outcome("failed", (reason,))
    if not any(bid.rank for bid in ranked):
        reason = Reason("award.outcome.none", none, {}, _LAW_NONE[procedure][regime])
        return Outcome("failed", (reason,))
    return Outcome("opened", (needed.reason("award.outcome.stands", stands, **params),))


def fewest(*, regime: str, on: date, procedure: str = "open", estimated_price: int = 0) -> Row:
    """The row of award/competition that says how many valid bids are needed at least."""
    return table("award/competition").on(
        on, regime=regime, procedure=procedure, estimated_price=estimated_price
    )
