"""What stands in the log, and how to prove it."""

from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db.models import Q

from jangteo.records.journal import chain
from jangteo.records.journal.models import Link
from jangteo.records.log import merkle, note
from jangteo.records.log.models import Checkpoint, Node


@dataclass(frozen=True, slots=True)
class CheckpointRow:
    """A signed statement of what the log holds."""

    size: int
    root: bytes
    note: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """That a leaf stands at a place under a checkpoint."""

    place: int
    leaf: bytes
    path: tuple[bytes, ...]
    checkpoint: CheckpointRow


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a walk along the whole chain found; faults are sentences, empty when all is well."""

    size: int
    faults: tuple[str, ...]


def log_name() -> str:
    """The log's name as receipts and checkpoints give it."""
    return note.origin(settings.SITE_URL)


def log_key() -> Ed25519PrivateKey:
    """The key that signs checkpoints; made at first start."""
    return note.load_key((settings.SECRETS / "log.pem").read_bytes())


def verifier_key() -> str:
    """The public key as witnesses configure it."""
    return note.verifier_key(log_name(), log_key())


def size() -> int:
    """How many leaves the log holds."""
    last = Node.objects.filter(level=0).order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def stored_span() -> merkle.Span:
    """The tree as its table holds it."""

    def span(low: int, high: int) -> bytes:
        width = high - low
        if width & (width - 1) == 0 and low % width == 0:
            node = Node.objects.get(level=width.bit_length() - 1, index=low // width)
            return bytes(node.hash)
        middle = low + merkle.split(width)
        return merkle.node_hash(span(low, middle), span(middle, high))

    return span


def edge(size: int) -> Q:
    """The perfect subtrees that a tree of this size consists of, as a filter of nodes."""
    found, low = Q(pk__in=[]), 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            found |= Q(level=level, index=low >> level)
            low += 1 << level
    return found


def latest_checkpoint() -> CheckpointRow | None:
    """The last signed checkpoint, or None before the first."""
    row = Checkpoint.objects.order_by("-id").first()
    return CheckpointRow(row.size, bytes(row.root), row.note, row.signed_at) if row else None


def proof(place: int) -> Proof | None:
    """That the fact at a place is in the last checkpoint; None while it is not."""
    checkpoint = latest_checkpoint()
    if checkpoint is None or not 0 <= place < checkpoint.size:
        return None
    link = Link.objects.select_related("entry").get(place=place)
    path = merkle.path_of(stored_span(), place, checkpoint.size)
    return Proof(place, chain.entry_bytes(link.entry), tuple(path), checkpoint)


def consistency(old: int, new: int) -> list[bytes]:
    """That the log of `new` leaves continues the log of `old`; ValueError for other sizes."""
    if new > size():
        raise ValueError(f"the log holds fewer than {new} leaves")
    return merkle.consistency_of(stored_span(), old, new)


def verify_chain() -> ChainReport:
    """Recompute every hash of the chain and every leaf of the log from the facts themselves."""
    faults: list[str] = []
    before, leaves = chain.START, []
    stored = dict(Node.objects.filter(level=0).values_list("index", "hash"))
    for expected, (place, entry, hash_) in enumerate(chain.walk()):
        data = chain.entry_bytes(entry)
        leaf = merkle.leaf_hash(data)
        leaves.append(leaf)
        if place != expected:
            faults.append(f"place {expected} is missing")
            break
        if chain.link_hash(before, data) != hash_:
            faults.append(f"the fact at place {place} is not what was chained")
        if bytes(stored.get(place, b"")) != leaf:
            faults.append(f"the leaf at place {place} is not its fact's")
        before = hash_
    faults += _verify_checkpoints(leaves)
    return ChainReport(len(leaves), tuple(faults))


def _verify_checkpoints(leaves: list[bytes]) -> list[str]:
    span = merkle.span_of(leaves)
    faults = []
    for held, root in Checkpoint.objects.order_by("size").values_list("size", "root").distinct():
        if held > len(leaves) or merkle.root_of(span, held) != bytes(root):
            faults.append(f"the checkpoint of {held} leaves does not match the facts")
    return faults


def checkpoints(most: int) -> list[CheckpointRow]:
    """The newest signed checkpoints, newest first."""
    rows = Checkpoint.objects.order_by("-id")[:most]
    return [CheckpointRow(row.size, bytes(row.root), row.note, row.signed_at) for row in rows]
