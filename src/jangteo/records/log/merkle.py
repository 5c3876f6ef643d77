"""The Merkle tree of RFC 6962: hashes, paths that prove inclusion, proofs that nothing changed.

A tree is given as `span(low, high)`, the hash over leaves low (inclusive) to high (exclusive), so
that a list in memory and a table of perfect subtrees are walked by the same lines.
"""

import hashlib
from collections.abc import Callable, Sequence

Span = Callable[[int, int], bytes]

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """SHA-256 over 0x00 and the leaf's bytes (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 over 0x01 and both children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def split(size: int) -> int:
    """The largest power of two smaller than size; size is at least 2."""
    return 1 << ((size - 1).bit_length() - 1)


def span_of(hashes: Sequence[bytes]) -> Span:
    """Walk a list of leaf hashes; every subtree is hashed once."""
    known: dict[tuple[int, int], bytes] = {}

    def span(low: int, high: int) -> bytes:
        if high - low == 1:
            return hashes[low]
        if (low, high) not in known:
            middle = low + split(high - low)
            known[low, high] = node_hash(span(low, middle), span(middle, high))
        return known[low, high]

    return span


def root_of(span: Span, size: int) -> bytes:
    """The root over the first `size` leaves."""
    return span(0, size) if size else EMPTY


def path_of(span: Span, index: int, size: int) -> list[bytes]:
    """What to hash leaf `index` with, from the leaf up; ValueError if it is not in the tree."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} among {size}")
    found: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + split(high - low)
        if index < middle:
            found.append(span(middle, high))
            high = middle
        else:
            found.append(span(low, middle))
            low = middle
    return found[::-1]


def consistency_of(span: Span, old: int, size: int) -> list[bytes]:
    """Proof that the tree of `size` leaves continues the tree of its first `old` leaves."""
    if not 0 < old <= size:
        raise ValueError(f"no tree of {old} inside one of {size}")
    found: list[bytes] = []
    low, high, whole = 0, size, True
    while old != high:
        middle = low + split(high - low)
        if old <= middle:
            found.append(span(middle, high))
            high = middle
        else:
            found.append(span(low, middle))
            low, whole = middle, False
    if not whole:
        found.append(span(low, high))
    return found[::-1]


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf data, in the order given; of nothing, SHA-256 of nothing."""
    return root_of(span_of([leaf_hash(leaf) for leaf in leaves]), len(leaves))


def path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The inclusion path of one leaf of a list."""
    return path_of(span_of([leaf_hash(leaf) for leaf in leaves]), index, len(leaves))


def root_by_path(leaf: bytes, *, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a leaf's hash and its path lead to (RFC 9162, 2.1.3.2); None if they do not."""
    if not 0 <= index < size:
        return None
    place, last, made = index, size - 1, leaf
    for other in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            made = node_hash(other, made)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            made = node_hash(made, other)
        place, last = place >> 1, last >> 1
    return None if last else made


def verify_path(data: bytes, *, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether this leaf stands at this place of the tree with this root."""
    return root_by_path(leaf_hash(data), index=index, size=size, path=path) == root


def verify_consistency(
    *, old: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the tree with `root` continues the one with `old_root` (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= size:
        return False
    if old == size:
        return not proof and old_root == root
    rest = list(proof) if old & (old - 1) else [old_root, *proof]
    if not rest:
        return False
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = rest[0]
    for other in rest[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(other, first), node_hash(other, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, other)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == root
