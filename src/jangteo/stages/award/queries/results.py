"""What each of the two engines found of a candidate, opening and score together, as hashes."""

import hashlib
import json
from collections.abc import Mapping

from jangteo.stages.award.models import Calculation, Examination
from jangteo.stages.opening.queries import two_results


def results_of(number: str, row: Examination) -> tuple[str, str]:
    """The rules' and the verifier's hash; "" where one of them has not found all there is.

    SHA-256 of the canonical JSON of {"opening": the hash that `two_results` gives, "score": the
    texts of the last review, or what two people confirmed by the agency's own standard}; of the
    opening alone where the award method scores nobody.
    """
    ours, theirs = two_results(number, row.supplier_id)
    if not row.provisional:
        return ours, theirs
    last = (
        Calculation.objects.filter(examination=row, what__in=("review", "own"))
        .order_by("-id")
        .first()
    )
    if last is None:
        return "", ""
    return hash_of(ours, last.ours), hash_of(theirs, last.theirs)


def hash_of(opening: str, score: Mapping[str, str]) -> str:
    """The hash of one calculation, of the opening's hash and the texts of a score; see above."""
    if not opening or not score:
        return ""
    text = json.dumps({"opening": opening, "score": score}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
