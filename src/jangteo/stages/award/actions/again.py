"""Compute every recorded score of a tender once more, and hold it against what was recorded.

The rules and the second engine are asked again, each for what it said. Of a candidate the last
calculation counts, and each that an award names; what a newer one mended is said and no more.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from jangteo.ground.errors import Fault, Refusal
from jangteo.rules.award import METHODS
from jangteo.rules.award.method import Score, written
from jangteo.stages.award.models import Annulment, Award, Calculation, Examination, OwnScore
from jangteo.stages.award.queries.candidates import examined, published
from jangteo.stages.award.queries.own import figures_of
from jangteo.stages.award.queries.results import hash_of
from jangteo.stages.award.queries.scores import offer_of, score_text
from jangteo.stages.award.queries.twice import twice
from jangteo.stages.opening.queries import ResultRow, two_results
from jangteo.stages.tender.queries import NoticeRow

#: what an examination keeps of the score before the papers
_KEPT = ("price", "others", "total", "pass_mark", "passes")
#: the calculations by which a candidate passes or fails
_DECIDES = ("review", "own")


#: what was recorded and what it comes to now, and whether it counts
Line = tuple[str, str, str, bool]
_SECOND = "second engine"


@dataclass(frozen=True, slots=True)
class Rescored:
    """The scores of a tender once more. differences: (what, was, now), texts; see docs/rules.

    superseded: those of calculations that a newer one of the same candidate mended, and that no
    award names; annulled: (candidate, a key of states.CAUSES) of each annulled award. scores: how
    many were computed, seconds: by the second engine; without_table: the candidates whom no table
    scored or scores.
    """

    number: str
    scores: int
    without_table: int
    differences: Sequence[tuple[str, str, str]]
    seconds: int = 0
    superseded: Sequence[tuple[str, str, str]] = ()
    annulled: Sequence[tuple[str, str]] = ()


def examined_tenders() -> list[str]:
    """The numbers of all tenders of which somebody was ever examined, in order."""
    return sorted(set(Examination.objects.values_list("tender_number", flat=True)))


def rescored(number: str) -> Rescored:
    """Every recorded score, review and award of a tender, by both programs of today.

    Nothing is written. What cannot be computed any more is a difference, never an error.
    """
    rows, found, old = examined(number), list[tuple[str, str, str]](), list[tuple[str, str, str]]()
    scores = seconds = bare = 0
    try:
        told, out = published(number)
    except Refusal as no:
        return Rescored(number, 0, 0, [("result of the candidates", "published", no.code)])
    gone = list[tuple[str, str]]()
    for row in rows:
        name, bare = f"candidate {bid_of(out, row)}", bare + _unscored(row)
        for what, was, now, counts in _of(row, told, out):
            second = f" {_SECOND} " in what
            seconds += second and what.endswith("total")
            scores += not second and what.endswith("total")
            if was != now:
                (found if counts else old).append((f"{name} {what}", was, now))
        causes = Annulment.objects.filter(award__examination=row).order_by("at")
        gone += [(name, cause) for cause in causes.values_list("cause", flat=True)]
    return Rescored(number, scores, bare, found, seconds, old, gone)


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


def _of(row: Examination, told: NoticeRow, out: ResultRow) -> Iterator[Line]:
    if row.bundle_hash != out.bundle_hash:
        yield "inputs", row.bundle_hash, out.bundle_hash, True
    first = score(told, out.reserve_price, row.amount, None)
    yield from _beside("before the papers", _kept(row.provisional), kept(first), True)
    awards = list(Award.objects.filter(examination=row).exclude(status="unsuccessful"))
    made = list(Calculation.objects.filter(examination=row).order_by("id"))
    named = _named(made, awards)
    for one in made:
        ours, theirs = both_now(one, told, out)
        yield from _beside(one.what, one.ours, ours, one.pk in named)
        if one.theirs and one.what != "own":  # silence was no answer, and two people are no engine
            yield from _beside(f"{one.what} {_SECOND}", one.theirs, theirs, one.pk in named)
    yield from _reviews(row, told, out, first, awards)
    for award in awards:
        word = "annulled award" if award.status == "cancelled" else "award"
        ours, theirs = _results(award, _before(made, award), told, out)
        yield f"{word} inputs", award.bundle_hash, out.bundle_hash, True
        yield f"{word} value", str(award.value), str(_amount(out, row)), True
        yield f"{word} result", award.found_by_rules, ours, True
        yield f"{word} result of the {_SECOND}", award.found_by_verifier, theirs, True


def _before(made: Sequence[Calculation], award: Award) -> Calculation | None:
    """The calculation that an award names: the last of the decision before it was proposed."""
    found = [one for one in made if one.what in _DECIDES and one.pk < award.pk]
    return found[-1] if found else None


def _named(made: Sequence[Calculation], awards: Sequence[Award]) -> set[UUID]:
    """What counts: the last calculation before the papers and of the decision, and each award's."""
    last = {one.what in _DECIDES: one.pk for one in made}
    by_award = (_before(made, award) for award in awards)
    return {*last.values(), *(one.pk for one in by_award if one)}


