"""Scores by an agency's own published standard, where the platform knows no screening table."""

from fractions import Fraction
from typing import Any

from jangteo.ground.errors import N_, Refusal
from jangteo.ground.reason import Reason
from jangteo.rules.award import METHODS
from jangteo.stages.award.models import Examination, OwnScore, Wish
from jangteo.stages.award.queries.scores import score_text
from jangteo.stages.tender.queries import NoticeRow, own_standard_named

#: who sets another standard than the ministry's, and the agency's own in detail
LAW = {
    "national": "국가계약법 시행령 제42조제5항",
    "local": "지방계약법 시행령 제42조제2항, 제3항",
}


def scored_by_own(told: NoticeRow, row: Examination) -> bool:
    """Whether the award method scores and no table of the platform does."""
    return METHODS[told.award_method].scoring is not None and "items" not in row.provisional


def standard_of(told: NoticeRow) -> str:
    """The own standard that the notice went out by, "" in a practice world.

    Refusal `award.own.no_standard` (409) where the notice names none.
    """
    found = own_standard_named(told.number)
    if found is None:
        raise Refusal(
            "award.own.no_standard",
            N_("No table scores this candidate, and the notice names no standard of the agency."),
            repair=N_("Nobody can be awarded here. Tell the operator; only a ground of exclusion "
                      "ends the examination."),
            law=LAW[told.regime],
            status=409,
        )  # fmt: skip
    return found


def own_of(row: Examination) -> OwnScore | None:
    """The last score entered since the candidate was called, open or confirmed; None without one.

    One that was refused, withdrawn or has lapsed counts for nothing.
    """
    rows = OwnScore.objects.filter(wish__examination=row, wish__ended__in=("", "confirmed"))
    again = Wish.objects.filter(examination=row, verb="reopen", ended="confirmed")
    last = again.order_by("-id").first()
    if last is not None:
        rows = rows.filter(wish_id__gt=last.pk)
    return rows.select_related("wish").order_by("-wish_id").first()


def own_made(told: NoticeRow, row: Examination) -> dict[str, Any]:
    """The confirmed score as `scored` gives one: total, pass_mark, passes, steps.

    Refusal `award.own.missing` (409) until two people have it; see `standard_of`.
    """
    standard_of(told)
    found = own_of(row)
    if found is None or not found.wish.ended:
        raise Refusal(
            "award.own.missing",
            N_("No table scores this candidate, and nobody passes or fails without a score."),
            repair=N_("Enter the score by your agency's own standard; another officer confirms."),
            law=LAW[told.regime],
            status=409,
        )
    text = N_("By {document}: {points} points; {pass_mark} are needed. {reason}")
    said = {name: getattr(found, name) for name in ("document", "points", "pass_mark")}
    said["reason"] = found.wish.reason
    step = Reason("award.own.score", text, said, LAW[told.regime])
    return {
        "total": found.points, "pass_mark": found.pass_mark, "passes": passes(found), "scores": {},
        "steps": [step.as_json()],
    }  # fmt: skip


def passes(found: OwnScore) -> bool:
    """Whether the points reach the pass mark."""
    return Fraction(found.points) >= Fraction(found.pass_mark)


def figures_of(found: OwnScore) -> dict[str, str]:
    """What an award names of it, in place of what two engines find."""
    points, mark = (score_text(Fraction(one)) for one in (found.points, found.pass_mark))
    said = "yes" if passes(found) else "no"
    return {"total": points, "pass_mark": mark, "passes": said, "standard": found.document}
