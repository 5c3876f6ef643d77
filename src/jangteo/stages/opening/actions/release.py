"""Ask the custodians for the keys: two people sign, two of three custodians give."""

from datetime import datetime

from django.db import transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor, signing_keys
from jangteo.records.journal.actions import move
from jangteo.records.vault import actions as vault
from jangteo.records.vault.canonical import unb64u
from jangteo.records.vault.seal import verify
from jangteo.stages.opening.actions.locked import locked
from jangteo.stages.opening.models import Opening, Signature
from jangteo.stages.opening.states import articles

SIGNERS = ("contract_officer", "opening_officer")


def statement(*, number: str) -> str:
    """The canonical text to sign; Refusal `opening.not_closed` (409) before the set is closed."""
    with transaction.atomic():
        opening, _ = locked(number)
    if not opening.statement:
        raise Refusal(
            "opening.not_closed",
            N_("The set of envelopes has not been closed yet."),
            repair=N_("The opening officer closes it at the opening time."),
            status=409,
        )
    return opening.statement


@transaction.atomic
def sign_request(
    *, by: Actor, at: datetime, number: str, role: str, signer_key: str, signature: str
) -> Opening:
    """Add one of the two signatures over the statement; with both, ask the custodians.

    role: contract_officer or opening_officer, held by the actor; signer_key: an enrolled P-256
    key, base64url; signature: 64 bytes r||s over the statement's bytes, base64url.
    """
    opening, found = locked(number)
    law = articles(found)["opening"]
    same = Signature.objects.filter(opening=opening, role=role, account=by.account_id)
    if same.exists():
        return opening
    _may_sign(by, role, law)
    move(opening, "sign_request", by=by, at=at, payload={"role": role, "key": signer_key})
    _one_each(opening, by, role, law)
    _sound(opening, by, signer_key, signature)
    Signature.objects.create(
        opening=opening, role=role, account=by.account_id, key=signer_key, signature=signature,
        at=at,
    )  # fmt: skip
    signed = list(Signature.objects.filter(opening=opening).order_by("role"))
    if len(signed) == len(SIGNERS):
        move(opening, "request_keys", by=by, at=at, payload={"root": opening.closed_root})
        vault.request_release(
            scope=found.scope, statement=opening.statement, signatures=_as_given(signed), at=at
        )
    return opening


def _as_given(signed: list[Signature]) -> list[dict[str, str]]:
    return [
        {"role": s.role, "account": str(s.account), "key": s.key, "signature": s.signature}
        for s in signed
    ]


def _may_sign(by: Actor, role: str, law: str) -> None:
    if role not in SIGNERS or role not in by.roles:
        raise Refusal(
            "opening.sign_request.role",
            N_("You do not hold the role you want to sign in."),
            repair=N_("A contract officer and an opening officer sign, each for themselves."),
            law=law,
            field="role",
            status=403,
        )


def _one_each(opening: Opening, by: Actor, role: str, law: str) -> None:
    others = Signature.objects.filter(opening=opening)
    if others.filter(role=role).exists():
        raise Refusal(
            "opening.sign_request.signed",
            N_("Somebody has already signed in this role."),
            repair=N_("Look at the page again."),
            law=law,
            status=409,
        )
    if others.filter(account=by.account_id).exists():
        raise Refusal(
            "opening.sign_request.same_person",
            N_("You have already signed in the other role; two people must sign."),
            repair=N_("Ask a colleague who holds this role."),
            law=law,
            status=409,
        )


def _sound(opening: Opening, by: Actor, signer_key: str, signature: str) -> None:
    known = signing_keys(by.account_id) if by.account_id else []
    if signer_key not in known:
        raise Refusal(
            "opening.sign_request.key",
            N_("This key is not one of yours."),
            repair=N_("Enrol the key of this device first, then sign again."),
            field="signer_key",
        )
    try:
        holds = verify(signer_key, opening.statement.encode(), unb64u(signature, 64))
    except ValueError:
        holds = False
    if not holds:
        raise Refusal(
            "opening.sign_request.signature",
            N_("The signature does not belong to this statement and key."),
            repair=N_("Load the statement again and sign exactly its bytes."),
            field="signature",
        )


@transaction.atomic
def release_officer_key(
    *, by: Actor, at: datetime, number: str, price_private: str, signer_key: str, signature: str
) -> Opening:
    """Give the officer's own price key, unwrapped in the browser, as the third custodian's.

    price_private: 32 bytes, base64url, matching the public half published with the notice;
    signature: over statements.released_text, by the key that signed the officer's lot keys.
    """
    opening, found = locked(number)
    try:
        private, signed = unb64u(price_private, 32), unb64u(signature, 64)
    except ValueError as error:
        raise Refusal(
            "opening.release_officer_key.form",
            N_("The key or its signature is not in the expected form."),
            repair=N_("Unwrap the key again with the passphrase you chose."),
            field="price_private",
            status=400,
        ) from error
    move(opening, "release_officer_key", by=by, at=at)
    vault.add_officer_release(
        scope=found.scope, price_private=private, signer_key=signer_key, signature=signed, at=at
    )
    return opening
