"""Signed links: whoever holds one sees one leaf; masks: what the others see of a payee."""

import uuid

from django.core import signing

_SALT = "jangteo.payment.leaf"
_SIGNER = signing.Signer(sep=".", salt=_SALT)


def token_of(leaf_id: uuid.UUID) -> str:
    """The token of a leaf's page, signed with the house's secret."""
    return _SIGNER.sign(leaf_id.hex)


def leaf_id_of(token: str) -> uuid.UUID | None:
    """The leaf that a token opens, or None if it was not made here."""
    try:
        return uuid.UUID(hex=_SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def masked_account(account: str) -> str:
    """Only the last four digits: "110123456789" → "********6789"."""
    return "*" * max(0, len(account) - 4) + account[-4:]


def masked_name(name: str) -> str:
    """The first letter of a person's name: "김하늘" → "김○○"."""
    return name[:1] + "○" * max(1, min(len(name) - 1, 3))
