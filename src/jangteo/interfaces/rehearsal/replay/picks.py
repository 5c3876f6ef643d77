"""Turn counts of numbers into bidders' pairs, and choose whose picks the exclusions took away."""

from collections.abc import Sequence

from jangteo.ground.errors import N_, Refusal


def pairs(counts: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of two different numbers 1…n that add up to the counts.

    Possible exactly when the sum is even and no number was picked by more than all bidders; then
    laying the numbers out in order and pairing the first half with the second never repeats one.
    """
    bidders, odd = divmod(sum(counts), 2)
    if odd or (bidders and max(counts) > bidders):
        raise Refusal(
            "replay.picks.impossible",
            N_(
                "No {bidders} bidders can have picked two different numbers each with these counts."
            ),
            repair=N_("Compare the counts with the publication they were taken from."),
            bidders=bidders,
        )
    laid = [number for number, count in enumerate(counts, 1) for _ in range(count)]
    return list(zip(laid[:bidders], laid[bidders:], strict=True))


def excluded_counts(counts: Sequence[int], drawn: Sequence[int], bidders: int) -> list[int]:
    """How often each number was picked by the excluded, so that the others' picks give the four.

    counts: all picks by number 1…15; drawn: the published four; bidders: how many are excluded.
    A drawn number must end above every other one, or level with a higher one. First what must
    go from the numbers not drawn, then the rest evenly from the most picked of them.
    """
    shut = [0] * len(counts)
    if not bidders:
        return shut
    others = [n for n in range(1, len(counts) + 1) if n not in drawn]

    def excess(number: int) -> int:
        limit = min(counts[d - 1] - (1 if number < d else 0) for d in drawn)
        return max(0, counts[number - 1] - max(limit, 0))

    for number in others:
        shut[number - 1] = excess(number)
    left = 2 * bidders - sum(shut)
    while left > 0:
        free = [n for n in others if shut[n - 1] < min(counts[n - 1], bidders)]
        if not free:
            break
        most = max(free, key=lambda n: (counts[n - 1] - shut[n - 1], -n))
        shut[most - 1] += 1
        left -= 1
    if left or max(shut) > bidders:
        raise Refusal(
            "replay.picks.not_explained",
            N_("Excluding {bidders} bidders cannot lead to the four numbers drawn."),
            repair=N_(
                "Compare counts and drawn numbers with the publication they were taken from."
            ),
            bidders=bidders,
        )
    return shut
