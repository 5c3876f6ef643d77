"""Two-of-three secret sharing over GF(256), table driven: hundredths of a millisecond.

Each byte s of the secret is the constant of its own random line y = s + a·x over GF(2^8) with the
polynomial x^8+x^4+x^3+x+1; share i holds the y of all bytes and then x = i as its last byte, as
HashiCorp Vault and the libraries that follow it lay a share out.
"""

import secrets
from collections.abc import Callable

SHARES = (1, 2, 3)


def _product(a: int, b: int) -> int:
    result = 0
    while b:
        if b & 1:
            result ^= a
        a = a << 1 ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return result


#: TIMES[c].translate: multiplication of every byte by c
TIMES = tuple(bytes(_product(c, value) for value in range(256)) for c in range(256))
_INVERSE = bytes([0, *(row.index(1) for row in TIMES[1:])])


def _xor(a: bytes, b: bytes) -> bytes:
    return (int.from_bytes(a) ^ int.from_bytes(b)).to_bytes(len(a))


def split(secret: bytes, chance: Callable[[int], bytes] = secrets.token_bytes) -> list[bytes]:
    """Three shares of a secret, for x = 1, 2, 3; any two give it back, one says nothing."""
    slope = chance(len(secret))
    return [_xor(secret, slope.translate(TIMES[x])) + bytes([x]) for x in SHARES]


def at(a: bytes, b: bytes, x: int) -> bytes:
    """The line through two shares, at x: 0 gives the secret. ValueError if they do not pair."""
    if len(a) != len(b) or len(a) < 2 or a[-1] == b[-1] or 0 in (a[-1], b[-1]):
        raise ValueError("two shares of one length at two different places are needed")
    over = _INVERSE[a[-1] ^ b[-1]]
    weight_a, weight_b = _product(x ^ b[-1], over), _product(x ^ a[-1], over)
    return _xor(a[:-1].translate(TIMES[weight_a]), b[:-1].translate(TIMES[weight_b]))


def combine(a: bytes, b: bytes) -> bytes:
    """The secret behind two shares. A changed share gives a wrong secret silently: check it."""
    return at(a, b, 0)