def _beside(
    name: str, was: Mapping[str, str], now: Mapping[str, str], counts: bool
) -> Iterator[Line]:
    for figure in [*was, *(one for one in now if one not in was)]:
        yield f"{name} {figure}", was.get(figure, "-"), now.get(figure, "-"), counts


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


def both_now(
    made: Calculation, told: NoticeRow, out: ResultRow
) -> tuple[dict[str, str], dict[str, str]]:
    """What a calculation comes to now by the rules and by the second engine, as it was written.

    Of an own standard both are what two people confirmed before it; {"score": a word} where one of
    them gives no score.
    """
    row = made.examination
    if made.what == "own":
        before = OwnScore.objects.filter(
            wish__examination=row, wish__ended="confirmed", wish_id__lt=made.pk
        )
        last = before.order_by("-wish_id").first()
        return (figures_of(last),) * 2 if last else ({}, {})
    given = None if made.what == "provisional" else made.scores
    found = score(told, out.reserve_price, row.amount, given)
    scoring = METHODS[told.award_method].scoring
    if isinstance(found, str) or scoring is None:
        return {"score": str(found)}, {"score": str(found)}
    figures = None if given is None else {code: Fraction(text) for code, text in given.items()}
    offer = offer_of(scoring, told, out.reserve_price, row.amount)
    try:
        both = twice(scoring, found, amount=row.amount, found=out, scores=figures, offer=offer)
    except (Refusal, Fault, ValueError) as no:
        return written(found), {"score": f"fault: {no}"}
    return written(found), both["theirs"] or {"score": both["why"]}


def _reviews(
    row: Examination, told: NoticeRow, out: ResultRow, first: Score | str, awards: Sequence[Award]
) -> Iterator[Line]:
    """The totals of reviews; those by an own standard stand in their calculation."""
    reviews = list(row.reviews.order_by("at", "id"))
    last = {one.pk for one in reviews[-1:]}
    for award in awards:
        last |= {one.pk for one in [one for one in reviews if one.pk < award.pk][-1:]}
    for review in reviews:
        if not review.total or "items" not in row.provisional:
            continue
        counts, by_score = review.pk in last, review.ground in ("", "score")
        asked = review.scores or review.by is not None
        now = score(told, out.reserve_price, row.amount, review.scores) if asked else first
        if isinstance(now, str):
            yield "decision total", review.total, now, counts
            continue
        yield "decision total", review.total, score_text(now.total), counts
        if by_score:
            yield "decision passes", _said(review.passed), _said(now.passes), counts


def _amount(out: ResultRow, row: Examination) -> int | None:
    return next((bid.amount for bid in out.bids if bid.supplier_id == row.supplier_id), None)


def _results(
    award: Award, made: Calculation | None, told: NoticeRow, out: ResultRow
) -> tuple[str, str]:
    """What an award names of both sides, as `results_of` does, its score computed anew.

    The opening's part is what each found of it then: `again` and `verified_again` hold that.
    """
    row = award.examination
    try:
        ours, theirs = two_results(row.tender_number, row.supplier_id)
    except Refusal as no:
        return no.code, no.code
    if not row.provisional:
        return ours, theirs
    one, other = both_now(made, told, out) if made else ({}, {})
    return hash_of(ours, one), hash_of(theirs, other)
