"""Whom a visitor of the practice world can act as; the world's builder makes their accounts."""

from dataclasses import dataclass

from jangteo.ground.errors import N_


@dataclass(frozen=True, slots=True)
class Persona:
    """key: what the button sends; username: the account's; first: where one lands."""

    key: str
    username: str
    label: str
    description: str
    first: str = "/desk"


PERSONAS = [
    Persona(
        "officer",
        "kim.contract",
        N_("Contract officer"),
        N_("Prepares a notice, checks it against the law, publishes it."),
    ),
    Persona(
        "opener",
        "lee.opening",
        N_("Opening officer"),
        N_("Holds the opening on time and publishes the result at once."),
    ),
    Persona(
        "builder",
        "park.builder",
        N_("Small builder, representative"),
        N_("Finds tenders that fit, and learns where the company stands."),
    ),
    Persona(
        "agent",
        "choi.agent",
        N_("Small builder, bidding agent"),
        N_("Seals a price in the browser and keeps the receipt."),
    ),
    Persona(
        "operator",
        "operator",
        N_("Platform operator"),
        N_("Checks registrations and sees trouble before people do."),
    ),
]


def persona(key: str) -> Persona | None:
    """The persona of a key, or None."""
    return next((one for one in PERSONAS if one.key == key), None)
