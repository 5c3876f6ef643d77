"""Debarment (부정당업자 제재): who may not bid meanwhile, for how long, and until when at all."""

from collections.abc import Mapping, Sequence
from datetime import date

from jangteo.ground.errors import N_
from jangteo.ground.period import Period
from jangteo.ground.reason import Reason
from jangteo.rules.dated import table
from jangteo.rules.eligibility.verdict import Verdict

LAWS = {
    "national": ("국가계약법 시행령 제76조제8항", "국가계약법 시행령 제76조제10항"),
    "local": ("지방계약법 제31조제4항", "지방계약법 시행령 제92조제10항"),
}
#: acts for which the longer time holds: collusion (제2호), bribery (제7호)
LONG = ("collusion", "bribery")


def check(
    own: Sequence[Period[date]], representatives: Mapping[str, Sequence[Period[date]]], *,
    regime: str, day: date,
) -> Verdict:  # fmt: skip
    """Whether a supplier may bid, or sign, on a day: neither it nor a representative is debarred.

    own: the firm's periods; representatives: name -> periods of those who take part in the bid
    (one of several who does not take part, and the head of a cooperative, are left out). Law:
    국가계약법 시행령 제76조제8항부터 제10항까지; 지방계약법 제31조제4항, 시행령 제92조제10항.
    """
    firm_law, head_law = LAWS[regime]
    said = [
        Reason(
            "eligibility.debarment.own",
            N_("Debarred from {since} until {until}, that day not included."),
            _days(period),
            firm_law,
        )
        for period in own
        if day in period
    ]
    said += [
        Reason(
            "eligibility.debarment.representative",
            N_("{name} is debarred from {since} until {until}, that day not included."),
            {"name": name, **_days(period)},
            head_law,
        )
        for name, periods in representatives.items()
        for period in periods
        if day in period
    ]
    fine = Reason("eligibility.debarment.none", N_("Nobody is debarred on {day}."),
                  {"day": day.isoformat()}, firm_law)  # fmt: skip
    return Verdict(not said, tuple(said) or (fine,))


def _days(period: Period[date]) -> dict[str, str]:
    return {
        "since": period.since.isoformat(),
        "until": period.until.isoformat() if period.until else "-",
    }


def time_barred(*, ended: date, act: str, regime: str, on: date) -> Verdict:
    """allowed: an act that ended on a day may still lead to a debarment on another.

    Five years from its end, seven for collusion and bribery; the last day itself still counts.
    Law: 국가계약법 제27조제4항; 지방계약법 제31조제6항. `on`: the day of the debarment.
    """
    row = table("eligibility/debarment").on(on, regime=regime)
    years = row.integer("years_long" if act in LONG else "years")
    last = _years_later(ended, years)
    allowed = on <= last
    text = (
        N_("{years} years from {ended} are not over: a debarment is possible until {last}.")
        if allowed
        else N_("{years} years from {ended} are over since {last}: nobody is debarred any more.")
    )
    said = {"years": years, "ended": ended.isoformat(), "last": last.isoformat()}
    return Verdict(allowed, (row.reason("eligibility.debarment.time", text, **said),))


def _years_later(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the 28th (민법 제160조제3항)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
