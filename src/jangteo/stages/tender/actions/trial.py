"""Try a notice's arithmetic in both engines, and note that its officer saw worked examples."""

import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import move
from jangteo.rules.award.figures import answer
from jangteo.rules.entry.trial import SETS, cases
from jangteo.stages.tender import states
from jangteo.stages.tender.actions.drafting import changeable, draft_of, permitted
from jangteo.stages.tender.models import Trial
from jangteo.stages.tender.queries.rows import DraftRow, draft_row
from jangteo.stages.tender.queries.trial import arithmetic, examples, hash_of, unseen

PATIENCE = 60
#: the verifier is another program: it is asked in a process of its own, never imported here
_ASK = (
    "import json, sys; from runpy import run_path; answer = run_path(sys.argv[1])['answer'];"
    " print(json.dumps([answer(one) for one in json.load(sys.stdin)]))"
)


def try_out(row: DraftRow, *, on: date, at: datetime) -> None:
    """See that rules and verifier answer generated bids on exactly these terms alike.

    Once for each set of parameters: what agreed is remembered. Refusals `tender.trial.differs`
    (409) and `tender.trial.no_answer` (503); nothing is published before both agree.
    """
    made = arithmetic(row, on=on)
    if made is None:
        return  # told by what stands against the notice
    key = hash_of(made)
    if Trial.objects.filter(parameters_hash=key).exists():
        return
    asked = cases(made, key)
    for number, (one, other) in enumerate(zip(map(answer, asked), _verifier(asked), strict=True)):
        if one != other:
            raise _differs(number)
    Trial.objects.get_or_create(parameters_hash=key, defaults={"sets": SETS, "at": at})


def _verifier(asked: list[dict[str, Any]]) -> list[Any]:
    script = Path(settings.ROOT) / "verifier" / "jangteo_verify.py"
    try:
        done = subprocess.run(
            [sys.executable, "-c", _ASK, str(script)],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
        answers: list[Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, MemoryError, ValueError) as error:
        raise _no_answer(type(error).__name__) from error
    if len(answers) != len(asked):
        raise _no_answer("length")
    return answers


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
        shown = examples(draft_row(found, tender), on=on)
        if not seen:
            raise unseen()
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
