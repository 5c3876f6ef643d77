"""The vectors and worked figures of the documents."""

import json
from collections import Counter
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

import jangteo_verify as verify

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "envelope.json").read_text())
NAMES = {"tender": "R26BK00000001", "lot": "1", "round": 0, "version": 0}
A, P = bytes(range(32)), bytes(range(32, 64))


def keys(*custodians: str) -> dict[str, verify.LotKey]:
    made = {}
    for who in custodians or verify.CUSTODIANS:
        private = X25519PrivateKey.from_private_bytes(verify.b64u(VECTORS["privates"][who]))
        public = private.public_key().public_bytes_raw()
        made[who] = verify.LotKey(verify.CUSTODIANS.index(who) + 1, private, public)
    return made


def opened(text: str, *custodians: str) -> tuple[int, tuple[int, int]]:
    names = NAMES | {"supplier": VECTORS["supplier"]}
    return verify.open_bid(
        text, names=names, keys_hash=VECTORS["keys"]["hash"], keys=keys(*custodians)
    )


@pytest.mark.parametrize("pair", list(combinations(verify.CUSTODIANS, 2)))
@pytest.mark.parametrize("bid", VECTORS["bids"], ids=lambda bid: str(bid["price"]))
def test_a_bid_opens_with_any_pair(bid: dict, pair: tuple[str, str]) -> None:
    assert opened(bid["envelope"], *pair) == (bid["price"], tuple(bid["picks"]))


@pytest.mark.parametrize("void", VECTORS["void"], ids=lambda void: void["what"])
def test_a_void_envelope_fails_its_check(void: dict) -> None:
    with pytest.raises(verify.Void, match=f"^{void['check']}$"):
        opened(void["envelope"])


@pytest.mark.parametrize(
    ("pair", "check"),
    [(("platform", "audit"), "V04"), (("officer", "platform"), "V04"),
     (("officer", "audit"), "V05")],
)  # fmt: skip
def test_fewer_than_two_sound_shares_name_the_lowest_check(
    pair: tuple[str, str], check: str
) -> None:
    two_ways = next(void for void in VECTORS["void"] if void["what"].startswith("a share spoilt"))
    with pytest.raises(verify.Void, match=f"^{check}$"):
        opened(two_ways["envelope"], *pair)


@pytest.mark.parametrize("one", VECTORS["seeds"], ids=lambda one: one["maker"])
def test_a_seed_opens_to_its_commitment(one: dict) -> None:
    names = NAMES | {"maker": one["maker"], "commitment": one["commitment"]}
    sealed = verify.read_seed(one["sealed"], names, VECTORS["keys"]["hash"])
    assert verify.open_seed(sealed, keys("officer", "audit")).hex() == one["seed"]


THREE = "101.758 98.316 102.205 98.866 102.928 100.990 99.425 99.741 100.790 97.453 101.530 "
THREE += "100.292 97.184 97.877 99.227"
TWO = "101.404 98.972 101.529 99.153 101.988 100.827 99.715 99.931 100.486 98.281 100.959 "
TWO += "100.295 98.135 98.747 99.574"


@pytest.mark.parametrize(
    ("half", "strata", "rates"), [(3, (8, 7), THREE), (2, None, TWO)], ids=("three", "two")
)
def test_rates_of_the_documented_seeds(
    half: int, strata: tuple[int, int] | None, rates: str
) -> None:
    edges = verify.bounds(Fraction(-half), Fraction(half), strata)
    made = verify.derive_rates(edges, A, P)
    assert " ".join(map(verify.three_decimals, made)) == rates


def test_numbers_supplied_for_want_of_picks() -> None:
    drawn, supplied = verify.choose(Counter({2: 5, 9: 5}), A + P)
    assert (drawn, supplied) == ([2, 9, 1, 5], [1, 5])


def test_equal_counts_go_to_the_lower_number() -> None:
    counts = dict(enumerate((1, 3, 4, 2, 8, 3, 7, 4, 3, 3, 5, 0, 2, 1, 0), 1))
    assert verify.choose(Counter(counts), b"") == ([5, 7, 11, 3], [])


@pytest.mark.parametrize(
    ("way", "values"),
    [("up", (1, 2, 2)), ("down", (0, 1, 1)), ("half_up", (1, 2, 1)), ("half_even", (0, 2, 1))],
)
def test_rounding(way: str, values: tuple[int, int, int]) -> None:
    given = (Fraction(1, 2), Fraction(3, 2), Fraction(5, 4))
    assert tuple(verify.rounded(value, 1, way) for value in given) == values


def test_roots_and_paths_agree() -> None:
    leaves = [verify.leaf_hash(bytes([n])) for n in range(7)]
    root = verify.merkle_root(leaves)
    left, right = verify.merkle_root(leaves[:4]), verify.merkle_root(leaves[4:])
    assert root == verify.sha256(b"\1", left, right)
    pair = verify.sha256(b"\1", leaves[4], leaves[5])
    assert verify.root_by_path(leaves[6], 6, 7, [pair, left]) == root
    assert verify.root_by_path(leaves[5], 5, 7, [leaves[4], leaves[6], left]) == root
    for path in ([], [pair], [pair, left, left]):
        with pytest.raises(ValueError, match="the path is too"):
            verify.root_by_path(leaves[6], 6, 7, path)
