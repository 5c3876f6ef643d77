"""Direct payment (직접지급): when the buyer may or must pay a subcontractor itself."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason
from jangteo.rules.dated import Row, table
from jangteo.rules.eligibility.verdict import Verdict

ACT = "건설산업기본법 제35조"


@dataclass(frozen=True, slots=True)
class Direct(Verdict):
    """allowed: the buyer may pay directly; duty: it must. reasons: every ground that holds."""

    duty: bool
    rule: str


def direct_payment(
    *,
    late_times: int,
    award_rate_percent: Fraction,
    agreement: bool,
    requested: bool,
    guarantee: bool,
    insolvent: bool,
    on: date,
) -> Direct:
    """Whether a subcontractor of public works is paid by the buyer itself, and on which grounds.

    late_times: payments the contractor owed to this subcontractor and did not make in their
    fifteen days; award_rate_percent: contract value / reserve price × 100; requested: by the
    subcontractor; guarantee: a payment guarantee was given, or none was needed; insolvent: the
    contractor cannot pay. A judgment of a court counts as an agreement. `on` is the day whose law
    holds. Law: 건설산업기본법 제35조제1항, 제2항; 시행규칙 제29조.
    """
    row = table("payment/direct").on(on)
    low = {name: award_rate_percent < row.fraction(name) for name in ("may_below", "must_below")}
    late = {name: late_times >= row.integer(name) for name in ("may_late", "must_late")}
    shown: dict[str, int | str] = {
        "times": late_times,
        "may_below": row.text("may_below"),
        "must_below": row.text("must_below"),
    }
    must = [
        ("agreement", agreement, "제2항제1호, 제2호"),
        ("late_requested", late["must_late"] and requested, "제2항제3호"),
        ("insolvent_requested", insolvent and requested, "제2항제4호"),
        ("no_guarantee", not guarantee, "제2항제5호"),
        ("low_requested", low["must_below"] and requested, "제2항제6호"),
    ]
    may = [
        ("late", late["may_late"], "제1항제1호가목"),
        ("low", low["may_below"], "제1항제1호나목"),
        ("insolvent", insolvent, "제1항제2호"),
    ]
    duty = any(holds for _, holds, _ in must)
    found = [_reason(row, name, at, shown) for name, holds, at in (*must, *may) if holds]
    return Direct(
        bool(found), tuple(found) or (_reason(row, "none", "", shown),), duty, row.id
    )  # fmt: skip


def _reason(row: Row, name: str, article: str, shown: dict[str, int | str]) -> Reason:
    return Reason(f"payment.direct.{name}", _TEXTS[name], shown, f"{ACT}{article}", row.id)


_TEXTS = {
    "agreement": N_("Direct payment was agreed or adjudged: the buyer must pay directly."),
    "late_requested": N_(
        "The contractor paid late {times} times and the subcontractor asks for it: "
        "the buyer must pay directly."
    ),
    "insolvent_requested": N_(
        "The contractor cannot pay and the subcontractor asks for it: the buyer must pay directly."
    ),
    "no_guarantee": N_("There is no payment guarantee: the buyer must pay directly."),
    "low_requested": N_(
        "The contract is below {must_below} % of the reserve price and the subcontractor asks "
        "for it: the buyer must pay directly."
    ),
    "late": N_("The contractor paid late {times} times: the buyer may pay directly."),
    "low": N_(
        "The contract is below {may_below} % of the reserve price: the buyer may pay directly."
    ),
    "insolvent": N_("The contractor cannot pay: the buyer may pay directly."),
    "none": N_("No ground for direct payment holds: the contractor pays the subcontractor."),
}
