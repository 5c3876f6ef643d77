"""How a contractor is sought, as far as the notice period depends on it, and the row it asks."""

from dataclasses import dataclass
from datetime import date

from jangteo.ground.errors import Fault
from jangteo.rules.dated import ANY, Row, RuleMissing, table

_WITHOUT = {"works": "works", "goods": "general", "services": "general"}
#: method -> kind of the table; competitive dialogue is counted as negotiation is, and bids of
#: specification and price at once as two stages are
_METHODS = {
    "negotiation": "negotiation",
    "dialogue": "negotiation",
    "two_stage": "two_stage",
    "simultaneous": "two_stage",
}


@dataclass(frozen=True, slots=True)
class Manner:
    """procedure: "open" or "quotation".

    method: "negotiation" (협상), "dialogue" (경쟁적 대화), "two_stage" (2단계 입찰), "simultaneous"
    (규격·가격 동시입찰), or "" for every other; the deadline is then that of the proposals or of
    the bids of specification. briefing: the day of the site briefing of works, None without one.
    prequalified: whether the bidders of works are selected beforehand (입찰참가자격 사전심사),
    which matters with a briefing only.
    """

    procedure: str = "open"
    method: str = ""
    briefing: date | None = None
    prequalified: bool = False

    def kind(self, category: str) -> str:
        """The kind in deadline/notice_period; Fault where the law knows no such notice."""
        if self.procedure == "quotation":
            kind, fits = "quotation", not (self.method or self.briefing)
        elif self.method:
            kind, fits = _METHODS[self.method], category != "works" and self.briefing is None
        elif self.briefing:
            kind = "works_briefing_prequalified" if self.prequalified else "works_briefing"
            fits = category == "works"
        else:
            kind, fits = _WITHOUT[category], True
        if not fits:
            raise Fault(f"no notice of {category} is {self}")
        return kind


OPEN = Manner()
QUOTATION = Manner("quotation")


def period_row(
    *, regime: str, category: str, estimated_price: int, urgency: str, manner: Manner, on: date
) -> tuple[Row, str]:
    """The row of the notice period on a day, and the law: an urgent case's own item if it is one.

    RuleMissing for a regime or urgency that is in no table.
    """
    urgent = table("deadline/urgency").on(on, regime=regime, urgency=urgency)
    asked = {
        "regime": regime,
        "kind": manner.kind(category),
        "urgent": urgent.value,
        "estimated_price": estimated_price,
    }
    periods = table("deadline/notice_period")
    try:  # most periods are the same on both sides of the threshold, and do not rest on it
        row = periods.on(on, **asked, international=ANY)
    except RuleMissing:
        threshold = table("deadline/international").on(on, regime=regime, category=category)
        above = estimated_price >= threshold.integer()
        row = periods.on(on, **asked, international="yes" if above else "no")
    own = urgency and urgent.law.startswith(row.law)
    return row, urgent.law if own else row.law
