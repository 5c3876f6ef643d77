"""How long a head office must have lain in the region to which a tender is reserved."""

from dataclasses import dataclass
from datetime import date, timedelta

from jangteo.ground.errors import N_
from jangteo.rules.dated import table
from jangteo.rules.eligibility.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Seat:
    """A head office in the admitted regions, without a break.

    since: first day inside, left: first day outside again or None; founded: registration of the
    company (법인등기일), or of the business of a person (사업자등록일).
    """

    since: date
    founded: date
    left: date | None = None


def check(seat: Seat, *, regime: str, posted: date, until: date) -> Verdict:
    """Whether the head office lay inside from so many days before the notice up to a day.

    until: the day of the bid, and for the winner, asked again, the day of the contract, both
    included. A business founded less than so many days before the notice must have lain inside
    from its founding on. Law: 지방계약법 시행규칙 제25조제4항, 180 days; the State Contracts Act
    has no such days: RuleMissing there, and on a day of posting whose law is not in the table.
    """
    row = table("eligibility/seat").on(posted, regime=regime)
    first = posted - timedelta(days=row.integer("days"))
    needed = max(first, seat.founded)
    came = seat.since <= needed and seat.since <= until
    stayed = seat.left is None or seat.left > until
    if not came:
        text = N_("The head office lies in the region since {since}; {needed} was needed.")
    elif not stayed:
        text = N_("The head office left the region on {left}, not after {until}.")
    else:
        text = N_("The head office lay in the region from {needed} to {until}.")
    said = {
        "since": seat.since.isoformat(),
        "needed": needed.isoformat(),
        "left": seat.left.isoformat() if seat.left else "",
        "until": until.isoformat(),
    }
    return Verdict(came and stayed, (row.reason("eligibility.seat", text, **said),))
