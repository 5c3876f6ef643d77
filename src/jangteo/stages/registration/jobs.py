"""An organisation is told what the operator decided; each message is sent once."""

import uuid

from jangteo.ground.errors import N_
from jangteo.records.journal.queries import Fact
from jangteo.records.message.actions import send
from jangteo.stages.registration.queries import registration_of

_TEXTS = {
    "registration.approve": N_("{name} is registered and may take part from now on."),
    "registration.send_back": N_("The registration of {name} was sent back: {reason}"),
}


def tell_of_decision(fact: Fact) -> None:
    """The organisation learns of its approval, or what it has to correct."""
    row = registration_of(uuid.UUID(fact.subject.partition(":")[2]))
    send(
        row.party_id,
        at=fact.at,
        key=f"{fact.kind}:{fact.id}",
        text=_TEXTS[fact.kind],
        params={"name": row.name, "reason": fact.payload.get("reason", "")},
        link=f"/registrations/{row.id}",
    )
