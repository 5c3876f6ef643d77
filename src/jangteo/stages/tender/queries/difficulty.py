"""The difficulty of works (난이도 계수): which notices name one, and of which values."""

from dataclasses import dataclass
from datetime import date

from jangteo.ground.errors import N_, Refusal
from jangteo.rules.award import METHODS
from jangteo.rules.award.method import Coefficients, Scoring
from jangteo.rules.award.screening import DIFFICULTY, multiplied
from jangteo.rules.dated import table
from jangteo.stages.tender import states
from jangteo.stages.tender.queries.rows import DraftRow, NoticeRow, TermsRow

_LAW = "조달청 시설공사 적격심사세부기준 제4조제1항, [별표 11]"


def coefficients(row: TermsRow, *, on: date) -> Coefficients | None:
    """The difficulties of which a notice names one; None where its screening multiplies no mark."""
    scoring = METHODS[row.award_method].scoring
    if scoring is None or not row.estimated_price:
        return None
    return scoring.coefficients(
        regime=row.regime, category=_category(scoring, row, on), on=on,
        estimated_price=row.estimated_price,
    )  # fmt: skip


def _category(scoring: Scoring, row: TermsRow, on: date) -> str:
    try:
        return scoring.category(row.category, row.licences, on=on)
    except Refusal:  # an unknown trade is told with the licences
        return row.category


@dataclass(frozen=True, slots=True)
class DifficultyRule:
    """What is asked for: one of values where the estimated price is from low to below high.

    low, high: whole won without VAT, high None where there is no end; asked: whether the price of
    this notice, as far as it is known, lies there.
    """

    values: tuple[str, ...]
    low: int
    high: int | None
    law: str
    asked: bool


def difficulty_rule(row: TermsRow, *, on: date) -> DifficultyRule | None:
    """What the form says of it, whatever the price; None where nothing is scored so."""
    scoring = METHODS[row.award_method].scoring
    if scoring is None or row.category not in states.WITH_TRADES:
        return None
    category = _category(scoring, row, on)
    span = multiplied(regime=row.regime, category=category, on=on)
    if span is None:
        return None
    found = table(DIFFICULTY).on(on, regime=row.regime, category=category)
    asked = coefficients(row, on=on) is not None
    return DifficultyRule(tuple(found.text().split()), *span, found.law, asked)


def may_name_difficulty(row: TermsRow, *, on: date) -> bool:
    """Whether it is asked for, or may be while the price is not known, or must be taken out."""
    rule = difficulty_rule(row, on=on)
    asked = rule is not None and (rule.asked or not row.estimated_price)
    return asked or bool(row.difficulty)


def difficulty_law(row: TermsRow, *, on: date) -> str:
    """The article by which a notice names its difficulty; "" where it names none."""
    if not row.difficulty:
        return ""
    found = coefficients(row, on=on)
    return found.law if found else _LAW


def difficulty_problems(
    draft: DraftRow, *, on: date, current: NoticeRow | None = None
) -> list[Refusal]:
    """A notice whose screening multiplies a mark names the difficulty, every other names none.

    A correction of a notice that went out without one may leave it so.
    """
    found, said = coefficients(draft, on=on), draft.difficulty
    if found is None:
        return [_not_asked()] if said else []
    if said in found.values or (not said and current and not current.difficulty):
        return []
    values = ", ".join(found.values)
    if said:
        text = N_("{given} is no difficulty of these works; they are {values}.")
        repair = N_("Take the one that the design papers name for the base amount.")
        code, given = "tender.difficulty.unknown", {"given": said, "values": values}
    else:
        text = N_("The screening multiplies a mark by the difficulty; this notice names none.")
        repair = N_("Name one of {values}, as it is published with the base amount.")
        code, given = "tender.difficulty.missing", {"values": values}
    return [Refusal(code, text, repair=repair, law=found.law, field="difficulty", **given)]


def _not_asked() -> Refusal:
    return Refusal(
        "tender.difficulty.not_asked",
        N_("The screening of this notice multiplies no mark by a difficulty."),
        repair=N_("Leave it empty."),
        law=_LAW,
        field="difficulty",
    )
