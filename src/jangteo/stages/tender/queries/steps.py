"""How far the preparation of a notice is, step by step, and what its terms will mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from jangteo.ground.errors import Refusal
from jangteo.ground.reason import Reason
from jangteo.rules.price.floor import floor_price
from jangteo.rules.price.preliminary import displayed_price
from jangteo.stages.tender import states
from jangteo.stages.tender.queries.amounts import lowest_price, share
from jangteo.stages.tender.queries.checks import filled, needed
from jangteo.stages.tender.queries.difficulty import may_name_difficulty
from jangteo.stages.tender.queries.procedure import names_net_cost
from jangteo.stages.tender.queries.rows import DraftRow


@dataclass(frozen=True, slots=True)
class StepState:
    """act: what one does in it; state: todo, doing or done; problems: what stands against it."""

    key: str
    label: str
    act: str
    state: str
    problems: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """What the amounts will lead to: the span of preliminary prices, and the floor price if the
    reserve price came out equal to the base amount."""

    lowest: int
    highest: int
    floor: int
    reasons: tuple[Reason, ...]


def step_keys(draft: DraftRow) -> list[str]:
    """The steps of this draft in their order; a correction begins with its reason."""
    return [*(["correction"] if draft.next_version else []), *states.STEPS]


def step_states(draft: DraftRow, problems: Sequence[Refusal]) -> list[StepState]:
    """Each step with its state; what belongs to no field stands at the schedule."""
    return [_step(key, draft, problems) for key in step_keys(draft)]


def _step(key: str, draft: DraftRow, problems: Sequence[Refusal]) -> StepState:
    own = fields_of(key)
    found = tuple(one for one in problems if one.field in own)
    asked = [name for name in own if name in needed(draft) or name == "correction_reason"]
    given = [name for name in asked if getattr(draft, name) not in ("", None)]
    state = "doing" if found and given else "todo" if found else "done"
    if key == "documents" and not draft.documents:
        state = "todo"
    return StepState(key, states.STEP_LABELS[key], states.STEP_ACTS[key], state, found)


def fields_of(key: str) -> tuple[str, ...]:
    """The fields that a step asks for."""
    return ("correction_reason",) if key == "correction" else states.STEPS[key]


def means_nothing(draft: DraftRow, *, on: date) -> tuple[str, ...]:
    """Fields of the steps that are not asked for in this category."""
    blank = () if draft.category in states.WITH_TRADES else ("a_value", "licences")
    blank = blank if names_net_cost(draft) else (*blank, "base_net_cost")
    return blank if may_name_difficulty(draft, on=on) else (*blank, "difficulty")


def example(draft: DraftRow, *, on: date) -> Example | None:
    """What the terms lead to, or None while amounts are missing or impossible."""
    if not draft.base_amount:
        return None
    try:
        terms = filled(draft, on=on).terms
    except Refusal:
        return None
    a_value = terms["a_value"]
    low_enough = a_value is not None and a_value < lowest_price(draft.base_amount, terms)
    if not terms["floor_rate"] or not low_enough:
        return None
    lowest, highest = (_shown(draft.base_amount, terms, end) for end in ("range_low", "range_high"))
    floor = floor_price(draft.base_amount, terms["floor_rate"], a_value)
    return Example(lowest, highest, floor.price, tuple(floor.reasons))


def _shown(base: int, terms: dict[str, Any], end: str) -> int:
    rate = share(100 + Fraction(terms[end]))
    return displayed_price(base, rate, terms["price_unit"], terms["price_rounding"])
