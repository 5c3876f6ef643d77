"""What a contract sets off here, and what both sides hear of inspections; each is told once."""

from uuid import UUID

from jangteo.ground.errors import N_
from jangteo.records.journal.queries import Fact
from jangteo.records.message.actions import send
from jangteo.stages.delivery import actions, queries

_SUPPLIER = {
    "inspection.request": N_(
        "Your notice of {amount} won of “{title}” is in; inspected by {due_on}."
    ),
    "inspection.request_again": N_("Your notice of “{title}” is in: inspected by {due_on}."),
    "inspection.order_correction": N_("“{title}”: mend what was found by {mend_by}, then notify."),
    "inspection.accept": N_("{amount} won of “{title}” are accepted; you can claim them."),
}
_AGENCY = {
    "delivery.start": N_("{supplier} has begun the works of “{title}” on {started_on}."),
    "inspection.request": N_("{supplier} notified {amount} won of “{title}”: inspect by {due_on}."),
    "inspection.request_again": N_("{supplier} mended “{title}”: inspect it again by {due_on}."),
    "inspection.order_correction": N_("“{title}”: the supplier has to mend it by {mend_by}."),
    "inspection.accept": N_("{amount} won of “{title}” were inspected and accepted."),
    "inspection.withdraw_request": N_("{supplier} withdrew its notice for “{title}”."),
}


def open_delivery(fact: Fact) -> None:
    """A contract came into force: its delivery awaits the start."""
    actions.await_start(at=fact.at, number=fact.subject.rpartition(":")[2])


def stop_delivery(fact: Fact) -> None:
    """A contract was terminated: its delivery stops."""
    actions.stop(at=fact.at, number=fact.subject.rpartition(":")[2])


def tell_both(fact: Fact) -> None:
    """Both sides learn what became of the works, each in its own words."""
    row = queries.facts_of(fact.subject.rpartition(":")[2])
    for party_id, said in ((row.supplier_id, _SUPPLIER), (row.buyer_id, _AGENCY)):
        if fact.kind in said:
            _send(fact, party_id, said[fact.kind], row)


def _send(fact: Fact, party_id: UUID, text: str, row: queries.DeliveryFacts) -> None:
    params = {**fact.payload, "title": row.title, "supplier": row.supplier}
    key = f"{fact.kind}:{fact.id}:{party_id}"
    link = f"/contracts/{row.number}/delivery"
    send(party_id, at=fact.at, key=key, text=text, params=params, link=link)
