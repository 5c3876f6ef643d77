"""Take a contract in hand, and check a signature over its text."""

from typing import Any

from django.db.models import Sum

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor, signing_keys
from jangteo.records.journal.queries import history
from jangteo.records.vault.canonical import unb64u
from jangteo.records.vault.seal import verify
from jangteo.stages.contract.models import Contract, Signature, Subcontract, Text
from jangteo.stages.contract.queries.reading import LIVE, unknown

LAW = "국가계약법 제11조, 지방계약법 제14조"
MOST = 500


def own(by: Actor, number: str) -> Contract:
    """A contract of the actor's side, locked; Refusal `contract.unknown` (404)."""
    found = Contract.objects.select_for_update().filter(number=number).first()
    if found is None or by.party_id not in (found.buyer_id, found.supplier_id):
        raise unknown()
    return found


def subcontracted(found: Contract) -> int:
    """What the living subcontracts of a contract come to, in won."""
    live = Subcontract.objects.filter(contract=found, status__in=LIVE)
    return live.aggregate(total=Sum("amount"))["total"] or 0


def accepted(found: Contract) -> int:
    """What was accepted so far, in won: inspections are a later stage, the journal is asked."""
    facts = history(subject=found.subject)
    totals = [fact.payload["total"] for fact in facts if fact.kind == "inspection.accept"]
    return totals[-1] if totals else 0


def reason_given(text: str, field: str = "reason") -> str:
    """A reason as it is kept; Refusal `contract.reason.missing` for none or one too long."""
    plain = text.strip()
    if not plain or len(plain) > MOST:
        raise Refusal(
            "contract.reason.missing",
            N_("This needs a reason of at most {most} characters."),
            repair=N_("Say it in a sentence or two; whoever is concerned reads it."),
            field=field,
            most=MOST,
        )
    return plain


def sign(
    by: Actor, at: Any, text: Text | None, *, side: str, signer_key: str, signature: str
) -> Signature:
    """Keep a signature over a text's statement, by an enrolled key of the signer.

    Refusal `contract.sign.key`, `contract.sign.signature` (422), `contract.sign.done` (409).
    """
    assert text is not None  # noqa: S101 - no state that can be signed is reached without a text
    if Signature.objects.filter(text=text, side=side).exists():
        raise Refusal(
            "contract.sign.done",
            N_("This side has already signed this text."),
            repair=N_("Look at the page again."),
            law=LAW,
            status=409,
        )
    if signer_key not in (signing_keys(by.account_id) if by.account_id else []):
        raise Refusal(
            "contract.sign.key",
            N_("This key is not one of yours."),
            repair=N_("Enrol the key of this device first, then sign again."),
            field="signer_key",
        )
    try:
        holds = verify(signer_key, text.statement.encode(), unb64u(signature, 64))
    except ValueError:
        holds = False
    if not holds:
        raise Refusal(
            "contract.sign.signature",
            N_("The signature does not belong to this text and key."),
            repair=N_("Load the page again and sign exactly the text that it shows."),
            field="signature",
        )
    return Signature.objects.create(
        text=text, side=side, account=by.account_id, name=by.name, key=signer_key,
        signature=signature, at=at,
    )  # fmt: skip
