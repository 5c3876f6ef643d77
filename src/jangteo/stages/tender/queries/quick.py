"""What the rules propose to an officer who asks for a quotation on one page."""

from dataclasses import dataclass
from datetime import datetime

from jangteo.records.account.queries import Actor
from jangteo.records.party.queries import party
from jangteo.stages.registration.queries import registration_of
from jangteo.stages.tender import states
from jangteo.stages.tender.queries.schedule import Suggestion, first_schedule

PROCEDURE = "quotation"


@dataclass(frozen=True, slots=True)
class Proposal:
    """region: the agency's own province; schedule: the earliest lawful one."""

    region: str
    schedule: Suggestion


def proposal(actor: Actor, at: datetime) -> Proposal | None:
    """The proposal for the actor's agency if the notice were posted now; None for outsiders."""
    if actor.party_id is None or actor.party_kind != "agency":
        return None
    schedule = first_schedule(
        regime=registration_of(actor.party_id).regime,
        category=states.OFFERED[PROCEDURE].categories[0],
        estimated_price=1,
        procedure=PROCEDURE,
        at=at,
    )
    return Proposal(party(actor.party_id).region, schedule)
