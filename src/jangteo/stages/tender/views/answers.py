"""The answers of a notice as rows to check, grouped by step, each with its way back."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jangteo.ground.errors import N_
from jangteo.stages.tender import queries
from jangteo.stages.tender.queries import DraftRow, NoticeRow
from jangteo.ui.sentences import moment_text, say, won_text
from jangteo.ui.shapes import SummaryRow
from jangteo.ui.templatetags.ui import hangul_won
from jangteo.ui.words import worded

_MONEY = ("base_amount", "estimated_price", "budget_amount", "a_value", "base_net_cost")


def answers(
    draft: DraftRow, current: NoticeRow | None, *, on: date, contract: bool
) -> list[tuple[str, list[SummaryRow]]]:
    """(step label, rows) in the order of the steps; blanks show what the rule gives."""
    whole = queries.filled_or_none(draft, on=on)
    terms = whole.terms if whole else {}
    groups = [(N_("Procedure"), _kind(draft))]
    for key in queries.step_keys(draft):
        url = f"/my/tenders/{draft.number}/{key}?from=check" if contract else ""
        rows = [
            _row(name, draft, terms, url, on)
            for name in queries.fields_of(key)
            if _matters(name, draft, on)
        ]
        groups.append((worded(queries.STEP_LABELS[key], draft.category), rows))
    return groups


def _matters(name: str, draft: DraftRow, on: date) -> bool:
    """Reasons only where one is given; the description always."""
    optional = ("urgency_reason", "deadline_reason", "floor_rate_reason")
    optional += queries.means_nothing(draft, on=on)
    return name not in optional or bool(getattr(draft, name))


def _kind(draft: DraftRow) -> list[SummaryRow]:
    """What was fixed when the notice was begun."""
    labels = queries.FIELD_LABELS
    category = say(queries.CATEGORIES[draft.category])
    if draft.service_kind:
        category = f"{category} ({say(queries.SERVICE_KINDS[draft.service_kind])})"
    return [
        SummaryRow(labels["procedure"], say(queries.PROCEDURES[draft.procedure])),
        SummaryRow(labels["category"], category),
        SummaryRow(N_("Award"), say(queries.AWARD_METHODS[draft.award_method])),
    ]


def _row(name: str, draft: DraftRow, terms: dict[str, Any], url: str, on: date) -> SummaryRow:
    value = getattr(draft, name)
    label = worded(queries.FIELD_LABELS[name], draft.procedure, draft.category)
    change = "" if name == "opening_at" else url
    if draft.hidden and name in queries.UNSEEN:
        return SummaryRow(label, _("Shown when it has been entered twice"), change)
    if name in _MONEY:
        shown = won_text(value) if value is not None else _("Not yet")
        return SummaryRow(label, shown, change, hangul_won(value) if value else "")
    if value in ("", None, ()) and terms.get(name) not in ("", None, []):
        shown = _("{value} (as the rule says)").format(value=_shown(name, terms[name], draft, on))
        return SummaryRow(label, shown, change)
    return SummaryRow(label, _shown(name, value, draft, on), change)


def _shown(name: str, value: Any, draft: DraftRow, on: date) -> str:
    if name == "regions":
        return queries.names(value, queries.region_choices(on)) or _("The whole country")
    if name == "licences":
        return queries.names(value, queries.licence_choices(on)) or _("None asked for")
    if name == "documents":
        titles = [paper.title for paper in queries.papers(draft.number, draft)]
        return ", ".join(titles) or _("None")
    if name == "urgency":
        return say(queries.URGENCIES[value])
    if value in ("", None):
        return _("Not yet")
    if name in ("range_low", "range_high", "floor_rate"):
        return f"{value}%" if str(value).startswith("-") or name == "floor_rate" else f"+{value}%"
    if name in ("price_rounding", "mean_rounding"):
        return say(queries.ROUNDINGS[value])
    if name == "mean_of":
        return say(queries.MEANS[value])
    if name == "price_unit":
        return won_text(value)
    if name in ("bidding_from", "deadline", "opening_at"):
        return moment_text(value)
    return str(value)
