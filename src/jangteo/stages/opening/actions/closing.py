"""Before any key is released: prepare the opening, set bids aside, close the set."""

from datetime import datetime

from django.db import transaction

from jangteo.ground.errors import N_, Refusal
from jangteo.records.account.queries import Actor, may
from jangteo.records.journal.actions import move, record
from jangteo.records.log import merkle
from jangteo.records.vault.statements import release_text
from jangteo.stages.bid import queries as sealed
from jangteo.stages.opening.actions.locked import locked
from jangteo.stages.opening.models import Exclusion, Opening
from jangteo.stages.opening.queries.exclusions import excluded_of
from jangteo.stages.opening.states import GROUNDS, articles
from jangteo.stages.tender.queries import NoticeRow, notice


def prepare(*, by: Actor, at: datetime, number: str) -> Opening:
    """Begin an opening once its deadline has passed; doing it again returns the same one.

    Refusal `opening.prepare.forbidden` (403), `.before_deadline` or `.not_now` (409).
    """
    found = notice(number)
    opening = Opening(
        tender_id=found.tender_id, buyer_id=found.buyer_id, lot=found.lot, round=found.round,
        version=found.version, status="prepared", tender_number=number, prepared_at=at,
    )  # fmt: skip
    if not may(by, "prepare", opening):
        raise Refusal(
            "opening.prepare.forbidden",
            N_("Only an opening officer of {agency} may open this tender."),
            repair=N_("Ask one of the agency's opening officers."),
            law=articles(found)["opening"],
            status=403,
            agency=found.buyer_name,
        )
    with transaction.atomic():
        known = Opening.objects.select_for_update().filter(
            tender_id=found.tender_id, version=found.version, lot=found.lot, round=found.round
        )
        if (same := known.first()) is not None:
            return same
        _due(found, at)
        made, new = Opening.objects.get_or_create(
            tender_id=found.tender_id, version=found.version, lot=found.lot, round=found.round,
            defaults={"buyer_id": found.buyer_id, "status": "prepared", "tender_number": number,
                      "prepared_at": at},
        )  # fmt: skip
        if new:
            record(
                "opening.prepare", made.subject, by=by, at=at, tender=number,
                law=articles(found)["opening"], payload={"version": found.version},
            )  # fmt: skip
        return made


def _due(found: NoticeRow, at: datetime) -> None:
    if found.status != "active":
        raise Refusal(
            "opening.prepare.not_now",
            N_("This tender is no longer waiting for its opening."),
            repair=N_("Look at the tender's page."),
            status=409,
        )
    if found.deadline is None or at < found.deadline:
        raise Refusal(
            "opening.prepare.before_deadline",
            N_("Bids are still being taken. Nothing can be opened before the deadline."),
            repair=N_("Come back after the deadline: {deadline}."),
            law=articles(found)["opening"],
            status=409,
            deadline=found.deadline.isoformat() if found.deadline else "",
        )


@transaction.atomic
def exclude(
    *, by: Actor, at: datetime, number: str, bid_hash: str, ground: str, note: str = ""
) -> Exclusion:
    """Set a bid aside on a ground of the law, before the set is closed.

    bid_hash: its envelope's SHA-256 in hex; ground: a key of states.GROUNDS; note: the facts in
    the officer's words. The bid stays in the closed set and its picks still show in the counts.
    """
    opening, found = locked(number)
    known = GROUNDS.get(ground)
    article = known.article(found.regime) if known else ""
    if not article:
        raise Refusal(
            "opening.exclude.ground",
            N_("This ground is not in the list of the law that governs this tender."),
            repair=N_("Choose one of the grounds offered."),
            law=articles(found)["void"],
            field="ground",
        )
    bids = sealed.closed_set(number, found.version)
    bid = next((b for b in bids if bytes(b.hash).hex() == bid_hash), None)
    if bid is None:
        raise Refusal(
            "opening.exclude.no_bid",
            N_("There is no such bid in this opening."),
            repair=N_("Choose a bid from the list."),
            field="bid",
            status=404,
        )
    fact = {"supplier": str(bid.supplier_id), "bid": bid_hash, "ground": ground,
            "article": article, "note": note.strip()}  # fmt: skip
    move(opening, "exclude", by=by, at=at, payload=fact)
    made, new = Exclusion.objects.get_or_create(
        bid_id=bid.id,
        defaults={"opening": opening, "supplier_id": bid.supplier_id, "hash": bid_hash,
                  "ground": ground,
                  "article": article, "note": note.strip(), "by": by.account_id, "at": at},
    )  # fmt: skip
    if not new:
        raise Refusal(
            "opening.exclude.twice",
            N_("This bid has already been excluded."),
            repair=N_("Look at the list of exclusions."),
            field="bid",
            status=409,
        )
    return made


@transaction.atomic
def close_set(*, by: Actor, at: datetime, number: str) -> Opening:
    """Make exclusions final and fix the set of envelopes by its Merkle root.

    Not before the opening time of the notice: until then a bidder may ask for cancellation
    (전자조달법 시행규칙 제4조). Not while an envelope is still being checked.
    """
    opening, found = locked(number)
    _still_open(found)
    _at_its_time(found, at)
    waiting = sealed.unsettled(number, found.version, at)
    if waiting:
        raise Refusal(
            "opening.close_set.unsettled",
            N_("Envelopes still being checked: {count}."),
            repair=N_("Checks take at most a minute. Try again then."),
            status=409,
            count=waiting,
        )
    bids = sealed.closed_set(number, found.version)
    excluded = excluded_of(opening, {bytes(b.hash).hex() for b in bids})
    opening.closed_root = merkle.root(sorted(bytes(b.hash) for b in bids)).hex()
    opening.bids = len(bids)
    opening.closed_at = at
    opening.statement = _statement(found, opening)
    move(
        opening, "close_set", by=by, at=at,
        payload={"root": opening.closed_root, "count": opening.bids,
                 "excluded": len(excluded)},
    )  # fmt: skip
    opening.save(update_fields=["closed_root", "bids", "closed_at", "statement"])
    return opening


def _still_open(found: NoticeRow) -> None:
    """A tender that was cancelled after the deadline is not opened: no key is asked for."""
    if found.status != "active":
        raise Refusal(
            "opening.close_set.not_now",
            N_("This tender is no longer waiting for its opening."),
            repair=N_("Look at the tender's page."),
            law=articles(found)["opening"],
            status=409,
        )


def _at_its_time(found: NoticeRow, at: datetime) -> None:
    if found.opening_at is not None and at < found.opening_at:
        raise Refusal(
            "opening.close_set.before_opening",
            N_("The opening time of the notice has not come yet."),
            repair=N_("Come back at the opening time: {opening_at}."),
            law=articles(found)["opening"],
            status=409,
            opening_at=found.opening_at.isoformat(),
        )


def _statement(found: NoticeRow, opening: Opening) -> str:
    """The canonical text that two people sign: what is opened, and that nothing is added."""
    if found.deadline is None:
        raise ValueError("a published notice has a deadline")
    return release_text(
        scope=found.scope, deadline=found.deadline, root=opening.closed_root, count=opening.bids
    )
