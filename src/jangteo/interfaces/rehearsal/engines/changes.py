"""Small changes to a bundle: one field or one byte, and what a verifier can say of them."""

import json
import random
import re
from collections.abc import Iterator
from typing import Any

import jangteo_verify as verify

#: what no computation and no signature in a bundle covers fully; the rest must be found always
UNCOVERED = re.compile(
    r"""envelopes\.\d+\.name
    | exclusions\.\d+\.(ground|article|note|at)
    | notice\.(title|buyer|sealer_hash)
    | notice\.(bidding_from|published_at|opening_at|estimated_price|a_value|base_amount)
    | notice\.(base_net_cost|difficulty)
    | outcome\.at
    | rules\..+\.(id|since|law|source|sure|where\.(estimated|reserve)_price)
    | seeds\.\d\.sealed""",
    re.VERBOSE,
)
#: terms from which nothing is computed where nothing is drawn, and which another may equal
TERMS = re.compile(
    r"notice\.(floor_rate|range_low|range_high|price_unit|price_rounding|mean_of|mean_rounding)"
)
#: on hold because a seed is not the one committed to: another commitment is as wrong
BROKEN_SEED, NOTHING = re.compile(r"seeds\.\d\.commitment"), re.compile(r"(?!)")

Place = tuple[str | int, ...]


def write(value: Any) -> bytes:
    """The canonical bytes of a bundle."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def leaves(value: Any, path: Place = ()) -> Iterator[tuple[Place, str | int]]:
    """Every text and number with its place."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part, (*path, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from leaves(part, (*path, index))
    else:
        yield path, value


def put(value: Any, path: Place, leaf: str | int) -> None:
    """Write a leaf at its place."""
    for step in path[:-1]:
        value = value[step]
    value[path[-1]] = leaf


def covered(path: Place) -> bool:
    """Whether a change at this place must be found without the published hash."""
    return not UNCOVERED.fullmatch(".".join(map(str, path)))


def changed(leaf: str | int, chance: random.Random) -> str | int:
    """Another value of the same kind: one more or less, or one letter replaced."""
    if isinstance(leaf, int):
        return leaf + chance.choice((-1, 1))
    if not leaf:
        return "x"
    at = chance.randrange(len(leaf))
    letters = "0123456789" if leaf[at].isdigit() else "abcdef"
    other = chance.choice([letter for letter in letters if letter != leaf[at]])
    return leaf[:at] + other + leaf[at + 1 :]


def change_field(data: bytes, chance: random.Random) -> bytes:
    """The bundle with one field changed."""
    value = json.loads(data)
    path, leaf = chance.choice(list(leaves(value)))
    put(value, path, changed(leaf, chance))
    return write(value)


def change_byte(data: bytes, chance: random.Random) -> bytes:
    """The bundle with one bit of one byte turned; it stays ASCII."""
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(7)]) + data[at + 1 :]


def differing(before: bytes, after: bytes) -> list[Place]:
    """The places at which two readable bundles differ."""
    one, other = (dict(leaves(json.loads(data))) for data in (before, after))
    return [path for path in one | other if one.get(path) != other.get(path)]


def found(data: bytes, sha256: str = "") -> list[str]:
    """The checks that found a difference; ["unreadable"] if it cannot be read."""
    try:
        checks = verify.Verifier(data, sha256).run()
    except verify.Unreadable:
        return ["unreadable"]
    return [f"V{one.number}" for one in checks if one.differences]


def plain(places: list[Place]) -> str:
    """The first place without its numbers, to count by."""
    return ".".join(str(step) for step in places[0] if isinstance(step, str)) if places else "bytes"


def excused(before: bytes, after: bytes) -> bool:
    """Whether a change may be left to the published hash: it lies where nothing is computed."""
    value = json.loads(before)
    held = value["outcome"]["code"] == "opening.hold.seed"
    free = (TERMS if "prices" not in value else NOTHING, BROKEN_SEED if held else NOTHING)
    return all(
        not covered(one) or any(kind.fullmatch(".".join(map(str, one))) for kind in free)
        for one in differing(before, after)
    )
