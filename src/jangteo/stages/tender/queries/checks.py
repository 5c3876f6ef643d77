"""Whether what is being prepared may be published: completeness, amounts, schedule, custody."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.ground.reason import Reason
from jangteo.records.vault.queries import custody_state
from jangteo.records.vault.statements import stranger
from jangteo.rules.eligibility.licence import works_kind
from jangteo.rules.eligibility.region import check_restriction
from jangteo.rules.entry.finding import STOP
from jangteo.rules.entry.plausible import doubts
from jangteo.rules.price.defaults import Defaults, defaults
from jangteo.rules.price.preliminary import strata
from jangteo.stages.tender import states
from jangteo.stages.tender.queries import schedule
from jangteo.stages.tender.queries.amounts import (
    floor_problems,
    own_floor,
    price_problems,
    table_floor,
)
from jangteo.stages.tender.queries.difficulty import difficulty_problems
from jangteo.stages.tender.queries.past import entered
from jangteo.stages.tender.queries.procedure import procedure_problems
from jangteo.stages.tender.queries.rows import TERMS, DraftRow, NoticeRow, TermsRow, whole

NEEDED = ("title", "site", "base_amount", "estimated_price", "a_value", "bidding_from", "deadline")
#: dated table -> the terms whose usual values are its row's
USUAL = {
    "price/range": ("range_low", "range_high"),
    "price/unit": ("price_unit",),
    "price/rounding": ("price_rounding",),
    "price/mean_of": ("mean_of",),
    "price/mean_rounding": ("mean_rounding",),
    "price/floor_rate": ("floor_rate",),
}
_NO_FLOOR = "price.floor_rate.none"
_CONTENT = "국가계약법 시행령 제36조 · 지방계약법 시행령 제36조"


@dataclass(frozen=True, slots=True)
class Filled:
    """All terms with defaults in place of blanks, and where the defaults come from.

    terms: field -> value as a version stores it; rows: dated-table row by table, without the
    tables that the notice departs from.
    """

    terms: dict[str, Any]
    rows: dict[str, str]
    reasons: tuple[Reason, ...]


def filled(row: TermsRow, *, on: date) -> Filled:
    """The terms as they would be published under the law of a day.

    Refusal where no default is known: an unknown price unit, an estimated price without a floor.
    """
    terms = {name: getattr(row, name) for name in TERMS}
    for name in ("licences", "regions", "documents"):
        terms[name] = list(terms[name])
    if row.a_value is None and "a_value" not in needed(row):
        terms["a_value"] = 0
    usual = price_defaults(row, on=on)
    reasons = list(usual.reasons)
    chosen = {
        "range_low": usual.range_low,
        "range_high": usual.range_high,
        "price_unit": usual.unit,
        "price_rounding": usual.price_rounding,
        "mean_of": usual.mean_of,
        "mean_rounding": usual.mean_rounding,
    }
    for name, value in chosen.items():
        terms[name] = terms[name] if terms[name] not in ("", None) else value
    rows = {
        name: row
        for name, row in usual.rows.items()
        if all(terms[term] == chosen[term] for term in USUAL[name])
    }
    cells = strata(terms["range_low"], terms["range_high"], on=on)
    floor = table_floor(row, on=on)
    if row.estimated_price and not row.floor_rate:
        floor = own_floor(row, on=on)
        terms["floor_rate"] = floor.rate
    if floor and terms["floor_rate"] == floor.rate:
        rows |= {"price/floor_rate": floor.row} if floor.row else {}
        reasons += floor.reasons
    rows |= {reason.row.partition(":")[0]: reason.row for reason in cells.reasons}
    return Filled(terms, rows, (*reasons, *cells.reasons))


def filled_or_none(row: TermsRow, *, on: date) -> Filled | None:
    """The same, or None while the terms refuse it."""
    try:
        return filled(row, on=on)
    except Refusal:
        return None


def usual_floor_rate(row: TermsRow, *, on: date) -> str:
    """The floor rate of the table for this estimated price, or "" while there is none."""
    if not row.estimated_price:
        return ""
    return own_floor(row, on=on).rate


def price_defaults(row: TermsRow, *, on: date) -> Defaults:
    """Range, unit, roundings and mean mode for this kind of tender; the roundings follow the unit.

    Refusal `tender.price_unit.unknown` for a unit of which no rounding is known.
    """
    try:
        return defaults(row.regime, row.category, on, row.price_unit)
    except Refusal as missing:
        raise Refusal(
            "tender.price_unit.unknown",
            N_("No rounding is known for a price unit of {unit} won."),
            repair=N_("Choose 100 won or 1 won."),
            field="price_unit",
            unit=row.price_unit,
        ) from missing


def problems(draft: DraftRow, *, at: datetime, current: NoticeRow | None = None) -> list[Refusal]:
    """Everything that the law says against publishing at this moment; empty if it says nothing.

    current: the version in force if this is a correction.
    """
    found = _missing(draft)
    found += procedure_problems(draft, on=rule_day(at, current), current=current)
    limited = any(one.field == "estimated_price" for one in found)
    found += [
        one
        for one in _amounts(draft, on=rule_day(at, current))
        if not (limited and one.code == _NO_FLOOR)  # the limit's consequence, not a second fault
    ]
    found += difficulty_problems(draft, on=rule_day(at, current), current=current)
    found += _eligibility(draft, on=rule_day(at, current))
    if draft.bidding_from and draft.deadline and draft.opening_at:
        found += schedule.problems(draft, at=at, current=current)
    if current:
        found += _correction(draft)
    return found


def against(draft: DraftRow, *, at: datetime, current: NoticeRow | None = None) -> list[Refusal]:
    """The same, and what cannot be right whatever reason anybody gives.

    A reader who may not see the figures is told that something stands there, not what.
    """
    row = whole(draft)
    found = problems(row, at=at, current=current)
    told = {one.field for one in found}
    found += [one for one in _stops(row, on=rule_day(at, current)) if one.field not in told]
    return _without_figures(found) if draft.hidden else found


def rule_day(at: datetime, current: NoticeRow | None) -> date:
    """The day whose law holds: of the first publication, or today before it."""
    return current.rule_day if current else at.astimezone(KST).date()


def needed(row: TermsRow) -> tuple[str, ...]:
    """The terms that the officer must give; no A value is asked for where there is none."""
    trades = row.category in states.WITH_TRADES
    return tuple(name for name in NEEDED if trades or name != "a_value")


def _without_figures(found: list[Refusal]) -> list[Refusal]:
    """What is told to somebody who may not see the figures: that something stands there."""
    told = [one for one in found if one.field not in states.UNSEEN]
    if len(told) == len(found):
        return told
    return [
        *told,
        Refusal(
            "tender.amounts.unseen",
            N_("Something still stands against the amounts."),
            repair=N_("Whoever entered them sees what it is."),
            law=states.FIGURES,
            field="base_amount",
        ),
    ]


def _stops(draft: DraftRow, *, on: date) -> list[Refusal]:
    if draft.category not in states.OFFERED[draft.procedure].categories:
        return []  # told with the procedure
    found = [one for one in doubts(entered(draft, on=on)) if one.kind == STOP]
    return [
        Refusal(
            one.code, one.text, repair=one.repair, law=one.law, field=one.field, **one.params
        )
        for one in found
    ]  # fmt: skip


def fill_in(name: str) -> str:
    """How a blank is mended; the A value alone may be nothing, and then that is said."""
    if name == "a_value":
        return N_("Fill it in; enter 0 if there is no such amount.")
    return N_("Fill it in.")


def _missing(draft: DraftRow) -> list[Refusal]:
    blank = [name for name in needed(draft) if getattr(draft, name) in ("", None)]
    return [
        Refusal(
            "tender.incomplete",
            N_("The notice does not say this yet: {field_name}."),
            repair=fill_in(name),
            law=_CONTENT,
            field=name,
            field_name=states.FIELD_LABELS[name],
        )
        for name in blank
    ]


def _amounts(draft: DraftRow, *, on: date) -> list[Refusal]:
    try:
        terms = filled(draft, on=on).terms
    except (Refusal, Refusals) as refused:
        return list(refused.refusals) if isinstance(refused, Refusals) else [refused]
    return price_problems(draft, terms, on=on) + floor_problems(draft, on=on)


def _eligibility(draft: DraftRow, *, on: date) -> list[Refusal]:
    """Trades must be known, and what is reserved to a region small enough for it."""
    found, kind = [], "other"
    try:
        trades = works_kind(draft.licences, on=on)
        own = trades if draft.category in states.WITH_TRADES else draft.category
        kind = states.OFFERED[draft.procedure].region_kind or own
    except Refusal as refusal:
        found.append(refusal)
    try:
        check_restriction(
            draft.regions,
            regime=draft.regime,
            kind=kind,
            estimated_price=draft.estimated_price or 0,
            on=on,
        )
    except Refusal as refusal:
        found.append(refusal)
    return found


def _correction(draft: DraftRow) -> list[Refusal]:
    if draft.correction_reason:
        return []
    return [
        Refusal(
            "tender.correct.no_reason",
            N_("A correction says what was wrong."),
            repair=N_("Write in a sentence what is corrected and why."),
            law=states.CORRECTION,
            field="correction_reason",
        )
    ]


def custody_problems(draft: DraftRow) -> list[Refusal]:
    """What is missing of the lot keys and seeds for the version being prepared."""
    state = custody_state(draft.scope)
    if not draft.keys_asked or state.deadline is None:
        return [
            Refusal(
                "tender.keys.not_asked",
                N_("Nobody has asked for the lot keys of this deadline yet."),
                repair=N_("A contract officer checks the notice and asks for the keys first."),
                status=409,
            )
        ]
    named = {row.deadline for row in state.keys.values()} | {state.deadline}
    if named != {draft.deadline}:
        return [
            Refusal(
                "tender.keys.other_deadline",
                N_("The lot keys were made for another deadline."),
                repair=N_("Ask for new keys after changing the schedule."),
                status=409,
            )
        ]
    if state.strangers:
        return [stranger(state.strangers)]
    if state.complete:
        return []
    lacking = [name for name in ("officer", "platform", "audit") if name not in state.keys]
    lacking += [f"seed:{maker}" for maker in ("agency", "platform") if maker not in state.seeds]
    return [
        Refusal(
            "tender.keys.incomplete",
            N_("Lot keys or seeds are still missing: {lacking}."),
            repair=N_("Let the opening officer make the agency's keys; the others come at once."),
            status=409,
            lacking=", ".join(lacking),
        )
    ]
