"""What any machine may ask of the platform itself: the time, who it is, keys and messages."""

import uuid
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from jangteo.ground.errors import N_, Refusal
from jangteo.interfaces.api.errors import sign_in_first
from jangteo.records.account import actions, queries
from jangteo.records.message.queries import inbox
from jangteo.records.party.queries import party
from jangteo.records.vault.queries import IdentityRow, identities
from jangteo.ui.sentences import sentence

router = Router()


class TimeOut(Schema):
    """The database's time, which decides every deadline."""

    now: datetime


class PartyOut(Schema):
    """An organisation as it appears to its own people."""

    id: uuid.UUID
    kind: str
    identifier: str
    name: str


class MeOut(Schema):
    """Who the token or the session acts as."""

    account: uuid.UUID
    name: str
    party: PartyOut | None
    roles: list[str]
    signing_keys: list[str]


class TokenIn(Schema):
    """What the machine is, in words its owner will recognise in a list."""

    label: str = Field(min_length=1, max_length=60)


class TokenOut(Schema):
    """The token; it can be read only in this answer."""

    token: str


class TokenRowOut(Schema):
    """A token that works, without the token itself."""

    id: uuid.UUID
    label: str
    party_name: str
    created_at: datetime


class KeyIn(Schema):
    """The public half of a P-256 key: the 65-byte uncompressed point, base64url unpadded."""

    public_key: str = Field(max_length=100)


class KeysOut(Schema):
    """The keys whose signatures are accepted as yours."""

    signing_keys: list[str]


class MessageOut(Schema):
    """One message to your organisation."""

    id: uuid.UUID
    text: str
    link: str
    at: datetime
    read: bool


class CustodianOut(Schema):
    """A custodian's process and the Ed25519 key (32 bytes, base64url) it signs everything with."""

    custodian: str
    public_key: str
    enrolled_at: datetime


@router.get("/custodians", response=list[CustodianOut], auth=None, tags=["platform"])
def custodians(request: HttpRequest) -> list[IdentityRow]:
    """The enrolled custodians: keep these keys, and compare every notice's signers with them."""
    return identities()


@router.get("/time", response=TimeOut, auth=None, tags=["platform"])
def time(request: HttpRequest) -> dict[str, Any]:
    """The time by which every deadline is judged."""
    return {"now": request.at}


@router.get("/me", response=MeOut, tags=["me"])
def me(request: HttpRequest) -> dict[str, Any]:
    """Who I am here."""
    actor = _person(request)
    return {
        "account": actor.account_id,
        "name": actor.name,
        "party": party(actor.party_id) if actor.party_id else None,
        "roles": sorted(actor.roles),
        "signing_keys": queries.signing_keys(actor.account_id),
    }


@router.post("/tokens", response={201: TokenOut}, tags=["me"])
def make_token(request: HttpRequest, body: TokenIn) -> Status:
    """Make a token for a machine that acts as me for my organisation."""
    actor = _person(request)
    if actor.party_id is None:
        raise Refusal(
            "account.token.no_organisation",
            N_("You do not act for an organisation yet."),
            repair=N_("Register your organisation, or ask its representative to add you."),
            status=403,
        )
    token = actions.issue_token(
        at=request.at, account_id=actor.account_id, party_id=actor.party_id, label=body.label
    )
    return Status(201, {"token": token})


@router.get("/tokens", response=list[TokenRowOut], tags=["me"])
def tokens(request: HttpRequest) -> list[queries.TokenRow]:
    """My tokens that work."""
    return queries.tokens_of(_account(request))


@router.post("/tokens/{token_id}/revoke", response=list[TokenRowOut], tags=["me"])
def revoke_token(request: HttpRequest, token_id: uuid.UUID) -> list[queries.TokenRow]:
    """Make one of my tokens worthless; it may be the one that asks."""
    account = _account(request)
    actions.revoke_token(at=request.at, account_id=account, token_id=token_id)
    return queries.tokens_of(account)


@router.post("/me/keys", response={201: KeysOut}, tags=["me"])
def enrol_key(request: HttpRequest, body: KeyIn) -> Status:
    """Enrol a key that I sign with; enrolling it again changes nothing."""
    actor = _person(request)
    actions.enrol_signing_key(
        at=request.at, account_id=actor.account_id, public_key=body.public_key
    )
    return Status(201, {"signing_keys": queries.signing_keys(actor.account_id)})


@router.get("/me/messages", response=list[MessageOut], tags=["me"])
def messages(request: HttpRequest) -> list[dict[str, Any]]:
    """The newest messages to my organisation."""
    actor = _person(request)
    rows = inbox(actor.party_id) if actor.party_id else []
    return [
        {"id": m.id, "text": sentence(m.text, m.params), "link": m.link, "at": m.at, "read": m.read}
        for m in rows
    ]


def _account(request: HttpRequest) -> uuid.UUID:
    account_id = _person(request).account_id
    if account_id is None:
        raise sign_in_first()
    return account_id


def _person(request: HttpRequest) -> queries.Actor:
    if not request.actor.signed_in:
        raise sign_in_first()
    actor: queries.Actor = request.actor
    return actor
