"""Two of three, as everybody else computes it."""

import secrets
import time
from itertools import permutations

import pyshamir
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.records.vault import shamir


@given(st.binary(min_size=1, max_size=64))
def test_any_two_shares_give_the_secret_and_the_third(secret: bytes) -> None:
    shares = shamir.split(secret)
    assert [share[-1] for share in shares] == [1, 2, 3]
    for a, b, c in permutations(shares):
        assert shamir.combine(a, b) == secret
        assert shamir.at(a, b, c[-1]) == c[:-1]


def test_one_share_fits_every_secret() -> None:
    """Whatever the secret, some slope gives this very share: it says nothing."""
    for secret in range(256):
        slopes = [
            s
            for s in range(256)
            if shamir.split(bytes([secret]), lambda _, s=s: bytes([s]))[0][0] == 7
        ]
        assert len(slopes) == 1


def test_pyshamir_combines_ours_and_we_combine_its() -> None:
    secret = secrets.token_bytes(32)
    ours = [bytearray(share) for share in shamir.split(secret)]
    theirs = [bytes(share) for share in pyshamir.split(secret, 3, 2)]
    for i, j in ((0, 1), (0, 2), (1, 2)):
        assert bytes(pyshamir.combine([ours[i], ours[j]])) == secret
        assert shamir.combine(theirs[i], theirs[j]) == secret


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (b"ab\x01", b"cd\x01"),
        (b"ab\x01", b"c\x02"),
        (b"ab\x00", b"cd\x02"),
        (b"\x01", b"\x02"),
        (b"", b""),
    ],
)
def test_what_does_not_pair_is_refused(a: bytes, b: bytes) -> None:
    with pytest.raises(ValueError):
        shamir.combine(a, b)


def test_a_combination_costs_hundredths_of_a_millisecond() -> None:
    a, b, _ = shamir.split(secrets.token_bytes(32))
    best = min(_time(a, b) for _ in range(5))
    assert best / 200 < 0.0001


def _time(a: bytes, b: bytes) -> float:
    begun = time.perf_counter()
    for _ in range(200):
        shamir.combine(a, b)
    return time.perf_counter() - begun
