"""Ask custodians for keys, keep the officer's, add seeds, ask for the release."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import x25519
from django.db import connection, transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.models import SigningKey
from jangteo.records.account.queries import Actor, signing_keys
from jangteo.records.vault import form
from jangteo.records.vault.canonical import b64u, unb64u
from jangteo.records.vault.models import (
    KeyRequest,
    LotKey,
    OfficerKeyBackup,
    Release,
    ReleaseRequest,
    Seed,
)
from jangteo.records.vault.queries import MAKERS, keys_statement, lot_keys
from jangteo.records.vault.statements import (
    LOT_FIELDS,
    LOT_KEYS,
    RELEASE,
    RELEASE_FIELDS,
    moment,
    read_statement,
    released_text,
    verify,
)

SIGNERS = ("contract_officer", "opening_officer")


def _wake_custodians(scope: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify('jangteo_custody', %s)", [scope])


RELOAD = N_("Reload the page and try again.")


def _refuse(code: str, text: str, repair: str = RELOAD, status: int = 422) -> Refusal:
    return Refusal(f"vault.{code}", text, repair=repair, status=status)


@transaction.atomic
def request_keys(*, scope: str, deadline: datetime, at: datetime) -> None:
    """Ask the platform's and the audit custodian for keys; asking again for the same is fine."""
    if deadline <= at:
        raise _refuse("keys.deadline_past", N_("The deadline has already passed."))
    row, made = KeyRequest.objects.get_or_create(
        scope=scope, defaults={"deadline": deadline, "asked_at": at}
    )
    if not made and row.deadline != deadline:
        raise _refuse(
            "keys.other_deadline",
            N_("Keys for this notice were already asked for with another deadline."),
            N_("Ask for new keys after changing the schedule."),
            409,
        )
    _wake_custodians(scope)


def _enrolled(public_key: str, by: Actor | None) -> bool:
    if by is not None and by.account_id is not None:
        return public_key in signing_keys(by.account_id)
    return SigningKey.objects.filter(public_key=public_key, revoked_at=None).exists()


@transaction.atomic
def add_officer_keys(
    *,
    scope: str,
    statement: str,
    signer_key: str,
    signature: str,
    wrapped: str,
    at: datetime,
    by: Actor | None = None,
) -> None:
    """Keep the opening officer's signed keys, and the private halves wrapped in the browser.

    wrapped: the text that envelope.js's `wrap` makes, or "" if the officer keeps them elsewhere.
    """
    fields = read_statement(statement, kind=LOT_KEYS, fields=LOT_FIELDS)
    asked = KeyRequest.objects.filter(scope=scope).first()
    if asked is None or fields["scope"] != scope or fields["custodian"] != "officer":
        raise _refuse("keys.other_scope", N_("These keys belong to another notice."))
    if fields["deadline"] != moment(asked.deadline):
        raise _refuse(
            "keys.other_deadline", N_("The officer's keys name another deadline."), status=409
        )
    _check_officer(fields, statement, signer_key, signature, by)
    row, made = LotKey.objects.get_or_create(
        scope=scope,
        custodian="officer",
        defaults={
            "price_key": fields["price"],
            "document_key": fields["documents"],
            "statement": statement,
            "signer_key": signer_key,
            "signature": signature,
            "made_at": at,
        },
    )
    if not made and row.statement != statement:
        raise _refuse("keys.made", N_("The officer's keys were already made."), status=409)
    if made and wrapped:
        OfficerKeyBackup.objects.create(scope=scope, wrapped=wrapped)
    _wake_custodians(scope)


def _check_officer(
    fields: Mapping[str, Any], statement: str, signer_key: str, signature: str, by: Actor | None
) -> None:
    try:
        raw = unb64u(signature, 64)
        for name in ("price", "documents"):
            unb64u(fields[name], 32)
    except (ValueError, TypeError, AttributeError):
        raw = b""
    if not raw or not verify(signer_key, statement.encode(), raw):
        raise _refuse("keys.signature", N_("The signature over the keys does not hold."))
    if len(unb64u(signer_key)) != 65 or not _enrolled(signer_key, by):
        raise _refuse(
            "keys.not_enrolled",
            N_("The signing key is not enrolled for this person."),
            N_("Enrol this browser's signing key first."),
            403,
        )


