"""What the award page shows to whoever looks at it, and what they may do there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from jangteo.ground.errors import N_
from jangteo.records.account.queries import Actor
from jangteo.records.document.queries import DocumentRow
from jangteo.rules.award import METHODS
from jangteo.stages.award.queries.awards import LIVE, awards_in
from jangteo.stages.award.queries.candidates import (
    current_of,
    examined,
    is_inside,
    law_of,
    may_choose,
    papers_of,
    published,
    rows_for,
    unknown,
)
from jangteo.stages.award.queries.own import LAW
from jangteo.stages.award.queries.rows import (
    OPEN,
    OWN_SCORED,
    AwardRow,
    ExaminationRow,
    WishRow,
    beside,
)
from jangteo.stages.award.queries.scores import scored
from jangteo.stages.award.queries.wishes import contract_stands, wishes_of
from jangteo.stages.opening.queries import my_result
from jangteo.stages.tender.queries import NoticeRow, own_standard_named

#: states in which an officer may decide on a candidate
REVIEWED = ("called", "submitted", "supplement")


@dataclass(frozen=True, slots=True)
class Why:
    """Where a bidder stands, in one sentence with its article."""

    text: str
    params: Mapping[str, Any]
    law: str


@dataclass(frozen=True, slots=True)
class AwardPage:
    """told: the notice; candidates in the order they were called; current: see `_before`.

    standard: the own standard that the notice went out by, None where it names none and a score
    would have to go by one; wishes: all that was asked, for the agency.
    verbs: what this reader may do; papers: of `current`, if this reader may see them.
    """

    told: NoticeRow
    candidates: tuple[ExaminationRow, ...]
    awards: tuple[AwardRow, ...]
    live: AwardRow | None
    current: ExaminationRow | None
    papers: tuple[DocumentRow, ...]
    verbs: frozenset[str]
    inside: bool
    why: Why | None
    standard: str | None = ""
    wishes: tuple[WishRow, ...] = ()

    @property
    def wish(self) -> WishRow | None:
        """That the award in force be annulled: the open wish, None without one."""
        about = self.live.id if self.live else None
        found = [row for row in self.wishes if row.award_id == about and row.verb == "annul"]
        return next((row for row in found if not row.ended), None)

    @property
    def past_wishes(self) -> list[WishRow]:
        """Those that came to nothing, the newest first: refused, withdrawn or lapsed."""
        return [row for row in reversed(self.wishes) if row.ended not in ("", "confirmed")]

    @property
    def failed(self) -> list[ExaminationRow]:
        """Those who failed, in the order of rank."""
        return [row for row in self.candidates if row.status == "failed"]

    @property
    def beside(self) -> list[ExaminationRow]:
        """Those who may be decided on too, in the order of rank."""
        rows = [row for row in self.candidates if row.status in REVIEWED]
        return [row for row in rows if row != self.current] if self.inside else []

    @property
    def law(self) -> str:
        """The article that orders whom the award goes to."""
        return law_of(self.told)

    @property
    def own_law(self) -> str:
        """The article by which an agency's own standard scores."""
        return LAW[self.told.regime]

    @property
    def held(self) -> list[ExaminationRow]:
        """Those on hold, in the order of rank."""
        return [row for row in self.candidates if row.status == "hold"]

    @property
    def with_papers(self) -> bool:
        """Whether the award method asks candidates for papers."""
        return METHODS[self.told.award_method].papers


def award_page(actor: Actor, number: str, *, at: datetime, supplier: str = "") -> AwardPage:
    """The award of a tender; Refusal `award.unknown` (404) before its result is published.

    supplier: the business number of the candidate that the agency's people want to look at.
    """
    told, _ = published(number)
    rows = rows_for(actor, examined(number))
    awards = tuple(awards_in(number))
    live = next((row for row in awards if row.status in LIVE), None)
    mine = next((row for row in rows if row.supplier_id == actor.party_id), None)
    inside = is_inside(actor, told.buyer_id)
    if not inside:  # what is only proposed is the agency's own affair
        awards = tuple(row for row in awards if row.status in ("active", "cancelled"))
    opened = [row for row in rows if row.status in OPEN]
    current = mine or _before(rows, at, supplier)
    papers = tuple(papers_of(actor, current)) if current else ()
    wishes = _wishes(actor, number, rows) if inside else ()
    verbs = _officer(actor, rows, live, wishes) if inside else _candidate(actor, mine, live, at)
    if inside and live is None:
        verbs |= _again(actor, rows, told)
    why = why_not(actor, number) if actor.party_kind == "supplier" else None
    shown = live if inside or (live and live.status == "active") else None
    own = inside and any(row.own_scored for row in opened)
    standard = own_standard_named(number) if own else ""
    return AwardPage(
        told, rows, awards, shown, current, papers, verbs, inside, why, standard, wishes
    )  # fmt: skip


