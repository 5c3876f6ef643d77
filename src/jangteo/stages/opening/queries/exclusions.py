"""Which exclusions count: those of bids in the closed set."""

from collections.abc import Set

from jangteo.stages.opening.models import Exclusion, Opening


def excluded_of(opening: Opening, closed: Set[str]) -> dict[str, Exclusion]:
    """The exclusions of bids in the closed set, by hash in the order in which they were made.

    closed: hashes in hex. A bid found malformed after it was excluded is not in the set any more.
    """
    rows = Exclusion.objects.filter(opening=opening).order_by("at", "id")
    return {row.hash: row for row in rows if row.hash in closed}
