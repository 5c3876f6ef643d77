"""Every bidder and the agency learn of the outcome; each message is sent once."""

from jangteo.ground.errors import N_
from jangteo.records.journal.queries import Fact
from jangteo.records.message.actions import send
from jangteo.stages.opening.queries import bidders, title_of
from jangteo.stages.tender.queries import notice

_TEXTS = {
    "opening.publish": N_("“{title}” is opened: see where your bid stands."),
    "opening.fail": N_("“{title}” failed: see why."),
    "opening.hold": N_("The opening of “{title}” is on hold: see why."),
    "opening.set_aside": N_("The opening of “{title}” is set aside; the tender is cancelled."),
}


def tell_bidders(fact: Fact) -> None:
    """Everyone who sent a bid is told that the result is there (국가계약법 시행규칙 제45조)."""
    title = title_of(fact.tender)
    for supplier_id in bidders(fact.tender):
        send(
            supplier_id,
            at=fact.at,
            key=f"{fact.kind}:{fact.id}:{supplier_id}",
            text=_TEXTS[fact.kind],
            params={"title": title, "number": fact.tender},
            link=f"/tenders/{fact.tender}/result",
        )


_REFUSED = N_("“{title}”: the way out of the hold is refused; see why.")


def tell_who_asked(fact: Fact) -> None:
    """Whoever asked for a way out learns that it is refused; nobody outside the agency does."""
    buyer = notice(fact.tender).buyer_id
    send(
        buyer,
        at=fact.at,
        key=f"{fact.kind}:{fact.id}:{buyer}",
        text=_REFUSED,
        params={"title": title_of(fact.tender), "number": fact.tender},
        link=f"/tenders/{fact.tender}/result",
    )


#: fact -> functions; config/timetable.py hands them over
LISTENERS = dict.fromkeys(_TEXTS, (tell_bidders,))
