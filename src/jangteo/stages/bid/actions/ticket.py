"""A ticket: what the platform checked about a bidder, in a form that intake checks by itself.

token = base64url(canonical JSON) + "." + base64url(HMAC-SHA256 over that JSON), both unpadded.
"""

import hashlib
import hmac
import json
import uuid
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from jangteo.records.vault.canonical import b64u, canonical, unb64u

VERSION = "jangteo/ticket/1"
LIFETIME = timedelta(minutes=15)
IDS = ("tender_id", "supplier_id", "agent_id")


class BadTicket(ValueError):
    """Not made with our key, or not whole."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """keys: hex hash of the lot-key statement; expires: milliseconds since 1970, UTC."""

    tender_id: uuid.UUID
    tender: str
    lot: str
    round: int
    version: int
    supplier_id: uuid.UUID
    supplier: str
    agent_id: uuid.UUID
    agent_key: str
    attempt: int
    keys: str
    expires: int

    def expired(self, at: datetime) -> bool:
        """Whether its quarter of an hour is over."""
        return at.timestamp() * 1000 >= self.expires


def _mac(body: bytes, key: str) -> bytes:
    return hmac.digest(key.encode(), body, hashlib.sha256)


def write_ticket(ticket: Ticket, *, key: str) -> str:
    """The token of a ticket."""
    fields = {"v": VERSION, **asdict(ticket)}
    for name in IDS:
        fields[name] = str(fields[name])
    body = canonical(fields)
    return f"{b64u(body)}.{b64u(_mac(body, key))}"


def read_ticket(token: str, *, key: str) -> Ticket:
    """The ticket of a token; BadTicket if it was not made with this key. Expiry is not judged."""
    try:
        body, mac = (unb64u(part) for part in token.split("."))
    except ValueError as error:
        raise BadTicket("not a token") from error
    if not hmac.compare_digest(mac, _mac(body, key)):
        raise BadTicket("another key made this")
    fields = json.loads(body)
    if fields.pop("v") != VERSION:
        raise BadTicket("another form of ticket")
    for name in IDS:
        fields[name] = uuid.UUID(fields[name])
    return Ticket(**fields)
