"""Keep what both engines found of a score; where they differ the candidate is on hold."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import move
from jangteo.stages.award.models import Calculation, Examination
from jangteo.stages.award.queries.twice import agreed


def keep(row: Examination, what: str, found: Mapping[str, Any], *, by: Actor, at: datetime) -> bool:
    """Write both answers down; whether they agree. If not, the candidate is on hold from now on.

    what: a key of states.SCORED; found: as `scored` and `provisional` give it. Where nothing was
    scored nothing is kept. The journal says that they differ, never the points.
    """
    if "twice" not in found:
        return True
    both = found["twice"]
    Calculation.objects.create(
        examination=row, what=what, scores=found.get("scores", {}), ours=both["ours"],
        theirs=both["theirs"], why=both["why"], by=by.account_id, at=at,
    )  # fmt: skip
    if agreed(found):
        return True
    move(row, "hold", by=by, at=at, payload={"what": what, "why": both["why"] or "differs"})
    return False
