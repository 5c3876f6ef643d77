"""Tickets and requests as a bidder's client makes them."""

import hashlib
from datetime import timedelta
from typing import Any

from jangteo.records.journal.queries import now
from jangteo.records.vault.canonical import b64u
from jangteo.records.vault.seal import SealedEnvelope, public_of
from jangteo.stages.bid.actions.ticket import Ticket, write_ticket
from tests.market import Bidder, Market, sealed


def ticket(where: Market, who: Bidder, **changes: Any) -> Ticket:
    """What the platform would have checked about this bidder."""
    fields = {
        "tender_id": where.tender.pk,
        "tender": where.tender.number,
        "lot": where.notice.lot,
        "round": where.notice.round,
        "version": where.notice.version,
        "supplier_id": who.party.pk,
        "supplier": who.party.identifier,
        "agent_id": who.account.pk,
        "agent_key": public_of(who.key),
        "attempt": 1,
        "keys": where.notice.keys_hash,
        "expires": int((now() + timedelta(minutes=15)).timestamp() * 1000),
    }
    return Ticket(**{**fields, **changes})


def request(
    where: Market,
    who: Bidder,
    key: str,
    *,
    envelope: SealedEnvelope | None = None,
    **changes: Any,
) -> dict[str, str]:
    """The body of a POST to /bids."""
    made = envelope or sealed(where, who)
    return {
        "ticket": write_ticket(ticket(where, who, **changes), key=key),
        "envelope": b64u(made.envelope),
        "signature": b64u(made.signature),
    }


def hash_of(made: SealedEnvelope) -> str:
    return hashlib.sha256(made.envelope).hexdigest()
