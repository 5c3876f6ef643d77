"""Whether a procedure is open to what is bought, and what it asks of those who take part."""

from datetime import date

from jangteo.ground.errors import N_, Refusal
from jangteo.ground.reason import Reason
from jangteo.rules.award import METHODS
from jangteo.rules.eligibility.verdict import Verdict
from jangteo.stages.tender import states
from jangteo.stages.tender.queries.rows import DraftRow, NoticeRow, TermsRow

#: what to do where the amount is too large for the method of a procedure
_LARGER = {
    "open": N_(
        "Check the estimated price. Comprehensive evaluation is computed by the rules, but no"
        " notice can be published by it here yet."
    ),
    "quotation": N_("Use open competition, or check the estimated price and the trades."),
}
#: what the limit of a procedure is judged by
_JUDGED = ("procedure", "award_method", "category", "estimated_price", "licences")
_NEVER_CORRECTED = ("procedure", "category")


def kind_of(procedure: str) -> tuple[str, ...]:
    """What a notice of this procedure is, in msgids: categories, procedure, award method."""
    offer = states.OFFERED[procedure]
    what = tuple(states.CATEGORIES[one] for one in offer.categories)
    return (*what, states.PROCEDURES[procedure], states.AWARD_METHODS[offer.award_method])


def conditions(row: TermsRow, *, on: date) -> tuple[Reason, ...]:
    """Why the procedure may be used, then what it asks beside region and licence; maybe nothing.

    Nothing where it may not be used: that is told as a problem.
    """
    try:
        verdict = _verdict(row, on)
    except Refusal:  # an unknown trade is told where the trades are checked
        return ()
    return verdict.reasons if verdict and verdict.allowed else ()


def procedure_problems(
    draft: DraftRow, *, on: date, current: NoticeRow | None = None
) -> list[Refusal]:
    """What stands against the procedure for this category, price and these trades."""
    found = _unlike(draft, current) if current else []
    if draft.category not in states.OFFERED[draft.procedure].categories:
        return [*found, _not_offered(draft)]
    found += _strange(draft)
    try:
        verdict = _verdict(draft, on)
    except Refusal as refusal:  # an unknown trade is told with the licences
        return found if refusal.field == "licences" else [*found, refusal]
    if verdict and not verdict.allowed and not _stands(draft, current):
        found.append(_too_large(verdict.reasons[0], draft.procedure))
    return found


def _stands(draft: DraftRow, current: NoticeRow | None) -> bool:
    """Whether a correction leaves alone what the limit judges: it stands as it was published."""
    return current is not None and all(
        getattr(draft, name) == getattr(current, name) for name in _JUDGED
    )


def _verdict(row: TermsRow, on: date) -> Verdict | None:
    limit = METHODS[row.award_method].allowed
    if limit is None or not row.estimated_price:
        return None
    return limit(
        estimated_price=row.estimated_price,
        category=row.category,
        licence=row.licences,
        regime=row.regime,
        on=on,
    )


def _unlike(draft: DraftRow, current: NoticeRow) -> list[Refusal]:
    """A correction keeps procedure and category; another one is another tender."""
    changed = [n for n in _NEVER_CORRECTED if getattr(draft, n) != getattr(current, n)]
    return [
        Refusal(
            "tender.procedure.fixed",
            N_("A published notice keeps its procedure and its category."),
            repair=N_("Cancel the tender with a reason and publish a new notice."),
            law=states.CORRECTION,
            field=name,
        )
        for name in changed
    ]


def _not_offered(draft: DraftRow) -> Refusal:
    return Refusal(
        "tender.category.not_offered",
        N_("{procedure} is not offered for {category} yet."),
        repair=N_("Choose another procedure."),
        field="procedure",
        procedure=states.PROCEDURES[draft.procedure],
        category=states.CATEGORIES[draft.category],
    )


def names_net_cost(row: TermsRow) -> bool:
    """Whether a notice of this category and method may name a net cost."""
    return row.category in states.WITH_TRADES and METHODS[row.award_method].net_cost


def _strange(draft: DraftRow) -> list[Refusal]:
    """Fields that mean nothing for this category."""
    if draft.category in states.WITH_TRADES:
        wrong = ["service_kind"] if draft.service_kind else []
    else:
        wrong = [name for name in ("a_value", "licences") if getattr(draft, name)]
    if draft.service_kind and draft.category != "services":
        wrong = sorted({*wrong, "service_kind"})
    if draft.base_net_cost is not None and not names_net_cost(draft):
        wrong.append("base_net_cost")
    return [
        Refusal(
            "tender.field.not_for_category",
            N_("{field_name} is not for {category}."),
            repair=N_("Leave it empty."),
            field=name,
            field_name=states.FIELD_LABELS[name],
            category=states.CATEGORIES[draft.category],
        )
        for name in wrong
    ]


def _too_large(reason: Reason, procedure: str) -> Refusal:
    return Refusal(
        f"tender.{reason.code.split('.')[1]}.too_large",
        reason.text,
        repair=_LARGER[procedure],
        law=reason.law,
        field="estimated_price",
        **reason.params,
    )
