"""What care a notice still needs before it is published, for those who give it."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from jangteo.ground.clock import KST
from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.document.queries import DocumentRow, documents
from jangteo.stages.tender import states
from jangteo.stages.tender.models import BorrowedPerson, Draft, Tender
from jangteo.stages.tender.queries.difficulty import DifficultyRule, difficulty_rule
from jangteo.stages.tender.queries.entry import (
    Doubt,
    SecondState,
    may_second,
    second_state,
    tries_left,
    unseen,
    warnings,
)
from jangteo.stages.tender.queries.rows import draft_row, is_inside, unknown
from jangteo.stages.tender.queries.steps import means_nothing
from jangteo.stages.tender.queries.trial import Examples, examples, untold


@dataclass(frozen=True, slots=True, kw_only=True)
class CareRow:
    """How carefully a draft was entered, as its reader may see it.

    unasked: figures that mean nothing for its category and procedure; difficulty: what is asked for
    of it. doubts: none while the figures are hidden from the reader; hidden says so. may_enter: as
    the second person, tries_left times; may_reason, may_agree, may_borrow: the other verbs.
    borrowed: (name, agency). examples: None while hidden or incomplete; examples_seen: whether its
    officer confirmed them.
    """

    number: str
    title: str
    site: str
    category: str
    unasked: tuple[str, ...]
    difficulty: DifficultyRule | None
    buyer_name: str
    next_version: int
    second: SecondState
    doubts: tuple[Doubt, ...]
    hidden: bool
    may_enter: bool
    tries_left: int
    may_reason: bool
    may_agree: bool
    may_borrow: bool
    borrowed: tuple[tuple[str, str], ...]
    papers: tuple[DocumentRow, ...]
    examples: Examples | None
    examples_seen: bool


def care_for(actor: Actor, number: str, *, at: datetime) -> CareRow:
    """The care of a draft, for the buyer's people and whoever may be its second person.

    Refusal `tender.unknown` (404) for others, `tender.no_draft` (409).
    """
    tender = Tender.objects.filter(number=number).first()
    if tender is None or not reader(tender, actor):
        raise unknown()
    found = Draft.objects.filter(tender=tender).first()
    if found is None:
        raise Refusal(
            "tender.no_draft",
            N_("Nothing is being prepared for this tender."),
            repair=N_("Start a correction first if something in the notice must change."),
            status=409,
        )
    return care_of(actor, found, tender, at)


def inside_of(actor: Actor, number: str) -> bool:
    """Whether somebody is one of the buyer's people who prepare and open this tender."""
    return Tender.objects.filter(number=number, buyer_id=actor.party_id).exists() and is_inside(
        actor, actor.party_id
    )


def reader(tender: Tender, actor: Actor) -> bool:
    """Whether somebody may know of a draft: one of the buyer's officers, or a second person."""
    return is_inside(actor, tender.buyer_id) or may_second(tender, actor)


def care_of(actor: Actor, found: Draft, tender: Tender, at: datetime) -> CareRow:
    """The same for a draft at hand; the reader is one of those who may know of it."""
    on = tender.rule_day or at.astimezone(KST).date()
    row, state = draft_row(found, tender), second_state(found, tender, on=on)
    hidden = unseen(actor, found, tender, on=on)
    own = actor.party_id == tender.buyer_id
    second = may_second(tender, actor)
    kept = {str(one.id): one for one in documents(tender.subject)}
    shown = None if hidden else examples(row, on=on)
    people = BorrowedPerson.objects.filter(tender=tender).order_by("at")
    left = tries_left(found, tender, actor, on=on)
    found_doubts = () if hidden else tuple(warnings(row, tender, on=on))
    return CareRow(
        number=tender.number,
        title=row.title,
        site=row.site,
        category=row.category,
        unasked=means_nothing(row, on=on),
        difficulty=difficulty_rule(row, on=on),
        buyer_name=tender.buyer_name,
        next_version=row.next_version,
        second=state,
        doubts=found_doubts,
        hidden=hidden,
        may_enter=second and left > 0 and str(actor.account_id) not in state.first_by
        and state.state in ("missing", "differs"),
        tries_left=left,
        may_reason=own and "contract_officer" in actor.roles,
        may_agree=second and any(one.two for one in found_doubts),
        may_borrow=own and "approving_officer" in actor.roles,
        borrowed=tuple((one.name, one.party_name) for one in people),
        papers=tuple(kept[one] for one in row.documents if one in kept),
        examples=shown,
        examples_seen=bool(shown and shown.hash == found.examples_seen),
    )  # fmt: skip


def care_state(row: CareRow, actor: Actor) -> str:
    """todo where this reader can go on, waiting where somebody else must, done."""
    second, doubts = row.second, row.doubts
    if not second.open and all(one.state == "answered" for one in doubts) and not row.hidden:
        return "done"
    own = row.may_reason and (
        second.state == "differs" or any(one.state == "open" for one in doubts)
    )
    given = [one for one in doubts if one.state == "given" and one.given_by != actor.account_id]
    return "todo" if row.may_enter or own or (row.may_agree and given) else "waiting"


def care_problems(found: Draft, tender: Tender, *, at: datetime) -> list[Refusal]:
    """What is missing of the second entry, and which warnings nobody has answered."""
    on = tender.rule_day or at.astimezone(KST).date()
    state = second_state(found, tender, on=on)
    row = draft_row(found, tender)
    open_ones = [
        _unanswered(one) for one in warnings(row, tender, on=on) if one.state != "answered"
    ]
    return [*_of_second(state), *open_ones, *untold(row, on=on, seen=found.examples_seen)]


def care_missing(actor: Actor, number: str, *, at: datetime) -> list[Refusal]:
    """The same for the page before the button, as far as its reader may see the figures."""
    found = Draft.objects.select_related("tender").get(tender__number=number)
    on = found.tender.rule_day or at.astimezone(KST).date()
    if unseen(actor, found, found.tender, on=on):
        return _of_second(second_state(found, found.tender, on=on))
    return care_problems(found, found.tender, at=at)


def _of_second(state: SecondState) -> list[Refusal]:
    if state.state == "differs":
        return [
            Refusal(
                "tender.second_entry.differs",
                N_("The two entries differ here: {field_name}."),
                repair=N_("Look into the design papers; correct yours or let it be entered again."),
                law=states.FIGURES,
                status=409,
                field=name,
                field_name=states.FIELD_LABELS[name],
            )
            for name in state.differing
        ]
    if state.open:
        return [
            Refusal(
                "tender.second_entry.missing",
                N_("Nobody has entered the figures a second time yet."),
                repair=N_("Let another officer enter them from the design papers."),
                law=states.FIGURES,
                status=409,
            )
        ]
    return []


def _unanswered(doubt: Doubt) -> Refusal:
    finding = doubt.finding
    repair = N_("Correct it, or write down the reason why it is right.")
    if doubt.state == "given":
        repair = N_("Let a second person agree with the reason.")
    return Refusal(
        finding.code, finding.text, repair=repair, law=finding.law, status=409, **finding.params
    )


def for_entering(actor: Actor, number: str, document_id: uuid.UUID) -> bool:
    """Whether a second person may read a paper of the draft: the figures are entered from it."""
    tender = Tender.objects.filter(number=number).first()
    found = Draft.objects.filter(tender=tender).first() if tender else None
    if tender is None or found is None or not may_second(tender, actor):
        return False
    return str(document_id) in found.documents