def _before(rows: Sequence[ExaminationRow], at: datetime, supplier: str) -> ExaminationRow | None:
    """Whom the agency's people have before them: the one they named, else whom they can act on.

    The law orders whom the award goes to (국가계약법 시행령 제42조제1항, 지방계약법 시행령
    제42조제1항). Where several are called, equals or one examined again, the clock of each runs,
    and each may be decided on; the award waits for all. So who waits for this reader's word comes
    first, then whose papers are in or out of time, each by rank.
    """
    reviewed = [row for row in rows if row.status in REVIEWED]
    named = [row for row in reviewed if row.identifier == supplier]
    asked = [row for row in reviewed if _to_confirm(row)]
    ready = [
        row
        for row in reviewed
        if row.status == "submitted" or row.papers_due is None or at >= row.papers_due
    ]
    opened = [row for row in rows if row.status in OPEN]
    passed = [row for row in rows if row.status == "passed" and not row.annulled]
    return current_of(named or asked or ready or reviewed or opened or passed or rows)


def _to_confirm(row: ExaminationRow) -> bool:
    """Whether its score by the agency's own standard waits for this reader's confirmation."""
    return row.status in OWN_SCORED and _own_may(row, "confirm")


def _own_may(row: ExaminationRow, what: str) -> bool:
    asked = row.wish if row.wish and row.wish.verb == "confirm_own_score" else None
    return asked is not None and what in asked.may


def _wishes(
    actor: Actor, number: str, rows: Sequence[ExaminationRow]
) -> tuple[WishRow, ...]:  # fmt: skip
    """All that was asked, with the names of whom it is about."""
    named = {row.supplier_id: (row.supplier, row.identifier) for row in rows}
    return tuple(
        replace(one, supplier=named[one.supplier_id][0], identifier=named[one.supplier_id][1])
        for one in wishes_of(actor, number)
    )


def _candidate(
    actor: Actor, mine: ExaminationRow | None, live: AwardRow | None, at: datetime
) -> frozenset[str]:
    if mine is None:
        return frozenset()
    found = set()
    in_time = mine.papers_due is not None and at < mine.papers_due
    if mine.status in ("called", "supplement") and in_time:
        found |= {"submit_papers"}
    awarded = live is not None and live.supplier_id == mine.supplier_id
    if mine.status in (*OPEN, "passed") and not awarded and "representative" in actor.roles:
        found |= {"withdraw"}
    return frozenset(found)


def _officer(
    actor: Actor, rows: tuple[ExaminationRow, ...], live: AwardRow | None,
    wishes: Sequence[WishRow],
) -> frozenset[str]:  # fmt: skip
    found = set()
    opened = any(row.status in OPEN for row in rows)
    passed = any(row.status == "passed" and not row.annulled for row in rows)
    if "contract_officer" in actor.roles:
        found |= {"review"} if any(row.status in REVIEWED for row in rows) else set()
        found |= {"fail_on_hold"} if any(row.status == "hold" for row in rows) else set()
        if passed and live is None and not opened:
            found |= {"propose", "fail"}
    if any(_to_confirm(row) for row in rows):
        found |= {"confirm_own_score", "refuse_own_score"}
    if any(_own_may(row, "withdraw") for row in rows):
        found |= {"withdraw_own_score"}
    if live is not None and live.status == "active":
        found |= _annulment(actor, live, wishes)
    elif live is not None and live.proposed_by != actor.account_id:
        found |= {"confirm", "refuse"} if "approving_officer" in actor.roles else set()
    return frozenset(found)


def _annulment(actor: Actor, live: AwardRow, wishes: Sequence[WishRow]) -> set[str]:
    """Nothing while a contract stands: every one of these would be refused."""
    if contract_stands(live.number):
        return set()
    about = [row for row in wishes if row.award_id == live.id]
    return {"ask_annulment"} | _decisions(about, "refuse_annulment", "withdraw_annulment")


def _decisions(wishes: Iterable[WishRow], refuse: str, withdraw: str) -> set[str]:
    """What a reader may do about some wishes, by the verbs of the state tables."""
    found = set[str]()
    for row in wishes:
        verbs = {"confirm": row.verb, "refuse": refuse, "withdraw": withdraw}
        found |= {verbs[one] for one in row.may}
    return found


