"""Make a ticket: everything about a bidder that intake need not ask again."""

from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from django.conf import settings

from jangteo.ground.errors import Refusal, Refusals
from jangteo.records.account.queries import Actor
from jangteo.records.log.note import load_key
from jangteo.records.log.queries import log_name, verifier_key
from jangteo.records.party.queries import party
from jangteo.records.vault.canonical import unb64u
from jangteo.stages.bid.actions.receipt import public_text
from jangteo.stages.bid.actions.refusals import REFUSALS, refuse
from jangteo.stages.bid.actions.ticket import LIFETIME, Ticket, write_ticket
from jangteo.stages.bid.queries import may_bid, my_bid
from jangteo.stages.bid.queries.eligibility import Check
from jangteo.stages.tender.queries import notice


@dataclass(frozen=True, slots=True)
class IssuedTicket:
    """The token, and in the open what its holder needs to seal. keys: the canonical statement."""

    ticket: str
    tender: str
    lot: str
    round: int
    version: int
    supplier: str
    attempt: int
    keys: str
    keys_hash: str
    deadline: datetime
    expires: datetime
    intake: str


def make_ticket(*, by: Actor, at: datetime, number: str, agent_key: str) -> IssuedTicket:
    """A ticket for the version in force, good for fifteen minutes.

    agent_key: the P-256 key made for this bid. Refusal or Refusals with every reason why not.
    """
    answer = may_bid(by, number, at)
    if not answer.allowed:
        refusals = [_refusal(check) for check in answer.obstacles]
        raise refusals[0] if len(refusals) == 1 else Refusals(refusals)
    _check_key(agent_key)
    found = notice(number)
    if by.party_id is None or by.account_id is None or found.deadline is None:
        raise refuse("bid.may_not")
    mine = my_bid(by, number)
    supplier = party(by.party_id).identifier
    attempt = mine.attempt + 1 if mine else 1
    ticket = Ticket(
        tender_id=found.tender_id, tender=number, lot=found.lot, round=found.round,
        version=found.version, supplier_id=by.party_id, supplier=supplier,
        agent_id=by.account_id, agent_key=agent_key, attempt=attempt, keys=found.keys_hash,
        expires=int((at + LIFETIME).timestamp() * 1000),
    )  # fmt: skip
    return IssuedTicket(
        write_ticket(ticket, key=settings.TICKET_KEY), number, found.lot, found.round,
        found.version, supplier, attempt, found.keys, found.keys_hash, found.deadline,
        at + LIFETIME, settings.INTAKE_URL,
    )  # fmt: skip


def _refusal(check: Check) -> Refusal:
    reason = check.reason
    known = REFUSALS.get(reason.code, REFUSALS["bid.may_not"])
    return Refusal(
        reason.code,
        reason.text,
        repair=check.repair or known.repair,
        law=reason.law,
        status=known.status,
        **reason.params,
    )


def _check_key(agent_key: str) -> None:
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), unb64u(agent_key, 65))
    except ValueError as error:
        raise refuse("bid.bad_agent_key", field="agent_key") from error


def receipt_keys() -> dict[str, str]:
    """The public keys of receipts and of the log, as they are published."""
    key = load_key((settings.SECRETS / "receipt.pem").read_bytes())
    return {"public_key": public_text(key), "log": log_name(), "log_key": verifier_key()}
