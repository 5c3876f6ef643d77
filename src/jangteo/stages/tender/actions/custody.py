"""Keys and seeds for the version being prepared: asked for, and brought by the officer."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.records.account.queries import Actor, signing_keys
from jangteo.records.journal.actions import move
from jangteo.records.vault import actions as vault
from jangteo.records.vault.queries import custody_state
from jangteo.records.verifier.asking import unlocked
from jangteo.stages.tender.actions.drafting import changeable, draft_of, permitted
from jangteo.stages.tender.actions.trial import try_out
from jangteo.stages.tender.models import Draft, Tender
from jangteo.stages.tender.queries.checks import against
from jangteo.stages.tender.queries.rows import current_notice, draft_row, scope_of
from jangteo.stages.tender.queries.seen import shown


@dataclass(frozen=True, slots=True)
class Asked:
    """What the custodians were asked for."""

    scope: str
    deadline: datetime


@unlocked
def ask_for_keys(*, by: Actor, at: datetime, number: str, renew: bool = False) -> Asked:
    """Ask the three custodians for lot keys of the version being prepared (전자조달법 제7조).

    All terms must be complete and lawful as if published now: Refusals otherwise. Asking again
    with the same deadline changes nothing unless `renew`, which begins a new attempt.
    """
    tender = changeable(by, number)
    permitted(by, "ask_for_keys", tender)
    found = draft_of(tender)
    seen = shown(by, found, tender, at=at)
    _refuse_if_any(against(seen, at=at, current=current_notice(number)))
    row = draft_row(found, tender)
    try_out(row, on=tender.rule_day or at.astimezone(KST).date(), at=at)
    asked_before = found.keys_deadline is not None
    if asked_before and found.keys_deadline == found.deadline and not renew:
        return _asked(tender, found)
    found.custody_attempt = free_attempt(tender)
    found.keys_deadline = found.deadline
    found.save(update_fields=["custody_attempt", "keys_deadline"])
    asked = _asked(tender, found)
    move(
        tender, "ask_for_keys", by=by, at=at,
        payload={"scope": asked.scope, "deadline": asked.deadline.isoformat()},
    )  # fmt: skip
    vault.request_keys(scope=asked.scope, deadline=asked.deadline, at=at)
    return asked


def free_attempt(tender: Tender) -> int:
    """The first attempt at the next version for which no custodian was asked yet.

    A correction that was thrown away leaves its requests behind: they name its own deadline.
    """
    attempt = 0
    while custody_state(scope_of(tender.number, tender.version + 1, attempt)).deadline:
        attempt += 1
    return attempt


def _refuse_if_any(found: list[Refusal]) -> None:
    if found:
        raise Refusals(found)


def _asked(tender: Tender, found: Draft) -> Asked:
    if found.deadline is None:
        raise _not_asked()
    scope = scope_of(tender.number, tender.version + 1, found.custody_attempt)
    return Asked(scope, found.deadline)


def _not_asked() -> Refusal:
    return Refusal(
        "tender.keys.not_asked",
        N_("Nobody has asked for the lot keys of this deadline yet."),
        repair=N_("A contract officer checks the notice and asks for the keys first."),
        status=409,
    )


def _scope_to_serve(tender: Tender) -> str:
    found = draft_of(tender)
    if found.keys_deadline is None or found.keys_deadline != found.deadline:
        raise _not_asked()
    return _asked(tender, found).scope


def _own_key(by: Actor, signer_key: str) -> None:
    if by.account_id is None or signer_key not in signing_keys(by.account_id):
        raise Refusal(
            "tender.custody.key_not_enrolled",
            N_("The lot keys were signed with a key that is not enrolled for you."),
            repair=N_("Enrol this device's signing key, then sign again."),
            field="signer_key",
            status=403,
        )


def add_custody(
    *, by: Actor, at: datetime, number: str, statement: str, signer_key: str, signature: str,
    wrapped: str,
) -> None:  # fmt: skip
    """Bring the opening officer's public lot keys, in a statement signed with an enrolled key.

    wrapped: the private halves under the officer's passphrase, made in the browser; useless here.
    """
    with transaction.atomic():
        tender = changeable(by, number)
        permitted(by, "add_custody", tender)
        _own_key(by, signer_key)
        scope = _scope_to_serve(tender)
        move(tender, "add_custody", by=by, at=at, payload={"scope": scope})
        vault.add_officer_keys(
            scope=scope, statement=statement, signer_key=signer_key, signature=signature,
            wrapped=wrapped, at=at,
        )  # fmt: skip


def add_agency_seed(*, by: Actor, at: datetime, number: str, sealed: str, commitment: str) -> None:
    """Bring the agency's half of the chance behind the 15 prices, sealed to the three keys."""
    with transaction.atomic():
        tender = changeable(by, number)
        permitted(by, "add_agency_seed", tender)
        scope = _scope_to_serve(tender)
        move(
            tender, "add_agency_seed", by=by, at=at,
            payload={"scope": scope, "commitment": commitment},
        )  # fmt: skip
        vault.add_seed(scope=scope, maker="agency", sealed=sealed, commitment=commitment, at=at)
