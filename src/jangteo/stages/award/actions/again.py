"""Compute every recorded score of a tender once more, and hold it against what was recorded.

What is computed is asked of the rules alone: the second engine's answer stays what it was.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jangteo.ground.errors import Fault, Refusal
from jangteo.rules.award import METHODS
from jangteo.rules.award.method import Score, written
from jangteo.stages.award.models import Award, Calculation, Examination, OwnScore
from jangteo.stages.award.queries.candidates import examined, published
from jangteo.stages.award.queries.own import figures_of
from jangteo.stages.award.queries.results import hash_of
from jangteo.stages.award.queries.scores import offer_of, score_text
from jangteo.stages.opening.queries import ResultRow, two_results
from jangteo.stages.tender.queries import NoticeRow

#: what an examination keeps of the score before the papers
_KEPT = ("price", "others", "total", "pass_mark", "passes")


@dataclass(frozen=True, slots=True)
class Rescored:
    """The scores of a tender once more. differences: (what, was, now), texts; see docs/rules.

    scores: how many were computed; without_table: the candidates whom no table scored or scores.
    """

    number: str
    scores: int
    without_table: int
    differences: Sequence[tuple[str, str, str]]


def examined_tenders() -> list[str]:
    """The numbers of all tenders of which somebody was ever examined, in order."""
    return sorted(set(Examination.objects.values_list("tender_number", flat=True)))


def rescored(number: str) -> Rescored:
    """Every recorded score, review and award in force of a tender, by the rules of today's program.

    Nothing is written. What cannot be computed any more is a difference, never an error.
    """
    rows, found = examined(number), list[tuple[str, str, str]]()
    scores = bare = 0
    try:
        told, out = published(number)
    except Refusal as no:
        return Rescored(number, 0, 0, [("result of the candidates", "published", no.code)])
    for row in rows:
        name, bare = f"candidate {bid_of(out, row)}", bare + _unscored(row)
        for what, was, now in _of(row, told, out):
            scores += what.endswith("total")
            if was != now:
                found.append((f"{name} {what}", was, now))
    return Rescored(number, scores, bare, found)


def bid_of(out: ResultRow, row: Examination) -> str:
    """How a candidate is named: the first twelve digits of its bid's hash, as an opening does."""
    hashes = [bid.hash[:12] for bid in out.bids if bid.supplier_id == row.supplier_id]
    return hashes[0] if hashes else str(row.supplier_id)


def _unscored(row: Examination) -> bool:
    return bool(row.provisional) and "total" not in row.provisional


def score(
    told: NoticeRow, reserve_price: int | None, amount: int, scores: Mapping[str, str] | None
) -> Score | str:
    """The score by the tables of this process; a word where there is none.

    scores: the officer's figures, None for full marks. The word is a Refusal's code, or the fault.
    """
    scoring = METHODS[told.award_method].scoring
    if scoring is None:
        return "-"
    try:
        offer = offer_of(scoring, told, reserve_price, amount)
        if scores is None:
            return scoring.provisional(**offer)
        figures = {code: Fraction(text) for code, text in scores.items()}
        return scoring.reviewed(scores=figures, **offer)
    except Refusal as no:
        return no.code
    except (Fault, ValueError) as no:
        return f"fault: {no}"


def _of(row: Examination, told: NoticeRow, out: ResultRow) -> Iterator[tuple[str, str, str]]:
    if row.bundle_hash != out.bundle_hash:
        yield "inputs", row.bundle_hash, out.bundle_hash
    first = score(told, out.reserve_price, row.amount, None)
    yield from _beside("before the papers", _kept(row.provisional), kept(first))
    for made in Calculation.objects.filter(examination=row).order_by("id"):
        yield from _beside(made.what, made.ours, figures_now(made, told, out))
    yield from _reviews(row, told, out, first)
    for award in Award.objects.filter(examination=row, status="active"):
        yield "award value", str(award.value), str(_amount(out, row))
        yield "award result", award.found_by_rules, _result(row, told, out)


def _beside(
    name: str, was: Mapping[str, str], now: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    for figure in [*was, *(one for one in now if one not in was)]:
        yield f"{name} {figure}", was.get(figure, "-"), now.get(figure, "-")


def _kept(provisional: Mapping[str, Any]) -> dict[str, str]:
    if not provisional:
        return {}
    if "total" not in provisional:
        return {"score": provisional["steps"][0]["code"]}
    return {name: _said(provisional[name]) for name in _KEPT}


def kept(found: Score | str) -> dict[str, str]:
    """A score in the figures that an examination keeps; {"score": why not}, {} if nobody asks."""
    if isinstance(found, str):
        return {} if found == "-" else {"score": found}
    said = {name: score_text(getattr(found, name)) for name in _KEPT[:-1]}
    return said | {"passes": _said(found.passes)}


def _said(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def figures_now(made: Calculation, told: NoticeRow, out: ResultRow) -> dict[str, str]:
    """What a calculation comes to now; of an own standard, what two people confirmed before it."""
    row = made.examination
    if made.what == "own":
        before = OwnScore.objects.filter(
            wish__examination=row, wish__ended="confirmed", wish_id__lt=made.pk
        )
        last = before.order_by("-wish_id").first()
        return figures_of(last) if last else {}
    given = None if made.what == "provisional" else made.scores
    found = score(told, out.reserve_price, row.amount, given)
    return {"score": found} if isinstance(found, str) else written(found)


def _reviews(
    row: Examination, told: NoticeRow, out: ResultRow, first: Score | str
) -> Iterator[tuple[str, str, str]]:
    """The totals of reviews; those by an own standard stand in their calculation."""
    for review in row.reviews.order_by("at", "id"):
        if not review.total or "items" not in row.provisional:
            continue
        by_score = review.ground in ("", "score")
        asked = review.scores or review.by is not None
        now = score(told, out.reserve_price, row.amount, review.scores) if asked else first
        if isinstance(now, str):
            yield "decision total", review.total, now
            continue
        yield "decision total", review.total, score_text(now.total)
        if by_score:
            yield "decision passes", _said(review.passed), _said(now.passes)


def _amount(out: ResultRow, row: Examination) -> int | None:
    return next((bid.amount for bid in out.bids if bid.supplier_id == row.supplier_id), None)


def _result(row: Examination, told: NoticeRow, out: ResultRow) -> str:
    """What the award names of the rules' side, as `results_of` does, its score computed anew."""
    try:
        ours, _ = two_results(row.tender_number, row.supplier_id)
    except Refusal as no:
        return no.code
    if not row.provisional:
        return ours
    last = Calculation.objects.filter(examination=row, what__in=("review", "own")).last()
    return hash_of(ours, figures_now(last, told, out)) if last else ""
