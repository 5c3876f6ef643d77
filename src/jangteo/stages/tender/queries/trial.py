"""What the terms of a draft lead to: worked examples for its officer, parameters for a trial."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from jangteo.ground.errors import N_, Refusal
from jangteo.rules.entry.trial import SETS, Worked, parameters, worked
from jangteo.stages.tender import states
from jangteo.stages.tender.queries.checks import filled_or_none
from jangteo.stages.tender.queries.rows import DraftRow


@dataclass(frozen=True, slots=True)
class Examples:
    """hash: SHA-256 in hex of all that the arithmetic hangs on; whoever saw them names it."""

    hash: str
    worked: tuple[Worked, ...]


def arithmetic(row: DraftRow, *, on: date) -> dict[str, Any] | None:
    """What the arithmetic of the notice hangs on; None while its terms are not complete."""
    whole = filled_or_none(row, on=on)
    if whole is None or row.base_amount is None or row.estimated_price is None:
        return None
    if whole.terms["a_value"] is None:
        return None
    try:
        return parameters(whole.terms, on=on)
    except Refusal:
        return None


def hash_of(made: dict[str, Any]) -> str:
    """The name of a set of parameters."""
    return hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()


def examples(row: DraftRow, *, on: date) -> Examples | None:
    """Three worked examples on exactly these terms; None while they are not complete or hidden."""
    made = None if row.hidden else arithmetic(row, on=on)
    found = worked(made) if made else ()
    return Examples(hash_of(made), found) if made and found else None


def unseen() -> Refusal:
    """What stands against publishing while nobody has seen where these terms lead."""
    return Refusal(
        "tender.examples.unseen",
        N_("Nobody has confirmed the worked examples of these terms yet."),
        repair=N_("Read them on the page of your answers and mark that you have."),
        law=states.FIGURES,
        status=409,
    )


def unanswered(count: int) -> Refusal:
    """What stands against publishing where generated sets of bids find no answer at all."""
    return Refusal(
        "tender.trial.unanswered",
        N_("On these terms {count} of {sets} generated sets of bids find no answer."),
        repair=N_("Check amounts, A value and floor rate; if they are right, tell the operator."),
        law=states.FIGURES,
        status=409,
        count=count,
        sets=SETS,
    )


def untold(row: DraftRow, *, on: date, seen: str) -> list[Refusal]:
    """What is missing of the worked examples; seen: the hash that the officer confirmed.

    Nothing while the terms are not complete: that is told by what stands against the notice.
    """
    if arithmetic(row, on=on) is None:
        return []
    shown = examples(row, on=on)
    if shown is None:
        return [unanswered(SETS)]
    return [] if shown.hash == seen else [unseen()]
