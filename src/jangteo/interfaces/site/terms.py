"""What a notice says, as rows of answers; labels are msgids."""

from typing import Any

from django.utils.translation import gettext

from jangteo.ground.errors import N_
from jangteo.stages.registration.queries import LICENCES, REGIONS
from jangteo.stages.tender.queries import (
    AWARD_METHODS,
    CATEGORIES,
    PROCEDURES,
    REGIMES,
    SERVICE_KINDS,
    NoticeRow,
    conditions,
    difficulty_law,
)
from jangteo.ui.sentences import day_text, moment_text, say, sentence
from jangteo.ui.shapes import SummaryRow
from jangteo.ui.templatetags.ui import hangul_won, won
from jangteo.ui.words import worded


def _all(codes: tuple[str, ...], names: Any, otherwise: str) -> str:
    return ", ".join(say(names.get(code, code)) for code in codes) or say(otherwise)


def summary(row: NoticeRow) -> list[SummaryRow]:
    """What is bought, by whom, and who may bid."""
    found = [
        SummaryRow(N_("Buying agency"), row.buyer_name),
        SummaryRow(worded(N_("Site"), row.category), row.site),
        SummaryRow(
            worded(N_("Who may bid: region"), row.procedure),
            _all(row.regions, REGIONS, N_("Nationwide, no restriction")),
        ),
        SummaryRow(
            worded(N_("Who may bid: trade"), row.procedure),
            _all(row.licences, LICENCES, N_("No restriction")),
        ),
        SummaryRow(N_("Category"), _category(row)),
        SummaryRow(N_("Procedure"), say(PROCEDURES.get(row.procedure, row.procedure))),
        SummaryRow(N_("Award"), say(AWARD_METHODS.get(row.award_method, row.award_method))),
        SummaryRow(N_("Contract law"), say(REGIMES.get(row.regime, row.regime))),
        SummaryRow(N_("Law as of"), day_text(row.rule_day)),
    ]
    for one in conditions(row, on=row.rule_day)[1:]:
        found.insert(4, SummaryRow(N_("Who is contracted with"), sentence(one.text, one.params)))
    if row.description:
        found.insert(1, SummaryRow(N_("Description"), row.description))
    return found


def _category(row: NoticeRow) -> str:
    name = say(CATEGORIES.get(row.category, row.category))
    return f"{name} ({say(SERVICE_KINDS[row.service_kind])})" if row.service_kind else name


def prices(row: NoticeRow) -> list[SummaryRow]:
    """The amounts and how the reserve price will be found."""
    spread = gettext("{low}% to {high}% of the base amount").format(
        low=row.range_low, high=_signed(row.range_high)
    )
    budget, net = row.budget_amount, row.base_net_cost
    return [
        SummaryRow(N_("Base amount"), won(row.base_amount), hangul=hangul_won(row.base_amount)),
        SummaryRow(N_("Estimated price, without VAT"), won(row.estimated_price)),
        *([SummaryRow(N_("Budget"), won(budget))] if budget is not None else []),
        SummaryRow(N_("A value (fixed costs)"), won(row.a_value)),
        *([SummaryRow(N_("Net construction cost"), won(net))] if net is not None else []),
        *_difficulty(row),
        SummaryRow(N_("Preliminary prices"), spread),
        SummaryRow(N_("Floor rate"), f"{row.floor_rate}%"),
    ]


def _difficulty(row: NoticeRow) -> list[SummaryRow]:
    if not row.difficulty:
        return []
    law = difficulty_law(row, on=row.rule_day)
    return [SummaryRow(N_("Difficulty of the works"), row.difficulty, law=law)]


def _signed(rate: str) -> str:
    return rate if rate.startswith(("-", "+")) else f"+{rate}"


def schedule(row: NoticeRow) -> list[SummaryRow]:
    """The moments of a tender."""
    moments = [
        (N_("Published"), row.published_at),
        (worded(N_("Bidding opens"), row.procedure), row.bidding_from),
        (worded(N_("Bids close"), row.procedure), row.deadline),
        (N_("Opening"), row.opening_at),
    ]
    return [SummaryRow(label, moment_text(at)) for label, at in moments if at]
