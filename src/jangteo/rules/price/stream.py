"""Numbers from recorded seeds: a counter stream of SHA-256 blocks, free of bias and of chance.

The construction is given in full in docs/rules/preliminary-prices.md, so that an independent
verifier can be written from the text alone.
"""

import hashlib
from collections.abc import Iterator

_WORDS = 2**64


def key(label: str, *parts: bytes) -> bytes:
    """SHA-256 over the ASCII label, one zero byte, and the parts one after the other."""
    return hashlib.sha256(label.encode("ascii") + b"\x00" + b"".join(parts)).digest()


class Stream:
    """Whole numbers below a bound, each equally likely, the same for the same key."""

    def __init__(self, stream_key: bytes) -> None:
        self._words = _words(stream_key)

    def below(self, bound: int) -> int:
        """A number from 0 to bound - 1. Words that would favour small numbers are rejected."""
        if not 1 <= bound <= _WORDS:
            raise ValueError("a bound lies between 1 and 2^64")
        limit = _WORDS - _WORDS % bound
        while True:
            word = next(self._words)
            if word < limit:
                return word % bound


def _words(stream_key: bytes) -> Iterator[int]:
    """64-bit words, big-endian, of SHA-256(key, counter as 8 bytes) for counter 0, 1, 2, …"""
    counter = 0
    while True:
        block = hashlib.sha256(stream_key + counter.to_bytes(8, "big")).digest()
        for start in range(0, 32, 8):
            yield int.from_bytes(block[start : start + 8], "big")
        counter += 1