@transaction.atomic
def add_seed(*, scope: str, maker: str, sealed: str, commitment: str, at: datetime) -> None:
    """Keep a sealed seed and its commitment; a second, different one is refused."""
    keys = keys_statement(scope)
    try:
        envelope = form.parse(sealed.encode())
    except (ValueError, TypeError) as error:
        raise _refuse("seed.form", N_("The sealed seed is malformed."), status=400) from error
    fits = form.split_scope(envelope.scope) == form.split_scope(scope)
    fits = fits and (envelope.kind, envelope.maker) == (form.SEED, maker) and maker in MAKERS
    if not fits or (envelope.about, envelope.keys) != (commitment, keys.hash):
        raise _refuse("seed.names", N_("The sealed seed belongs to another notice or key set."))
    row, made = Seed.objects.get_or_create(
        scope=scope,
        maker=maker,
        defaults={"sealed": sealed, "commitment": commitment, "made_at": at},
    )
    if not made and row.sealed != sealed:
        raise _refuse("seed.made", N_("A seed was already committed to."), status=409)
    _wake_custodians(scope)


@transaction.atomic
def request_release(
    *, scope: str, statement: str, signatures: Sequence[Mapping[str, str]], at: datetime
) -> None:
    """Ask the custodians for the price keys: two people's signatures over one statement.

    signatures: [{"role", "account", "key", "signature"}] of a contract and an opening officer.
    """
    fields = read_statement(statement, kind=RELEASE, fields=RELEASE_FIELDS)
    deadlines = {moment(row.deadline) for row in lot_keys(scope).values()}
    if fields["scope"] != scope or deadlines != {fields["deadline"]}:
        raise _refuse("release.other", N_("The request names another notice or deadline."))
    if at < datetime.fromisoformat(fields["deadline"]):
        raise _refuse(
            "release.before_deadline",
            N_("Keys are released only after the deadline."),
            N_("Ask again after the deadline."),
            409,
        )
    _check_signers(statement, signatures)
    row, made = ReleaseRequest.objects.get_or_create(
        scope=scope,
        defaults={
            "statement": statement,
            "signatures": [dict(one) for one in signatures],
            "asked_at": at,
        },
    )
    if not made and row.statement != statement:
        raise _refuse("release.asked", N_("The release was already asked for."), status=409)
    _wake_custodians(scope)


def _check_signers(statement: str, signatures: Sequence[Mapping[str, str]]) -> None:
    if sorted(one["role"] for one in signatures) != list(SIGNERS):
        raise _refuse(
            "release.roles", N_("A contract officer and an opening officer must both sign.")
        )
    people, keys = ({one[name] for one in signatures} for name in ("account", "key"))
    if len(people) < len(SIGNERS) or len(keys) < len(SIGNERS):
        raise _refuse("release.one_person", N_("The two signatures must be two people's."))
    for one in signatures:
        if one["key"] not in signing_keys(_account(one["account"])):
            raise _refuse("release.not_enrolled", N_("A signing key is not enrolled."), status=403)
        try:
            raw = unb64u(one["signature"], 64)
        except ValueError:
            raw = b""
        if not verify(one["key"], statement.encode(), raw):
            raise _refuse("release.signature", N_("A signature does not hold."))


def _account(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise _refuse("release.not_enrolled", N_("A signing key is not enrolled.")) from error


@transaction.atomic
def add_officer_release(
    *, scope: str, price_private: bytes, signer_key: str, signature: bytes, at: datetime
) -> None:
    """Keep the officer's own private price key, when one of the other two withholds theirs.

    signature: over statements.released_text, by the key that signed the officer's lot keys.
    """
    own = lot_keys(scope).get("officer")
    text = released_text(scope=scope, custodian="officer", price_private=b64u(price_private))
    if own is None:
        raise _refuse("release.other", N_("The request names another notice or deadline."))
    if own.signer_key != signer_key:
        raise _refuse(
            "release.other_signer",
            N_("The officer's key is given with the signing key that signed it when it was made."),
            N_("Use the browser in which the opening officer made this notice's key."),
            409,
        )
    public = x25519.X25519PrivateKey.from_private_bytes(price_private).public_key()
    if b64u(public.public_bytes_raw()) != own.price_key:
        raise _refuse("release.key", N_("This is not the key that was published."))
    if not verify(signer_key, text.encode(), signature):
        raise _refuse("release.signature", N_("A signature does not hold."))
    if at < own.deadline:
        raise _refuse(
            "release.before_deadline", N_("Keys are released only after the deadline."), status=409
        )
    Release.objects.get_or_create(
        scope=scope,
        custodian="officer",
        defaults={
            "price_private": b64u(price_private),
            "signature": b64u(signature),
            "released_at": at,
        },
    )
