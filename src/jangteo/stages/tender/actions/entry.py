"""Enter the figures a second time, answer warnings, admit a person of another agency."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal, Refusals
from jangteo.records.account.queries import Actor, account_named, memberships
from jangteo.records.journal.actions import record
from jangteo.records.party.queries import party
from jangteo.rules.entry.care import tries
from jangteo.stages.registration.queries import registration_of
from jangteo.stages.tender import states
from jangteo.stages.tender.actions import fields
from jangteo.stages.tender.actions.drafting import draft_of, permitted
from jangteo.stages.tender.models import BorrowedPerson, Draft, Override, SecondEntry, Tender
from jangteo.stages.tender.queries.care import reader
from jangteo.stages.tender.queries.checks import fill_in, needed
from jangteo.stages.tender.queries.entry import (
    Doubt,
    SecondState,
    figures,
    may_second,
    second_state,
    terms_hash,
    tries_left,
    warnings,
    with_figures,
)
from jangteo.stages.tender.queries.rows import DraftRow, draft_row, unknown

#: figures that are whole numbers; the others are texts
_WHOLE = ("base_amount", "a_value", "base_net_cost", "price_unit")


def second_entry(
    *, by: Actor, at: datetime, number: str, values: dict[str, Any]
) -> tuple[str, ...]:
    """Enter the figures that decide the award without having seen the first ones.

    values: of states.TWICE, each as of save_draft; left out or blank is the rule's own. Gives the
    names of those that differ: none, and the notice may go out. What differs is told to both, never
    what the other wrote. Refusals `tender.second_entry.forbidden` and `.same_person` (403),
    `.not_now`, `.spent` after too many tries (409), those of malformed fields. Law guarded:
    국가계약법 시행령 제9조.
    """
    with transaction.atomic():
        tender, found = _opened(by, number, "second_entry")
        state = second_state(found, tender, on=_day(tender, at))
        _enterable(by, state)
        if not tries_left(found, tender, by, on=_day(tender, at)):
            raise _spent(_day(tender, at))
        row = draft_row(found, tender)
        first, second = _both(row, values, tender, at)
        differing = [name for name in states.TWICE if first[name] != second[name]]
        SecondEntry.objects.create(
            tender=tender, version=row.next_version, entered_as=found.entered_as,
            first_by=sorted(state.first_by), first_values=first, second_by=by.account_id,
            second_name=by.name, second_values=second, differing=differing, at=at,
        )  # fmt: skip
        told = {"version": row.next_version, "agrees": not differing, "differing": differing}
        _record(tender, "second_entry", by=by, at=at, payload=told)
    return tuple(differing)


def _opened(by: Actor, number: str, verb: str) -> tuple[Tender, Draft]:
    """Tender, locked, and draft for a second person; 404 for whoever may not know of it."""
    tender = Tender.objects.select_for_update().filter(number=number).first()
    if tender is None or not reader(tender, by):
        raise unknown()
    if not may_second(tender, by):
        permitted(by, verb, tender)
        raise unknown()  # of the buyer, yet not one of those the table names
    return tender, draft_of(tender)


def _day(tender: Tender, at: datetime) -> Any:
    return tender.rule_day or at.astimezone(KST).date()


def _enterable(by: Actor, state: SecondState) -> None:
    if state.state not in ("missing", "differs"):
        raise Refusal(
            "tender.second_entry.not_now",
            N_("No second entry is asked for at this moment."),
            repair=N_("It is asked for when all figures stand in the draft, and made once."),
            law=states.FIGURES,
            status=409,
        )
    if str(by.account_id) in state.first_by:
        raise Refusal(
            "tender.second_entry.same_person",
            N_("You wrote one of the figures yourself; the second entry is another person's."),
            repair=N_("Let another officer enter them, or borrow one from another agency."),
            law=states.FIGURES,
            status=403,
        )


def _spent(on: date) -> Refusal:
    return Refusal(
        "tender.second_entry.spent",
        N_("You have entered these figures {tries} times, and they never agreed."),
        repair=N_(
            "Let another officer enter them, or the first one look into the papers and correct "
            "theirs; then you may enter them again."
        ),
        law=states.FIGURES,
        status=409,
        tries=tries(on=on),
    )


def _both(
    row: DraftRow, values: dict[str, Any], tender: Tender, at: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    blank: dict[str, Any] = {n: None if n in _WHOLE else "" for n in states.TWICE}
    strange = sorted(set(values) - set(blank))
    if strange:
        raise _not_asked(strange[0])
    given = blank | fields.read(values)
    missing = [n for n in _WHOLE if n in needed(row) and given[n] is None]
    if missing:
        raise Refusals([_blank(name) for name in missing])
    on = _day(tender, at)
    first, second = figures(row, on=on), figures(with_figures(row, given), on=on)
    if first is None or second is None:
        raise _not_asked("price_unit")
    if not row.floor_rate and not given["floor_rate"]:
        # both leave it to the rule, which follows the difficulty: only that was typed otherwise
        second = {**second, "floor_rate": first["floor_rate"]}
    return first, second


def _not_asked(field: str) -> Refusal:
    return Refusal(
        "tender.second_entry.unreadable",
        N_("{field_name} cannot be entered like this."),
        repair=N_("Enter the figures of the design papers, or leave it empty for the rule's own."),
        field=field,
        field_name=states.FIELD_LABELS.get(field, field),
    )


def _blank(name: str) -> Refusal:
    return Refusal(
        "tender.second_entry.blank",
        N_("The second entry does not say this yet: {field_name}."),
        repair=fill_in(name),
        law=states.FIGURES,
        field=name,
        field_name=states.FIELD_LABELS[name],
    )


def _record(tender: Tender, verb: str, *, by: Actor, at: datetime, payload: dict[str, Any]) -> None:
    """A fact by somebody who may be of another agency, so that `move` would not let it pass."""
    row = tender.state_table.transition(verb)
    if tender.status not in row.source:
        raise Refusal(
            f"tender.{verb}.not_now",
            N_("This cannot be done in the present state: {state}."),
            repair=N_("Look at the page again; somebody may have acted meanwhile."),
            law=row.law,
            status=409,
            state=tender.status,
        )
    record(
        f"tender.{verb}", tender.subject, by=by, at=at, tender=tender.number, law=row.law,
        payload=payload,
    )  # fmt: skip


def give_reason(*, by: Actor, at: datetime, number: str, code: str, reason: str) -> None:
    """Say in writing why something that is doubted is right; above the small band another agrees.

    Refusals `tender.warning.unknown` (409), `tender.warning.no_reason`, `tender.give_reason.…`.
    """
    with transaction.atomic():
        tender, found = _opened(by, number, "give_reason")
        permitted(by, "give_reason", tender)
        if not reason.strip() or len(reason.strip()) > 500:
            raise Refusal(
                "tender.warning.no_reason",
                N_("A warning is answered by a reason of at most 500 characters."),
                repair=N_("Write in a sentence why it is right as it is."),
                law=states.FIGURES,
                field="reason",
            )
        row = draft_row(found, tender)
        doubt = _doubt(row, tender, code, at)
        if doubt.state == "answered" and doubt.agreed_name:
            return
        Override.objects.update_or_create(
            tender=tender, version=row.next_version, code=code,
            terms_hash=terms_hash(row, doubt.finding),
            defaults={
                "reason": reason.strip(), "given_by": by.account_id, "given_name": by.name,
                "given_at": at,
            },
        )  # fmt: skip
        _record(tender, "give_reason", by=by, at=at, payload={"warning": code})


def agree_reason(*, by: Actor, at: datetime, number: str, code: str) -> None:
    """Agree with the reason that another person gave for a warning.

    Refusals `tender.warning.unknown` (409), `tender.agree_reason.same_person` (403).
    """
    with transaction.atomic():
        tender, found = _opened(by, number, "agree_reason")
        row = draft_row(found, tender)
        doubt = _doubt(row, tender, code, at)
        if doubt.state == "answered":
            return
        if doubt.state == "open" or second_state(found, tender, on=_day(tender, at)).open:
            raise Refusal(
                "tender.agree_reason.not_now",
                N_("There is no reason to agree with yet."),
                repair=N_("First the figures are entered twice and the reason is written."),
                law=states.FIGURES,
                status=409,
            )
        if doubt.given_by == by.account_id:
            raise Refusal(
                "tender.agree_reason.same_person",
                N_("You gave the reason yourself; another person agrees with it."),
                repair=N_("Let another officer look at it."),
                law=states.FIGURES,
                status=403,
            )
        answered = Override.objects.filter(tender=tender, version=row.next_version, code=code)
        answered.filter(terms_hash=terms_hash(row, doubt.finding)).update(
            agreed_by=by.account_id, agreed_name=by.name, agreed_at=at
        )
        _record(tender, "agree_reason", by=by, at=at, payload={"warning": code})


def _doubt(row: DraftRow, tender: Tender, code: str, at: datetime) -> Doubt:
    found = warnings(row, tender, on=_day(tender, at))
    for one in found:
        if one.finding.code == code:
            return one
    raise Refusal(
        "tender.warning.unknown",
        N_("There is no such warning against this notice."),
        repair=N_("Look at the page again; the text may have changed meanwhile."),
        status=409,
    )


def borrow_person(*, by: Actor, at: datetime, number: str, username: str) -> BorrowedPerson:
    """Admit a named officer of another agency as the second person of this one tender.

    Refusals `tender.borrow_person.forbidden` (403), `tender.borrow_person.unknown` if nobody of
    that name is an officer of another registered agency.
    """
    with transaction.atomic():
        tender = Tender.objects.select_for_update().filter(number=number).first()
        if tender is None or not reader(tender, by):
            raise unknown()
        permitted(by, "borrow_person", tender)
        draft_of(tender)
        account = account_named(username.strip())
        held = memberships(account.pk, at=at) if account else []
        offices = [one for one in held if one[2] in states.SECONDS and one[0] != tender.buyer_id]
        offices = [one for one in offices if registration_of(one[0]).active]
        if account is None or not offices:
            raise _nobody()
        party_id, party_name, _ = offices[0]
        admitted, fresh = BorrowedPerson.objects.get_or_create(
            tender=tender, account=account.pk,
            defaults={
                "name": account.name, "party_id": party(party_id).id, "party_name": party_name,
                "admitted_by": by.account_id, "at": at,
            },
        )  # fmt: skip
        if fresh:
            payload = {"person": str(account.pk), "agency": str(party_id)}
            _record(tender, "borrow_person", by=by, at=at, payload=payload)
    return admitted


def _nobody() -> Refusal:
    return Refusal(
        "tender.borrow_person.unknown",
        N_("Nobody of this sign-in name is an officer of another agency."),
        repair=N_("Ask that agency for the sign-in name of its officer."),
        law=states.FIGURES,
        field="username",
    )
