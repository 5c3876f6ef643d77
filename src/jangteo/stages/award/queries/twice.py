"""A candidate's score by both engines: the rules' and the verifier's, held against each other."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from jangteo.records.verifier import queries as verifier
from jangteo.records.verifier.queries import NoAnswer
from jangteo.rules.award.method import Score, Scoring, answered, written
from jangteo.stages.opening.queries import ResultRow

#: why the second engine gave no score, beside what keeps it from answering at all
NO_SCORE = "no score"


def twice(
    scoring: Scoring, score: Score, *, amount: int, found: ResultRow,
    scores: Mapping[str, Fraction] | None, offer: Mapping[str, Any],
) -> dict[str, Any]:  # fmt: skip
    """{"ours", "theirs": {name: text}, "why": text, "same": bool}, as stored.

    amount, scores, offer: what `score` was computed from. Silence of the second engine is no
    refusal here: it is kept like a different answer, and holds the candidate up.
    """
    ours, theirs, why = written(score), dict[str, str](), ""
    try:
        case = scoring.case(scores=scores, others=_others(found, amount), **offer)
        theirs = answered(verifier.answer(case))
        why = "" if theirs else NO_SCORE
    except NoAnswer as silent:
        why = silent.why[:40]
    return {"ours": ours, "theirs": theirs, "why": why, "same": ours == theirs}


def _others(found: ResultRow, amount: int) -> Sequence[int]:
    """The other bids that count, in won: neither void nor excluded."""
    left = [bid.amount for bid in found.bids if bid.amount and bid.remark not in _OUT]
    left.remove(amount)
    return left


_OUT = ("void", "excluded")


def agreed(found: Mapping[str, Any]) -> bool:
    """Whether what was computed may be gone by: both agree, or nothing was to be computed."""
    return bool(found.get("twice", {"same": True})["same"])
