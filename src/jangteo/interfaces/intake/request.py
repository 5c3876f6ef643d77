"""From the bytes of a POST to a ticket and an envelope that belong together."""

import json
from dataclasses import dataclass
from typing import Any

from jangteo.ground.errors import N_
from jangteo.interfaces.intake.answers import Refused
from jangteo.records.vault.canonical import unb64u
from jangteo.records.vault.form import BID, Envelope, parse
from jangteo.stages.bid.actions.receipt import digest_of
from jangteo.stages.bid.actions.ticket import BadTicket, Ticket, read_ticket

FORM = '{"ticket", "envelope", "signature"}'
LARGEST = 16_384


@dataclass(frozen=True, slots=True)
class Sent:
    """A request whose parts are sound; the deadline and the signature are judged elsewhere."""

    ticket: Ticket
    envelope: bytes
    hash: bytes
    signature: bytes


def _fields(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
        if isinstance(value, dict) and all(
            isinstance(value.get(name), str) for name in ("ticket", "envelope", "signature")
        ):
            return value
    except (ValueError, RecursionError):
        pass
    raise Refused("bid.malformed_request", form=FORM)


def _agrees(envelope: Envelope, ticket: Ticket) -> None:
    pairs = {
        N_("form"): (envelope.kind, BID),
        N_("tender"): (envelope.tender, ticket.tender),
        N_("lot"): (envelope.lot, ticket.lot),
        N_("round"): (envelope.round, ticket.round),
        N_("notice version"): (envelope.version, ticket.version),
        N_("supplier"): (envelope.maker, ticket.supplier),
        N_("set of lot keys"): (envelope.keys, ticket.keys),
    }
    for what, (named, expected) in pairs.items():
        if named != expected:
            raise Refused("bid.another_envelope", what=what)


def read_request(body: bytes, *, ticket_key: str) -> Sent:
    """The parts of a request; Refused says which one is not as it must be."""
    fields = _fields(body)
    try:
        ticket = read_ticket(fields["ticket"], key=ticket_key)
    except BadTicket as error:
        raise Refused("bid.ticket_forged") from error
    try:
        signature = unb64u(fields["signature"], 64)
        data = unb64u(fields["envelope"])
        envelope = parse(data)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Refused("bid.malformed_envelope", what=str(error)) from error
    _agrees(envelope, ticket)
    return Sent(ticket, data, digest_of(data), signature)
