"""The lot among equal bids, drawn from seeds committed to before anybody bid."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from jangteo.ground.errors import N_
from jangteo.ground.reason import Reason
from jangteo.rules.award.ranking import Ranked
from jangteo.rules.price.stream import key


@dataclass(frozen=True, slots=True)
class Tie:
    """number: 64 hex digits, the least of those of one rank comes first; place: from 1."""

    number: str
    place: int
    reason: Reason


def number(seed: bytes, bid: str) -> str:
    """A bid's number in the lot, 64 hex digits. docs/rules/ranking.md says how to repeat it.

    seed: the agency's and the platform's seed one after the other, 64 bytes, committed to with the
    notice and opened after the last bid, so that nobody can choose a lucky envelope; bid: the
    SHA-256 of its envelope in hex.
    """
    return key("jangteo/tiebreak/1", seed, bytes.fromhex(bid)).hex()


def ties(ranked: Iterable[Ranked], seed: bytes) -> dict[str, Tie]:
    """The lot of each bid that shares its rank, by its key, the hash of its envelope in hex.

    It decides only among those whom the examination finds equal as well. Law: 국가계약법 시행령
    제47조제1항제2호, 지방계약법 시행령 제48조제1항제2호: 추첨.
    """
    shared: dict[int, list[Ranked]] = defaultdict(list)
    for one in ranked:
        if one.rank:
            shared[one.rank].append(one)
    found: dict[str, Tie] = {}
    for equals in shared.values():
        if len(equals) > 1:
            order = sorted(equals, key=lambda one: number(seed, one.key))
            found |= {one.key: _tie(one, seed, n, len(order)) for n, one in enumerate(order, 1)}
    return found


def _tie(one: Ranked, seed: bytes, place: int, equals: int) -> Tie:
    drawn = number(seed, one.key)
    return Tie(
        drawn, place,
        Reason(
            "award.tiebreak.place",
            N_("By lot number {place} of {equals}, if the examination finds them equal too."),
            {"place": place, "equals": equals, "number": drawn},
            one.reasons[-1].law,
        ),
    )  # fmt: skip
