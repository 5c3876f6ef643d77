"""Publish a notice, and publish its corrections: each time a version that never changes."""

from datetime import datetime
from typing import Any

from django.db import transaction

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.records.account.queries import Actor
from jangteo.records.document.queries import documents
from jangteo.records.journal.actions import move
from jangteo.records.vault import queries as vault
from jangteo.records.vault.seal import sealer_hash
from jangteo.records.verifier.asking import unlocked, waited
from jangteo.stages.tender.actions.custody import free_attempt
from jangteo.stages.tender.actions.drafting import changeable, draft_of, permitted, save_draft
from jangteo.stages.tender.actions.trial import try_out
from jangteo.stages.tender.models import Draft, NoticeVersion, Tender
from jangteo.stages.tender.queries.care import care_missing
from jangteo.stages.tender.queries.checks import against, custody_problems, filled
from jangteo.stages.tender.queries.rows import TERMS, NoticeRow, draft_row, notice
from jangteo.stages.tender.queries.seen import shown
from jangteo.stages.tender.queries.trial import examples


@unlocked
def publish(*, by: Actor, at: datetime, number: str) -> NoticeRow:
    """Publish the first version: 국가계약법 시행령 제33조–제36조, 전자조달법 시행규칙 제2조.

    The law of this day holds for the tender from now on (rule_day). Refusals name every breach
    at once, among them lot keys or seeds that are missing or name another deadline.
    """
    tender = changeable(by, number)
    permitted(by, "publish", tender)
    _in_state(tender, "draft", "publish")
    tender.rule_day = at.astimezone(KST).date()
    version = _freeze(tender, draft_of(tender), by=by, at=at)
    _put_in_force(tender, version)
    move(tender, "publish", by=by, at=at, payload=_told(tender, version))
    return notice(number)


def start_correction(
    *, by: Actor, at: datetime, number: str, changes: dict[str, Any] | None = None
) -> Draft:
    """Begin a correction from the version in force: 국가계약법 시행령 제33조제2항.

    Until it is published the version in force stays as it is; if one is begun already, it is
    returned. changes: fields to write at once, all or nothing. Refusal `tender.correct.too_late`.
    """
    with transaction.atomic():
        tender = changeable(by, number)
        permitted(by, "start_correction", tender)
        _in_state(tender, "active", "start_correction")
        current = notice(number)
        _before_deadline(current, at)
        begun = Draft.objects.filter(tender=tender).first()
        if begun is None:
            begun = _begun_from(tender, current, at)
            move(tender, "start_correction", by=by, at=at)
        if changes:
            begun = save_draft(by=by, at=at, number=number, changes=changes)
    return begun


def _begun_from(tender: Tender, current: NoticeRow, at: datetime) -> Draft:
    values = {name: getattr(current, name) for name in TERMS}
    for name in ("licences", "regions", "documents"):
        values[name] = list(values[name])
    begun = Draft(tender=tender, saved_at=at, custody_attempt=free_attempt(tender), **values)
    known = examples(draft_row(begun, tender), on=current.rule_day)
    begun.examples_seen = known.hash if known else ""  # where these terms lead is public
    begun.save(force_insert=True)
    return begun


@unlocked
def correct(*, by: Actor, at: datetime, number: str) -> NoticeRow:
    """Publish what is being prepared as the next version, with keys of its own.

    Before the deadline in force; the new one gives the remaining days and at least five more
    (국가계약법 시행령 제33조제2항, 지방계약법 시행령 제33조제2항). Bids for the version before
    become void because every envelope names its version.
    """
    tender = changeable(by, number)
    permitted(by, "correct", tender)
    _in_state(tender, "active", "correct")
    current = notice(number)
    _before_deadline(current, at + waited())  # the trial may have taken its time
    version = _freeze(tender, draft_of(tender), by=by, at=at, current=current)
    _put_in_force(tender, version)
    altered = [name for name in TERMS if _value(version, name) != getattr(current, name)]
    payload = _told(tender, version)
    payload |= {"reason": version.correction_reason, "altered": altered}
    move(tender, "correct", by=by, at=at, payload=payload)
    return notice(number)


def abandon_correction(*, by: Actor, at: datetime, number: str) -> None:
    """Throw away a correction that is being prepared; the version in force stays."""
    with transaction.atomic():
        tender = changeable(by, number)
        permitted(by, "edit", tender)
        _in_state(tender, "active", "edit")
        draft_of(tender).delete()
        move(tender, "edit", by=by, at=at, payload={"abandoned": True})


def _value(version: NoticeVersion, name: str) -> Any:
    value = getattr(version, name)
    return tuple(value) if isinstance(value, list) else value


def _in_state(tender: Tender, state: str, verb: str) -> None:
    if tender.status != state:
        raise Refusal(
            f"tender.{verb}.not_now",
            N_("This cannot be done in the present state: {state}."),
            repair=N_("Look at the page again; somebody may have acted meanwhile."),
            law=tender.state_table.transition(verb).law,
            status=409,
            state=tender.status,
        )


def _before_deadline(current: NoticeRow, at: datetime) -> None:
    if current.deadline is None or at >= current.deadline:
        raise Refusal(
            "tender.correct.too_late",
            N_("The deadline has passed; the notice can no longer be corrected."),
            repair=N_("Cancel the tender with a reason before the opening, and publish anew."),
            law=Tender.state_table.transition("correct").law,
            status=409,
        )


def _freeze(
    tender: Tender, found: Draft, *, by: Actor, at: datetime, current: NoticeRow | None = None
) -> NoticeVersion:
    """Make the version: all checks, then the draft's text with defaults filled in, and its keys."""
    row = draft_row(found, tender)
    wrong = against(shown(by, found, tender, at=at), at=at, current=current)
    wrong += custody_problems(row) + care_missing(by, tender.number, at=at)
    on = tender.rule_day or at.astimezone(KST).date()
    if wrong:
        raise Refusals(wrong)
    try_out(row, on=on, at=at)
    whole = filled(row, on=on)
    keys = vault.keys_statement(row.scope)
    version = NoticeVersion.objects.create(
        tender=tender,
        version=row.next_version,
        published_at=at,
        published_by=by.account_id,
        correction_reason=row.correction_reason,
        rules=whole.rows,
        scope=row.scope,
        keys=keys.text,
        keys_hash=keys.hash,
        sealer_hash=sealer_hash(),
        **whole.terms,
    )
    found.delete()
    return version


def _put_in_force(tender: Tender, version: NoticeVersion) -> None:
    tender.version = version.version
    tender.save(update_fields=["version", "rule_day"])


def _told(tender: Tender, version: NoticeVersion) -> dict[str, Any]:
    """What the journal and so the public log promise about a version."""
    papers = {str(row.id): row.sha256 for row in documents(tender.subject)}
    seeds = vault.custody_state(version.scope).seeds
    return {
        "version": version.version,
        "title": version.title,
        "base_amount": version.base_amount,
        "bidding_from": _iso(version.bidding_from),
        "deadline": _iso(version.deadline),
        "opening_at": _iso(version.opening_at),
        "rule_day": tender.rule_day.isoformat() if tender.rule_day else "",
        "rules": version.rules,
        "scope": version.scope,
        "keys_hash": version.keys_hash,
        "seed_commitments": dict(seeds),
        "sealer_hash": version.sealer_hash,
        "documents": [papers[one] for one in version.documents],
    }


def _iso(at: datetime | None) -> str:
    return at.astimezone(KST).isoformat() if at else ""
