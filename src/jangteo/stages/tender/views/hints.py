"""What a step offers to choose from, and what holds if a field is left empty."""

from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jangteo.ground.errors import Refusal
from jangteo.stages.tender import queries
from jangteo.stages.tender.forms import MEAN_CHOICES, ROUNDING_CHOICES
from jangteo.stages.tender.queries import DifficultyRule, DraftRow
from jangteo.ui.sentences import say, won_text
from jangteo.ui.statutes import in_english


def choices_for(draft: DraftRow, on: date) -> dict[str, list[tuple[Any, Any]]]:
    """Regions, licences, units and roundings; the empty choice names the law's own."""
    usual = _usual(draft, on)
    roundings = [(key, say(label)) for key, label in ROUNDING_CHOICES.items()]
    means = [(key, say(label)) for key, label in MEAN_CHOICES.items()]
    units = [(unit, won_text(unit)) for unit in queries.unit_choices(on)]
    return {
        "difficulty": difficulties(queries.difficulty_rule(draft, on=on)),
        "regions": queries.region_choices(on),
        "licences": queries.licence_choices(on),
        "price_unit": [("", _as_usual(won_text(usual["price_unit"]))), *units],
        "price_rounding": [
            ("", _as_usual(say(ROUNDING_CHOICES[usual["price_rounding"]]))), *roundings
        ],
        "mean_rounding": [
            ("", _as_usual(say(ROUNDING_CHOICES[usual["mean_rounding"]]))), *roundings
        ],
        "mean_of": [("", _as_usual(say(MEAN_CHOICES[usual["mean_of"]]))), *means],
    }  # fmt: skip


def difficulties(rule: DifficultyRule | None) -> list[tuple[str, str]]:
    """Difficulties to choose from; the empty choice asks for one where the law does."""
    empty = _("Choose one") if rule and rule.asked else _("None named")
    return [("", empty), *((value, value) for value in (rule.values if rule else ()))]


def difficulty_hint(rule: DifficultyRule) -> str:
    """Of which works a difficulty is asked for, under which article, and where it is found."""
    law = rule.law if (get_language() or "ko").startswith("ko") else in_english(rule.law)
    span = {"low": won_text(rule.low), "law": law}
    if rule.high is None:
        text = _("Required of works from {low} of estimated price on: the grade of the main kind "
                 "of works. Published with the base amount. Law: {law}")  # fmt: skip
        return text.format(**span)
    text = _("Required of works from {low} to below {high} of estimated price: the grade of the "
             "main kind of works. Published with the base amount. Law: {law}")  # fmt: skip
    return text.format(**span, high=won_text(rule.high))


def hints_for(draft: DraftRow, on: date) -> dict[str, str]:
    """What stands at the fields of the difficulty, the range and the floor rate."""
    usual = _usual(draft, on)
    left_empty = _("Left empty, the rule's own holds: {value} %.")
    hints = {
        "range_low": left_empty.format(value=usual["range_low"]),
        "range_high": left_empty.format(value="+" + usual["range_high"].lstrip("+")),
        "floor_rate": _("Left empty, the rate of the table for the estimated price holds."),
    }
    rule = queries.difficulty_rule(draft, on=on)
    if rule:
        hints["difficulty"] = difficulty_hint(rule)
    rate = _floor(draft, on)
    if rate:
        hints["floor_rate"] = left_empty.format(value=rate)
    return hints


def _as_usual(value: str) -> str:
    return _("As the rule says: {value}").format(value=value)


def _usual(draft: DraftRow, on: date) -> dict[str, Any]:
    found = queries.price_defaults(draft, on=on)
    return {
        "price_unit": found.unit,
        "price_rounding": found.price_rounding,
        "mean_of": found.mean_of,
        "mean_rounding": found.mean_rounding,
        "range_low": found.range_low,
        "range_high": found.range_high,
    }


def _floor(draft: DraftRow, on: date) -> str:
    try:
        return queries.usual_floor_rate(draft, on=on)
    except Refusal:
        return ""
