"""Enter people, give them roles, tokens and signing keys."""

import base64
import hashlib
import secrets
import uuid
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from django.contrib.sessions.backends.db import SessionStore

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.models import Account, ApiToken, Membership, SigningKey


def enter_account(*, username: str, name: str, password: str | None = None) -> Account:
    """Make an account; Refusal `account.taken` (409) if the name is in use."""
    if Account.objects.filter(username=username).exists():
        raise Refusal(
            "account.taken",
            N_("The sign-in name {username} is already in use."),
            repair=N_("Choose another sign-in name."),
            field="username",
            status=409,
            username=username,
        )
    return Account.objects.create_user(username, name, password)


def give_role(*, at: datetime, account_id: uuid.UUID, party_id: uuid.UUID, role: str) -> None:
    """Give a person a role in an organisation from now on; giving it twice changes nothing."""
    Membership.objects.get_or_create(
        account_id=account_id, party_id=party_id, role=role, until=None, defaults={"since": at}
    )


def end_role(*, at: datetime, account_id: uuid.UUID, party_id: uuid.UUID, role: str) -> None:
    """Take a role back from now on; the record that it was held stays."""
    rows = Membership.objects.filter(account_id=account_id, party_id=party_id, role=role)
    rows.filter(until=None).update(until=at)


def issue_token(*, at: datetime, account_id: uuid.UUID, party_id: uuid.UUID, label: str) -> str:
    """Make a machine's token and return it; this is the only moment it can be read."""
    token = "jt_" + secrets.token_urlsafe(32)
    ApiToken.objects.create(
        digest=hashlib.sha256(token.encode()).hexdigest(),
        account_id=account_id,
        party_id=party_id,
        label=label,
        created_at=at,
    )
    return token


def revoke_token(*, at: datetime, account_id: uuid.UUID, token_id: uuid.UUID) -> None:
    """Make one of a person's tokens worthless; Refusal `account.token.unknown` (404)."""
    rows = ApiToken.objects.filter(pk=token_id, account_id=account_id, revoked_at=None)
    if not rows.update(revoked_at=at):
        raise Refusal(
            "account.token.unknown",
            N_("You have no such token."),
            repair=N_("Look at the list of your tokens again."),
            status=404,
        )


def revoke_tokens(*, at: datetime, account_id: uuid.UUID, party_id: uuid.UUID) -> int:
    """Make every token of a person for one organisation worthless; how many there were."""
    rows = ApiToken.objects.filter(account_id=account_id, party_id=party_id, revoked_at=None)
    return rows.update(revoked_at=at)


def enrol_signing_key(*, at: datetime, account_id: uuid.UUID, public_key: str) -> None:
    """Enrol the public half of a P-256 key (65-byte uncompressed point, base64url unpadded)."""
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _point(public_key))
    except ValueError as error:
        raise Refusal(
            "account.signing_key.malformed",
            N_("This is not a P-256 public key."),
            repair=N_("Send the 65-byte uncompressed point in base64url without padding."),
            field="public_key",
            status=400,
        ) from error
    taken = SigningKey.objects.filter(public_key=public_key).first()
    if taken and taken.account_id != account_id:
        raise Refusal(
            "account.signing_key.taken",
            N_("This key belongs to somebody else."),
            repair=N_("Make a new key."),
            field="public_key",
            status=409,
        )
    if not taken:
        SigningKey.objects.create(account_id=account_id, public_key=public_key, enrolled_at=at)


def _point(public_key: str) -> bytes:
    """The 65 bytes of an uncompressed point; ValueError for any other spelling of the same key."""
    point = base64.b64decode(public_key + "=", altchars=b"-_", validate=True)
    spelled = base64.urlsafe_b64encode(point).rstrip(b"=").decode()
    if len(point) != 65 or point[0] != 4 or spelled != public_key:
        raise ValueError("not a canonical uncompressed point")
    return point


def forget_sessions(at: datetime) -> None:
    """Delete sessions that have ended; sessions use real time, so `at` does not matter."""
    SessionStore.clear_expired()
