"""What lies on the table when an opening is held: notice, closed set, exclusions, keys, seeds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from jangteo.ground.errors import Fault
from jangteo.records.log import merkle
from jangteo.records.party.queries import PartyRow, parties_by_id
from jangteo.records.vault import queries as vault
from jangteo.records.vault.statements import KeysStatement, read_keys
from jangteo.records.vault.unseal import (
    OpenedEnvelope,
    VoidEnvelope,
    open_envelopes,
    open_seed,
)
from jangteo.stages.bid import queries as sealed
from jangteo.stages.opening.models import Exclusion, Opening
from jangteo.stages.opening.queries.exclusions import excluded_of
from jangteo.stages.tender.queries import NoticeRow


@dataclass(frozen=True, slots=True)
class Case:
    """bids: the closed set in the order of their hashes; exclusions: of bids in it, by the hash."""

    opening: Opening
    found: NoticeRow
    keys: KeysStatement
    bids: Sequence[Any]
    suppliers: Mapping[UUID, PartyRow]
    exclusions: Mapping[str, Exclusion]
    privates: Mapping[str, bytes]
    seeds: Mapping[str, tuple[str, str]]

    @property
    def standing(self) -> int:
        """How many bids of the set are not excluded."""
        return len(self.bids) - len(self.exclusions)

    @property
    def unchanged(self) -> bool:
        """Whether the closed set is still the one whose root two people signed."""
        root = merkle.root([bytes(bid.hash) for bid in self.bids]).hex()
        return (root, len(self.bids)) == (self.opening.closed_root, self.opening.bids)


@dataclass(frozen=True, slots=True)
class Opened:
    """One bid of the closed set and what its envelope said."""

    bid: Any
    hash: str
    supplier: PartyRow
    excluded: bool
    content: OpenedEnvelope | VoidEnvelope

    @property
    def picks(self) -> tuple[int, ...]:
        """The two numbers picked; none if the envelope is void."""
        return () if isinstance(self.content, VoidEnvelope) else self.content.picks

    @property
    def amount(self) -> int | None:
        """Whole won; None if the envelope is void."""
        return None if isinstance(self.content, VoidEnvelope) else self.content.amount

    @property
    def check(self) -> str:
        """The number of the mechanical check that a void envelope failed, "" otherwise."""
        return self.content.check if isinstance(self.content, VoidEnvelope) else ""

    @property
    def valid(self) -> bool:
        """Whether it counts for the competition."""
        return not self.excluded and not self.check


def gather(opening: Opening, found: NoticeRow) -> Case:
    """Read everything once, inside the opening's transaction; Fault if the notice's keys differ."""
    keys = read_keys(found.keys)
    if keys.hash != found.keys_hash:
        raise Fault("the keys of the notice are not those it names")
    bids = sorted(sealed.closed_set(found.number, found.version), key=lambda bid: bytes(bid.hash))
    exclusions = excluded_of(opening, {bytes(bid.hash).hex() for bid in bids})
    return Case(
        opening, found, keys, bids, parties_by_id({bid.supplier_id for bid in bids}), exclusions,
        vault.releases(found.scope), vault.seeds(found.scope),
    )  # fmt: skip


def unseal(case: Case) -> list[Opened]:
    """Open every envelope of the closed set, excluded ones too; void ones say by which check."""
    suppliers = [case.suppliers[bid.supplier_id] for bid in case.bids]
    contents = open_envelopes(
        [bytes(bid.envelope) for bid in case.bids],
        keys=case.keys,
        privates=case.privates,
        suppliers=[supplier.identifier for supplier in suppliers],
    )
    return [
        Opened(bid, bytes(bid.hash).hex(), supplier, bytes(bid.hash).hex() in case.exclusions, one)
        for bid, supplier, one in zip(case.bids, suppliers, contents, strict=True)
    ]


def unseal_seeds(case: Case) -> tuple[bytes, bytes]:
    """The agency's and the platform's seed; Fault if one is not what was committed to."""
    if set(case.seeds) != {"agency", "platform"}:
        raise Fault("a seed is missing")
    agency, platform = (
        open_seed(*case.seeds[maker], case.privates) for maker in ("agency", "platform")
    )
    return agency, platform
