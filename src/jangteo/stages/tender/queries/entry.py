"""How the figures of a draft were entered: by whom, whether a second agrees, what is doubted.

Everything here reads the draft itself; who may not see it gets it through queries.seen.
"""

import hashlib
import json
import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import F

from jangteo.ground.errors import Refusal, Refusals
from jangteo.ground.reason import Reason
from jangteo.records.account.queries import Actor
from jangteo.records.party.queries import party
from jangteo.rules.entry.care import care, tries
from jangteo.rules.entry.finding import WARNING, Finding
from jangteo.rules.entry.plausible import doubts
from jangteo.rules.entry.standard import CODE, own_standard
from jangteo.stages.tender import states
from jangteo.stages.tender.models import BorrowedPerson, Draft, Override, SecondEntry, Tender
from jangteo.stages.tender.queries.checks import filled, needed, price_defaults
from jangteo.stages.tender.queries.past import entered, past
from jangteo.stages.tender.queries.rests import rests_on
from jangteo.stages.tender.queries.rows import TERMS, DraftRow, TermsRow, current_notice, draft_row

#: a change of one of these makes a second entry void: the figures, and what their defaults hang on
VOIDING = frozenset({*states.TWICE, "estimated_price", "category", "service_kind"})
_FOLLOWING = ("price_rounding", "mean_of", "mean_rounding")
#: amounts that are judged by their share of the base amount, or its share of them
_OF_THE_BASE = ("estimated_price", "budget_amount", "a_value", "base_net_cost")
#: what a reason for a warning was given for
_JUDGED = (
    *states.TWICE, "floor_rate_reason", "title", "site", "estimated_price", "budget_amount",
    "category", "service_kind", "regime", "procedure", "award_method", "licences", "regions",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SecondState:
    """How the second entry stands.

    state: not_needed, not_ready (the first figures are incomplete), missing, differs or done;
    differing: names of figures; first_by: accounts; second_name, at: of the last second entry.
    """

    state: str
    reasons: tuple[Reason, ...]
    two_override: bool
    first_by: frozenset[str] = frozenset()
    differing: tuple[str, ...] = ()
    second_name: str = ""
    at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether somebody must still enter the figures, so that nobody else may see them."""
        return self.state in ("not_ready", "missing", "differs")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A warning and its answer; state: open, given (one more person must agree) or answered.

    two: whether two people answer it.
    """

    finding: Finding
    state: str
    two: bool
    reason: str = ""
    given_by: uuid.UUID | None = None
    given_name: str = ""
    agreed_name: str = ""


def entered_once(row: DraftRow, *, on: date) -> bool:
    """Whether a notice is of the small band: one entry, one officer, no tick."""
    return not row.hidden and not care(row.procedure, row.estimated_price, on=on).two_override


def figures(row: TermsRow, *, on: date) -> dict[str, Any] | None:
    """The figures of states.TWICE as they will hold, defaults in place of blanks; None if open.

    The roundings and the mean follow the unit: "" where they are the table's for it, so that a
    slip in the unit is told as one.
    """
    if any(getattr(row, n) is None for n in needed(row) if n in (*states.TWICE, "estimated_price")):
        return None
    try:
        terms = filled(row, on=on).terms
        usual = price_defaults(row, on=on)
    except (Refusal, Refusals):
        return None
    found = {name: terms[name] for name in states.TWICE}
    return found | {name: "" for name in _FOLLOWING if terms[name] == getattr(usual, name)}


def with_figures(row: DraftRow, values: dict[str, Any]) -> DraftRow:
    """The draft as it would be with somebody else's figures."""
    return replace(row, **{name: values[name] for name in states.TWICE})


def second_state(found: Draft, tender: Tender, *, on: date) -> SecondState:
    """Whether a second entry is needed, made, and equal to what the draft says now."""
    row = draft_row(found, tender)
    asked = care(row.procedure, row.estimated_price, on=on)
    own = SecondState("not_needed", asked.reasons, asked.two_override)
    if not asked.second_entry:
        return own
    first = figures(row, on=on)
    current = current_notice(tender.number) if tender.version >= 0 else None
    if first is not None and current and first == figures(current, on=on):
        return own
    own = replace(own, state="not_ready", first_by=frozenset(found.entered_by))
    if first is None or found.entered_as is None:
        return own
    made = SecondEntry.objects.filter(tender=tender, version=row.next_version)
    last = made.filter(entered_as=found.entered_as).order_by("-at", "-id").first()
    if last is None or last.first_values != first:  # a default changed with the law or the terms
        return replace(own, state="missing")
    state = "differs" if last.differing else "done"
    return replace(
        own, state=state, differing=tuple(last.differing), second_name=last.second_name, at=last.at
    )


def tries_left(found: Draft, tender: Tender, actor: Actor, *, on: date) -> int:
    """How often somebody may still enter these first figures; a change of one of them begins anew.

    Whoever could try for ever would find the figures without the papers, for each answer names
    what differs.
    """
    tried = SecondEntry.objects.filter(
        tender=tender, version=tender.version + 1, entered_as=found.entered_as,
        second_by=actor.account_id,
    )  # fmt: skip
    return max(0, tries(on=on) - tried.count())


def warnings(row: DraftRow, tender: Tender, *, on: date) -> list[Doubt]:
    """What is doubted and how each was answered; a correction is not asked again what stands."""
    current = current_notice(tender.number) if tender.version >= 0 else None
    known, region = past(row, tender, on=on), party(tender.buyer_id).region
    found = doubts(entered(row, on=on, agency_region=region), known)
    found = [one for one in found if one.kind == WARNING]
    if not settings.SANDBOX and not (current and figures(current, on=on) == figures(row, on=on)):
        rows, scored = rests_on(row, on=on, current=current)
        found += own_standard(rows, scored=scored)
    if current:
        said = {one.code for one in doubts(entered(current, on=on, agency_region=region), known)}
        found = [one for one in found if one.code not in said or _altered(row, current, one.field)]
    given = Override.objects.filter(tender=tender, version=row.next_version)
    answers = {(one.code, one.terms_hash): one for one in given}
    two = care(row.procedure, row.estimated_price, on=on).two_override
    return [
        _doubt(one, answers.get((one.code, terms_hash(row, one))), two=two or one.two)
        for one in found
    ]


def _altered(row: TermsRow, current: TermsRow, field: str) -> bool:
    """Whether a correction changes what a doubt judges; a part or a whole judges the base too."""
    judged = {field, "base_amount"} if field in _OF_THE_BASE else {field}
    return any(getattr(row, name) != getattr(current, name) for name in judged)


def own_standard_named(number: str) -> str | None:
    """The agency's own published standard that a notice went out by, as its officer named it.

    Two people confirmed it. None if the notice names none; "" in a practice world, where none is
    asked for.
    """
    rows = Override.objects.filter(tender__number=number, code=CODE, agreed_by__isnull=False)
    last = rows.filter(version__lte=F("tender__version")).order_by("-agreed_at").first()
    if last is not None:
        return str(last.reason)
    return "" if settings.SANDBOX else None


def _doubt(finding: Finding, given: Override | None, *, two: bool) -> Doubt:
    if given is None:
        return Doubt(finding, "open", two)
    state = "answered" if given.agreed_by or not two else "given"
    names = (given.given_name, given.agreed_name)
    return Doubt(finding, state, two, given.reason, given.given_by, *names)


def terms_hash(row: TermsRow, finding: Finding) -> str:
    """What a reason for a warning was given for; another text needs another reason.

    A standard is named for certain rows: where a notice comes to rest on others it is asked anew;
    so is a deadline that was moved.
    """
    judged = [getattr(row, name) for name in _JUDGED]
    if finding.code == CODE or finding.field == "deadline":
        judged.append(dict(finding.params))
    said = json.dumps(judged, ensure_ascii=False, default=list)
    return hashlib.sha256(said.encode()).hexdigest()


def borrowed(tender: Tender, actor: Actor) -> bool:
    """Whether an officer of another agency was admitted to this tender, and still is one."""
    if actor.account_id is None or not actor.roles & set(states.SECONDS):
        return False
    admitted = BorrowedPerson.objects.filter(tender=tender, account=actor.account_id)
    return bool(admitted.filter(party_id=actor.party_id).exists())


def may_second(tender: Tender, actor: Actor) -> bool:
    """Whether somebody may act as a tender's second person, whoever entered the first figures."""
    own = actor.party_id == tender.buyer_id and bool(actor.roles & set(states.SECONDS))
    return own or borrowed(tender, actor)


def unseen(actor: Actor, found: Draft, tender: Tender, *, on: date) -> bool:
    """Whether the figures must stay hidden from somebody, who may still enter them blind."""
    if str(actor.account_id) in found.entered_by:
        return False
    if not any(getattr(found, name) not in ("", None) for name in states.UNSEEN):
        return False
    return second_state(found, tender, on=on).open


def masked(row: DraftRow) -> DraftRow:
    """The draft without what stands on the sheet of amounts."""
    blank: dict[str, Any] = {
        name: None if isinstance(getattr(row, name), int) or getattr(row, name) is None else ""
        for name in states.UNSEEN
    }
    return replace(row, hidden=True, **blank)


assert set(states.UNSEEN) <= set(TERMS)  # noqa: S101 - a misspelt name would show what it hides
