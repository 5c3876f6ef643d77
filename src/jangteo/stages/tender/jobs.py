"""Who is told what when a tender moves; each message is sent once, however often it is asked."""

from jangteo.ground.errors import N_
from jangteo.records.journal.queries import Fact
from jangteo.records.message.actions import send
from jangteo.stages.tender.queries import tender_named


def tell_of_keys(fact: Fact) -> None:
    """The opening officer is asked for the agency's lot keys (전자조달법 제7조)."""
    tender = tender_named(fact.tender)
    send(
        tender.buyer_id,
        at=fact.at,
        key=f"tender.keys:{fact.payload['scope']}",
        text=N_("Make the lot keys for {number}: the notice waits for the opening officer."),
        params={"number": fact.tender},
        link=f"/my/tenders/{fact.tender}/custody",
    )


def tell_of_difference(fact: Fact) -> None:
    """Both sides of a second entry that differs are told so, not what the other wrote."""
    if fact.payload["agrees"]:
        return
    tender = tender_named(fact.tender)
    send(
        tender.buyer_id,
        at=fact.at,
        key=f"tender.second_entry:{fact.id}",
        text=N_("The two entries of the figures of {number} differ. Look at them again."),
        params={"number": fact.tender},
        link=f"/my/tenders/{fact.tender}/care",
    )


def tell_of_publication(fact: Fact) -> None:
    """The agency is told that its notice, or its correction, is public."""
    tender = tender_named(fact.tender)
    send(
        tender.buyer_id,
        at=fact.at,
        key=f"tender.published:{fact.tender}:{fact.payload['version']}",
        text=N_("{title} is published; bids are taken until {deadline}."),
        params={"title": fact.payload["title"], "deadline": fact.payload["deadline"]},
        link=f"/tenders/{fact.tender}",
    )


def tell_of_cancellation(fact: Fact) -> None:
    """The agency is told that its tender was cancelled, and why."""
    tender = tender_named(fact.tender)
    send(
        tender.buyer_id,
        at=fact.at,
        key=f"tender.cancelled:{fact.tender}",
        text=N_("{number} was cancelled: {reason}"),
        params={"number": fact.tender, "reason": fact.payload["reason"]},
        link=f"/tenders/{fact.tender}" if tender.version >= 0 else f"/my/tenders/{fact.tender}",
    )
