"""Try a notice's arithmetic in both engines, and note that its officer saw worked examples."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction

import jangteo
from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import move
from jangteo.records.verifier import queries as verifier
from jangteo.records.verifier.asking import NoAnswer, answered
from jangteo.rules.award.figures import answer
from jangteo.rules.entry.trial import SETS, cases
from jangteo.stages.tender import states
from jangteo.stages.tender.actions.drafting import changeable, draft_of, permitted
from jangteo.stages.tender.models import Trial
from jangteo.stages.tender.queries.rows import DraftRow, draft_row
from jangteo.stages.tender.queries.trial import (
    arithmetic,
    examples,
    hash_of,
    unanswered,
    unseen,
    untold,
)

Said = TypeVar("Said")


def try_out(row: DraftRow, *, on: date, at: datetime) -> None:
    """See that rules and verifier answer generated bids on exactly these terms alike.

    Once for each set of parameters and pair of programs: what agreed is remembered. An `unlocked`
    action holds no lock while they are asked, and goes on only by the answer to the very terms that
    it finds then. Both refusing alike is no agreement. Refusals `tender.trial.differs`,
    `tender.trial.unanswered` (409) and `tender.trial.no_answer` (503); nothing is published before.
    """
    made = arithmetic(row, on=on)
    if made is None:
        raise unanswered(SETS)
    key = hash_of({"terms": made, "engines": _heard(_engines)})
    if Trial.objects.filter(parameters_hash=key).exists():
        return
    ours, theirs = _heard(partial(answered, key, partial(_both, made)))
    for number, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        if one != other:
            raise _differs(number)
    refused = sum("refused" in one for one in ours)
    if refused:
        raise unanswered(refused)
    Trial.objects.get_or_create(parameters_hash=key, defaults={"sets": SETS, "at": at})


def _both(made: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What rules and verifier answer to the bids generated for a set of parameters."""
    asked = cases(made, hash_of(made))
    return [answer(one) for one in asked], verifier.answers(asked)


def _engines() -> str:
    """Which two programs agreed: another version of one of them is tried anew."""
    house = Path(jangteo.__file__).parent
    ours = sorted(path for floor in ("ground", "rules") for path in (house / floor).rglob("*.py"))
    parts = (verifier.program(), *(path.read_bytes() for path in ours))
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _heard(ask: Callable[[], Said]) -> Said:
    try:
        return ask()
    except NoAnswer as silent:
        raise _no_answer(silent.why) from silent


def _differs(number: int) -> Refusal:
    return Refusal(
        "tender.trial.differs",
        N_("Two independent calculations on these terms differ (set {number} of bids)."),
        repair=N_("Do not publish; tell the platform's operator."),
        law=states.FIGURES,
        status=409,
        number=number,
    )


def _no_answer(why: str) -> Refusal:
    return Refusal(
        "tender.trial.no_answer",
        N_("The independent calculation could not be run."),
        repair=N_("Try again in a minute; if it goes on, tell the operator."),
        status=503,
        why=why,
    )


def see_examples(*, by: Actor, at: datetime, number: str, seen: str) -> None:
    """Note that the officer saw the worked examples of these terms.

    seen: their hash. Refusal `tender.examples.changed` (409) if the terms are others by now.
    """
    with transaction.atomic():
        tender = changeable(by, number)
        permitted(by, "see_examples", tender)
        found = draft_of(tender)
        on = tender.rule_day or at.astimezone(KST).date()
        row = draft_row(found, tender)
        shown = examples(row, on=on)
        if not seen:
            raise next(iter(untold(row, on=on, seen="")), unseen())
        if shown is None or shown.hash != seen:
            raise Refusal(
                "tender.examples.changed",
                N_("The worked examples are others by now."),
                repair=N_("Look at them again and confirm these."),
                law=states.FIGURES,
                status=409,
            )
        if found.examples_seen != seen:
            found.examples_seen = seen
            found.save(update_fields=["examples_seen"])
            move(tender, "see_examples", by=by, at=at, payload={"examples": seen})
