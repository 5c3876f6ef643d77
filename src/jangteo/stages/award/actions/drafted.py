"""What the scores of a tender come to by the tables of this process, to hold two laws together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from jangteo.ground.errors import Refusal
from jangteo.rules.award import METHODS
from jangteo.rules.award.method import Score
from jangteo.stages.award.actions.again import score
from jangteo.stages.award.actions.deciding import old_lot, precedence
from jangteo.stages.award.models import Calculation, Examination, Review
from jangteo.stages.award.queries.candidates import examined, published
from jangteo.stages.award.queries.scores import score_text
from jangteo.stages.opening.queries import ResultRow
from jangteo.stages.tender.queries import NoticeRow

#: a bid by the first digits of its hash, its amount and rank
Ranked = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the law says of candidates. said: what is compared; by: row, law."""

    said: str
    by: str = ""

    def __str__(self) -> str:
        return f"{self.said} ({self.by})" if self.by else self.said


def facts(
    number: str, reserve_price: int | None = None,
    ranks: Mapping[str, tuple[int, int]] | None = None, lots: Mapping[str, str] | None = None,
) -> dict[str, Fact]:  # fmt: skip
    """What -> what the tables of this process say; {} where nobody is scored or no result is out.

    reserve_price, ranks: hash -> (amount, rank), lots: hash -> number drawn, as a draft of the law
    changes them; those of the published opening if left out. Every ranked bid before the papers,
    every recorded review, who would be called first, and who is the first to pass by what is
    recorded: of equal bids the one that `precedence` prefers.
    """
    try:
        told, out = published(number)
    except Refusal:
        return {}
    if METHODS[told.award_method].scoring is None:
        return {}
    price = out.reserve_price if reserve_price is None else reserve_price
    known = (
        {bid.hash: (bid.amount or 0, bid.rank) for bid in out.ranked} if ranks is None else ranks
    )
    order = sorted((rank, key[:12], amount) for key, (amount, rank) in known.items() if rank > 0)
    bids = [(key, amount, rank) for rank, key, amount in order]
    before = {key: score(told, price, amount, None) for key, amount, _ in bids}
    after = dict(_recorded(told, out, price))
    found = {f"bid {key} before the papers": _fact(one) for key, one in before.items()}
    found |= {f"candidate {key} as reviewed": _fact(one) for key, (one, _) in after.items()}
    found["called first"] = Fact(_called(bids, before))
    found["first who passes"] = Fact(_passing(bids, before, after, _lots(out, lots or {})))
    return found


def _fact(found: Score | str) -> Fact:
    if isinstance(found, str):
        return Fact(f"no score: {found}")
    texts = [score_text(one) for one in (found.total, found.pass_mark)]
    word = "passes" if found.passes else "fails"
    by = ", ".join([*found.rules.values(), *(one.law for one in list(found.reasons)[-1:])])
    return Fact(f"{texts[0]} of {texts[1]}, {word}", by)


def _recorded(
    told: NoticeRow, out: ResultRow, price: int | None
) -> Iterator[tuple[str, tuple[Score | str, str]]]:
    """Bid -> (its last reviewed score by these tables, the ground on which it failed or "")."""
    keys = {bid.supplier_id: bid.hash[:12] for bid in out.bids}
    for row in examined(told.number):
        scores, ground = _figures(row)
        if scores is not None:
            found = score(told, price, row.amount, scores)
        elif ground not in ("", "score"):
            found = f"failed on another ground: {ground}"
        else:
            continue
        yield keys.get(row.supplier_id, str(row.supplier_id)), (found, ground)


def _figures(row: Examination) -> tuple[Mapping[str, str] | None, str]:
    """The officer's last figures, None without any, and the ground of the last decision."""
    made = Calculation.objects.filter(examination=row, what="review").order_by("-id").first()
    last = Review.objects.filter(examination=row).order_by("-at", "-id").first()
    scores = (made.scores if made else None) or (last.scores if last else None) or None
    if row.status == "withdrawn":
        return scores, "withdrawn"
    return scores, last.ground if last and row.status == "failed" else ""


def _passes(found: Score | str) -> bool | None:
    return None if isinstance(found, str) else found.passes


def _called(bids: Sequence[Ranked], before: Mapping[str, Score | str]) -> str:
    """Of the best rank that may still pass: all of it that may."""
    left = [(key, rank) for key, _, rank in bids if _passes(before[key]) is not False]
    return ", ".join(key for key, rank in left if rank == left[0][1]) or "nobody"


def _lots(out: ResultRow, drawn: Mapping[str, str]) -> dict[str, str]:
    """Bid -> its lot: the one given, else the one recorded, else that of an older opening."""
    return {
        bid.hash[:12]: drawn.get(bid.hash)
        or bid.tiebreak
        or old_lot(out.bundle_hash, bid.supplier_id)
        for bid in out.bids
    }


def _passing(
    bids: Sequence[Ranked], before: Mapping[str, Score | str],
    after: Mapping[str, tuple[Score | str, str]], lots: Mapping[str, str],
) -> str:  # fmt: skip
    """The first in rank to pass; of equal bids the law prefers one, see `precedence`."""
    for _, equals in groupby(bids, key=lambda one: one[2]):
        passed = list[tuple[Any, ...]]()
        for key, amount, _ in equals:
            said = _word(key, before[key], after.get(key))
            if said:
                return said
            if found := _passed(before[key], after.get(key)):
                passed.append((precedence(amount, score_text(found.total), lots[key]), key))
        if passed:
            return str(min(passed)[1])
    return "nobody"


def _passed(before: Score | str, after: tuple[Score | str, str] | None) -> Score | None:
    """The score with which a bid passes by its papers; None where it does not, on any ground."""
    if _passes(before) is False or after is None or after[1] not in ("", "score"):
        return None
    found = after[0]
    return found if not isinstance(found, str) and found.passes else None


def _word(key: str, before: Score | str, after: tuple[Score | str, str] | None) -> str:
    """Why nobody can say whether a bid that may pass does; "" if it is known."""
    if _passes(before) is False:
        return ""
    if after is None:
        return f"not known: {key} comes first, and no review of it is recorded"
    if after[1] in ("", "score") and _passes(after[0]) is None:
        return f"not known: {key} comes first, and there is no score of it"
    return ""
