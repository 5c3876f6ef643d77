"""Keep what both engines found of a score; where they differ the candidate is on hold."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.records.account.queries import Actor
from jangteo.records.journal.actions import move
from jangteo.stages.award.models import Calculation, Examination
from jangteo.stages.award.queries.scores import scored
from jangteo.stages.award.queries.twice import agreed
from jangteo.stages.opening.queries import ResultRow
from jangteo.stages.tender.queries import NoticeRow


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


def keep_old_review(
    row: Examination, told: NoticeRow, found: ResultRow, *, by: Actor, at: datetime
) -> None:
    """Compute by both engines the review of a candidate who passed before they both did.

    Only a passing score, found alike and as the review has it, is kept. Refusal
    `award.propose.other_score` (409).
    """
    last = row.reviews.order_by("-at").first()
    kept = Calculation.objects.filter(examination=row, what__in=("review", "own"))
    if last is None or "items" not in row.provisional or kept.exists():
        return
    try:
        made = scored(told, found, row.amount, row.provisional["items"], last.scores)
    except (Refusal, Refusals):
        raise _other_score() from None
    if not (agreed(made) and made["passes"] and made["total"] == last.total):
        raise _other_score()
    keep(row, "review", made, by=by, at=at)


def _other_score() -> Refusal:
    return Refusal(
        "award.propose.other_score",
        N_("Both calculations do not come to the score that this candidate passed with."),
        repair=N_("Tell the operator. When the fault is mended, propose again; only a ground of "
                  "exclusion or a withdrawal ends the candidacy."),
        law="국가계약법 시행령 제42조, 지방계약법 시행령 제42조",
        status=409,
    )  # fmt: skip
