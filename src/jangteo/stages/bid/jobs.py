"""Bidders learn what becomes of the notice they bid for; each message is sent once."""

from jangteo.ground.errors import N_
from jangteo.records.journal.queries import Fact
from jangteo.records.message.actions import send
from jangteo.stages.bid.queries import bidders
from jangteo.stages.tender.queries import notice


def tell_of_correction(fact: Fact) -> None:
    """Whoever bid for the version before is told that the bid is void and what to do.

    Every envelope names its version (국가계약법 시행령 제33조제2항, 지방계약법 시행령 제33조제2항).
    """
    version = fact.payload["version"]
    for supplier_id in bidders(fact.tender, version - 1):
        send(
            supplier_id,
            at=fact.at,
            key=f"bid.void:{fact.tender}:{version}:{supplier_id}",
            text=N_(
                "“{title}” was corrected, so your bid is void. Read the corrected notice and "
                "bid again before {deadline}."
            ),
            params={"title": fact.payload["title"], "deadline": fact.payload["deadline"]},
            link=f"/tenders/{fact.tender}/bid",
        )


def tell_of_cancellation(fact: Fact) -> None:
    """Whoever bid, for whichever version, is told that the tender ended, and why."""
    found = bidders(fact.tender)
    for supplier_id in found:
        send(
            supplier_id,
            at=fact.at,
            key=f"bid.cancelled:{fact.tender}:{supplier_id}",
            text=N_("“{title}” was cancelled, and your bid stays sealed. The reason: {reason}"),
            params={"title": notice(fact.tender).title, "reason": fact.payload["reason"]},
            link=f"/tenders/{fact.tender}",
        )
