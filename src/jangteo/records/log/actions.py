"""Append leaves; sign what stands."""

from datetime import datetime

from jangteo.records.log import merkle, note
from jangteo.records.log.models import Checkpoint, Node
from jangteo.records.log.queries import edge, log_key, log_name, size, stored_span


def append(leaves: list[bytes], *, start: int) -> None:
    """Add leaves from place `start` on, with every subtree that they complete.

    start: the tree's size before. Called by the sequencer only, inside its transaction.
    """
    made: dict[tuple[int, int], bytes] = {}
    known = {
        (level, index): bytes(hash_)
        for level, index, hash_ in Node.objects.filter(edge(start)).values_list(
            "level", "index", "hash"
        )
    }
    for index, leaf in enumerate(leaves, start):
        level, place, hash_ = 0, index, merkle.leaf_hash(leaf)
        made[level, place] = hash_
        while place & 1:
            left = (level, place - 1)
            hash_ = merkle.node_hash(made[left] if left in made else known[left], hash_)
            level, place = level + 1, place >> 1
            made[level, place] = hash_
    Node.objects.bulk_create(
        [Node(level=level, index=index, hash=hash_) for (level, index), hash_ in made.items()],
        batch_size=500,
    )


def sign_checkpoint(*, at: datetime) -> Checkpoint:
    """Sign the tree as it stands."""
    held = size()
    root = merkle.root_of(stored_span(), held)
    text = note.checkpoint(log_name(), size=held, root=root, at=at, key=log_key())
    return Checkpoint.objects.create(size=held, root=root, note=text, signed_at=at)
