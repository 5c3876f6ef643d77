"""The papers and the history of a tender, as far as an actor may see them."""

import uuid
from collections.abc import Sequence
from dataclasses import replace

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor
from jangteo.records.document.queries import DocumentRow, document_with_bytes, documents
from jangteo.records.journal.queries import Fact, history
from jangteo.stages.tender.models import NoticeVersion
from jangteo.stages.tender.queries.care import for_entering
from jangteo.stages.tender.queries.rows import TermsRow, is_inside
from jangteo.stages.tender.queries.seen import tender_for
from jangteo.stages.tender.states import PUBLIC_FACTS, TOLD

#: facts that say nothing before everyone may know them
_AFTER_OPENING = ("bid.", "opening.")


def papers(number: str, terms: TermsRow) -> list[DocumentRow]:
    """The papers that a version or a draft names, in its order."""
    known = {str(row.id): row for row in documents(f"tender:{number}")}
    return [known[one] for one in terms.documents if one in known]


def paper(actor: Actor, number: str, document_id: uuid.UUID) -> tuple[DocumentRow, bytes]:
    """One paper with its bytes; Refusal `document.unknown` (404) also while it is unpublished."""
    if for_entering(actor, number, document_id):
        return document_with_bytes(document_id)
    row = tender_for(actor, number)
    named = {one for ids in _published_papers(number) for one in ids}
    if row.draft and is_inside(actor, row.buyer_id):
        named |= set(row.draft.documents)
    if str(document_id) not in named:
        raise Refusal(
            "document.unknown",
            N_("There is no such document."),
            repair=N_("Go back to the page that lists it."),
            status=404,
        )
    return document_with_bytes(document_id)


def _published_papers(number: str) -> Sequence[list[str]]:
    rows = NoticeVersion.objects.filter(tender__number=number)
    return list(rows.values_list("documents", flat=True))


def history_for(actor: Actor, number: str) -> list[Fact]:
    """The facts of a tender, oldest first, as every page shows them.

    Bids and the opening are told once the result is published: before that nobody, not even the
    buyer, learns here that somebody has bid, and who sent a bid is never named. Of everything else
    outsiders read what the law publishes, the buyer's own people all of it.
    """
    row = tender_for(actor, number)
    told = row.status in TOLD
    inside = is_inside(actor, row.buyer_id)
    return [
        replace(fact, actor_name="") if fact.kind.startswith("bid.") else fact
        for fact in history(tender=number)
        if _is_open(fact.kind, told=told, inside=inside)
    ]


def _is_open(kind: str, *, told: bool, inside: bool) -> bool:
    if kind.startswith(_AFTER_OPENING):
        return told
    return inside or kind in PUBLIC_FACTS
