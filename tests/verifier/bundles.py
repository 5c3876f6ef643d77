"""The kept bundles, and small changes to them."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jangteo_verify as verify

FOLDER = Path(__file__).parent / "bundles"
NAMES = (
    "alone", "failed", "quoted", "reenacted", "seeded", "shortage", "unranked", "voided",
)  # fmt: skip

#: what no computation and no signature in a bundle covers fully; the rest must be found always
UNCOVERED = re.compile(
    r"""envelopes\.\d+\.name
    | exclusions\.\d+\.(ground|article|note|at)
    | notice\.(title|buyer|sealer_hash)
    | notice\.(bidding_from|published_at|opening_at|estimated_price|a_value|base_amount)
    | outcome\.at
    | rules\..+\.(id|since|law|source|sure|where\.estimated_price)
    | seeds\.\d\.sealed""",
    re.VERBOSE,
)

Path_ = tuple[str | int, ...]


def raw(name: str) -> bytes:
    return (FOLDER / f"{name}.json").read_bytes()


def bundle(name: str) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(raw(name))
    return parsed


def write(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def leaves(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str | int]]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part, (*path, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from leaves(part, (*path, index))
    else:
        yield path, value


def put(value: Any, path: Path_, leaf: str | int) -> None:
    for step in path[:-1]:
        value = value[step]
    value[path[-1]] = leaf


def covered(path: Path_) -> bool:
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


def found(data: bytes, sha256: str = "") -> list[str]:
    """The checks that found a difference; ["unreadable"] if it cannot be read."""
    try:
        checks = verify.Verifier(data, sha256).run()
    except verify.Unreadable:
        return ["unreadable"]
    return [f"V{one.number}" for one in checks if one.differences]
