"""The bid security (입찰보증금): how much a bidder loses who wins and does not sign."""

import math
from datetime import date

from jangteo.ground.errors import N_
from jangteo.rules.dated import table
from jangteo.rules.security.performance import Required


def bid_security(*, amount: int, regime: str, on: date, crisis: bool = False) -> Required:
    """At least a twentieth of the bid, half of that in a notified crisis; a fraction of a won up.

    Waivable for the bidders of 제37조제3항 of both decrees, who promise the amount in writing; the
    platform knows no others, so it says so of all. Law: 국가계약법 시행령 제37조, 지방계약법
    시행령 제37조. `on` is the tender's rule day.
    """
    row = table("security/bid").on(on, regime=regime)
    rate = "crisis" if crisis else "rate"
    found = math.ceil(amount * row.fraction(rate) / 100)
    text = N_("{rate} % of {value:,} won is {amount:,} won.")
    said = {"rate": row.text(rate), "value": amount, "amount": found}
    return Required(found, True, row.reason("security.bid", text, **said), row.id)
