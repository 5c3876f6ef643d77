"""What one officer asks for and another decides, open and past, for the agency alone."""

import uuid
from collections.abc import Iterable

from jangteo.records.account.queries import Actor
from jangteo.records.journal.queries import history
from jangteo.records.wish.queries import Manner, digest_of, may_do
from jangteo.stages.award.models import Award, Examination, Wish
from jangteo.stages.award.queries.rows import WishRow

#: of a score by the agency's own standard: who could refuse it with a reason never withdraws it
OWN = Manner(
    word="own_score", nobody="award.own.nobody", same_person="award.own.same_person",
    not_this="award.own.not_this", not_yours="award.own.not_yours", others="",
)  # fmt: skip
#: of all other wishes, by the name of the state table of what they are about
_MANNERS = {
    "award": Manner(
        word="annulment", nobody="award.annul.nobody", same_person="award.annul.same_person",
        not_this="award.annul.not_this", not_yours="award.annul.not_yours",
    ),
    "examination": Manner(
        word="reopening", nobody="award.reopen.nobody", same_person="award.reopen.same_person",
        not_this="award.reopen.not_this", not_yours="award.reopen.not_yours",
    ),
}  # fmt: skip


def manner_of(thing: Award | Examination) -> Manner:
    """How wishes about an award or a candidate are spoken of."""
    return _MANNERS[thing.state_table.name]


def manner_by(verb: str, thing: Award | Examination) -> Manner:
    """How a wish of a verb, a key of states.WISHES, is spoken of."""
    return OWN if verb == "confirm_own_score" else manner_of(thing)


def open_wish(thing: Award | Examination, manner: Manner | None = None) -> Wish | None:
    """What is asked about an award or a candidate and not decided; None if nothing is.

    manner: only what is spoken of in it.
    """
    found: Wish | None = thing.wishes.filter(ended="").first()
    if found is None or manner in (None, manner_by(found.verb, thing)):
        return found
    return None


def wishes_of(actor: Actor, number: str) -> list[WishRow]:
    """All that was ever asked about a tender's awards and candidates, oldest first.

    For a reader of the agency: what it may do about each stands in it.
    """
    awards = Wish.objects.filter(award__tender_number=number)
    candidates = Wish.objects.filter(examination__tender_number=number)
    rows = (
        awards.select_related("award", "own_score"),
        candidates.select_related("examination", "own_score"),
    )
    found = sorted((one for some in rows for one in some), key=lambda one: (one.asked_at, one.pk))
    return [_row(actor, one) for one in found]


def open_by_candidate(rows: Iterable[WishRow]) -> dict[uuid.UUID, WishRow]:
    """Those that are open about candidates, by supplier."""
    return {row.supplier_id: row for row in rows if row.verb != "annul" and not row.ended}


def _row(actor: Actor, one: Wish) -> WishRow:
    about = one.award or one.examination
    return WishRow(
        verb=one.verb, supplier_id=about.supplier_id, award_id=one.award_id, cause=one.cause,
        reason=one.reason, asked_by=one.asked_by, asked_at=one.asked_at, ended=one.ended,
        ended_at=one.ended_at, answer=one.answer, digest=digest_of(one),
        may=may_do(actor, about, one, manner_by(one.verb, about)), figures=_figures(one),
    )  # fmt: skip


def _figures(one: Wish) -> str:
    if one.verb != "confirm_own_score":
        return ""
    own = one.own_score
    return f"{own.points} / {own.pass_mark}, {own.document}"


def contract_stands(number: str) -> bool:
    """Whether a contract on a tender's award stands: asked of the journal, it is a later stage."""
    facts = [fact.kind for fact in history(tender=number)]
    ended = facts.count("contract.cancel") + facts.count("contract.terminate")
    return facts.count("contract.draft") > ended