def _again(actor: Actor, rows: tuple[ExaminationRow, ...], told: NoticeRow) -> frozenset[str]:
    """What may be done about those who failed or are on hold, while no award stands."""
    failed = [row for row in rows if row.status == "failed"]
    held = [row for row in rows if row.status == "hold"]
    found = set()
    if "contract_officer" in actor.roles:
        found |= {"ask_reopening"} if any(not row.reopening for row in failed) else set()
        found |= {"ask_again"} if any(not row.reopening for row in held) else set()
        found |= {"call_next"} if told.status == "opened" and may_choose(told.number) else set()
    open_ones = [row.wish for row in (*failed, *held) if row.wish]
    return frozenset(found | _decisions(open_ones, "refuse_reopening", "withdraw_reopening"))


def why_not(actor: Actor, number: str) -> Why:
    """Why a bidder is, or is not, awarded: in one sentence."""
    told, _ = published(number)
    rows = rows_for(actor, examined(number))
    mine = next((row for row in rows if row.supplier_id == actor.party_id), None)
    awards = awards_in(number)
    live = next((row for row in awards if row.status == "active"), None)
    law = law_of(told)
    if live is not None and live.supplier_id == actor.party_id:
        text = N_("The tender is awarded to you with {value} won.")
        return Why(text, {"value": live.value}, law)
    if mine is not None:
        return _examined(mine, awards, live, told)
    found = my_result(actor, number)
    if live is None or found.bid is None or not found.bid.rank:
        return Why(found.text, found.params, found.law)
    text = _own(told, _BEFORE)
    params = {"rank": found.bid.rank, "winner": live.supplier, "value": live.value,
              "amount": found.bid.amount or 0}  # fmt: skip
    return Why(text, params, law)


_BEFORE = N_(
    "You are number {rank} in rank. {winner} was examined before you, passed, and is awarded "
    "with {value} won; your bid was {amount} won."
)
_EQUAL = N_(
    "You passed. {winner} bid the same and comes before you by its higher score or, where "
    "that is the same too, by lot."
)
#: the same where another procedure than competition says it in words of its own
OWN_SENTENCES = {
    "quotation": {
        _BEFORE: N_(
            "You are number {rank} in rank. {winner} was asked before you and is awarded with "
            "{value} won; your quotation was {amount} won."
        ),
        _EQUAL: N_(
            "Nothing stands against you. {winner} quoted the same and comes before you by lot."
        ),
    },
}


def _own(told: NoticeRow, text: str) -> str:
    return OWN_SENTENCES.get(told.procedure, {}).get(text, text)


_MINE = {
    "called": N_("You are number {rank} in rank and are examined now. Hand in your papers."),
    "submitted": N_("Your papers are in; the contract officer examines them."),
    "supplement": N_("The agency asks you to supplement your papers."),
    "passed": N_("You passed; the agency decides the award next."),
    "failed": N_("You were examined and failed. {ground} {note}"),
    "withdrawn": N_("You withdrew your candidacy."),
    "hold": N_(
        "Your score was computed twice and the answers differ. Nothing is decided on it; the "
        "agency has the fault mended and the score computed again."
    ),
}


def _examined(
    mine: ExaminationRow, awards: Sequence[AwardRow], live: AwardRow | None, told: NoticeRow
) -> Why:
    law = law_of(told)
    last = mine.reviews[-1] if mine.reviews else None
    said = {"rank": mine.rank, "ground": mine.ground_text, "note": last.note if last else ""}
    gone = [row for row in awards if row.cause and row.supplier_id == mine.supplier_id]
    if mine.status == "passed" and gone:
        text = N_("The award to you is annulled. {cause} {note}")
        return Why(text, {"cause": gone[-1].cause_text, "note": gone[-1].annulled_for}, law)
    if mine.status == "passed" and live is not None:
        return Why(_own(told, _EQUAL), {"winner": live.supplier}, law)
    if mine.status == "called" and mine.papers_due is None:
        text = N_("You are number {rank} in rank. The agency checks you now; you need do nothing.")
        return Why(text, said, law)
    return Why(_MINE[mine.status], said, law)


def trial(
    actor: Actor, number: str, scores: Mapping[str, str], supplier: str = ""
) -> dict[str, Any]:
    """What scores come to before anybody decides: price, others, total, passes, steps, scores.

    "twice": what both engines say, with "rows" as a page shows them side by side.
    Refusals `award.score.*`; for the agency's people only, `award.unknown` (404) for others.
    """
    told, found = published(number)
    rows = [row for row in rows_for(actor, examined(number)) if row.status in REVIEWED]
    row = current_of([row for row in rows if not supplier or row.identifier == supplier])
    if row is None or not is_inside(actor, told.buyer_id) or "items" not in row.provisional:
        raise unknown()
    made = scored(told, found, row.amount, list(row.provisional["items"]), scores)
    both = made["twice"]
    return {**made, "twice": {**both, "rows": beside(both["ours"], both["theirs"])}}
